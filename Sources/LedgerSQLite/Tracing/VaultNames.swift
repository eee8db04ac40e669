internal import AidRecords
internal import GRDB
package import LedgerCore

/// What of the vault may be shown without a trace on the ledger: masked names, and which pseudonym
/// an identity number has.
package final class VaultNames {
    private let vault: VaultStore
    private let cipher: VaultCipher

    /// - Throws: `StoreError`; both of the vault's keys are needed.
    package init(_ paths: LedgerPaths, keys: KeyRing, surroundings: Surroundings) throws {
        vault = try VaultStore.openForReading(paths, keys, surroundings)
        guard let cipher = vault.cipher else {
            throw StoreError.missingKey(use: "vault", id: "", folder: paths.keys)
        }
        self.cipher = cipher
    }

    /// The pseudonym of the person whose identity document has this number; nil where none has.
    package func person(idType: String, idNumber: String) throws -> String? {
        let tag = cipher.tag(type: idType, value: Normalisation.identityNumber(idNumber))
        return try StoreError.translated(vault.path) {
            try vault.queue.read { try vault.pseudonym($0, tag: tag) }
        }
    }

    /// Persons' names and accounts' numbers, masked, by pseudonym; those whose keys were destroyed
    /// are left out.
    package func masked(_ pseudonyms: Set<String>) throws -> [String: String] {
        try StoreError.translated(vault.path) {
            try vault.queue.read { database in
                var shown: [String: String] = [:]
                for pseudonym in pseudonyms { shown[pseudonym] = masked(database, pseudonym) }
                return shown
            }
        }
    }

    /// Nil also where the vault is damaged: that is for `verify` to say, and no reason to show
    /// nothing of the ledger.
    private func masked(_ database: Database, _ pseudonym: String) -> String? {
        guard let wrapped = try? vault.wrappedKey(database, pseudonym),
            let sealed = try? vault.newest(database, pseudonym),
            let key = try? cipher.unwrap(wrapped, of: pseudonym),
            let members = try? cipher.open(
                sealed.bytes, under: key, of: pseudonym, version: sealed.version)
        else { return nil }
        return members["name"].map(Masking.name) ?? members["account"].map(Masking.account)
    }
}
