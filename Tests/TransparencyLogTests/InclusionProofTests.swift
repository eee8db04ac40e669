import Testing
import TransparencyLog

@Suite struct InclusionProofTests {
    let tree = SampleTree.of256Leaves

    @Test func everyLeafAtEverySizeProvesAndVerifies() throws {
        for size in 1...256 {
            for index in 0..<size {
                let proof = try tree.inclusion(of: index, in: size)
                try proof.verify(tree.leaves[index], in: tree.heads[size])
            }
        }
    }

    @Test func proofsAreThoseOfTheRecursiveDefinition() throws {
        for size in 1...64 {
            for index in 0..<size {
                let proof = try tree.inclusion(of: index, in: size)
                #expect(proof.hashes == ReferenceTree.path(index, tree.leaves.prefix(size)))
            }
        }
    }

    @Test func flippedBitInAnyHashIsRefused() throws {
        for size in 1...64 {
            for index in 0..<size {
                let (proof, leaf, head) = try sample(index, size)
                for hashes in proof.hashes.withFlippedBits {
                    let bad = InclusionProof(index: proof.index, hashes: hashes)
                    #expect(throws: ProofError.rootMismatch) { try bad.verify(leaf, in: head) }
                }
                let root = head.rootHash.flippingBit(index % 256)
                #expect(throws: ProofError.rootMismatch) {
                    try proof.verify(leaf.flippingBit(size), in: head)
                }
                #expect(throws: ProofError.rootMismatch) {
                    try proof.verify(leaf, in: TreeHead(size: head.size, rootHash: root))
                }
            }
        }
    }

    @Test func everyBitOfAProofMatters() throws {
        let (proof, leaf, head) = try sample(5, 11)
        for place in proof.hashes.indices {
            for bit in 0..<256 {
                var hashes = proof.hashes
                hashes[place] = hashes[place].flippingBit(bit)
                let bad = InclusionProof(index: proof.index, hashes: hashes)
                #expect(throws: ProofError.rootMismatch) { try bad.verify(leaf, in: head) }
            }
        }
    }

    @Test func truncatedAndExtendedProofsAreRefused() throws {
        for size in 2...40 {
            for index in 0..<size {
                let (proof, leaf, head) = try sample(index, size)
                let count = proof.hashes.count
                let longer = [
                    proof.hashes + [NodeHash(leaf)], [NodeHash(leaf)] + proof.hashes,
                    proof.hashes + [NodeHash(head.rootHash.digest)],
                ]
                let shorter = [Array(proof.hashes.dropLast()), Array(proof.hashes.dropFirst())]
                for hashes in longer + shorter {
                    let bad = InclusionProof(index: proof.index, hashes: hashes)
                    #expect(throws: ProofError.wrongHashCount(hashes.count, expected: count)) {
                        try bad.verify(leaf, in: head)
                    }
                }
            }
        }
    }

    @Test func anyOtherIndexIsRefused() throws {
        for size in 2...40 {
            for index in 0..<size {
                let (proof, leaf, head) = try sample(index, size)
                for other in 0..<Int64(size) where other != proof.index.value {
                    let bad = InclusionProof(index: LeafIndex(other), hashes: proof.hashes)
                    #expect(throws: ProofError.self) { try bad.verify(leaf, in: head) }
                }
            }
        }
    }

    /// With the new tree's own root. (The same root with another size may verify for a leaf on
    /// whose way the two trees do not differ; that is why size and root are signed together.)
    @Test func anotherTreeIsRefused() throws {
        for size in 1...40 {
            for index in 0..<size {
                let (proof, leaf, _) = try sample(index, size)
                for other in 0...60 where other != size {
                    #expect(throws: ProofError.self) {
                        try proof.verify(leaf, in: tree.heads[other])
                    }
                }
            }
        }
    }

    @Test func indexBeyondTheTreeIsRefused() throws {
        #expect(throws: ProofError.indexBeyondTree(7, 7)) { try tree.inclusion(of: 7, in: 7) }
        #expect(throws: ProofError.indexBeyondTree(0, 0)) { try tree.inclusion(of: 0, in: 0) }
        let proof = InclusionProof(index: LeafIndex(.max), hashes: [])
        #expect(throws: ProofError.indexBeyondTree(LeafIndex(.max), 1)) {
            try proof.verify(tree.leaves[0], in: tree.heads[1])
        }
    }

    @Test func readErrorsPassThrough() {
        struct Unreadable: Error {}
        #expect(throws: Unreadable.self) {
            try InclusionProof.prove(0, in: 2) { _ in throw Unreadable() }
        }
    }

    @Test func largestTreeNeedsNoMoreThan63Hashes() throws {
        let size = TreeSize(.max)
        for index in [0, 1, Int64.max / 3, Int64.max / 2, Int64.max - 2, Int64.max - 1] {
            var subtrees: [Subtree] = []
            let leaf = tree.leaves[0]
            let proof = try InclusionProof.prove(LeafIndex(index), in: size) { subtree in
                subtrees.append(subtree)
                return NodeHash(leaf)
            }
            #expect(proof.hashes.count <= 63)
            #expect(subtrees.allSatisfy { size.contains($0.lastLeaf) })
        }
    }

    private func sample(
        _ index: Int, _ size: Int
    ) throws -> (InclusionProof, LeafHash, TreeHead) {
        (try tree.inclusion(of: index, in: size), tree.leaves[index], tree.heads[size])
    }
}
