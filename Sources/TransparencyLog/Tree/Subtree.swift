/// A perfect subtree: the 2^level leaves from index·2^level on.
///
/// Level 0 is a leaf. The hash of a perfect subtree never changes once its last leaf is in, which is
/// why a store can keep it in that leaf's row: at level 0 it is the leaf's hash, at level k the k-th
/// of the hashes that ``TreeFrontier/append(_:)`` returned.
package struct Subtree: Hashable, Sendable {
    /// The height above the leaves.
    package let level: Int
    /// The place among the subtrees of this level, from the left.
    package let index: Int64

    /// - Precondition: the subtree's leaves have indices.
    package init(level: Int, index: Int64) {
        precondition((0..<63).contains(level) && index >= 0, "no such subtree")
        precondition(index <= Int64.max >> level, "the subtree ends beyond the largest tree")
        self.level = level
        self.index = index
    }

    /// The leftmost leaf.
    package var firstLeaf: LeafIndex { LeafIndex(index << level) }

    /// The leaf that completes the subtree, and whose row holds its hash.
    package var lastLeaf: LeafIndex { LeafIndex((index << level) | ((1 << level) - 1)) }
}

extension Subtree: CustomStringConvertible {
    package var description: String { "subtree \(level)/\(index)" }
}
