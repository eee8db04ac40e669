internal import Foundation
package import GRDB
package import LedgerCore
package import TransparencyLog

/// Reads a ledger that somebody else may be writing to.
package final class LedgerReader {
    package let paths: LedgerPaths
    package let identity: LedgerIdentity
    private let queue: DatabaseQueue

    package struct StoredEntry: Sendable {
        package let bytes: [UInt8]
        package let leafHash: LeafHash
    }

    /// - Throws: `StoreError`.
    package init(_ paths: LedgerPaths) throws {
        self.paths = paths
        let queue = try Connection.reader(paths.ledger, .ledger)
        self.queue = queue
        identity = try queue.read(at: paths.ledger) { try LedgerIdentity.read($0, paths.ledger) }
    }

    /// Runs `body` on one unchanging state of the ledger.
    package func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try StoreError.translated(paths.ledger) { try queue.read(body) }
    }

    /// The keys that a ledger speaks of.
    package struct Keys: Sendable {
        /// Those that signed for it, one after the other.
        package let own: KeySuccession
        /// Those that departments had put on it.
        package let registered: [RegisteredKey]
    }

    package func keys() throws -> Keys {
        try read {
            Keys(
                own: try LedgerIdentity.read($0, paths.ledger).keys,
                registered: try RegisteredKey.all(in: $0))
        }
    }

    package func size() throws -> Int64 {
        try read { try Int64.fetchOne($0, sql: "SELECT size FROM head WHERE ledger = 1") ?? 0 }
    }

    package func entry(_ seq: Int64) throws -> StoredEntry? {
        try read { database in
            let row = try Row.fetchOne(
                database, sql: "SELECT bytes, leafHash FROM entry WHERE ledger = 1 AND seq = ?",
                arguments: [seq])
            guard let row else { return nil }
            return StoredEntry(
                bytes: Array(row["bytes"] as Data),
                leafHash: try LeafHash(bytes: row["leafHash"] as Data))
        }
    }
}
