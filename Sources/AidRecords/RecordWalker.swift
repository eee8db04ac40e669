/// Takes what a walk through a record finds, in the order of canonical JSON.
protocol RecordSink {
    mutating func beginObject()
    mutating func member(_ field: Field, isFirst: Bool)
    mutating func endObject()
    mutating func beginList(_ item: Field, standsAlone: Bool)
    mutating func beginItem(_ item: Field, isFirst: Bool)
    mutating func endItem(_ item: Field)
    mutating func endList(standsAlone: Bool)

    mutating func integer(_ value: Int64, _ field: Field)
    mutating func flag(_ value: Bool, _ field: Field)
    mutating func string(_ value: JSONString, _ field: Field)
    mutating func date(_ value: JSONString, _ day: CivilDate, _ field: Field)
    mutating func time(_ value: JSONString, _ moment: Moment, _ field: Field)
    mutating func reference(source: JSONString, id: JSONString, _ field: Field)
    /// A person or other subject, by its pseudonym.
    mutating func pseudonym(_ value: JSONString, _ field: Field)
    mutating func person(_ particulars: Particulars, _ field: Field)
    /// An account in the clear, normalised.
    mutating func account(_ number: String, _ field: Field)
    mutating func sealedText(_ value: JSONString, path: String, _ field: Field)
}

/// A string of a JSON text: where it stands, and whether escapes are in it.
struct JSONString {
    let raw: UnsafeBufferPointer<UInt8>
    let hasEscape: Bool
    /// Byte offset of `raw` in the text.
    let start: Int

    var text: String {
        hasEscape
            ? String(decoding: JSONTape.unescaped(raw), as: UTF8.self)
            : String(decoding: raw, as: UTF8.self)
    }
}

/// A step from a value to one inside it.
enum PathStep {
    case member(String)
    case index(Int)
}

/// Which form of a kind's body is walked through.
enum RecordForm {
    /// As senders write it, with particulars and texts in the clear.
    case input
    /// As entries hold it, with pseudonyms and commitments.
    case recorded
}

/// Walks through a parsed record along its kind's declaration, notes everything that is wrong with
/// it, and hands what is right to a sink.
struct RecordWalker<Sink: RecordSink> {
    /// No more than these are noted of one record: enough to mend it by.
    static var mostIssues: Int { 20 }

    let text: UnsafeBufferPointer<UInt8>
    let tape: JSONTape
    let form: RecordForm
    let person: ObjectShape
    var sink: Sink
    private(set) var issues: [RecordIssue] = []
    var path: [PathStep] = []
    /// Nodes of the members found, for each object that is being walked through.
    private var slots: [Int32] = []
    private var isPersonal = false

    init(
        text: UnsafeBufferPointer<UInt8>, tape: JSONTape, form: RecordForm, person: ObjectShape,
        sink: Sink
    ) {
        self.text = text
        self.tape = tape
        self.form = form
        self.person = person
        self.sink = sink
    }

    // MARK: Issues

    /// The place that is being looked at, as a JSON Pointer (RFC 6901).
    var pointer: String { path.reduce(into: "") { $0 += "/" + RecordWalker.name($1) } }

    private static func name(_ step: PathStep) -> String {
        switch step {
        case .member(let name): name
        case .index(let index): String(index)
        }
    }

    mutating func note(_ reason: String, node: Int? = nil) {
        guard issues.count < RecordWalker.mostIssues else { return }
        issues.append(
            RecordIssue(path: pointer, reason: reason, value: node.map { excerpt($0) }))
    }

    mutating func note(_ reason: String, member: String) {
        path.append(.member(member))
        note(reason)
        path.removeLast()
    }

    private func excerpt(_ index: Int) -> String {
        let node = tape.nodes[index]
        switch node.kind {
        case .object: return "an object"
        case .array: return "a list"
        case .string:
            let value = tape.string(index, in: text)
            if isPersonal { return "\"\(mask(value))\"" }
            return value.count > 40 ? "\"\(value.prefix(40))…\"" : "\"\(value)\""
        default:
            let raw = text[Int(node.start)..<min(Int(node.end), Int(node.start) + 40)]
            return isPersonal ? "***" : String(decoding: raw, as: UTF8.self)
        }
    }

    private func mask(_ value: String) -> String {
        guard case .member(let name) = path.last else { return "***" }
        return switch name {
        case "name": Masking.name(value)
        case "idNumber": Masking.identityNumber(value)
        case "account": Masking.account(value)
        case "idType", "sex", "birthDate", "hukouArea", "residenceArea": String(value.prefix(40))
        default: "***"
        }
    }

    // MARK: Objects

    /// Matches the members of an object to the fields of its shape.
    ///
    /// The nodes found stand at the end of `slots` until `release` is called, -1 where none is.
    /// - Returns: where they begin.
    mutating func match(_ node: Int, _ shape: ObjectShape) -> Int {
        let base = slots.count
        slots.append(contentsOf: repeatElement(-1, count: shape.fields.count))
        guard tape.nodes[node].kind == .object else {
            note("an object is expected", node: node)
            return base
        }
        var key = node + 1
        var last = -1
        for _ in 0..<tape.nodes[node].value {
            let value = Int(tape.nodes[key].next)
            if let position = position(of: key, in: shape, after: last) {
                if slots[base + position] >= 0 {
                    note("stands here twice", member: shape.fields[position].name)
                }
                slots[base + position] = Int32(value)
                last = position
            } else {
                note("unknown field", member: tape.string(key, in: text))
            }
            key = Int(tape.nodes[value].next)
        }
        checkPresence(base, shape)
        return base
    }

    private func position(of key: Int, in shape: ObjectShape, after last: Int) -> Int? {
        guard !tape.nodes[key].hasEscape else {
            return shape.position(tape.string(key, in: text))
        }
        return shape.position(tape.raw(key, in: text), after: last)
    }

    private mutating func checkPresence(_ base: Int, _ shape: ObjectShape) {
        for (index, field) in shape.fields.enumerated()
        where !field.isOptional && slots[base + index] < 0 {
            note("is missing", member: field.name)
        }
        for group in shape.exactlyOne {
            let present = group.filter { name in
                shape.position(name).map { slots[base + $0] >= 0 } ?? false
            }
            if present.count != 1 {
                note("exactly one of \(group.joined(separator: ", ")) must be given")
            }
        }
    }

    mutating func release(_ base: Int) { slots.removeLast(slots.count - base) }

    /// The node of a member after `match`, or nil.
    func slot(_ base: Int, _ position: Int) -> Int? {
        let node = slots[base + position]
        return node >= 0 ? Int(node) : nil
    }

    mutating func object(_ node: Int, _ shape: ObjectShape) {
        let base = match(node, shape)
        sink.beginObject()
        var isFirst = true
        for position in shape.canonicalOrder {
            guard let value = slot(base, position) else { continue }
            sink.member(shape.fields[position], isFirst: isFirst)
            member(value, shape.fields[position])
            isFirst = false
        }
        sink.endObject()
        release(base)
    }

    mutating func member(_ node: Int, _ field: Field) {
        path.append(.member(field.name))
        value(node, field)
        path.removeLast()
    }

    // MARK: Values

    mutating func value(_ node: Int, _ field: Field) {
        switch field.type {
        case .fen(let mayBeNegative):
            let most = CanonicalJSON.maximumInteger
            integer(node, field, in: (mayBeNegative ? -most : 0)...most)
        case .count(let range): integer(node, field, in: range)
        case .basisPoints(let maximum): integer(node, field, in: 0...maximum)
        case .year: integer(node, field, in: 1900...2999)
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
        case .commitments: commitments(node)
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
        default: note("a whole number is expected", node: node)
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
        if field.isSealed, form == .recorded {
            return pattern(node, field, "a commitment is expected", Patterns.isDigest)
        }
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
        if form == .recorded || tape.nodes[node].kind == .string {
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
            text: text, tape: tape, form: form, person: person, sink: StringSink())
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
        if form == .recorded || isPseudonym || subject != .account {
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

    private mutating func commitments(_ node: Int) {
        guard tape.nodes[node].kind == .object else {
            return note("an object of commitments is expected", node: node)
        }
        var key = node + 1
        for _ in 0..<tape.nodes[node].value {
            let value = Int(tape.nodes[key].next)
            if tape.nodes[value].kind != .string || !Patterns.isDigest(tape.raw(value, in: text)) {
                note("a commitment is expected", member: tape.string(key, in: text))
            }
            key = Int(tape.nodes[value].next)
        }
    }
}

/// A reference to another record.
enum ReferenceShape {
    static let shape = ObjectShape(fields: [part("source", 64), part("id", 128)])

    private static func part(_ name: String, _ maximum: Int) -> Field {
        Field(
            name: name, type: .text(maximum: maximum), isOptional: false, isSealed: false,
            words: Words(zh: name, en: name), note: nil, column: 0)
    }
}
