import TransparencyLog

/// A tree of made-up entries, kept as a store keeps it: with each leaf its hash, and the hashes of
/// the subtrees that it completes.
struct SampleTree {
    private(set) var leaves: [LeafHash] = []
    private(set) var rows: [[NodeHash]] = []
    /// The tree heads at sizes 0, 1, ….
    private(set) var heads: [TreeHead] = [.ofEmptyTree]

    static let of256Leaves = SampleTree(leafCount: 256)

    init(leafCount: Int) {
        var frontier = TreeFrontier()
        for index in 0..<leafCount {
            let leaf = LeafHash(entry: Self.entry(index))
            leaves.append(leaf)
            rows.append(frontier.append(leaf))
            heads.append(frontier.head)
        }
    }

    static func entry(_ index: Int) -> [UInt8] { Array("entry \(index)".utf8) }

    func hash(of subtree: Subtree) -> NodeHash {
        let row = Int(subtree.lastLeaf.value)
        return subtree.level == 0 ? NodeHash(leaves[row]) : rows[row][subtree.level - 1]
    }

    func inclusion(of index: Int, in size: Int) throws -> InclusionProof {
        try InclusionProof.prove(
            LeafIndex(Int64(index)), in: TreeSize(Int64(size)), reading: hash)
    }

    func consistency(from old: Int, to new: Int) throws -> ConsistencyProof {
        try ConsistencyProof.prove(
            from: TreeSize(Int64(old)), to: TreeSize(Int64(new)), reading: hash)
    }
}
