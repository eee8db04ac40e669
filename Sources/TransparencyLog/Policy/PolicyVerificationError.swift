/// Why a checkpoint does not satisfy a policy.
package enum PolicyVerificationError: Error, Hashable, Sendable {
    /// The policy lists no log of this origin.
    case unknownLog(KeyName)
    /// The note is not a checkpoint, or its signatures do not hold.
    case checkpoint(CheckpointError)
    /// Too few witnesses cosigned.
    case quorumNotMet
}

extension PolicyVerificationError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknownLog(let origin): "the policy lists no log \(origin)"
        case .checkpoint(let error): error.description
        case .quorumNotMet: "too few witnesses cosigned the checkpoint"
        }
    }
}
