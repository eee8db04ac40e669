internal import AidRecords
internal import LedgerCore

/// Some entries, ready to be stored. It is filled again and again: its readers keep their memory.
///
/// Unchecked, and safe: two are used in turn, and one that was handed over is filled again only
/// when its successor has been taken, after it was stored.
final class EntryChunk: @unchecked Sendable {
    static let length = 128

    private(set) var entries: [SequencedEntry] = []
    /// The end of the chain after these entries.
    private(set) var sequencer = Sequencer()
    /// What the entries say; empty where nobody asks.
    private(set) var readings: [Reading]

    /// An entry read back, in a box that can stand in a list.
    final class Reading {
        fileprivate(set) var reader: EntryReader

        fileprivate init(_ catalogue: KindCatalogue) { reader = EntryReader(catalogue: catalogue) }
    }

    /// - Parameter catalogue: nil where entries are not to be read back.
    init(readingWith catalogue: KindCatalogue?) {
        readings =
            catalogue.map { catalogue in
                (0..<EntryChunk.length).map { _ in Reading(catalogue) }
            } ?? []
    }

    /// Gives some of the records the next places of the chain.
    func fill(
        _ records: [PreparedRecord], _ places: Range<Int>, _ sequencer: inout Sequencer,
        at now: Moment
    ) throws {
        entries.removeAll(keepingCapacity: true)
        // By place: a copy of a record counts a dozen references.
        for place in places {
            let entry = try sequencer.append(records[place], at: now)
            if !readings.isEmpty {
                try entry.bytes.withUnsafeBufferPointer {
                    try readings[entries.count].reader.read($0, as: records[place].kind)
                }
            }
            entries.append(entry)
        }
        self.sequencer = sequencer
    }
}

/// Fills chunks with records, two in turn: while one is filled, the other may be stored.
final class EntryChunks {
    private let chunks: [EntryChunk]
    private let records: [PreparedRecord]
    private var sequencer: Sequencer
    private let surroundings: Surroundings
    private var filled = 0

    init(
        _ chunks: [EntryChunk], _ records: [PreparedRecord], after sequencer: Sequencer,
        _ surroundings: Surroundings
    ) {
        self.chunks = chunks
        self.records = records
        self.sequencer = sequencer
        self.surroundings = surroundings
    }

    func next() throws -> EntryChunk? {
        let start = filled * EntryChunk.length
        guard start < records.count else { return nil }
        let chunk = chunks[filled % chunks.count]
        filled += 1
        try chunk.fill(
            records, start..<min(start + EntryChunk.length, records.count), &sequencer,
            at: surroundings.now())
        return chunk
    }
}
