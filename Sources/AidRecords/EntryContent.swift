/// What an entry says, apart from what only its place in the ledger gives it: `at`, `prev`, `seq`,
/// and of an entry of the program its `id`, which is its `seq` again.
///
/// By this an entry is known again after its ledger was hashed anew. It points into the entry's
/// bytes.
package struct EntryContent {
    /// The digits of `at`, when it was recorded.
    package let at: UnsafeBufferPointer<UInt8>
    /// From the digits of `prev` to those of `seq`.
    package let link: UnsafeBufferPointer<UInt8>
    /// Whether the program wrote it.
    package let isOfProgram: Bool
    /// The rest, in pieces: they begin before `at`, after it, after `id` and after `seq`.
    package let pieces:
        (
            UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>,
            UnsafeBufferPointer<UInt8>
        )

    /// Whether both say the same.
    package func isSame(as other: EntryContent) -> Bool {
        isOfProgram == other.isOfProgram && pieces.2.isSame(as: other.pieces.2)
            && pieces.1.isSame(as: other.pieces.1) && pieces.0.isSame(as: other.pieces.0)
            && pieces.3.isSame(as: other.pieces.3)
    }
}

/// Finds what entries say, one after the other, on one thread.
package struct EntryContentReader: ~Copyable {
    /// What the entry is that was read last.
    package private(set) var entry = RecordedEntry()

    package init() {}

    /// - Returns: nil where the bytes are no entry; `entry` is then undefined.
    package mutating func read(_ text: UnsafeBufferPointer<UInt8>) -> EntryContent? {
        var reader = EnvelopeReader(text)
        guard reader.read(into: &entry) else { return nil }
        let isOfProgram =
            entry.withText(entry.values[0], text) {
                $0.elementsEqual(EntryContentReader.program)
            } == true
        let id: Range<Int>
        switch entry.values[1] {
        case .bytes(let start, let count) where isOfProgram:
            id = Int(start)..<Int(start + count)
        default: id = entry.prevStart..<entry.prevStart
        }
        let at = EntryContentReader.atStart..<(EntryContentReader.atStart + 20)
        let seq = entry.prevStart + 64 + "\",\"seq\":".utf8.count
        let end = text[seq...].firstIndex { decimalDigit($0) == nil } ?? text.count
        func part(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
            UnsafeBufferPointer(rebasing: text[range])
        }
        return EntryContent(
            at: part(at), link: part(entry.prevStart..<end), isOfProgram: isOfProgram,
            pieces: (
                part(0..<at.lowerBound), part(at.upperBound..<id.lowerBound),
                part(id.upperBound..<entry.prevStart), part(end..<text.count)
            ))
    }

    private static let program = Array("aidledger".utf8)
    /// The area, six digits, is the first member of every entry, and `at` the second.
    private static let atStart = "{\"area\":\"000000\",\"at\":\"".utf8.count
}
