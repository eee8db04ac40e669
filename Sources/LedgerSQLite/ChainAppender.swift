internal import AidRecords
package import GRDB
package import LedgerCore
internal import TransparencyLog

/// Writes the tables of the chain, within the transactions of whoever uses it: entries with their
/// hashes, and the head.
package final class ChainAppender {
    /// The end of the chain, entries of the present transaction included.
    package private(set) var sequencer: Sequencer
    private let database: Database
    private let findEntry: RawStatement
    private let insertEntry: RawStatement
    private let readSize: RawStatement
    private let writeHead: RawStatement
    /// The size that the head had when it was looked at or written last.
    private var headSize: Int64

    package init(_ database: Database) throws {
        self.database = database
        findEntry = try RawStatement(
            database, "SELECT seq, bytes FROM entry WHERE ledger = 1 AND source = ? AND id = ?")
        insertEntry = try RawStatement(database, LedgerSchema.insertEntry)
        readSize = try RawStatement(database, "SELECT size FROM head WHERE ledger = 1")
        writeHead = try RawStatement(
            database, "UPDATE head SET size = ?, rootHash = ? WHERE ledger = 1")
        sequencer = try Sequencer.restored(from: database)
        headSize = sequencer.size.value
    }

    /// To be called at the beginning of a transaction: another program may have written.
    /// - Returns: whether one has.
    /// - Throws: `StoreError.damaged` where the head is not that of the entries.
    package func catchUp(_ path: String) throws -> Bool {
        defer { readSize.reset() }
        let size = try readSize.step() ? readSize.integer(0) : 0
        guard size != sequencer.size.value else { return false }
        try restore()
        guard size == sequencer.size.value else {
            throw StoreError.damaged(path: path, message: "the head does not fit the entries")
        }
        return true
    }

    /// To be called after a transaction was taken back.
    package func restore() throws {
        sequencer = try Sequencer.restored(from: database)
        headSize = sequencer.size.value
    }

    /// The entry with this key, if there is one.
    func find(source: String, id: String) throws -> (seq: Int64, bytes: [UInt8])? {
        defer { findEntry.reset() }
        findEntry.bind(1, source)
        findEntry.bind(2, id)
        guard try findEntry.step() else { return nil }
        return (findEntry.integer(0), findEntry.bytes(1))
    }

    /// Stores an entry that has its place.
    func store(_ entry: SequencedEntry) throws {
        var (source, id) = (entry.source, entry.id)
        try source.withUTF8 { source in
            try id.withUTF8 { id in
                insertEntry.bind(1, entry.index.value)
                insertEntry.bindText(2, source)
                insertEntry.bindText(3, id)
                try storeHashes(of: entry)
            }
        }
    }

    private func storeHashes(of entry: SequencedEntry) throws {
        try entry.bytes.withUnsafeBytes { bytes in
            try entry.leafHash.withUnsafeBytes { leafHash in
                try entry.subtreeHashes.withUnsafeBytes { subtreeHashes in
                    insertEntry.bindBlob(4, bytes)
                    insertEntry.bindBlob(5, leafHash)
                    insertEntry.bindBlob(6, subtreeHashes)
                    try insertEntry.run()
                }
            }
        }
    }

    /// To be called when the entries before this end of the chain have been stored.
    func advance(to end: Sequencer) { sequencer = end }

    /// To be called before the transaction commits.
    package func finish() throws {
        guard headSize != sequencer.size.value else { return }
        let head = sequencer.frontier.head
        let write =
            headSize > 0
            ? writeHead
            : try RawStatement(
                database, "INSERT INTO head (ledger, size, rootHash) VALUES (1, ?, ?)")
        write.bind(1, head.size.value)
        head.rootHash.withUnsafeBytes { write.bind(2, blob: $0) }
        try write.run()
        headSize = head.size.value
    }
}
