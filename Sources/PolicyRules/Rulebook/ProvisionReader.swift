import AidRecords

/// Reads the parts of a rulebook, and notes which rules they rest on.
struct ProvisionReader {
    let codes: [String: CodeList]
    let rules: Set<String>
    var used: Set<String> = []

    static let selectors: Set<String> = ["categories", "schemes", "visits", "levels"]
    /// What any provision may have beside its own members.
    static let common = selectors.union(["rule", "quote"])

    init(codes: [String: CodeList], rules: Set<String>) {
        self.codes = codes
        self.rules = rules
    }

    // MARK: What all provisions have

    mutating func rule(_ place: YAMLPlace) throws -> String {
        let id = try place.text()
        guard rules.contains(id) else {
            throw place.fail("rule `\(id)` does not stand under `rules`")
        }
        used.insert(id)
        return id
    }

    mutating func provision<Value>(
        _ place: YAMLPlace, _ own: Set<String>,
        _ value: (inout ProvisionReader, YAMLMembers) throws -> Value
    ) throws -> Provision<Value> {
        let members = try place.byName(allowed: Self.common.union(own))
        return Provision(
            selector: try selector(members), value: try value(&self, members),
            rule: try rule(members.required("rule")), quote: try members["quote"]?.text())
    }

    mutating func marker(_ place: YAMLPlace) throws -> Provision<Bool> {
        try provision(place, []) { _, _ in true }
    }

    mutating func ruleOnly(_ place: YAMLPlace) throws -> String {
        try rule(place.byName(allowed: ["rule", "quote"]).required("rule"))
    }

    func selector(_ members: YAMLMembers) throws -> Selector {
        Selector(
            categories: try members["categories"].map { try codeSet($0, "category") },
            schemes: try members["schemes"].map { try codeSet($0, "scheme") },
            visits: try members["visits"].map { try codeSet($0, "visit-type") },
            levels: try members["levels"].map { place in
                Set(try place.items().map { Int(try $0.integer()) })
            })
    }

    // MARK: Codes

    func code(_ place: YAMLPlace, _ list: String) throws -> String {
        let text = try place.text()
        guard let codes = codes[list] else { return text }
        guard codes.contains(text) else {
            throw place.fail("`\(text)` is not a code of `\(list)` in ledger/kinds/codes.yaml")
        }
        return text
    }

    func codeSet(_ place: YAMLPlace, _ list: String) throws -> Set<String> {
        var result: Set<String> = []
        for item in try place.items() {
            guard result.insert(try code(item, list)).inserted else {
                throw item.fail("`\(try item.text())` stands here twice")
            }
        }
        guard !result.isEmpty else { throw place.fail("the list is empty") }
        return result
    }

    func parameterName(_ place: YAMLPlace) throws -> String { try code(place, "parameter-name") }

    /// `{parameter: NAME}` and nothing else.
    func parameter(_ place: YAMLPlace) throws -> String {
        try parameterName(place.byName(allowed: ["parameter"]).required("parameter"))
    }

    /// A code, or `{parameter: NAME}`.
    func choice<Code: RawRepresentable & CaseIterable & Hashable & Sendable>(
        _ place: YAMLPlace, _ type: Code.Type
    ) throws -> Choice<Code> where Code.RawValue == String {
        !place.isScalar
            ? .parameter(try parameter(place)) : .laidDown(try place.code(type))
    }

    /// Members `none`, `fen` or `parameter` (with `optional`).
    func limit(_ members: YAMLMembers) throws -> Limit {
        switch try members.exactlyOne(of: ["none", "fen", "parameter"]) {
        case "none":
            guard try members.required("none").flag() else {
                throw members.place.fail("`none` is `true` or left out")
            }
            return .none
        case "fen": return .fen(try members.required("fen").fen())
        default:
            return .parameter(
                try parameterName(members.required("parameter")),
                isOptional: try members["optional"]?.flag() ?? false)
        }
    }

    static let limitMembers: Set<String> = ["none", "fen", "parameter", "optional"]

    func ratio(_ members: YAMLMembers) throws -> Ratio {
        switch try members.exactlyOne(of: ["basisPoints", "parameter"]) {
        case "basisPoints": .exact(try members.required("basisPoints").basisPoints())
        default:
            .parameter(
                try parameterName(members.required("parameter")),
                atLeast: try members["atLeast"]?.basisPoints())
        }
    }

    static let ratioMembers: Set<String> = ["basisPoints", "parameter", "atLeast"]
}
