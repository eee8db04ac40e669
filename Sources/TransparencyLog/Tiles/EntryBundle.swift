/// Up to 256 entries in a row, each with its length before it in two big-endian bytes. C2SP
/// tlog-tiles, "Log entries".
package struct EntryBundle: Hashable, Sendable {
    /// The longest entry that a bundle can hold.
    package static let entryByteCountMax = Int(UInt16.max)

    package let entries: [[UInt8]]

    package init(entries: [[UInt8]]) throws(TileError) {
        guard (1...Tile.fullWidth).contains(entries.count) else {
            throw .wrongEntryCount(entries.count)
        }
        if let long = entries.first(where: { $0.count > Self.entryByteCountMax }) {
            throw .entryTooLong(byteCount: long.count)
        }
        self.entries = entries
    }

    /// Reads a bundle. Accepts exactly what ``formatted`` emits.
    package init(parsing bytes: [UInt8]) throws(TileError) {
        try self.init(entries: Self.entryRanges(in: bytes).map { Array(bytes[$0]) })
    }

    /// The bundle's bytes.
    package var formatted: [UInt8] {
        var bytes: [UInt8] = []
        for entry in entries { entry.withUnsafeBytes { Self.append($0, to: &bytes) } }
        return bytes
    }

    // MARK: Without a copy of each entry, where there are millions

    /// The most bytes that a bundle can have.
    package static let byteCountMax = Tile.fullWidth * (2 + entryByteCountMax)

    /// Where in a bundle's bytes its entries stand.
    package static func entryRanges(in bytes: [UInt8]) throws(TileError) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var offset = 0
        while offset < bytes.count {
            guard bytes.count - offset >= 2 else { throw .truncatedBundle }
            let start = offset + 2
            offset = start + Int(bytes[start - 2]) << 8 + Int(bytes[start - 1])
            guard offset <= bytes.count else { throw .truncatedBundle }
            ranges.append(start..<offset)
        }
        guard (1...Tile.fullWidth).contains(ranges.count) else {
            throw .wrongEntryCount(ranges.count)
        }
        return ranges
    }

    /// Writes one more entry behind a bundle's bytes.
    ///
    /// - Precondition: it has at most ``entryByteCountMax`` bytes, and the bundle fewer than 256
    ///   entries.
    package static func append(_ entry: UnsafeRawBufferPointer, to bundle: inout [UInt8]) {
        precondition(entry.count <= entryByteCountMax, "an entry's length has two bytes")
        bundle.append(UInt8(entry.count >> 8))
        bundle.append(UInt8(entry.count & 0xff))
        bundle.append(contentsOf: entry)
    }
}
