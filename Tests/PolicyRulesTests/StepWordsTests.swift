import Foundation
import Testing

/// Every line and every part of a sum that the adjudicator writes has its words, and no others.
@Suite struct StepWordsTests {
    @Test func everyLineHasWords() throws {
        let folder = RulebookTests.home.appending(path: "Sources/PolicyRules/Adjudication")
        var used: Set<String> = []
        for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
            for match in text.matches(of: /(?:TraceStep\(\s*|\.init\(|isTopUp \? )"([A-Za-z.-]+)"/)
            {
                used.insert(String(match.1))
            }
            for match in text.matches(of: /isTopUp \? "[a-z.-]+" : "([a-z.-]+)"/) {
                used.insert(String(match.1))
            }
        }
        used.formUnion(["second.base-residual", "second.base-total"])
        let words = try String(
            contentsOf: RulebookTests.home.appending(path: "ledger/steps.yaml"),
            encoding: .utf8)
        let known = Set(words.matches(of: /(?m)^([A-Za-z.-]+):/).map { String($0.1) })
        #expect(used.subtracting(known).sorted() == [])
        #expect(known.subtracting(used).sorted() == [])
    }
}
