/// Why a tree cannot be taken up where a store left it.
package enum FrontierError: Error, Hashable, Sendable {
    /// A tree has one perfect subtree for each bit set in its size.
    case wrongSubtreeCount(Int, expected: Int)
}

extension FrontierError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .wrongSubtreeCount(let count, let expected):
            "the tree is made of \(expected) perfect subtrees, but \(count) hashes were given"
        }
    }
}
