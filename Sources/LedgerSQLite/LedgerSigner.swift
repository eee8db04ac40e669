internal import GRDB
internal import LedgerCore
package import TransparencyLog

/// Signs the head of a ledger. It needs the signing key and no other, and not the vault.
package final class LedgerSigner {
    package let verifierKey: VerifierKey
    private let paths: LedgerPaths
    private let origin: KeyName
    private let queue: DatabaseQueue
    private let lock: WriterLock

    /// - Throws: `StoreError`.
    package init(_ paths: LedgerPaths) throws {
        let queue = try Connection.writer(paths.ledger, .ledger)
        let identity = try queue.read(at: paths.ledger) {
            try LedgerIdentity.read($0, paths.ledger)
        }
        self.paths = paths
        self.queue = queue
        verifierKey = identity.verifierKey
        origin = try KeyName(identity.origin)
        lock = try WriterLock(paths)
    }

    /// Signs the present head and stores the checkpoint; of one size there is one.
    package func sign(with key: SigningKey) throws -> SignedNote {
        try lock.hold {
            try StoreError.translated(paths.ledger) {
                let note = try queue.write { try sign($0, with: key) }
                queue.checkpointQuietly()
                return note
            }
        }
    }

    private func sign(_ database: Database, with key: SigningKey) throws -> SignedNote {
        let head = try Sequencer.restored(from: database).frontier.head
        let stored = try String.fetchOne(
            database, sql: "SELECT note FROM checkpoint WHERE ledger = 1 AND size = ?",
            arguments: [head.size.value])
        let note = try Checkpoint(origin: origin, head: head).signed(by: key)
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
