/// Takes bytes apart, line by line. A line without its newline is no line.
struct LineReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) {
        rest = bytes[...]
    }

    /// The next line without its newline, or nil where no newline is left.
    mutating func next() -> ArraySlice<UInt8>? {
        guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        defer { rest = rest[(end + 1)...] }
        return rest[..<end]
    }

    /// What follows `prefix` in the next line; without it the line stays unread.
    mutating func next(after prefix: String) -> ArraySlice<UInt8>? {
        guard rest.starts(with: prefix.utf8) else { return nil }
        return next()?.dropFirst(prefix.utf8.count)
    }

    /// The lines of hashes, the empty line after them, and the note to the end: how a proof of
    /// either kind ends.
    mutating func hashesAndNote() throws(ProofTextError) -> ([NodeHash], SignedNote) {
        var hashes: [NodeHash] = []
        while let line = next() {
            if line.isEmpty { return (hashes, try note()) }
            guard hashes.count < ProofText.hashCountMax else { throw .tooManyHashes }
            guard let bytes = Base64.decode(line), let hash = try? NodeHash(bytes: bytes) else {
                throw .badHash(number: hashes.count + 1)
            }
            hashes.append(hash)
        }
        throw .noCheckpoint
    }

    private func note() throws(ProofTextError) -> SignedNote {
        do {
            return try SignedNote(parsing: Array(rest))
        } catch {
            throw .note(error)
        }
    }
}
