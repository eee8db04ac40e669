/// An entry's place in the tree, counted from 0. In the ledger this is the entry's `seq`.
package struct LeafIndex: Hashable, Sendable {
    /// The place, never negative.
    package let value: Int64

    /// - Precondition: `value` is not negative.
    package init(_ value: Int64) {
        precondition(value >= 0, "a leaf's index is not negative")
        self.value = value
    }

    /// Takes a number from outside, which may be anything.
    package init?(exactly value: some BinaryInteger) {
        guard let value = Int64(exactly: value), value >= 0 else { return nil }
        self.value = value
    }

    /// The size of the smallest tree that has this entry.
    package var sizeAfter: TreeSize { TreeSize(value + 1) }

    /// How many perfect subtrees of two leaves or more this leaf completes: the trailing zero bits
    /// of the size after it.
    package var completedSubtreeCount: Int { (value + 1).trailingZeroBitCount }
}

extension LeafIndex: Comparable {
    package static func < (left: LeafIndex, right: LeafIndex) -> Bool { left.value < right.value }
}

extension LeafIndex: ExpressibleByIntegerLiteral {
    package init(integerLiteral value: Int64) { self.init(value) }
}

extension LeafIndex: CustomStringConvertible {
    package var description: String { String(value) }
}
