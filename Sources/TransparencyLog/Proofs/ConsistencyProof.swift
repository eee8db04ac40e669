/// The hashes that lead from an old root and a new one to the same leaves: proof that the new tree
/// begins with the whole old tree. RFC 6962 section 2.1.2.
package struct ConsistencyProof: Hashable, Sendable {
    package let hashes: [NodeHash]

    package init(hashes: [NodeHash]) {
        self.hashes = hashes
    }

    /// Proves that the tree of `new` leaves begins with that of `old` leaves.
    ///
    /// - Parameter hash: reads the hash of a perfect subtree; every one asked for lies within the
    ///   new tree.
    /// - Throws: ``ProofError`` where the old tree is empty or the larger one, and what `hash`
    ///   throws.
    package static func prove(
        from old: TreeSize, to new: TreeSize, reading hash: (Subtree) throws -> NodeHash
    ) throws -> ConsistencyProof {
        try checkSizes(old, new)
        guard old < new else { return ConsistencyProof(hashes: []) }
        let seed = Self.seed(of: old)
        let seedHashes = seed.isWholeTree ? [] : [try hash(seed.subtree)]
        let path = MerklePath(of: seed.subtree.lastLeaf, in: new, from: seed.subtree.level)
        return ConsistencyProof(hashes: seedHashes + (try path.siblings(reading: hash)))
    }

    /// Verifies that the new tree begins with the whole old one.
    package func verify(from old: TreeHead, to new: TreeHead) throws(ProofError) {
        try Self.checkSizes(old.size, new.size)
        guard old.size < new.size else {
            guard hashes.isEmpty else { throw .wrongHashCount(hashes.count, expected: 0) }
            guard old.rootHash == new.rootHash else { throw .rootMismatch }
            return
        }
        let seed = Self.seed(of: old.size)
        let path = MerklePath(of: seed.subtree.lastLeaf, in: new.size, from: seed.subtree.level)
        let expected = path.siblingCount + (seed.isWholeTree ? 0 : 1)
        guard hashes.count == expected else {
            throw .wrongHashCount(hashes.count, expected: expected)
        }
        let seedHash = seed.isWholeTree ? NodeHash(old.rootHash.digest) : hashes[0]
        let siblings = Array(hashes.suffix(path.siblingCount))
        guard path.rootOfTreeEndingHere(from: seedHash, siblings: siblings) == old.rootHash else {
            throw .oldRootMismatch
        }
        guard path.root(from: seedHash, siblings: siblings) == new.rootHash else {
            throw .rootMismatch
        }
    }

    /// The old tree's last perfect subtree, from which both roots are reached. Where it is the whole
    /// old tree the verifier has its hash already, and the proof leaves it out.
    private static func seed(of old: TreeSize) -> (subtree: Subtree, isWholeTree: Bool) {
        guard let subtree = old.perfectSubtrees.last else {
            preconditionFailure("a tree with leaves has perfect subtrees")
        }
        return (subtree, subtree.index == 0)
    }

    /// Every tree begins with the empty one, so a proof of that says nothing.
    private static func checkSizes(_ old: TreeSize, _ new: TreeSize) throws(ProofError) {
        guard old > .zero else { throw .emptyOldTree }
        guard old <= new else { throw .shrinkingTree(from: old, to: new) }
    }
}
