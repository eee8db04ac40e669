internal import AidRecords
internal import Evidence
internal import LedgerCore
internal import LedgerSQLite

/// Puts on the ledger who is shown what is sealed. Nothing may be shown before it has returned.
struct Revealing {
    let ledger: LedgerOptions
    let area: String
    let catalogue: KindCatalogue
    let keys: KeyRing
    let reason: String
    let caseID: String?
    /// Whom it is shown to, as they say themselves.
    let author: String
    /// Who has the entry made.
    let registrar: String

    /// Nothing is opened for a reason that says nothing, or for a case that nobody has opened.
    static func check(reason: String?, caseID: String?, _ reader: LedgerReader) throws {
        guard reason?.contains(where: { !$0.isWhitespace }) == true else {
            throw UsageError("--reason is blank: nothing is shown or recorded")
        }
        if let caseID, try !reader.hasCase(caseID) {
            throw UsageError(
                "no case \(printable(caseID)) was opened on this ledger: nothing is shown or recorded"
            )
        }
    }

    /// Records one `access.revealed` for each person and each entry. What is recorded is durable,
    /// and signed where the key is at hand: what was revealed shall not be cut off unseen.
    func record(_ opened: [LedgerDiscloser.Opened]) throws {
        let writer = try LedgerWriter(
            ledger.paths, catalogue: catalogue, keys: keys, surroundings: .system)
        for (subject, fields) in Revealing.revealed(opened) {
            var body: [String: CanonicalValue] = [
                "fields": .array(fields.map(CanonicalValue.string)), "by": .string(author),
                "reason": .string(reason),
            ]
            switch subject {
            case .person(let pseudonym): body["person"] = .string(pseudonym)
            case .entry(let seq): body["entry"] = .integer(seq)
            }
            body["case"] = caseID.map(CanonicalValue.string)
            let seq = try writer.appendProgramRecord(
                "access.revealed", area: area, operator: registrar, body)
            Console.error("aidledger: recorded in entry \(grouped(seq))")
        }
        try writer.close()
        do { _ = try LedgerSigner(ledger.paths).sign(with: keys) } catch StoreError.missingKey {}
    }

    private enum Subject: Hashable {
        case person(String)
        case entry(Int64)
    }

    /// The fields that were opened, of each person and each entry.
    private static func revealed(
        _ opened: [LedgerDiscloser.Opened]
    ) -> [(Subject, [String])] {
        let groups = Dictionary(grouping: opened) {
            $0.person.map(Subject.person) ?? .entry($0.disclosure.seq)
        }
        return groups.map { ($0, Set($1.map(\.disclosure.field)).sorted()) }
            .sorted { $0.1.lexicographicallyPrecedes($1.1) }
    }
}
