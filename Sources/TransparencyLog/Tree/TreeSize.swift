/// How many entries a tree has. Not an index: the last entry's index is one less.
///
/// Sizes stay below 2^63, as in SQL and in Go, so that every reader agrees on them.
package struct TreeSize: Hashable, Sendable {
    /// The count, never negative.
    package let value: Int64

    /// The size of a tree without entries.
    package static let zero = TreeSize(0)

    /// - Precondition: `value` is not negative.
    package init(_ value: Int64) {
        precondition(value >= 0, "a tree's size is not negative")
        self.value = value
    }

    /// Takes a number from outside, which may be anything.
    package init?(exactly value: some BinaryInteger) {
        guard let value = Int64(exactly: value), value >= 0 else { return nil }
        self.value = value
    }

    /// The size with one entry more.
    package var next: TreeSize { TreeSize(value + 1) }

    /// The index that the next entry gets.
    package var nextIndex: LeafIndex { LeafIndex(value) }

    /// Whether a tree of this size has the entry.
    package func contains(_ index: LeafIndex) -> Bool { index.value < value }

    /// The perfect subtrees that a tree of this size is made of, largest and leftmost first.
    package var perfectSubtrees: [Subtree] {
        var first: Int64 = 0
        var subtrees: [Subtree] = []
        for level in (0..<63).reversed() where (value >> level) & 1 == 1 {
            subtrees.append(Subtree(level: level, index: first >> level))
            first += 1 << level
        }
        return subtrees
    }
}

extension TreeSize: Comparable {
    package static func < (left: TreeSize, right: TreeSize) -> Bool { left.value < right.value }
}

extension TreeSize: ExpressibleByIntegerLiteral {
    package init(integerLiteral value: Int64) { self.init(value) }
}

extension TreeSize: CustomStringConvertible {
    package var description: String { String(value) }
}
