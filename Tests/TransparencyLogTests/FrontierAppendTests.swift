import Testing
import TransparencyLog

/// Appending a tree as a whole gives what appending its leaves one by one gives.
@Suite struct FrontierAppendTests {
    private func leaves(_ range: Range<Int>) -> [LeafHash] {
        range.map { LeafHash(entry: Array("entry \($0)".utf8)) }
    }

    private func tree(_ leaves: [LeafHash]) -> TreeFrontier {
        var tree = TreeFrontier()
        for leaf in leaves { _ = tree.append(leaf) }
        return tree
    }

    @Test(arguments: [1, 2, 4, 8, 16])
    func blocksGiveTheSameTreeAsLeaves(_ block: Int) throws {
        for size in 0...70 {
            var blocks = TreeFrontier()
            for start in stride(from: 0, to: size, by: block) {
                let part = start..<min(start + block, size)
                let upper = blocks.append(tree(leaves(part)))
                // Of the last leaf, the subtrees inside the block and then those beyond it.
                var before = tree(leaves(0..<(part.upperBound - 1)))
                let all = before.append(leaves((part.upperBound - 1)..<part.upperBound)[0])
                #expect(Array(all.suffix(upper.count)) == upper)
                #expect(upper.count == max(0, all.count - part.count.trailingZeroBitCount))
            }
            #expect(blocks == tree(leaves(0..<size)))
            #expect(blocks.rootHash == tree(leaves(0..<size)).rootHash)
        }
    }
}
