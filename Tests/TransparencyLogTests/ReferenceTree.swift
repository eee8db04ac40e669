import TransparencyLog

/// RFC 6962 section 2.1 taken by its letter: recursion from the root, without any of the module's
/// shortcuts. Slow, and there to be compared with.
enum ReferenceTree {
    typealias Leaves = ArraySlice<LeafHash>

    /// MTH(D[n]).
    static func root(_ leaves: Leaves) -> NodeHash {
        guard leaves.count > 1 else { return NodeHash(leaves[leaves.startIndex]) }
        let (left, right) = split(leaves)
        return NodeHash(left: root(left), right: root(right))
    }

    /// PATH(m, D[n]), section 2.1.1.
    static func path(_ index: Int, _ leaves: Leaves) -> [NodeHash] {
        guard leaves.count > 1 else { return [] }
        let (left, right) = split(leaves)
        return index < left.count
            ? path(index, left) + [root(right)]
            : path(index - left.count, right) + [root(left)]
    }

    /// SUBPROOF(m, D[n], b), section 2.1.2.
    static func proof(_ size: Int, _ leaves: Leaves, isWholeTree: Bool = true) -> [NodeHash] {
        if size == leaves.count { return isWholeTree ? [] : [root(leaves)] }
        let (left, right) = split(leaves)
        return size <= left.count
            ? proof(size, left, isWholeTree: isWholeTree) + [root(right)]
            : proof(size - left.count, right, isWholeTree: false) + [root(left)]
    }

    /// Divides at the largest power of two below n.
    private static func split(_ leaves: Leaves) -> (Leaves, Leaves) {
        var count = 1
        while count * 2 < leaves.count {
            count *= 2
        }
        return (leaves.prefix(count), leaves.dropFirst(count))
    }
}
