import AidRecords

/// The members of a mapping by name.
struct YAMLMembers {
    let place: YAMLPlace
    private let byName: [String: YAMLPlace]

    fileprivate init(_ place: YAMLPlace, allowed: Set<String>) throws {
        self.place = place
        byName = Dictionary(
            uniqueKeysWithValues: try place.members(allowed: allowed).map { ($0.name, $0.place) })
    }

    subscript(name: String) -> YAMLPlace? { byName[name] }

    var names: Set<String> { Set(byName.keys) }

    func required(_ name: String) throws -> YAMLPlace {
        guard let place = byName[name] else { throw place.fail("`\(name)` is missing") }
        return place
    }

    /// The one of these members that is there.
    func exactlyOne(of names: [String]) throws -> String {
        let present = names.filter { byName[$0] != nil }
        guard present.count == 1 else {
            let list = names.map { "`\($0)`" }.joined(separator: ", ")
            throw place.fail(
                present.isEmpty
                    ? "one of \(list) is needed here"
                    : "only one of \(list) may stand here")
        }
        return present[0]
    }
}

extension YAMLPlace {
    func byName(allowed: Set<String>) throws -> YAMLMembers {
        try YAMLMembers(self, allowed: allowed)
    }

    func code<Code: RawRepresentable & CaseIterable>(
        _ type: Code.Type
    ) throws -> Code where Code.RawValue == String {
        let text = try text()
        guard let code = Code(rawValue: text) else {
            let known = Code.allCases.map(\.rawValue).joined(separator: ", ")
            throw fail("`\(text)` is not known here (known are: \(known))")
        }
        return code
    }

    func date() throws -> CivilDate {
        let text = try text()
        guard let date = CivilDate(text) else {
            throw fail("`\(text)` is not a day (YYYY-MM-DD)")
        }
        return date
    }

    /// 0 to 10,000.
    func basisPoints() throws -> Int64 {
        let value = try integer()
        guard (0...10_000).contains(value) else {
            throw fail("a ratio lies between 0 and 10000 basis points (100%), not at \(value)")
        }
        return value
    }

    func fen() throws -> Int64 {
        let value = try integer()
        guard value >= 0 else { throw fail("money is not negative here") }
        return value
    }
}
