/// What single values must be.
extension RecordWalker {
    mutating func value(_ node: Int, _ field: Field) {
        switch field.type {
        case .fen(let mayBeNegative):
            let most = CanonicalJSON.maximumInteger
            integer(node, field, in: (mayBeNegative ? -most : 0)...most)
        case .count(let range): integer(node, field, in: range)
        case .basisPoints(let maximum): integer(node, field, in: 0...maximum)
        case .year: integer(node, field, in: CivilDate.years)
        case .flag: flag(node, field)
        case .date: date(node, field)
        case .time: time(node, field)
        case .month: pattern(node, field, "a month YYYY-MM is expected", Patterns.isMonth)
        case .period: pattern(node, field, "YYYY or YYYY-MM is expected", Patterns.isPeriod)
        case .area: pattern(node, field, "six digits (GB/T 2260) are expected", Patterns.isArea)
        case .digest:
            pattern(node, field, "64 lower-case hex digits are expected", Patterns.isDigest)
        case .code(let list): code(node, field, list)
        case .text(let maximum): text(node, field, maximum: maximum)
        case .reference: reference(node, field)
        case .person: person(node, field)
        case .subject(let subject): account(node, field, subject)
        case .object(let shape): object(node, shape)
        case .list(let item, let minimum, let mayStandAlone):
            list(node, item, minimum: minimum, mayStandAlone: mayStandAlone)
        case .commitments: note("is kept for entries of the program itself")
        }
    }

    private mutating func integer(_ node: Int, _ field: Field, in range: ClosedRange<Int64>) {
        switch tape.nodes[node].kind {
        case .integer:
            let value = tape.nodes[node].value
            guard range.contains(value) else {
                return note("\(describe(range)) is expected", node: node)
            }
            sink.integer(value, field)
        case .number:
            note(
                "a whole number of at most 2^53 − 1, without fraction or exponent, is expected",
                node: node)
        default:
            if case .fen = field.type {
                note(
                    "a whole number of fen is expected (in CSV: yuan, two decimals at most)",
                    node: node)
            } else {
                note("a whole number is expected", node: node)
            }
        }
    }

    private func describe(_ range: ClosedRange<Int64>) -> String {
        if range.upperBound == CanonicalJSON.maximumInteger {
            return range.lowerBound < 0
                ? "a whole number" : "a whole number of at least \(range.lowerBound)"
        }
        return "a whole number from \(range.lowerBound) to \(range.upperBound)"
    }

    private mutating func flag(_ node: Int, _ field: Field) {
        switch tape.nodes[node].kind {
        case .yes: sink.flag(true, field)
        case .no: sink.flag(false, field)
        default: note("true or false is expected", node: node)
        }
    }

    private mutating func string(_ node: Int) -> JSONString? {
        let parsed = tape.nodes[node]
        guard parsed.kind == .string else {
            note("a string is expected", node: node)
            return nil
        }
        return JSONString(
            raw: tape.raw(node, in: text), hasEscape: parsed.hasEscape, start: Int(parsed.start))
    }

    private mutating func date(_ node: Int, _ field: Field) {
        guard let value = string(node) else { return }
        guard !value.hasEscape, let day = CivilDate(value.raw) else {
            return note("a day that exists, YYYY-MM-DD, is expected", node: node)
        }
        sink.date(value, day, field)
    }

    private mutating func time(_ node: Int, _ field: Field) {
        guard let value = string(node) else { return }
        guard !value.hasEscape, let moment = Moment(value.raw) else {
            return note(
                "a time with offset, like 2023-03-05T09:30:00+08:00, is expected", node: node)
        }
        sink.time(value, moment, field)
    }

    private mutating func pattern(
        _ node: Int, _ field: Field, _ expectation: String,
        _ matches: (UnsafeBufferPointer<UInt8>) -> Bool
    ) {
        guard let value = string(node) else { return }
        guard !value.hasEscape, matches(value.raw) else { return note(expectation, node: node) }
        sink.string(value, field)
    }

    private mutating func code(_ node: Int, _ field: Field, _ list: CodeList) {
        guard let value = string(node) else { return }
        guard list.contains(value.text) else {
            let known = list.codes.prefix(30).map(\.code).joined(separator: ", ")
            let more = list.codes.count > 30 ? " …" : ""
            return note("a code of the list \(list.name) is expected (\(known)\(more))", node: node)
        }
        sink.string(value, field)
    }

    private mutating func text(_ node: Int, _ field: Field, maximum: Int) {
        isPersonal = field.isSealed
        defer { isPersonal = false }
        guard let value = checkedText(node, maximum: maximum) else { return }
        if field.isSealed {
            sink.sealedText(value, path: String(pointer.dropFirst("/body/".count)), field)
        } else {
            sink.string(value, field)
        }
    }

    /// A string of 1 to `maximum` Unicode scalars without control characters.
    private mutating func checkedText(_ node: Int, maximum: Int) -> JSONString? {
        guard let value = string(node) else { return nil }
        let isSound =
            value.hasEscape
            ? JSONTape.unescaped(value.raw).withUnsafeBufferPointer {
                Patterns.isText($0, maximum: maximum)
            }
            : Patterns.isText(value.raw, maximum: maximum)
        guard isSound else {
            note("1 to \(maximum) characters without control characters are expected", node: node)
            return nil
        }
        return value
    }

    private mutating func reference(_ node: Int, _ field: Field) {
        let base = match(node, Self.referenceShape)
        defer { release(base) }
        var parts: [JSONString] = []
        for (position, part) in Self.referenceShape.fields.enumerated() {
            guard let value = slot(base, position), case .text(let maximum) = part.type else {
                continue
            }
            path.append(.member(part.name))
            if let text = checkedText(value, maximum: maximum) { parts.append(text) }
            path.removeLast()
        }
        guard parts.count == 2 else { return }
        sink.reference(source: parts[0], id: parts[1], field)
    }

    private static var referenceShape: ObjectShape { ReferenceShape.shape }

    private mutating func person(_ node: Int, _ field: Field) {
        if tape.nodes[node].kind == .string {
            return pseudonym(node, field, .person, "p: and 32 hex digits")
        }
        guard tape.nodes[node].kind == .object else {
            return note("a person's particulars or pseudonym is expected", node: node)
        }
        isPersonal = true
        defer { isPersonal = false }
        var particulars = Particulars(shape: person)
        let base = match(node, person)
        let known = issues.count
        for (position, part) in person.fields.enumerated() {
            guard let value = slot(base, position) else { continue }
            path.append(.member(part.name))
            if let text = particular(value, part) { particulars.set(text, at: position) }
            path.removeLast()
        }
        release(base)
        guard issues.count == known, tape.nodes[node].value > 0 else { return }
        particulars.normalise()
        for (field, value) in particulars.stated where value.isEmpty {
            note("holds nothing that could be looked up", member: field)
        }
        sink.person(particulars, field)
    }

    /// The text of one particular; those are texts, codes, dates and areas.
    private mutating func particular(_ node: Int, _ field: Field) -> String? {
        let known = issues.count
        var collector = RecordWalker<StringSink>(
            text: text, tape: tape, person: person, sink: StringSink())
        collector.path = path
        collector.isPersonal = true
        if case .text(let maximum) = field.type {
            return checkedText(node, maximum: maximum)?.text
        }
        collector.value(node, field)
        issues.append(contentsOf: collector.issues)
        return issues.count == known ? collector.sink.text : nil
    }

    private mutating func account(_ node: Int, _ field: Field, _ subject: SubjectClass) {
        isPersonal = true
        defer { isPersonal = false }
        let isPseudonym =
            tape.nodes[node].kind == .string
            && tape.raw(node, in: text).starts(with: [subject.letter, UInt8(ascii: ":")])
        if isPseudonym || subject != .account {
            return pseudonym(node, field, subject, "\(subject.rawValue): and 32 hex digits")
        }
        guard let value = checkedText(node, maximum: 64) else { return }
        let number = Normalisation.account(value.text)
        guard !number.isEmpty else { return note("an account number is expected", node: node) }
        sink.account(number, field)
    }

    private mutating func pseudonym(
        _ node: Int, _ field: Field, _ subject: SubjectClass, _ expectation: String
    ) {
        guard let value = string(node) else { return }
        guard !value.hasEscape, subject.isPseudonym(value.raw) else {
            return note("\(expectation) are expected", node: node)
        }
        sink.pseudonym(value, field)
    }

    private mutating func list(
        _ node: Int, _ item: Field, minimum: Int, mayStandAlone: Bool
    ) {
        guard tape.nodes[node].kind == .array else {
            guard mayStandAlone else { return note("a list is expected", node: node) }
            sink.beginList(item, standsAlone: true)
            sink.beginItem(item, isFirst: true)
            value(node, item)
            sink.endItem(item)
            sink.endList(standsAlone: true)
            return
        }
        let count = Int(tape.nodes[node].value)
        guard (minimum...FieldType.longestList).contains(count) else {
            return note("\(minimum) to \(FieldType.longestList) items are expected, not \(count)")
        }
        sink.beginList(item, standsAlone: false)
        var child = node + 1
        for index in 0..<count {
            path.append(.index(index))
            sink.beginItem(item, isFirst: index == 0)
            value(child, item)
            sink.endItem(item)
            path.removeLast()
            child = Int(tape.nodes[child].next)
        }
        sink.endList(standsAlone: false)
    }
}

/// A reference to another record.
enum ReferenceShape {
    static let longestSource = 64
    static let longestID = 128
    static let shape = ObjectShape(fields: [
        part("source", longestSource), part("id", longestID),
    ])

    private static func part(_ name: String, _ maximum: Int) -> Field {
        Field(
            name: name, type: .text(maximum: maximum), isOptional: false, isSealed: false,
            words: Words(zh: name, en: name), note: nil, column: 0)
    }
}
