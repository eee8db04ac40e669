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

/// Walks through a parsed record along its kind's declaration, notes everything that is wrong with
/// it, and hands what is right to a sink.
struct RecordWalker<Sink: RecordSink> {
    /// No more than these are noted of one record: enough to mend it by.
    static var mostIssues: Int { 20 }

    let text: UnsafeBufferPointer<UInt8>
    let tape: JSONTape
    let person: ObjectShape
    var sink: Sink
    var issues: [RecordIssue] = []
    var path: [PathStep] = []
    /// Nodes of the members found, for each object that is being walked through.
    private var slots: [Int32] = []
    var isPersonal = false

    init(
        text: UnsafeBufferPointer<UInt8>, tape: JSONTape, person: ObjectShape,
        sink: Sink
    ) {
        self.text = text
        self.tape = tape
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
}
