/// Why a path or bytes are not a tile.
package enum TileError: Error, Hashable, Sendable {
    /// Not a path as ``Tile/path`` writes it.
    case badPath
    /// An entry of more than 65,535 bytes has no length in a bundle.
    case entryTooLong(byteCount: Int)
    /// A bundle has 1 to 256 entries.
    case wrongEntryCount(Int)
    /// The bundle ends within an entry.
    case truncatedBundle
    /// The hashes that a store holds for the tile at the right edge do not lead to those that it
    /// holds of larger subtrees.
    case edgeDoesNotFollow(level: Int)
}

extension TileError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .badPath: "the path is not that of a tile"
        case .entryTooLong(let byteCount):
            "an entry of \(byteCount) bytes is longer than \(EntryBundle.entryByteCountMax)"
        case .wrongEntryCount(let count): "a bundle has 1 to 256 entries, not \(count)"
        case .truncatedBundle: "the bundle ends within an entry"
        case .edgeDoesNotFollow(let level):
            "the hashes of the last tile of level \(level) do not lead to those above them"
        }
    }
}
