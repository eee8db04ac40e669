/// The hashes that lead from one leaf to the root: proof that the tree has the entry there.
/// RFC 6962 section 2.1.1.
package struct InclusionProof: Hashable, Sendable {
    /// The place for which the proof speaks.
    package let index: LeafIndex
    /// From the leaf's sibling upwards.
    package let hashes: [NodeHash]

    package init(index: LeafIndex, hashes: [NodeHash]) {
        self.index = index
        self.hashes = hashes
    }

    /// Proves that the tree of `size` leaves has the leaf at `index`.
    ///
    /// - Parameter hash: reads the hash of a perfect subtree; every one asked for lies within the
    ///   tree.
    /// - Throws: ``ProofError`` where the tree has no such leaf, and what `hash` throws.
    package static func prove(
        _ index: LeafIndex, in size: TreeSize, reading hash: (Subtree) throws -> NodeHash
    ) throws -> InclusionProof {
        guard size.contains(index) else { throw ProofError.indexBeyondTree(index, size) }
        let path = MerklePath(of: index, in: size)
        return InclusionProof(index: index, hashes: try path.siblings(reading: hash))
    }

    /// Verifies that the tree has the leaf at the proof's index.
    package func verify(_ leaf: LeafHash, in head: TreeHead) throws(ProofError) {
        guard head.size.contains(index) else { throw .indexBeyondTree(index, head.size) }
        let path = MerklePath(of: index, in: head.size)
        guard hashes.count == path.siblingCount else {
            throw .wrongHashCount(hashes.count, expected: path.siblingCount)
        }
        guard path.root(from: NodeHash(leaf), siblings: hashes) == head.rootHash else {
            throw .rootMismatch
        }
    }
}
