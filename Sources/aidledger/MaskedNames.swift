internal import Findings
internal import LedgerCore
internal import LedgerSQLite

extension VaultNames {
    /// Nil where vault or keys are not there: then nobody has a name.
    static func atHand(_ ledger: LedgerOptions) throws -> VaultNames? {
        try ledger.withVaultAtHand {
            try VaultNames(
                ledger.paths, keys: try ledger.readableKeyRing(), surroundings: .system)
        }
    }
}

extension LedgerOptions {
    /// What the vault gives; nil where it or its keys are not there, or not for this user to read.
    func withVaultAtHand<Opened>(_ open: () throws -> Opened) throws -> Opened? {
        do {
            return try open()
        } catch StoreError.noVault, StoreError.missingKey {
            return nil
        } catch StoreError.failed(let path, let message) where path == paths.vault {
            Console.error("aidledger: \(path): \(message); nothing of it is shown")
            return nil
        }
    }
}

extension SubjectTrace {
    /// Gives persons and accounts their masked names, as far as the vault can be read.
    mutating func mask(by names: VaultNames?) throws {
        guard let names else { return }
        var subjects = Set(entries.flatMap(\.subjects))
        for link in links.links {
            subjects.insert(link.first)
            subjects.insert(link.second)
            if let shared = link.shared { subjects.insert(shared) }
        }
        for hub in links.hubs { subjects.formUnion([hub.shared] + (hub.from.map { [$0] } ?? [])) }
        if case .subject(let subject) = start { subjects.insert(subject) }
        let sealed = subjects.filter { [.person, .account].contains($0.kind) }
        let masked = try names.masked(Set(sealed.map(\.id)))
        for subject in sealed { labels[subject] = masked[subject.id] }
    }
}
