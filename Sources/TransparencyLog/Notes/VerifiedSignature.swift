/// A signature that a known key did make over the note that it stands on.
package struct VerifiedSignature: Hashable, Sendable {
    package let key: VerifierKey
    /// When a witness cosigned, in POSIX seconds; nil for a log's own signature.
    package let timestampSeconds: Int64?

    /// Verifies one signature line.
    init(
        _ signature: NoteSignature, over text: NoteText, by key: VerifierKey
    ) throws(NoteVerificationError) {
        self.key = key
        switch key.type {
        case .ed25519:
            timestampSeconds = nil
            guard key.hasSigned(text.bytes, signature: signature.signature) else {
                throw .invalidSignature(key.name, key.id)
            }
        case .cosignature:
            guard let seconds = CosignedStatement.timestampSeconds(of: signature.signature) else {
                throw .invalidSignature(key.name, key.id)
            }
            let statement = CosignedStatement(timestampSeconds: seconds, checkpoint: text)
            let bytes = signature.signature.dropFirst(statement.timestampBytes.count)
            guard key.hasSigned(statement.message, signature: bytes) else {
                throw .invalidSignature(key.name, key.id)
            }
            timestampSeconds = seconds
        default:
            throw .unsupportedKeyType(key.name, key.type)
        }
    }
}
