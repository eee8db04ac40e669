package import AidRecords
internal import GRDB
package import PolicyRules

/// A rulebook that was put in force, and where its bytes are.
package struct AdoptedRulebook: Sendable {
    package let adoption: Adoption
    /// Whether the ledger keeps the bytes adopted.
    package let isKept: Bool
    /// Where the folder of policies holds a file of that name: its SHA-256.
    package let fileSHA256: String?

    /// In order of name, area and day; those that were reversed are left out.
    /// - Throws: `StoreError`.
    package static func all(
        _ paths: LedgerPaths, catalogue: KindCatalogue, policies: PolicyFolder
    ) throws -> [AdoptedRulebook] {
        let reader = try Connection.reader(paths.ledger, .ledger)
        let (adoptions, kept) = try reader.read(at: paths.ledger) { database in
            try LedgerSchema.requireReadModel(database, paths.ledger, catalogue)
            return (
                try RulingReader(database).adoptions(),
                Set(try KeptRulebooks(database).all.map(\.sha256))
            )
        }
        return try adoptions.sorted(by: isBefore).map {
            AdoptedRulebook(
                adoption: $0, isKept: kept.contains($0.sha256),
                fileSHA256: try policies.file(named: $0.rulebook)?.sha256)
        }
    }

    private static func isBefore(_ first: Adoption, _ second: Adoption) -> Bool {
        (first.rulebook, first.area, first.effectiveFrom, first.key)
            < (second.rulebook, second.area, second.effectiveFrom, second.key)
    }

    /// What is to be said where verdicts do not rest on the files that lie in the folder.
    package static func notes(_ all: [AdoptedRulebook]) -> [String] {
        let lacking = names(all.filter { !$0.isKept })
        let other = names(latest(all).filter(\.differsFromFile))
        var notes: [String] = []
        if !lacking.isEmpty {
            notes.append(
                "rulebooks were adopted that are not here under their SHA-256, so nothing can be "
                    + "judged by them: \(lacking). Put the files into ledger/policies, or adopt "
                    + "those that are there; `aidledger policy list LEDGER` shows which")
        }
        if !other.isEmpty {
            notes.append(
                "the files in ledger/policies differ from the rulebooks adopted last, whose bytes "
                    + "the ledger keeps and judges by: \(other)")
        }
        return notes
    }

    private var differsFromFile: Bool {
        isKept && fileSHA256 != nil && fileSHA256 != adoption.sha256
    }

    private static func names(_ adopted: [AdoptedRulebook]) -> String {
        Set(adopted.map(\.adoption.rulebook)).sorted().joined(separator: ", ")
    }

    /// Of each rulebook and area the last adoption.
    private static func latest(_ all: [AdoptedRulebook]) -> [AdoptedRulebook] {
        all.indices.filter { index in
            guard index + 1 < all.count else { return true }
            let (one, next) = (all[index].adoption, all[index + 1].adoption)
            return (one.rulebook, one.area) != (next.rulebook, next.area)
        }.map { all[$0] }
    }
}
