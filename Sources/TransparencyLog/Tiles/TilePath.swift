extension Tile {
    /// The path below the log's prefix, such as `tile/0/x001/x234/067` or `tile/entries/273.p/112`.
    package var path: String {
        let kind =
            switch content {
            case .hashes(let level): String(level)
            case .entries: "entries"
            }
        let suffix = width == Self.fullWidth ? "" : ".p/\(width)"
        return "tile/\(kind)/\(Self.format(index))\(suffix)"
    }

    /// Reads a path. Accepts exactly what ``path`` emits.
    package init(path: String) throws(TileError) {
        var parts = Array(path.utf8).split(
            separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.count >= 3, parts.removeFirst().elementsEqual("tile".utf8) else {
            throw .badPath
        }
        let content = try Self.content(parts.removeFirst())
        var width = Self.fullWidth
        if parts.count >= 2, parts[parts.count - 2].suffix(2).elementsEqual(".p".utf8) {
            width = try Self.partialWidth(parts.removeLast())
            parts[parts.count - 1].removeLast(2)
        }
        self.init(content, index: try Self.index(parts), width: width)
        guard self.path.utf8.elementsEqual(path.utf8) else { throw .badPath }
    }

    private static func format(_ index: Int64) -> String {
        var rest = index
        var path = digits(rest % 1000)
        while rest >= 1000 {
            rest /= 1000
            path = "x\(digits(rest % 1000))/\(path)"
        }
        return path
    }

    private static func digits(_ group: Int64) -> String {
        String(String(group + 1000).dropFirst())
    }

    private static func content(_ part: ArraySlice<UInt8>) throws(TileError) -> Content {
        if part.elementsEqual("entries".utf8) { return .entries }
        guard let level = Decimal.decode(part), level <= levelMax else { throw .badPath }
        return .hashes(level: Int(level))
    }

    private static func partialWidth(_ part: ArraySlice<UInt8>) throws(TileError) -> Int {
        guard let width = Decimal.decode(part), (1..<Int64(fullWidth)).contains(width) else {
            throw .badPath
        }
        return Int(width)
    }

    /// The groups of three digits; that they are written as they should be is checked by the caller,
    /// who formats the number again.
    private static func index(_ groups: [ArraySlice<UInt8>]) throws(TileError) -> Int64 {
        let digits = groups.flatMap { $0.filter { $0 != UInt8(ascii: "x") } }
        let significant = digits.drop { $0 == UInt8(ascii: "0") }
        guard !digits.isEmpty else { throw .badPath }
        guard let index = significant.isEmpty ? 0 : Decimal.decode(significant) else {
            throw .badPath
        }
        return index
    }
}
