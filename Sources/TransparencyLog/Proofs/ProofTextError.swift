/// Why bytes are not a `.tlog-proof` or an add-checkpoint request.
package enum ProofTextError: Error, Hashable, Sendable {
    /// The first line is not `c2sp.org/tlog-proof@v1`.
    case unknownFormat
    /// `extra` is not followed by canonical base64 of at least one byte.
    case badExtra
    /// There is no line `index` with a whole number.
    case badIndex
    /// There is no line `old` with a whole number.
    case badOldSize
    /// A hash is not canonical base64 of 32 bytes. Hashes count from 1.
    case badHash(number: Int)
    /// More hashes than any tree needs.
    case tooManyHashes
    /// The hashes are not followed by an empty line and a checkpoint.
    case noCheckpoint
    /// What follows the empty line is not a signed note.
    case note(NoteFormatError)
}

extension ProofTextError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknownFormat: "the first line is not \(TLogProof.firstLine)"
        case .badExtra: "the line 'extra' does not hold canonical base64"
        case .badIndex: "there is no line 'index' with a whole number"
        case .badOldSize: "there is no line 'old' with a whole number"
        case .badHash(let number): "hash \(number) is not canonical base64 of 32 bytes"
        case .tooManyHashes: "the proof has more than \(ProofText.hashCountMax) hashes"
        case .noCheckpoint: "the proof has no empty line with a checkpoint after it"
        case .note(let error): error.description
        }
    }
}
