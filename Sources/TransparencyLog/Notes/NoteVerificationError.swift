/// Why a note's signatures do not vouch for its text.
package enum NoteVerificationError: Error, Hashable, Sendable {
    /// A known key is named, and the signature is not its.
    case invalidSignature(KeyName, KeyID)
    /// No known key signed.
    case noKnownSignature
    /// A known key is named whose type cannot be verified here.
    case unsupportedKeyType(KeyName, KeyType)
    /// Two known keys have the same name and ID.
    case ambiguousKey(KeyName, KeyID)
}

extension NoteVerificationError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .invalidSignature(let name, let id): "the signature of \(name)+\(id) is not valid"
        case .noKnownSignature: "no known key signed the note"
        case .unsupportedKeyType(let name, let type):
            "the key of \(name) is of type \(type), which cannot be verified"
        case .ambiguousKey(let name, let id): "two different keys are called \(name)+\(id)"
        }
    }
}
