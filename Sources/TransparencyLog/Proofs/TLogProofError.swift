/// Why a `.tlog-proof` does not prove that the log has the entry.
package enum TLogProofError: Error, Hashable, Sendable {
    /// The note is not a checkpoint of the log.
    case checkpoint(CheckpointError)
    /// The checkpoint holds, but the entry is not in its tree at that place.
    case inclusion(ProofError)
}

extension TLogProofError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .checkpoint(let error): error.description
        case .inclusion(let error): error.description
        }
    }
}
