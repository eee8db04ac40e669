import Testing
import TransparencyLog

@Suite struct TLogProofTests {
    let tree = SampleTree.of256Leaves
    let log: SigningKey
    let proof: TLogProof

    init() throws {
        log = try SampleKeys.log()
        proof = TLogProof(
            inclusion: try tree.inclusion(of: 3, in: 5),
            note: try SampleKeys.checkpoint(size: 5).signed(by: log))
    }

    private var text: String { String(decoding: proof.formatted, as: UTF8.self) }

    @Test func proofIsWrittenAsSpecified() throws {
        let inclusion = proof.inclusion.hashes.map(\.base64).joined(separator: "\n")
        let note = String(decoding: proof.note.formatted, as: UTF8.self)
        #expect(text == "c2sp.org/tlog-proof@v1\nindex 3\n\(inclusion)\n\n\(note)")
        #expect(try TLogProof(parsing: proof.formatted) == proof)
    }

    @Test func extraBytesRoundTrip() throws {
        let more = TLogProof(
            extra: Array("context".utf8), inclusion: proof.inclusion, note: proof.note)
        let text = String(decoding: more.formatted, as: UTF8.self)
        #expect(text.hasPrefix("c2sp.org/tlog-proof@v1\nextra Y29udGV4dA==\nindex 3\n"))
        #expect(try TLogProof(parsing: more.formatted) == more)
    }

    @Test func treeOfOneLeafNeedsNoHashes() throws {
        let one = TLogProof(
            inclusion: try tree.inclusion(of: 0, in: 1),
            note: try SampleKeys.checkpoint(size: 1).signed(by: log))
        let again = try TLogProof(parsing: one.formatted)
        #expect(again == one)
        _ = try again.open(tree.leaves[0], logKey: log.verifierKey)
    }

    @Test func proofOpensForItsLeafOnly() throws {
        let opened = try proof.open(tree.leaves[3], logKey: log.verifierKey)
        #expect(opened.head == tree.heads[5])
        #expect(throws: TLogProofError.inclusion(.rootMismatch)) {
            try proof.open(tree.leaves[2], logKey: log.verifierKey)
        }
        let stranger = try SampleKeys.log(seed: 9).verifierKey
        #expect(throws: TLogProofError.checkpoint(.notSignedByLog(log.name))) {
            try proof.open(tree.leaves[3], logKey: stranger)
        }
        let other = TLogProof(
            inclusion: InclusionProof(index: 9, hashes: proof.inclusion.hashes), note: proof.note)
        #expect(throws: TLogProofError.inclusion(.indexBeyondTree(9, 5))) {
            try other.open(tree.leaves[3], logKey: log.verifierKey)
        }
    }

    @Test(arguments: [
        ("c2sp.org/tlog-proof@v1", "c2sp.org/tlog-proof@v2", ProofTextError.unknownFormat),
        ("c2sp.org/tlog-proof@v1\n", "", .unknownFormat),
        ("index 3\n", "", .badIndex),
        ("index 3\n", "index 03\n", .badIndex),
        ("index 3\n", "index -3\n", .badIndex),
        ("index 3\n", "index 3 \n", .badIndex),
        ("index 3\n", "index  3\n", .badIndex),
        ("index 3\n", "Index 3\n", .badIndex),
        ("index 3\n", "extra \nindex 3\n", .badExtra),
        ("index 3\n", "extra A\nindex 3\n", .badExtra),
        ("index 3\n", "extra AAAA\nextra AAAA\nindex 3\n", .badIndex),
        ("index 3\n", "index 3\nextra AAAA\n", .badHash(number: 1)),
        ("index 3\n", "index 3\nAAAA\n", .badHash(number: 1)),
        ("=\n\n", "=\n", .badHash(number: 4)),
        ("\n\n\u{2014}", "\n\u{2014}", .note(.noSignatures)),
    ])
    func malformedProofIsRefused(part: String, other: String, error: ProofTextError) throws {
        let range = try #require(text.firstRange(of: part))
        let changed = text.replacingCharacters(in: range, with: other)
        #expect(throws: error) { try TLogProof(parsing: Array(changed.utf8)) }
    }

    @Test func proofWithoutCheckpointIsRefused() {
        let head = "c2sp.org/tlog-proof@v1\nindex 0\n"
        #expect(throws: ProofTextError.noCheckpoint) { try TLogProof(parsing: Array(head.utf8)) }
        let empty = Array((head + "\n").utf8)
        #expect(throws: ProofTextError.note(.noSignatures)) { try TLogProof(parsing: empty) }
        let hash = tree.leaves[0].base64 + "\n"
        let long = Array((head + String(repeating: hash, count: 64)).utf8)
        #expect(throws: ProofTextError.tooManyHashes) { try TLogProof(parsing: long) }
    }

    /// Whatever single bit is changed: either it is not read, or it is written back as it was read
    /// and does not open.
    @Test func everyFlippedBitIsRefused() throws {
        for bit in 0..<8 * proof.formatted.count {
            var bytes = proof.formatted
            bytes[bit / 8] ^= 1 << (bit % 8)
            guard let parsed = try? TLogProof(parsing: bytes) else { continue }
            #expect(parsed.formatted == bytes)
            #expect(throws: TLogProofError.self) {
                try parsed.open(tree.leaves[3], logKey: log.verifierKey)
            }
        }
    }
}

extension String {
    fileprivate func replacingCharacters(in range: Range<Index>, with other: String) -> String {
        self[..<range.lowerBound] + other + self[range.upperBound...]
    }
}
