import AidRecords
import Findings
import LedgerCore
import Testing

/// Codes in findings are put into the words of a list of `ledger/kinds`, or of the detector's head.
struct FigureWordingTests {
    private func text(_ code: String, _ declared: String, isChinese: Bool) throws -> String {
        let head = TestDetector.text.replacing("type: days,", with: declared, maxReplacements: 1)
        let figure = try #require(try TestDetector.read(head).figures.first)
        guard case .one(let type) = figure.type else { return "" }
        let wording = FigureWording(isChinese: isChinese, catalogue: try TestDetector.catalogue())
        let value = Finding.FigureValue(id: "gap", type: type, value: .text(code))
        return wording.text(value, as: figure)
    }

    @Test(arguments: [
        ("type: code, codes: referral-status,", "none", "未备案", "None filed"),
        ("type: code, values: {none: {zh: 无, en: nothing}},", "none", "无", "nothing"),
        ("type: code, values: {none: {zh: 无, en: nothing}},", "filed", "filed", "filed"),
        ("type: code, codes: referral-status,", "lost", "lost", "lost"),
        ("type: code,", "none", "none", "none"),
        ("type: kind,", "claim.settled", "医疗费用结算", "Claim settled"),
    ])
    func aCodeIsPutIntoWords(declared: String, code: String, zh: String, en: String) throws {
        #expect(try text(code, declared, isChinese: true) == zh)
        #expect(try text(code, declared, isChinese: false) == en)
    }
}
