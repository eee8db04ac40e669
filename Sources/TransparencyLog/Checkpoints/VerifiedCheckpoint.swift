/// A checkpoint that its log signed, with the cosignatures that hold. Only
/// ``SignedNote/openCheckpoint(logKey:cosignerKeys:)`` makes one.
package struct VerifiedCheckpoint: Hashable, Sendable {
    package let checkpoint: Checkpoint
    /// The known witnesses' cosignatures, in the note's order.
    package let cosignatures: [Cosignature]
    /// The note as it was read, with the signatures of unknown keys too.
    package let note: SignedNote

    fileprivate init(checkpoint: Checkpoint, cosignatures: [Cosignature], note: SignedNote) {
        self.checkpoint = checkpoint
        self.cosignatures = cosignatures
        self.note = note
    }

    package var origin: KeyName { checkpoint.origin }
    package var head: TreeHead { checkpoint.head }
    package var size: TreeSize { checkpoint.size }
    package var rootHash: RootHash { checkpoint.rootHash }
}

extension SignedNote {
    /// Opens a note as a checkpoint of the log that `logKey` signs for. C2SP tlog-checkpoint.
    ///
    /// The log must have signed: cosignatures alone say that somebody saw something. How many
    /// cosignatures are enough is a matter for ``WitnessPolicy``.
    package func openCheckpoint(
        logKey: VerifierKey, cosignerKeys: [VerifierKey] = []
    ) throws(CheckpointError) -> VerifiedCheckpoint {
        guard logKey.type == .ed25519 else { throw .key(.wrongType(logKey.type)) }
        if let other = cosignerKeys.first(where: { $0.type != .cosignature }) {
            throw .key(.wrongType(other.type))
        }
        let verified: VerifiedNote
        do {
            verified = try self.verified(by: [logKey] + cosignerKeys)
        } catch .noKnownSignature {
            throw .notSignedByLog(logKey.name)
        } catch {
            throw .verification(error)
        }
        guard verified.signatures.contains(where: { $0.key == logKey }) else {
            throw .notSignedByLog(logKey.name)
        }
        let checkpoint = try Checkpoint(parsing: text)
        guard checkpoint.origin == logKey.name else {
            throw .keyNameIsNotOrigin(logKey.name, origin: checkpoint.origin)
        }
        let cosignatures = verified.signatures.compactMap { signature in
            signature.timestampSeconds.map {
                Cosignature(key: signature.key, timestampSeconds: $0)
            }
        }
        return VerifiedCheckpoint(checkpoint: checkpoint, cosignatures: cosignatures, note: self)
    }
}
