package import AidRecords
package import LedgerCore
internal import TransparencyLog

/// Records on their way onto the chain.
///
/// They are given their places, hashed and read back on a thread of its own while SQLite stores
/// those before them. What is waiting is not in the database yet: `flush` before asking it.
package final class AppendQueue {
    private let chain: ChainAppender
    private let readModel: ReadModelWriter?
    private let surroundings: Surroundings
    private let chunks: [EntryChunk]
    private var waiting: [PreparedRecord] = []
    /// Hashes of source and id.
    private var keys: Set<Int> = []

    /// - Parameter readModel: nil where only the chain is to be written.
    init(_ chain: ChainAppender, _ readModel: ReadModelWriter?, _ surroundings: Surroundings) {
        self.chain = chain
        self.readModel = readModel
        self.surroundings = surroundings
        chunks = (0..<2).map { _ in EntryChunk(readingWith: readModel?.catalogue) }
    }

    /// A queue to the chain alone.
    package convenience init(_ chain: ChainAppender, _ surroundings: Surroundings) {
        self.init(chain, nil, surroundings)
    }

    /// The `seq` of the record that is added next.
    var nextSeq: Int64 { chain.sequencer.size.value + Int64(waiting.count) }

    /// Adds a record, all its gaps filled.
    /// - Returns: its `seq`.
    @discardableResult
    package func add(_ record: consuming PreparedRecord) -> Int64 {
        let seq = nextSeq
        keys.insert(AppendQueue.hash(record.source, record.id))
        waiting.append(record)
        return seq
    }

    /// Whether a record with this key may be waiting: keys with one hash are not told apart.
    func mayHold(source: String, id: String) -> Bool {
        keys.contains(AppendQueue.hash(source, id))
    }

    private static func hash(_ source: String, _ id: String) -> Int {
        var hasher = Hasher()
        hasher.combine(source)
        hasher.combine(id)
        return hasher.finalize()
    }

    /// Forgets what is waiting.
    func clear() {
        waiting.removeAll()
        keys.removeAll(keepingCapacity: true)
    }

    /// Stores what is waiting, within the transaction of the chain's database.
    package func flush() throws {
        let filling = EntryChunks(chunks, waiting, after: chain.sequencer, surroundings)
        let isOne = waiting.count <= EntryChunk.length
        clear()
        // Where there is one chunk, a thread costs more than it saves.
        guard !isOne else {
            while let chunk = try filling.next() { try store(chunk) }
            return
        }
        let pipeline = try Pipeline { try filling.next() }
        defer { pipeline.finish() }
        while let chunk = try pipeline.next() { try store(chunk) }
    }

    private func store(_ chunk: EntryChunk) throws {
        for (position, entry) in chunk.entries.enumerated() {
            try chain.store(entry)
            guard let readModel else { continue }
            try entry.bytes.withUnsafeBufferPointer {
                try readModel.insert(chunk.readings[position].reader.entry, $0)
            }
        }
        chain.advance(to: chunk.sequencer)
    }
}
