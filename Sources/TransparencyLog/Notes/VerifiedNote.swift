/// A note that at least one known key signed. Only ``SignedNote/verified(by:)`` makes one.
package struct VerifiedNote: Hashable, Sendable {
    /// The note as it was read.
    package let note: SignedNote
    /// The known keys' signatures, in the note's order; at least one.
    package let signatures: [VerifiedSignature]

    fileprivate init(note: SignedNote, signatures: [VerifiedSignature]) {
        precondition(!signatures.isEmpty, "a verified note has a signature")
        self.note = note
        self.signatures = signatures
    }

    /// What the keys signed.
    package var text: NoteText { note.text }
}

extension SignedNote {
    /// Opens the note with the keys that the caller knows. C2SP signed-note, "Signatures".
    ///
    /// Signatures of unknown keys are passed over. A known key's signature that fails spoils the
    /// whole note, even where another key's holds.
    package func verified(by keys: [VerifierKey]) throws(NoteVerificationError) -> VerifiedNote {
        var verified: [VerifiedSignature] = []
        for signature in signatures {
            let known = Set(keys.filter { $0.isNamed(by: signature) })
            guard known.count < 2 else { throw .ambiguousKey(signature.name, signature.keyID) }
            guard let key = known.first else { continue }
            verified.append(try VerifiedSignature(signature, over: text, by: key))
        }
        guard !verified.isEmpty else { throw .noKnownSignature }
        return VerifiedNote(note: self, signatures: verified)
    }
}
