internal import AidRecords

/// Makes a record, or an entry, that is as its kind declares.
struct SampleRecord {
    private let catalogue: KindCatalogue
    private let isEntry: Bool

    init(_ catalogue: KindCatalogue, isEntry: Bool = false) {
        self.catalogue = catalogue
        self.isEntry = isEntry
    }

    /// - Returns: nil where nothing can be as it is declared.
    func text(of kind: Kind) -> [UInt8]? {
        guard case .object(var members)? = object(catalogue.envelope, depth: 1),
            let body = object(isEntry ? kind.recordedBody : kind.body, depth: 2)
        else { return nil }
        members["kind"] = .string(kind.name)
        members["body"] = body
        if isEntry {
            members["at"] = .string("2020-02-29T00:00:00Z")
            members["prev"] = SampleRecord.digest
            members["seq"] = .integer(7)
            members["v"] = .integer(1)
        }
        return JSONValue.object(members).canonical
    }

    private static let digest = JSONValue.string(String(repeating: "0", count: 64))

    private func object(_ shape: ObjectShape, depth: Int) -> JSONValue? {
        guard depth < JSONTape.maximumDepth else { return nil }
        var left: Set<String> = []
        for group in shape.exactlyOne { left.formUnion(group.dropFirst()) }
        var members: [String: JSONValue] = [:]
        for field in shape.fields where !left.contains(field.name) {
            if let value = value(field, depth: depth) {
                members[field.name] = value
            } else if !field.isOptional {
                return nil
            }
        }
        let isChosen = shape.exactlyOne.allSatisfy { group in
            group.count { members[$0] != nil } == 1
        }
        return isChosen ? .object(members) : nil
    }

    private func value(_ field: Field, depth: Int) -> JSONValue? {
        switch field.type {
        case .fen(let mayBeNegative): .integer(mayBeNegative ? -1 : 1)
        case .count(let range): .integer(range.lowerBound)
        case .basisPoints(let maximum): .integer(maximum)
        case .year: .integer(2020)
        case .flag: .flag(true)
        case .date: .string("2020-02-29")
        case .time: .string("2020-02-29T08:00:00+08:00")
        case .month, .period: .string("2020-02")
        case .area: .string("150500")
        case .code(let list): list.codes.last.map { .string($0.code) }
        case .text where isEntry && field.isSealed: SampleRecord.digest
        // As long as most may be; with a digit, since a telephone number must have one.
        case .text(let maximum):
            .string("1" + String(repeating: "文", count: min(maximum, 256) - 1))
        case .digest: SampleRecord.digest
        case .reference: .object(["source": .string("s"), "id": .string("1")])
        case .person where !isEntry: object(catalogue.person, depth: depth + 1)
        case .person: pseudonym(.person)
        case .subject(.account) where !isEntry: .string("6222")
        case .subject(let subject): pseudonym(subject)
        case .object(let shape): object(shape, depth: depth + 1)
        case .list(let item, let minimum, let mayStandAlone):
            mayStandAlone
                ? value(item, depth: depth) : list(item, minimum, depth: depth + 1)
        case .commitments: .object(["name": SampleRecord.digest])
        }
    }

    private func pseudonym(_ subject: SubjectClass) -> JSONValue {
        .string("\(subject.rawValue):" + String(repeating: "0", count: 32))
    }

    private func list(_ item: Field, _ minimum: Int, depth: Int) -> JSONValue? {
        guard depth < JSONTape.maximumDepth else { return nil }
        guard let value = value(item, depth: depth) else { return minimum > 0 ? nil : .array([]) }
        return .array(Array(repeating: value, count: max(minimum, 1)))
    }
}
