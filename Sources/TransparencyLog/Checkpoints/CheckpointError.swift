/// Why a text or a note is not a checkpoint of the log.
package enum CheckpointError: Error, Hashable, Sendable {
    /// A checkpoint has three lines; extension lines are not used here.
    case wrongLineCount(Int)
    /// The first line is not a name that a log's key could have.
    case badOrigin
    /// The second line is not a whole number below 2^63 without leading zeros.
    case badSize
    /// The third line is not canonical base64 of 32 bytes.
    case badRootHash
    /// The log's key is called differently from the log.
    case keyNameIsNotOrigin(KeyName, origin: KeyName)
    /// The log itself did not sign, whoever else did.
    case notSignedByLog(KeyName)
    /// The key cannot be used so.
    case key(KeyError)
    /// The signed note would not be one, being too long.
    case note(NoteFormatError)
    /// The signatures do not hold.
    case verification(NoteVerificationError)
}

extension CheckpointError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .wrongLineCount(let count): "a checkpoint has three lines, not \(count)"
        case .badOrigin: "the checkpoint's origin is not an admissible name"
        case .badSize: "the checkpoint's size is not a whole number without leading zeros"
        case .badRootHash: "the checkpoint's root hash is not canonical base64 of 32 bytes"
        case .keyNameIsNotOrigin(let name, let origin):
            "the log's key is called \(name), but the checkpoint's origin is \(origin)"
        case .notSignedByLog(let name): "the checkpoint is not signed by the log's key \(name)"
        case .key(let error): error.description
        case .note(let error): error.description
        case .verification(let error): error.description
        }
    }
}
