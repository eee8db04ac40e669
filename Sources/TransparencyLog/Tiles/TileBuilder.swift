/// Makes the hash tiles of a tree while leaves are appended to it: full ones as they become full,
/// and at the end those of the right edge. C2SP tlog-tiles.
package struct TileBuilder: Sendable {
    package private(set) var frontier = TreeFrontier()
    /// Of each level that the tree reaches, the hashes of the tile that is not full yet, 32 bytes
    /// each.
    private var edges: [[UInt8]] = []

    /// Begins with the tree without entries.
    package init() {}

    /// Takes up a tree of `size` where a store left it: at most 255 hashes of each level are read,
    /// and those of its perfect subtrees.
    ///
    /// What is read for the tiles above the leaves must lead to the perfect subtrees, or
    /// `TileError.edgeDoesNotFollow` is thrown; these in turn give ``TreeFrontier/rootHash``.
    package init(size: TreeSize, reading hash: (Subtree) throws -> NodeHash) throws {
        frontier = try TreeFrontier(size: size, reading: hash)
        for level in 0...Tile.levelMax where size.value >> (8 * level) > 0 {
            let width = Tile.partialWidth(.hashes(level: level), in: size)
            let count = size.value >> (8 * level)
            let hashes = try (count - Int64(width)..<count).map {
                try hash(Subtree(level: 8 * level, index: $0))
            }
            guard frontier.hasEdge(hashes, level: level) else {
                throw TileError.edgeDoesNotFollow(level: level)
            }
            edges.append(NodeHash.concatenate(hashes))
        }
    }

    /// Appends a leaf.
    /// - Parameters:
    ///   - completed: is given the hashes of the perfect subtrees that the leaf completes, smallest
    ///     first.
    ///   - full: is given the tiles that the leaf fills, the lowest first, and their bytes.
    package mutating func append<Failure>(
        _ leaf: LeafHash, completed: (NodeHash) -> Void,
        full: (Tile, [UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        // Of heights 8, 16, …; one leaf in 256 has any.
        var upper: [NodeHash] = []
        var height = 0
        frontier.append(leaf) { hash in
            height += 1
            if height.isMultiple(of: 8) { upper.append(hash) }
            completed(hash)
        }
        push(NodeHash(leaf), level: 0)
        for (index, hash) in upper.enumerated() { push(hash, level: index + 1) }
        for level in 0...upper.count where edges[level].count == Tile.fullByteCount {
            let index = (frontier.size.value >> (8 * (level + 1))) - 1
            try full(Tile(.hashes(level: level), index: index), edges[level])
            edges[level].removeAll(keepingCapacity: true)
        }
    }

    /// The tiles at the right edge that are not full, the lowest first, and their bytes.
    package var partialTiles: [(tile: Tile, bytes: [UInt8])] {
        edges.enumerated().compactMap { level, bytes in
            let content = Tile.Content.hashes(level: level)
            let index = Tile.fullTileCount(content, in: frontier.size)
            return Tile(content, index: index, in: frontier.size).map { ($0, bytes) }
        }
    }

    private mutating func push(_ hash: NodeHash, level: Int) {
        if level == edges.count {
            edges.append([])
            edges[level].reserveCapacity(Tile.fullByteCount)
        }
        hash.withUnsafeBytes { edges[level].append(contentsOf: $0) }
    }
}

extension Tile {
    /// How many bytes a full tile of hashes has.
    package static let fullByteCount = fullWidth * Digest32.byteCount

    /// The hash of the perfect subtree that hashes of its neighbouring parts make; nil where they
    /// are not 1, 2, 4, … of them. Over a full tile it is what stands for it in the level above.
    package static func hash(over hashes: some Collection<NodeHash>) -> NodeHash? {
        guard hashes.count.nonzeroBitCount == 1 else { return nil }
        return perfectSubtrees(of: hashes).first
    }

    /// What hashes in a row, taken as leaves, make: the hashes of the perfect subtrees, largest
    /// first.
    fileprivate static func perfectSubtrees(of hashes: some Collection<NodeHash>) -> [NodeHash] {
        var tree = TreeFrontier()
        for hash in hashes { tree.append(LeafHash(hash.digest)) { _ in } }
        return tree.subtreeHashes
    }
}

extension TreeFrontier {
    /// Whether the hashes of an unfilled tile lead to the perfect subtrees of its eight levels.
    fileprivate func hasEdge(_ hashes: [NodeHash], level: Int) -> Bool {
        let own = zip(size.perfectSubtrees, subtreeHashes)
            .filter { $0.0.level / 8 == level }.map(\.1)
        return Tile.perfectSubtrees(of: hashes) == own
    }
}
