internal import GRDB
package import LedgerCore
package import TransparencyLog

extension KeyRing {
    /// - Throws: `StoreError.missingKey` where it is not among them.
    package func signing(_ key: VerifierKey, _ paths: LedgerPaths) throws -> SigningKey {
        guard let signing = signingKey(key) else {
            throw StoreError.missingKey(use: "signing", id: "\(key.id)", folder: paths.keys)
        }
        return signing
    }
}

/// Signs the head of a ledger. It needs the signing key and no other, and not the vault.
package final class LedgerSigner {
    private let paths: LedgerPaths
    private let queue: DatabaseQueue
    private let lock: WriterLock

    /// - Throws: `StoreError`.
    package init(_ paths: LedgerPaths) throws {
        self.paths = paths
        queue = try Connection.writer(paths.ledger, .ledger)
        lock = try WriterLock(paths)
    }

    /// Signs the present head and stores the checkpoint; of one size there is one.
    /// - Throws: `StoreError.missingKey` where the key in force is not among `keys`.
    package func sign(with keys: KeyRing) throws -> SignedNote {
        try lock.hold {
            try StoreError.translated(paths.ledger) {
                let note = try queue.write { try sign($0, with: keys) }
                queue.checkpointQuietly()
                return note
            }
        }
    }

    private func sign(_ database: Database, with keys: KeyRing) throws -> SignedNote {
        let identity = try LedgerIdentity.read(database, paths.ledger)
        try identity.requireSignedHistory(database, paths.ledger)
        let verifierKey = identity.keys.current
        let key = try keys.signing(verifierKey, paths)
        let head = try Sequencer.restored(from: database).frontier.head
        let stored = try String.fetchOne(
            database, sql: "SELECT note FROM checkpoint WHERE ledger = 1 AND size = ?",
            arguments: [head.size.value])
        let note = try Checkpoint(origin: verifierKey.name, head: head).signed(by: key)
        if stored == nil {
            try database.execute(
                sql: "INSERT INTO checkpoint (ledger, size, note) VALUES (1, ?, ?)",
                arguments: [
                    head.size.value, String(decoding: note.formatted, as: UTF8.self),
                ])
        }
        return note
    }
}
