/// The value of one column of the read model; it points into the entry's bytes.
package enum ColumnValue: Sendable {
    case null
    case integer(Int64)
    /// A range of the entry's bytes, as it stands.
    case bytes(start: Int32, count: Int32)
    /// A text that had escapes: a range of `RecordedEntry.unescaped`.
    case unescaped(start: Int32, count: Int32)
    /// A pseudonym at this place of the entry's bytes; the column holds the number of its subject.
    case subject(start: Int32)

    static func bytes(_ range: Range<Int>) -> ColumnValue {
        .bytes(start: Int32(range.lowerBound), count: Int32(range.count))
    }
}

/// What an entry says, as rows of the read model.
///
/// It is read into the same value again and again, and so allocates little.
package struct RecordedEntry: ~Copyable {
    /// A row of the read model.
    package struct Row: Sendable {
        /// Position in `KindCatalogue.tables`.
        package let table: Int
        /// Of a list's table, which item it is; else 0.
        package let position: Int
        /// Positions in `values`: one value for each column.
        package let columns: Range<Int>
    }

    /// Nil where the entry was read without its body.
    package internal(set) var kind: Kind?
    /// Whether its kind is `ledger.created`.
    package internal(set) var isFoundation = false
    package internal(set) var seq: Int64 = 0
    package internal(set) var at = Moment(unixSeconds: 0)
    /// The row of the kind's own table first, then those of lists.
    package internal(set) var rows: [Row] = []
    /// Trivial values: they need no initialising before they are set.
    private var memory = UnsafeMutableBufferPointer<ColumnValue>.allocate(capacity: 256)
    private var count = 0
    package internal(set) var unescaped: [UInt8] = []
    /// Where in the bytes pseudonyms stand, in order of appearance.
    package internal(set) var pseudonyms: [Int32] = []
    /// Where in the bytes the hex digits of `prev` stand.
    var prevStart = 0
    /// Where in the bytes the body stands.
    package internal(set) var body: Range<Int> = 0..<0

    /// Position of `recordedAt` in `KindCatalogue.envelopeColumns`.
    static let recordedAtColumn = 11

    init() {}

    deinit { memory.deallocate() }

    /// The values of all rows.
    package var values: UnsafeBufferPointer<ColumnValue> {
        UnsafeBufferPointer(rebasing: memory[..<count])
    }

    mutating func begin(_ kind: Kind) {
        self.kind = kind
        count = 0
        rows.removeAll(keepingCapacity: true)
        unescaped.removeAll(keepingCapacity: true)
        pseudonyms.removeAll(keepingCapacity: true)
    }

    /// Of the envelope only source and id are kept as columns.
    mutating func beginEnvelope() {
        kind = nil
        count = 2
        unescaped.removeAll(keepingCapacity: true)
    }

    mutating func beginRow(of table: Int, position: Int, columns: Int) {
        if count + columns > memory.count { grow(to: 2 * (count + columns)) }
        for index in count..<(count + columns) { memory[index] = .null }
        rows.append(Row(table: table, position: position, columns: count..<(count + columns)))
        count += columns
    }

    private mutating func grow(to capacity: Int) {
        let larger = UnsafeMutableBufferPointer<ColumnValue>.allocate(capacity: capacity)
        for index in 0..<count { larger[index] = memory[index] }
        memory.deallocate()
        memory = larger
    }

    /// - Precondition: `position` is one of a row that has begun.
    mutating func set(_ value: ColumnValue, at position: Int) { memory[position] = value }

    /// A text that stands in `bytes`, its escapes undone where it has any.
    mutating func set(
        text range: Range<Int>, hasEscape: Bool, at position: Int,
        _ bytes: UnsafeBufferPointer<UInt8>
    ) {
        guard hasEscape else { return set(.bytes(range), at: position) }
        let start = unescaped.count
        unescaped += JSONTape.unescaped(UnsafeBufferPointer(rebasing: bytes[range]))
        set(.unescaped(start: Int32(start), count: Int32(unescaped.count - start)), at: position)
    }

    /// The 64 hex digits of `prev`.
    package func prev(in bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: bytes[prevStart..<(prevStart + 64)])
    }

    /// The member `source`.
    package func source(in bytes: UnsafeBufferPointer<UInt8>) -> String { text(values[0], bytes) }

    /// The member `id`.
    package func id(in bytes: UnsafeBufferPointer<UInt8>) -> String { text(values[1], bytes) }

    /// Hands over source and id, as they are without escapes.
    package func withKey<Result>(
        in bytes: UnsafeBufferPointer<UInt8>,
        _ body: (_ source: UnsafeBufferPointer<UInt8>, _ id: UnsafeBufferPointer<UInt8>) throws ->
            Result
    ) rethrows -> Result? {
        try withText(values[0], bytes) { source in
            try withText(values[1], bytes) { id in try body(source, id) }
        } ?? nil
    }

    /// Whether source and id are these.
    package func hasKey(
        _ source: UnsafeBufferPointer<UInt8>, _ id: UnsafeBufferPointer<UInt8>,
        in bytes: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        withText(values[0], bytes) { $0.isSame(as: source) } == true
            && withText(values[1], bytes) { $0.isSame(as: id) } == true
    }

    private func text(_ value: ColumnValue, _ bytes: UnsafeBufferPointer<UInt8>) -> String {
        withText(value, bytes) { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    /// Hands over the bytes of a text, or gives nil where the value is none.
    package func withText<Result>(
        _ value: ColumnValue, _ bytes: UnsafeBufferPointer<UInt8>,
        _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
    ) rethrows -> Result? {
        switch value {
        case .null, .integer: return nil
        case .bytes(let start, let count):
            return try body(RecordedEntry.part(bytes, start, count))
        case .subject(let start):
            let length = Int32(SubjectClass.pseudonymLength)
            return try body(RecordedEntry.part(bytes, start, length))
        case .unescaped(let start, let count):
            return try unescaped.withUnsafeBufferPointer {
                try body(RecordedEntry.part($0, start, count))
            }
        }
    }

    private static func part(
        _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int32, _ count: Int32
    ) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: bytes[Int(start)..<Int(start + count)])
    }
}
