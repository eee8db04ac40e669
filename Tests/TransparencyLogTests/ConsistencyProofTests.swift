import Testing
import TransparencyLog

@Suite struct ConsistencyProofTests {
    let tree = SampleTree.of256Leaves

    @Test func everyPairOfSizesProvesAndVerifies() throws {
        for new in 1...64 {
            for old in 1...new {
                let proof = try tree.consistency(from: old, to: new)
                try proof.verify(from: tree.heads[old], to: tree.heads[new])
                #expect(proof.hashes == ReferenceTree.proof(old, tree.leaves.prefix(new)))
            }
        }
    }

    @Test func flippedBitInAnyHashIsRefused() throws {
        for new in 1...64 {
            for old in 1...new {
                let proof = try tree.consistency(from: old, to: new)
                let (oldHead, newHead) = (tree.heads[old], tree.heads[new])
                for hashes in proof.hashes.withFlippedBits {
                    let bad = ConsistencyProof(hashes: hashes)
                    #expect(throws: ProofError.self) { try bad.verify(from: oldHead, to: newHead) }
                }
                #expect(throws: ProofError.self) {
                    try proof.verify(from: flipped(oldHead), to: newHead)
                }
                #expect(throws: ProofError.rootMismatch) {
                    try proof.verify(from: oldHead, to: flipped(newHead))
                }
            }
        }
    }

    @Test func truncatedAndExtendedProofsAreRefused() throws {
        for new in 1...40 {
            for old in 1...new {
                let proof = try tree.consistency(from: old, to: new)
                let extra = NodeHash(tree.leaves[0])
                let count = proof.hashes.count
                var rows = [proof.hashes + [extra], [extra] + proof.hashes]
                if count > 0 {
                    rows += [Array(proof.hashes.dropLast()), Array(proof.hashes.dropFirst())]
                }
                for hashes in rows {
                    #expect(throws: ProofError.wrongHashCount(hashes.count, expected: count)) {
                        try ConsistencyProof(hashes: hashes)
                            .verify(from: tree.heads[old], to: tree.heads[new])
                    }
                }
            }
        }
    }

    @Test func otherTreesAreRefused() throws {
        for new in 2...24 {
            for old in 1..<new {
                let proof = try tree.consistency(from: old, to: new)
                for other in 1...30 {
                    if other != old {
                        #expect(throws: ProofError.self) {
                            try proof.verify(from: tree.heads[other], to: tree.heads[new])
                        }
                    }
                    if other != new {
                        #expect(throws: ProofError.self) {
                            try proof.verify(from: tree.heads[old], to: tree.heads[other])
                        }
                    }
                }
            }
        }
    }

    @Test func forkedHistoryIsRefused() throws {
        var fork = TreeFrontier()
        for index in 0..<20 {
            _ = fork.append(index == 7 ? LeafHash(entry: [0]) : tree.leaves[index])
        }
        for old in 8..<20 {
            let proof = try tree.consistency(from: old, to: 20)
            #expect(throws: ProofError.rootMismatch) {
                try proof.verify(from: tree.heads[old], to: fork.head)
            }
        }
    }

    @Test func emptyAndLargerOldTreesAreRefused() {
        let proof = ConsistencyProof(hashes: [])
        #expect(throws: ProofError.emptyOldTree) { try tree.consistency(from: 0, to: 5) }
        #expect(throws: ProofError.emptyOldTree) {
            try proof.verify(from: .ofEmptyTree, to: tree.heads[5])
        }
        #expect(throws: ProofError.emptyOldTree) {
            try proof.verify(from: .ofEmptyTree, to: .ofEmptyTree)
        }
        #expect(throws: ProofError.shrinkingTree(from: 6, to: 5)) {
            try tree.consistency(from: 6, to: 5)
        }
        #expect(throws: ProofError.shrinkingTree(from: 6, to: 5)) {
            try proof.verify(from: tree.heads[6], to: tree.heads[5])
        }
    }

    @Test func sameSizeWithAnotherRootIsRefused() {
        #expect(throws: ProofError.rootMismatch) {
            try ConsistencyProof(hashes: []).verify(from: tree.heads[5], to: flipped(tree.heads[5]))
        }
    }

    private func flipped(_ head: TreeHead) -> TreeHead {
        TreeHead(size: head.size, rootHash: head.rootHash.flippingBit(9))
    }
}
