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
        var entries: [[UInt8]] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            guard rest.count >= 2 else { throw .truncatedBundle }
            let byteCount = rest.prefix(2).reduce(0) { $0 << 8 | Int($1) }
            rest = rest.dropFirst(2)
            guard rest.count >= byteCount else { throw .truncatedBundle }
            entries.append(Array(rest.prefix(byteCount)))
            rest = rest.dropFirst(byteCount)
        }
        try self.init(entries: entries)
    }

    /// The bundle's bytes.
    package var formatted: [UInt8] {
        entries.flatMap { [UInt8($0.count >> 8), UInt8($0.count & 0xff)] + $0 }
    }
}
