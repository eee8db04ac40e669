package import TransparencyLog

/// Puts what checking the segments has found together, in order, into the tree of the ledger.
package struct SegmentAssembly {
    package private(set) var entries: Int64 = 0
    /// The roots at the wanted sizes, as the entries give them.
    package private(set) var roots: [Int64: RootHash] = [:]
    package private(set) var tree = TreeFrontier()
    private var missing: [ClosedRange<Int64>] = []
    private var openLeaf: (leaf: Segment.Leaf, seq: Int64)?

    /// - Parameter sizes: those at which the root hash is to be kept, for checkpoints.
    package init(rootsAt sizes: Set<Int64> = []) {
        if sizes.contains(0) { roots[0] = .ofEmptyTree }
    }

    package mutating func append(
        _ segment: Segment.Outcome, report: (LedgerProblem) -> Void
    ) {
        entries += segment.entries
        for range in segment.missing { note(missing: range) }
        openLeaf = segment.openLeaf.map { ($0, segment.range.upperBound - 1) }
        // After a gap the leaves are not those of the tree.
        guard missing.isEmpty else { return }
        for (size, part) in segment.treesAt {
            var whole = tree
            _ = whole.append(part)
            roots[size] = whole.rootHash
        }
        let completed = NodeHash.concatenate(tree.append(segment.tree))
        if let stored = segment.upperHashes, completed != stored {
            report(.init(.tree, seq: tree.size.value - 1, "tree hashes altered"))
        }
    }

    private mutating func note(missing range: ClosedRange<Int64>) {
        if let last = missing.last, last.upperBound + 1 == range.lowerBound {
            missing[missing.count - 1] = last.lowerBound...range.upperBound
        } else {
            missing.append(range)
        }
    }

    /// Compares what is there with what the head says.
    /// - Parameters:
    ///   - end: the `seq` after the greatest that is there.
    ///   - head: what says so, as problems name it.
    package mutating func finish(
        end: Int64, headSize: Int64, headRoot: [UInt8], head: String = "head",
        report: (LedgerProblem) -> Void
    ) {
        settleLast(headRoot, report)
        for range in missing {
            let text = "\(SegmentAssembly.text(range)) missing"
            let isEnd = range.lowerBound >= end
            report(
                .init(
                    .entries,
                    isEnd ? "\(text) at the end: the \(head) says \(headSize) entries" : text))
        }
        if end > headSize {
            report(.init(.tree, "the \(head) says \(headSize) entries, there are \(end)"))
        } else if missing.isEmpty, tree.rootHash.bytes != headRoot {
            report(.init(.tree, "the root hash of the \(head) is not that of the entries"))
        }
    }

    /// The last entry has no successor: of its two leaf hashes, the true one gives the root.
    private mutating func settleLast(_ headRoot: [UInt8], _ report: (LedgerProblem) -> Void) {
        guard let (leaf, seq) = openLeaf else { return }
        var computed = tree
        _ = computed.append(leaf.computed)
        let next = computed.rootHash.bytes == headRoot ? leaf.computed : nil
        _ = tree.append(leaf.settled(next, seq, report))
        roots[tree.size.value] = tree.rootHash
    }

    private static func text(_ range: ClosedRange<Int64>) -> String {
        range.count == 1
            ? "entry \(range.lowerBound)" : "entries \(range.lowerBound)–\(range.upperBound)"
    }
}
