import Testing
import TransparencyLog

@Suite struct CosignatureTests {
    let log: SigningKey
    let witness: SigningKey
    let checkpoint: Checkpoint
    let note: SignedNote

    init() throws {
        log = try SampleKeys.log()
        witness = try SampleKeys.witness("witness.example/audit-office", seed: 2)
        checkpoint = try SampleKeys.checkpoint()
        note = try checkpoint.signed(by: log)
    }

    @Test func cosignatureCarriesItsTime() throws {
        let line = try witness.cosign(checkpoint, timestampSeconds: 1_679_315_147)
        let cosigned = try SignedNote(parsing: note.adding([line]).formatted)
        let opened = try cosigned.openCheckpoint(
            logKey: log.verifierKey, cosignerKeys: [witness.verifierKey])
        #expect(opened.cosignatures.map(\.key) == [witness.verifierKey])
        #expect(opened.cosignatures.map(\.timestampSeconds) == [1_679_315_147])
    }

    @Test(arguments: [0, 1, Int64.max])
    func everyTimeRoundTrips(seconds: Int64) throws {
        let line = try witness.cosign(checkpoint, timestampSeconds: seconds)
        let opened = try note.adding([line]).openCheckpoint(
            logKey: log.verifierKey, cosignerKeys: [witness.verifierKey])
        #expect(opened.cosignatures.map(\.timestampSeconds) == [seconds])
    }

    @Test func everyFlippedBitIsRefused() throws {
        let line = try witness.cosign(checkpoint, timestampSeconds: 1_679_315_147)
        for bit in 0..<8 * line.signature.count {
            var bytes = line.signature
            bytes[bit / 8] ^= 1 << (bit % 8)
            try expectRefusal(of: bytes)
        }
    }

    @Test func wrongLengthIsRefused() throws {
        let line = try witness.cosign(checkpoint, timestampSeconds: 1)
        try expectRefusal(of: Array(line.signature.dropLast()))
        try expectRefusal(of: line.signature + [0])
        try expectRefusal(of: Array(line.signature.suffix(64)))
    }

    @Test func cosignatureOfAnotherCheckpointIsRefused() throws {
        let other = try SampleKeys.checkpoint(size: 6)
        let line = try witness.cosign(other, timestampSeconds: 1)
        try expectRefusal(of: line.signature)
    }

    @Test func cosignaturesAloneDoNotMakeACheckpoint() throws {
        let line = try witness.cosign(checkpoint, timestampSeconds: 1)
        let unsigned = try SignedNote(text: checkpoint.text, signatures: [line])
        #expect(throws: CheckpointError.notSignedByLog(log.name)) {
            try unsigned.openCheckpoint(
                logKey: log.verifierKey, cosignerKeys: [witness.verifierKey])
        }
    }

    @Test func keysAreUsedForTheirTypeOnly() throws {
        #expect(throws: KeyError.wrongType(.cosignature)) { try witness.sign(checkpoint.text) }
        #expect(throws: KeyError.wrongType(.ed25519)) {
            try log.cosign(checkpoint, timestampSeconds: 1)
        }
        #expect(throws: CheckpointError.key(.wrongType(.cosignature))) {
            try note.openCheckpoint(logKey: witness.verifierKey)
        }
        #expect(throws: CheckpointError.key(.wrongType(.ed25519))) {
            try note.openCheckpoint(logKey: log.verifierKey, cosignerKeys: [log.verifierKey])
        }
    }

    /// A log's signature cannot be passed off as a witness's, even under one name and seed.
    @Test func logSignatureIsNoCosignature() throws {
        let twin = try SampleKeys.witness(SampleKeys.origin, seed: 1)
        let plain = try log.sign(checkpoint.text).signature
        let line = NoteSignature(
            name: twin.name, keyID: twin.verifierKey.id,
            signature: Array(repeating: 0, count: 8) + plain)
        #expect(throws: CheckpointError.self) {
            try note.adding([line]).openCheckpoint(
                logKey: log.verifierKey, cosignerKeys: [twin.verifierKey])
        }
    }

    private func expectRefusal(of signature: [UInt8]) throws {
        let line = NoteSignature(
            name: witness.name, keyID: witness.verifierKey.id, signature: signature)
        let spoilt = try note.adding([line])
        let error = NoteVerificationError.invalidSignature(witness.name, witness.verifierKey.id)
        #expect(throws: CheckpointError.verification(error)) {
            try spoilt.openCheckpoint(
                logKey: log.verifierKey, cosignerKeys: [witness.verifierKey])
        }
    }
}
