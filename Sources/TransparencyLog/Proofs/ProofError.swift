/// Why a proof cannot be made, or does not prove what it should.
package enum ProofError: Error, Hashable, Sendable {
    /// A tree of this size has no such leaf.
    case indexBeyondTree(LeafIndex, TreeSize)
    /// The proof is too short or too long for the index and the sizes.
    case wrongHashCount(Int, expected: Int)
    /// The hashes do not lead to the (new) tree's root.
    case rootMismatch
    /// The hashes do not lead to the old tree's root.
    case oldRootMismatch
    /// Every tree is consistent with the empty one.
    case emptyOldTree
    /// The old tree is larger than the new one.
    case shrinkingTree(from: TreeSize, to: TreeSize)
}

extension ProofError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .indexBeyondTree(let index, let size):
            "there is no entry \(index) in a tree of size \(size)"
        case .wrongHashCount(let count, let expected):
            "the proof has \(count) hashes where \(expected) belong"
        case .rootMismatch: "the proof does not lead to the tree's root hash"
        case .oldRootMismatch: "the proof does not lead to the old tree's root hash"
        case .emptyOldTree: "consistency with the empty tree proves nothing"
        case .shrinkingTree(let old, let new):
            "the old tree has \(old) entries, more than the new one with \(new)"
        }
    }
}
