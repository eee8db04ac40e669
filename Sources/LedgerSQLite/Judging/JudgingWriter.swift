internal import Foundation
internal import GRDB

/// The one who writes verdicts: several workers may hand theirs over, one at a time.
///
/// Safe to share: all that it has is used under `turn`.
final class JudgingWriter: @unchecked Sendable {
    private let paths: LedgerPaths
    private let queue: DatabaseQueue
    private let lock: WriterLock
    private let turn = NSLock()
    private var store: VerdictStore?

    /// What a worker has judged.
    struct Share {
        /// Pseudonyms whose verdicts until now are to go.
        var cleared: [Int64] = []
        var rows: [VerdictRow] = []
    }

    init(_ paths: LedgerPaths) throws {
        self.paths = paths
        queue = try Connection.writer(paths.ledger, .ledger)
        // What a loss of power takes are the last transactions, and `judgement` is the very last:
        // then all is judged again.
        try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = NORMAL") }
        lock = try WriterLock(paths)
    }

    /// One transaction, under the lock of writers.
    func write<Result>(_ body: (Database) throws -> Result) throws -> Result {
        turn.lock()
        defer { turn.unlock() }
        return try lock.hold {
            try StoreError.translated(paths.ledger) {
                let result = try queue.write(body)
                try copyLog(above: LedgerWriter.logBytesMax)
                return result
            }
        }
    }

    func write(_ share: Share) throws {
        try write { database in
            let store = try self.store ?? VerdictStore(database)
            self.store = store
            for person in share.cleared { try store.delete(person: person) }
            for row in share.rows { try store.insert(row) }
        }
    }

    private func copyLog(above bytesMost: Int64) throws {
        guard case .file(let size) = try FileSystem.look("\(paths.ledger)-wal"), size > bytesMost
        else { return }
        queue.writeWithoutTransaction { $0.checkpointQuietly(.passive) }
    }

    func close() throws {
        store = nil
        try lock.hold { queue.checkpointQuietly() }
        try queue.close()
    }
}
