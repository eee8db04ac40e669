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

    /// What is to be said where verdicts do not rest on the file that lies in the folder.
    package var note: String? {
        let name = adoption.rulebook
        guard isKept else {
            return "the rulebook \(name) adopted for \(adoption.area) from "
                + "\(adoption.effectiveFrom) is not here (SHA-256 \(adoption.sha256)), so nothing "
                + "can be judged by it: put that file into ledger/policies and run "
                + "`aidledger verdicts`, or adopt the file that is there"
        }
        guard let fileSHA256, fileSHA256 != adoption.sha256 else { return nil }
        return "ledger/policies/\(name).yaml differs from the rulebook adopted for "
            + "\(adoption.area) from \(adoption.effectiveFrom): it is judged by the bytes adopted "
            + "(SHA-256 \(adoption.sha256)), which the ledger keeps"
    }

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

    /// Notes on the adoptions that count: of each rulebook and area the last.
    package static func notes(_ all: [AdoptedRulebook]) -> [String] {
        zip(all, all.dropFirst().map(Optional.some) + [nil]).compactMap { adopted, next in
            let isLast =
                next?.adoption.rulebook != adopted.adoption.rulebook
                || next?.adoption.area != adopted.adoption.area
            return isLast || !adopted.isKept ? adopted.note : nil
        }
    }
}
