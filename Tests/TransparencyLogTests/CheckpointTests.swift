import Testing
import TransparencyLog

@Suite struct CheckpointTests {
    static let root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="

    /// The example of C2SP tlog-checkpoint.
    @Test func exampleOfTheSpecificationRoundTrips() throws {
        let text = try NoteText("example.com/behind-the-sofa\n20852163\n\(Self.root)\n")
        let checkpoint = try Checkpoint(parsing: text)
        #expect(checkpoint.origin.text == "example.com/behind-the-sofa")
        #expect(checkpoint.size == 20_852_163)
        #expect(checkpoint.rootHash.base64 == Self.root)
        #expect(checkpoint.text == text)
    }

    @Test(arguments: [
        ("\n", CheckpointError.wrongLineCount(1)),
        ("log\n5\n", .wrongLineCount(2)),
        ("log\n5\n\(root)\nextension\n", .wrongLineCount(4)),
        ("log\n5\n\(root)\n\n", .wrongLineCount(4)),
        ("\n5\n\(root)\n", .badOrigin),
        ("go.sum database tree\n5\n\(root)\n", .badOrigin),
        ("a+b\n5\n\(root)\n", .badOrigin),
        ("log\n\n\(root)\n", .badSize),
        ("log\n05\n\(root)\n", .badSize),
        ("log\n00\n\(root)\n", .badSize),
        ("log\n+5\n\(root)\n", .badSize),
        ("log\n-5\n\(root)\n", .badSize),
        ("log\n5 \n\(root)\n", .badSize),
        ("log\n0x5\n\(root)\n", .badSize),
        ("log\n٥\n\(root)\n", .badSize),
        ("log\n9223372036854775808\n\(root)\n", .badSize),
        ("log\n5\n\n", .badRootHash),
        ("log\n5\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n", .badRootHash),
        ("log\n5\n\(root) \n", .badRootHash),
        ("log\n5\nAAAA\n", .badRootHash),
    ])
    func malformedCheckpointIsRefused(text: String, error: CheckpointError) {
        #expect(throws: error) { try Checkpoint(parsing: NoteText(text)) }
    }

    @Test(arguments: [0, 1, 10, Int64.max])
    func everySizeRoundTrips(size: Int64) throws {
        let head = TreeHead(size: TreeSize(size), rootHash: .ofEmptyTree)
        let checkpoint = Checkpoint(origin: try KeyName("统筹区/150500"), head: head)
        #expect(try Checkpoint(parsing: checkpoint.text) == checkpoint)
    }

    @Test func signedCheckpointOpensWithTheLogsKey() throws {
        let key = try SampleKeys.log()
        let checkpoint = try SampleKeys.checkpoint()
        let note = try SignedNote(parsing: checkpoint.signed(by: key).formatted)
        let opened = try note.openCheckpoint(logKey: key.verifierKey)
        #expect(opened.checkpoint == checkpoint)
        #expect(opened.head == SampleTree.of256Leaves.heads[5])
        #expect(opened.cosignatures.isEmpty)
        #expect(opened.note == note)
    }

    @Test func signingIsDeterministic() throws {
        let key = try SampleKeys.log()
        let checkpoint = try SampleKeys.checkpoint()
        #expect(try checkpoint.signed(by: key) == checkpoint.signed(by: key))
    }

    @Test func everyFlippedBitIsRefused() throws {
        let key = try SampleKeys.log()
        let note = try SampleKeys.checkpoint().signed(by: key).formatted
        for bit in 0..<8 * note.count {
            var bytes = note
            bytes[bit / 8] ^= 1 << (bit % 8)
            #expect(throws: (any Error).self) {
                try SignedNote(parsing: bytes).openCheckpoint(logKey: key.verifierKey)
            }
        }
    }

    @Test func keyOfAnotherNameSignsNoCheckpoint() throws {
        let checkpoint = try SampleKeys.checkpoint()
        let other = try SampleKeys.log("other")
        #expect(
            throws: CheckpointError.keyNameIsNotOrigin(other.name, origin: checkpoint.origin)
        ) {
            try checkpoint.signed(by: other)
        }
        let witness = try SampleKeys.witness(SampleKeys.origin, seed: 1)
        #expect(throws: CheckpointError.key(.wrongType(.cosignature))) {
            try checkpoint.signed(by: witness)
        }
    }

    @Test func signedNoteOfAnotherOriginIsRefused() throws {
        let other = try SampleKeys.log("other")
        let checkpoint = try SampleKeys.checkpoint()
        let note = try SignedNote(
            text: checkpoint.text, signatures: [other.sign(checkpoint.text)])
        #expect(
            throws: CheckpointError.keyNameIsNotOrigin(other.name, origin: checkpoint.origin)
        ) {
            try note.openCheckpoint(logKey: other.verifierKey)
        }
    }

    @Test func signedNoteThatIsNoCheckpointIsRefused() throws {
        let key = try SampleKeys.log()
        let text = try NoteText("hello\n")
        let note = try SignedNote(text: text, signatures: [key.sign(text)])
        #expect(throws: CheckpointError.wrongLineCount(1)) {
            try note.openCheckpoint(logKey: key.verifierKey)
        }
    }

    @Test func notSignedByTheLogIsRefused() throws {
        let key = try SampleKeys.log()
        let stranger = try SampleKeys.log(seed: 2)
        let note = try SampleKeys.checkpoint().signed(by: stranger)
        #expect(throws: CheckpointError.notSignedByLog(key.name)) {
            try note.openCheckpoint(logKey: key.verifierKey)
        }
    }
}
