/// What is needed of a tree to append to it: the hashes of its perfect subtrees, one for each bit
/// set in its size.
///
/// Appending a leaf costs one hash on average, whatever the tree's size. The shape follows from
/// RFC 6962 section 2.1, which splits n leaves at the largest power of two below n.
package struct TreeFrontier: Hashable, Sendable {
    /// How many leaves were appended.
    package private(set) var size: TreeSize

    /// The hashes of ``TreeSize/perfectSubtrees``, largest first.
    package private(set) var subtreeHashes: [NodeHash]

    /// The tree without entries.
    package init() {
        size = .zero
        subtreeHashes = []
    }

    /// Takes up a tree where a store left it.
    ///
    /// - Parameter subtreeHashes: the hashes of `size.perfectSubtrees`, in that order.
    package init(size: TreeSize, subtreeHashes: [NodeHash]) throws(FrontierError) {
        let expected = size.value.nonzeroBitCount
        guard subtreeHashes.count == expected else {
            throw .wrongSubtreeCount(subtreeHashes.count, expected: expected)
        }
        self.size = size
        self.subtreeHashes = subtreeHashes
    }

    /// Takes up a tree of `size` by reading the hashes of its perfect subtrees.
    package init<ReadError>(
        size: TreeSize, reading hash: (Subtree) throws(ReadError) -> NodeHash
    ) throws(ReadError) {
        self.size = size
        subtreeHashes = []
        for subtree in size.perfectSubtrees {
            subtreeHashes.append(try hash(subtree))
        }
    }

    /// Appends a leaf.
    ///
    /// - Returns: the hashes of the perfect subtrees that the leaf completes, at heights 1, 2, … up
    ///   to the number of trailing zero bits of the new size. Half of all leaves complete none.
    package mutating func append(_ leaf: LeafHash) -> [NodeHash] {
        var completed: [NodeHash] = []
        append(leaf) { completed.append($0) }
        return completed
    }

    /// Appends a leaf, and hands over the hashes of the perfect subtrees that it completes,
    /// smallest first.
    package mutating func append(_ leaf: LeafHash, completed: (NodeHash) -> Void) {
        var node = NodeHash(leaf)
        for _ in 0..<size.nextIndex.completedSubtreeCount {
            node = NodeHash(left: subtreeHashes.removeLast(), right: node)
            completed(node)
        }
        subtreeHashes.append(node)
        size = size.next
        assert(subtreeHashes.count == size.value.nonzeroBitCount)
    }

    /// Appends a tree whose leaves follow on these, as one.
    ///
    /// - Parameter other: no larger than the smallest perfect subtree of this one.
    /// - Returns: the hashes of the perfect subtrees that its last leaf completes and that begin in
    ///   this tree, smallest first.
    package mutating func append(_ other: TreeFrontier) -> [NodeHash] {
        precondition(
            size == .zero || other.size.value <= size.value & -size.value,
            "the appended tree is larger than the smallest subtree")
        var completed: [NodeHash] = []
        var span = other.size.value
        size = TreeSize(size.value + span)
        guard span.nonzeroBitCount == 1, var node = other.subtreeHashes.first else {
            subtreeHashes += other.subtreeHashes
            return []
        }
        while size.value & span == 0 {
            node = NodeHash(left: subtreeHashes.removeLast(), right: node)
            completed.append(node)
            span *= 2
        }
        subtreeHashes.append(node)
        return completed
    }

    /// The root hash of the tree as it stands.
    package var rootHash: RootHash {
        guard var node = subtreeHashes.last else { return .ofEmptyTree }
        for left in subtreeHashes.dropLast().reversed() {
            node = NodeHash(left: left, right: node)
        }
        return RootHash(node)
    }

    /// The tree head as it stands.
    package var head: TreeHead { TreeHead(size: size, rootHash: rootHash) }
}
