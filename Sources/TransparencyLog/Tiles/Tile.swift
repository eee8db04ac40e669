/// Where a piece of the published log lies: 256 hashes of one level, or 256 entries, or fewer at the
/// tree's right edge. C2SP tlog-tiles.
package struct Tile: Hashable, Sendable {
    /// What the tile holds.
    package enum Content: Hashable, Sendable {
        /// Hashes of perfect subtrees of 256^level leaves.
        case hashes(level: Int)
        /// An ``EntryBundle``.
        case entries
    }

    /// How many hashes or entries a full tile has.
    package static let fullWidth = 256
    /// The level of which one tile spans 2^64 leaves, more than any tree here has.
    package static let levelMax = 7

    package let content: Content
    /// The place among the tiles of its level, from 0.
    package let index: Int64
    /// How many hashes or entries it holds, 1 to 256.
    package let width: Int

    /// - Precondition: level, index and width are those of a tile.
    package init(_ content: Content, index: Int64, width: Int = Tile.fullWidth) {
        if case .hashes(let level) = content {
            precondition((0...Self.levelMax).contains(level), "no such level")
        }
        precondition(index >= 0 && (1...Self.fullWidth).contains(width), "no such tile")
        self.content = content
        self.index = index
        self.width = width
    }

    /// The tile of a tree of `size` at `index`, full or partial, or nil where the tree has none.
    package init?(_ content: Content, index: Int64, in size: TreeSize) {
        let count = Self.itemCount(content, in: size)
        guard index >= 0, index <= count / Int64(Self.fullWidth) else { return nil }
        let width = min(count - index * Int64(Self.fullWidth), Int64(Self.fullWidth))
        guard width > 0 else { return nil }
        self.init(content, index: index, width: Int(width))
    }

    /// How many full tiles a tree has at one level.
    package static func fullTileCount(_ content: Content, in size: TreeSize) -> Int64 {
        itemCount(content, in: size) / Int64(fullWidth)
    }

    /// The width of the partial tile at the right edge: floor(size / 256^level) mod 256, and 0
    /// where there is none.
    package static func partialWidth(_ content: Content, in size: TreeSize) -> Int {
        Int(itemCount(content, in: size) % Int64(fullWidth))
    }

    private static func itemCount(_ content: Content, in size: TreeSize) -> Int64 {
        switch content {
        case .hashes(let level): size.value >> (8 * level)
        case .entries: size.value
        }
    }

    /// The perfect subtrees whose hashes, 32 bytes each, are a hash tile; for entries, their leaves.
    ///
    /// - Precondition: a tree can be so large that it has the tile. Paths name greater ones too.
    package var subtrees: [Subtree] {
        let level = if case .hashes(let level) = content { level } else { 0 }
        let first = index * Int64(Self.fullWidth)
        return (0..<width).map { Subtree(level: 8 * level, index: first + Int64($0)) }
    }
}
