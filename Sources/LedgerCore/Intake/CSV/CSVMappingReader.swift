internal import AidRecords

/// Reads a mapping file and gives the columns their numbers.
struct CSVMappingReader {
    private var columns: [String] = []
    private var numbers: [String: Int] = [:]

    mutating func read(_ place: YAMLPlace) throws -> CSVMapping {
        _ = try place.members(allowed: [
            "mapping", "title", "about", "delimiter", "ignore", "rules",
        ])
        let rules = try self.rules(place.required("rules"))
        let ignored = try place.member("ignore").map { try ignoredColumns($0) } ?? []
        return CSVMapping(
            name: try place.required("mapping").nonEmptyText(),
            title: try words(place.required("title")), about: try words(place.required("about")),
            delimiter: try place.member("delimiter").map { try delimiter($0) }
                ?? UInt8(ascii: ","),
            columns: columns, ignoredColumns: ignored, rules: rules)
    }

    private func words(_ place: YAMLPlace) throws -> Words {
        _ = try place.members(allowed: ["zh", "en"])
        return try place.words()
    }

    private func delimiter(_ place: YAMLPlace) throws -> UInt8 {
        switch try place.text() {
        case ",": UInt8(ascii: ",")
        case ";": UInt8(ascii: ";")
        case "\t": UInt8(ascii: "\t")
        default: throw place.fail(#"`delimiter` is ",", ";" or "\t""#)
        }
    }

    private func ignoredColumns(_ place: YAMLPlace) throws -> Set<String> {
        var names: Set<String> = []
        for item in try place.items() {
            let name = try item.nonEmptyText()
            guard numbers[name] == nil else {
                throw item.fail("the column `\(name)` is both read and ignored")
            }
            guard names.insert(name).inserted else {
                throw item.fail("the column `\(name)` stands here twice")
            }
        }
        return names
    }

    private mutating func rules(_ place: YAMLPlace) throws -> [CSVRule] {
        let items = try place.items()
        guard !items.isEmpty else { throw place.fail("`rules` has no rule") }
        var rules: [CSVRule] = []
        for (index, item) in items.enumerated() {
            _ = try item.members(allowed: ["when", "record"])
            let when = item.member("when")
            let isLast = index == items.count - 1
            if isLast, let when {
                throw when.fail("the last rule has no `when`: it takes the rest")
            }
            if !isLast, when == nil {
                throw item.fail("only the last rule has no `when`: those after this never apply")
            }
            rules.append(
                CSVRule(
                    conditions: try when.map { try conditions($0) } ?? [],
                    record: try record(item.required("record"))))
        }
        return rules
    }

    private mutating func conditions(_ place: YAMLPlace) throws -> [CSVCondition] {
        guard place.isList else { return [try condition(place)] }
        let items = try place.items()
        guard !items.isEmpty else { throw place.fail("`when` has no condition") }
        var conditions: [CSVCondition] = []
        for item in items { conditions.append(try condition(item)) }
        return conditions
    }

    private mutating func condition(_ place: YAMLPlace) throws -> CSVCondition {
        _ = try place.members(allowed: ["column", "is", "negative"])
        let column = try number(place.required("column"))
        switch (place.member("is"), place.member("negative")) {
        case (let words?, nil):
            let texts = try words.texts()
            guard !texts.isEmpty else { throw words.fail("`is` has no word") }
            return CSVCondition(column: column, test: .isOneOf(Set(texts)))
        case (nil, let negative?):
            guard try negative.flag() else { throw negative.fail("`negative` can only be true") }
            return CSVCondition(column: column, test: .isNegative)
        default: throw place.fail("a condition has either `is` or `negative`")
        }
    }

    private mutating func number(_ place: YAMLPlace) throws -> Int {
        let name = try place.nonEmptyText()
        if let number = numbers[name] { return number }
        numbers[name] = columns.count
        columns.append(name)
        return columns.count - 1
    }

    private mutating func record(_ place: YAMLPlace) throws -> [CSVMember] {
        var tree = CSVMemberTree()
        for (path, member) in try place.members() {
            try tree.add(
                path, try CSVMemberReader.value(member, column: { try number($0) }), member)
        }
        guard !tree.isEmpty else { throw place.fail("`record` has no member") }
        return tree.members
    }
}

/// Members by path, put together into objects.
private struct CSVMemberTree {
    private enum Node {
        case value(CSVMember.Value)
        case object(CSVMemberTree)
    }

    private var names: [String] = []
    private var nodes: [String: Node] = [:]

    var isEmpty: Bool { names.isEmpty }

    mutating func add(_ path: String, _ value: CSVMember.Value, _ place: YAMLPlace) throws {
        let segments = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard segments.allSatisfy(CSVMemberTree.isName) else {
            throw place.fail("`\(path)` is not a path: names of members with `/` between them")
        }
        guard segments.count < JSONTape.maximumDepth else {
            throw place.fail("`\(path)` nests deeper than records may")
        }
        guard insert(segments[...], value) else {
            throw place.fail(
                "`\(path)` cannot stand beside another path: one of them is both a "
                    + "value and an object")
        }
    }

    private static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, decimalDigit(first) == nil else { return false }
        return text.utf8.allSatisfy {
            decimalDigit($0) != nil || (0x61...0x7A).contains($0 | 0x20) || $0 == UInt8(ascii: "_")
        }
    }

    /// - Returns: false where the path meets a value, or ends at an object.
    private mutating func insert(_ path: ArraySlice<String>, _ value: CSVMember.Value) -> Bool {
        guard let name = path.first else { return false }
        let rest = path.dropFirst()
        let old = nodes[name]
        if old == nil { names.append(name) }
        if rest.isEmpty {
            nodes[name] = .value(value)
            return old == nil
        }
        var inner: CSVMemberTree
        switch old {
        case .value: return false
        case .object(let tree): inner = tree
        case nil: inner = CSVMemberTree()
        }
        let isInserted = inner.insert(rest, value)
        nodes[name] = .object(inner)
        return isInserted
    }

    var members: [CSVMember] {
        names.compactMap { name in
            switch nodes[name] {
            case .value(let value): CSVMember(name: name, value: value)
            case .object(let tree):
                CSVMember(name: name, value: .object(tree.members, hasColumn: tree.hasColumn))
            case nil: nil
            }
        }
    }

    private var hasColumn: Bool {
        nodes.values.contains { node in
            switch node {
            case .value(.cell): true
            case .value: false
            case .object(let tree): tree.hasColumn
            }
        }
    }
}
