/// Reads a policy file line by line. C2SP tlog-policy, "Policy file syntax and structure".
///
/// Names are opaque bytes there, so they are here.
struct PolicyParser {
    /// The specification asks for 32 logs, 32 witnesses and 32 groups at least. The limit also bounds
    /// how deep groups nest.
    static let definitionCountMax = 256
    static let byteCountMax = 1 << 20

    /// What the keys of `witness` lines are of.
    let memberType: KeyType
    private(set) var logKeys: [VerifierKey] = []
    private(set) var witnessKeys: [VerifierKey] = []
    private(set) var quorum: WitnessPolicy.Quorum?
    private var definitions: [[UInt8]: WitnessPolicy.Quorum] = [:]
    private var grouped: Set<[UInt8]> = []

    private typealias Item = ArraySlice<UInt8>

    init(memberType: KeyType) { self.memberType = memberType }

    /// The lines without their newlines.
    static func lines(of bytes: [UInt8]) throws(PolicyError) -> [ArraySlice<UInt8>] {
        guard bytes.count <= byteCountMax else { throw .tooLong(byteCount: bytes.count) }
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard lines.popLast() == [] else { throw .noFinalNewline }
        return lines
    }

    mutating func read(_ line: ArraySlice<UInt8>, number: Int) throws(PolicyError) {
        let isAdmissible = line.allSatisfy { $0 == 0x09 || ($0 >= 0x20 && $0 != 0x7f) }
        guard isAdmissible else { throw .badCharacter(line: number) }
        let items = line.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        guard let keyword = items.first, keyword.first != UInt8(ascii: "#") else { return }
        let rest = Array(items.dropFirst())
        switch String(decoding: keyword, as: UTF8.self) {
        case "log": try readLog(rest, line: number)
        case "witness": try readWitness(rest, line: number)
        case "group": try readGroup(rest, line: number)
        case "quorum": try readQuorum(rest, line: number)
        default: throw .unknownKeyword(line: number)
        }
    }

    /// `log <vkey> [<url>]`
    private mutating func readLog(_ items: [Item], line: Int) throws(PolicyError) {
        guard (1...2).contains(items.count) else { throw .wrongItemCount(line: line) }
        let key = try Self.key(items[0], type: .ed25519, line: line)
        guard logKeys.count < Self.definitionCountMax else { throw .tooManyDefinitions }
        guard !logKeys.contains(where: { $0.publicKey == key.publicKey }) else {
            throw .duplicateKey(line: line)
        }
        logKeys.append(key)
    }

    /// `witness <name> <vkey> [<url>]`
    private mutating func readWitness(_ items: [Item], line: Int) throws(PolicyError) {
        guard (2...3).contains(items.count) else { throw .wrongItemCount(line: line) }
        let key = try Self.key(items[1], type: memberType, line: line)
        guard !witnessKeys.contains(where: { $0.publicKey == key.publicKey }) else {
            throw .duplicateKey(line: line)
        }
        try define(items[0], as: .witness(key), line: line)
        witnessKeys.append(key)
    }

    /// `group <name> <k|any|all> <name>...`
    private mutating func readGroup(_ items: [Item], line: Int) throws(PolicyError) {
        guard items.count >= 3 else { throw .wrongItemCount(line: line) }
        var members: [WitnessPolicy.Quorum] = []
        for name in items[2...] {
            guard let member = definitions[Array(name)] else { throw .undefinedName(line: line) }
            guard grouped.insert(Array(name)).inserted else {
                throw .memberListedTwice(line: line)
            }
            members.append(member)
        }
        let threshold = try Self.threshold(items[1], of: members.count, line: line)
        try define(items[0], as: .atLeast(threshold, of: members), line: line)
    }

    /// `quorum <name>` or `quorum none`
    private mutating func readQuorum(_ items: [Item], line: Int) throws(PolicyError) {
        guard items.count == 1 else { throw .wrongItemCount(line: line) }
        guard quorum == nil else { throw .secondQuorum(line: line) }
        if items[0].elementsEqual("none".utf8) {
            quorum = WitnessPolicy.Quorum.none
        } else if let definition = definitions[Array(items[0])] {
            quorum = definition
        } else {
            throw .undefinedName(line: line)
        }
    }

    private mutating func define(
        _ name: Item, as quorum: WitnessPolicy.Quorum, line: Int
    ) throws(PolicyError) {
        guard !name.elementsEqual("none".utf8) else { throw .reservedName(line: line) }
        guard definitions.count < Self.definitionCountMax else { throw .tooManyDefinitions }
        guard definitions.updateValue(quorum, forKey: Array(name)) == nil else {
            throw .duplicateName(line: line)
        }
    }

    private static func key(
        _ item: Item, type: KeyType, line: Int
    ) throws(PolicyError) -> VerifierKey {
        guard let text = String(validating: item, as: UTF8.self) else {
            throw .badKey(.badName, line: line)
        }
        let key: VerifierKey
        do {
            key = try VerifierKey(parsing: text)
        } catch {
            throw .badKey(error, line: line)
        }
        guard key.type == type else { throw .badKey(.wrongType(key.type), line: line) }
        return key
    }

    private static func threshold(
        _ item: Item, of memberCount: Int, line: Int
    ) throws(PolicyError) -> Int {
        if item.elementsEqual("any".utf8) { return 1 }
        if item.elementsEqual("all".utf8) { return memberCount }
        guard let number = Decimal.decode(item), (1...Int64(memberCount)).contains(number) else {
            throw .badThreshold(line: line)
        }
        return Int(number)
    }
}
