/// The way from a leaf up to the root, and the siblings that are met on it.
///
/// RFC 6962 section 2.1.1 defines the path by recursion from the root. Seen from the leaf it has
/// two parts. Below the level where the leaf's way meets that of the tree's last leaf, each level
/// has a sibling, to the left or right by the leaf's bit there ("inner"). Above it the way runs along
/// the tree's right edge, and there are only left siblings, one for each bit set ("border").
struct MerklePath {
    private let index: Int64
    private let size: TreeSize
    /// The level where the way begins: 0, or that of a perfect subtree with the leaf at its end.
    private let start: Int
    /// The level where the way meets the right edge.
    private let innerEnd: Int

    /// - Precondition: the tree has the leaf, and the way begins at or below the right edge.
    init(of leaf: LeafIndex, in size: TreeSize, from level: Int = 0) {
        precondition(size.contains(leaf), "the tree has no such leaf")
        index = leaf.value
        self.size = size
        start = level
        innerEnd = Int64.bitWidth - (leaf.value ^ (size.value - 1)).leadingZeroBitCount
        precondition(start <= innerEnd, "the way begins above the right edge")
    }

    /// How many siblings there are.
    var siblingCount: Int { innerEnd - start + (index >> innerEnd).nonzeroBitCount }

    /// Reads the siblings, from the bottom up.
    func siblings(reading hash: (Subtree) throws -> NodeHash) throws -> [NodeHash] {
        var hashes: [NodeHash] = []
        for level in start..<innerEnd {
            hashes.append(try rootHash(level: level, index: (index >> level) ^ 1, reading: hash))
        }
        for level in innerEnd..<63 where isRightChild(at: level) {
            hashes.append(try hash(Subtree(level: level, index: (index >> level) - 1)))
        }
        return hashes
    }

    /// The root hash that follows from the hash where the way begins.
    ///
    /// - Precondition: there are ``siblingCount`` hashes.
    func root(from seed: NodeHash, siblings hashes: [NodeHash]) -> RootHash {
        climb(from: seed, hashes, skippingRight: false)
    }

    /// The root hash of the smaller tree that ends with the leaf: all that lies to its right is
    /// passed over.
    ///
    /// - Precondition: there are ``siblingCount`` hashes.
    func rootOfTreeEndingHere(from seed: NodeHash, siblings hashes: [NodeHash]) -> RootHash {
        climb(from: seed, hashes, skippingRight: true)
    }

    private func climb(
        from seed: NodeHash, _ hashes: [NodeHash], skippingRight: Bool
    ) -> RootHash {
        precondition(hashes.count == siblingCount, "one hash for each sibling")
        var node = seed
        for (place, hash) in hashes.enumerated() {
            let level = start + place
            if level >= innerEnd || isRightChild(at: level) {
                node = NodeHash(left: hash, right: node)
            } else if !skippingRight {
                node = NodeHash(left: node, right: hash)
            }
        }
        return RootHash(node)
    }

    private func isRightChild(at level: Int) -> Bool { (index >> level) & 1 == 1 }

    /// The hash of a subtree that the tree's end may cut short.
    private func rootHash(
        level: Int, index: Int64, reading hash: (Subtree) throws -> NodeHash
    ) throws -> NodeHash {
        let subtree = Subtree(level: level, index: index)
        if size.contains(subtree.lastLeaf) { return try hash(subtree) }
        let parts = size.perfectSubtrees.filter { $0.firstLeaf >= subtree.firstLeaf }
        let hashes = try parts.map(hash)
        guard var node = hashes.last else { preconditionFailure("a sibling has leaves") }
        for left in hashes.dropLast().reversed() {
            node = NodeHash(left: left, right: node)
        }
        return node
    }
}
