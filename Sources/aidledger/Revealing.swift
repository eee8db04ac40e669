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
    /// Whom it is shown to.
    let author: String

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
                "access.revealed", area: area, operator: author, body)
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
