/// Why bytes are not a policy file. Lines count from 1.
package enum PolicyError: Error, Hashable, Sendable {
    case tooLong(byteCount: Int)
    case noFinalNewline
    case badCharacter(line: Int)
    case unknownKeyword(line: Int)
    case wrongItemCount(line: Int)
    case badKey(KeyError, line: Int)
    /// The same public key stands in two lines of one kind.
    case duplicateKey(line: Int)
    case duplicateName(line: Int)
    /// `none` names no witness and no group.
    case reservedName(line: Int)
    case undefinedName(line: Int)
    /// A witness or group would count twice.
    case memberListedTwice(line: Int)
    /// Not `any`, `all`, or a number from 1 to the number of members.
    case badThreshold(line: Int)
    case secondQuorum(line: Int)
    case noQuorum
    case tooManyDefinitions
}

extension PolicyError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .tooLong(let byteCount):
            "the policy has \(byteCount) bytes, more than \(PolicyParser.byteCountMax)"
        case .noFinalNewline: "the policy does not end in a newline"
        case .badCharacter(let line): "line \(line): a control character other than tab"
        case .unknownKeyword(let line):
            "line \(line): does not begin with log, witness, group or quorum"
        case .wrongItemCount(let line): "line \(line): too few or too many items"
        case .badKey(let error, let line): "line \(line): \(error)"
        case .duplicateKey(let line): "line \(line): the public key is listed already"
        case .duplicateName(let line): "line \(line): the name is defined already"
        case .reservedName(let line): "line \(line): 'none' cannot be defined"
        case .undefinedName(let line): "line \(line): a name is not defined above"
        case .memberListedTwice(let line): "line \(line): a member is listed in a group already"
        case .badThreshold(let line):
            "line \(line): the threshold is not any, all, or 1 up to the number of members"
        case .secondQuorum(let line): "line \(line): there is a quorum already"
        case .noQuorum: "the policy has no quorum line"
        case .tooManyDefinitions:
            "the policy has more than \(PolicyParser.definitionCountMax) logs, or names"
        }
    }
}
