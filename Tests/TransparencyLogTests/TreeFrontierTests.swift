import Testing
import TransparencyLog

@Suite struct TreeFrontierTests {
    let tree = SampleTree.of256Leaves

    @Test func rootIsThatOfTheRecursiveDefinition() {
        for size in 1...256 {
            let expected = ReferenceTree.root(tree.leaves.prefix(size))
            #expect(tree.heads[size] == head(size, RootHash(expected)))
        }
    }

    @Test func everyLeafCompletesTheSubtreesAboveIt() {
        for index in 0..<256 {
            let row = tree.rows[index]
            #expect(row.count == (index + 1).trailingZeroBitCount)
            #expect(row.count == LeafIndex(Int64(index)).completedSubtreeCount)
            for (place, hash) in row.enumerated() {
                let first = index + 1 - (2 << place)
                #expect(hash == ReferenceTree.root(tree.leaves[first...index]))
            }
        }
    }

    @Test func frontierIsTakenUpAtEverySize() throws {
        for size in 0...256 {
            let treeSize = TreeSize(Int64(size))
            let read = TreeFrontier(size: treeSize, reading: tree.hash)
            #expect(read.head == tree.heads[size])
            var restored = try TreeFrontier(size: treeSize, subtreeHashes: read.subtreeHashes)
            #expect(restored == read)
            guard size < 256 else { continue }
            #expect(restored.append(tree.leaves[size]) == tree.rows[size])
            #expect(restored.head == tree.heads[size + 1])
        }
    }

    @Test func wrongNumberOfSubtreesIsRefused() {
        let hash = NodeHash(tree.leaves[0])
        #expect(throws: FrontierError.wrongSubtreeCount(1, expected: 2)) {
            try TreeFrontier(size: 5, subtreeHashes: [hash])
        }
        #expect(throws: FrontierError.wrongSubtreeCount(1, expected: 0)) {
            try TreeFrontier(size: 0, subtreeHashes: [hash])
        }
    }

    @Test func perfectSubtreesCoverTheTree() {
        for size in [0, 1, 2, 3, 7, 8, 70_000, Int64.max] {
            var next: Int64 = 0
            for subtree in TreeSize(size).perfectSubtrees {
                #expect(subtree.firstLeaf.value == next)
                next = subtree.lastLeaf.value + 1
            }
            #expect(next == size)
        }
    }

    @Test func numbersThatAreNoSizesAreRefused() {
        #expect(TreeSize(exactly: -1) == nil)
        #expect(TreeSize(exactly: UInt64(1) << 63) == nil)
        #expect(TreeSize(exactly: UInt64(5)) == 5)
        #expect(LeafIndex(exactly: -1) == nil)
        #expect(LeafIndex(exactly: UInt64.max) == nil)
    }

    private func head(_ size: Int, _ root: RootHash) -> TreeHead {
        TreeHead(size: TreeSize(Int64(size)), rootHash: root)
    }
}
