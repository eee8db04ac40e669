/// Reads input records: one JSON object each, validated against its kind.
///
/// A reader is used from one thread; it keeps its parser's memory from record to record.
package struct RecordReader {
    private let catalogue: KindCatalogue
    private let envelope: EnvelopeShape
    private var tape = JSONTape()
    private let isForProgram: Bool

    /// - Parameter forProgram: whether the program itself writes the records: only then may they
    ///   be of its own kinds and have its source.
    package init(catalogue: KindCatalogue, forProgram: Bool = false) {
        self.catalogue = catalogue
        isForProgram = forProgram
        self.envelope = EnvelopeShape(catalogue.envelope)
    }

    package enum Outcome: Sendable {
        case record(PreparedRecord)
        /// At least one issue.
        case refused([RecordIssue])
    }

    /// - Parameter today: the present day in China; nothing can have occurred after it.
    package mutating func read(
        _ text: UnsafeBufferPointer<UInt8>, today: CivilDate
    ) -> Outcome {
        do {
            try tape.parse(text)
        } catch {
            let place = "byte \(tape.offset + 1) of the line"
            return .refused([RecordIssue(path: "", reason: "\(error) (\(place))")])
        }
        let kindIssue: RecordIssue
        switch kind(text) {
        case .success(let kind): return read(text, kind: kind, today: today)
        case .failure(let refusal): kindIssue = refusal.issue
        }
        return .refused([kindIssue])
    }

    private struct Refusal: Error { let issue: RecordIssue }

    /// The kind decides what the body may be, so it is looked for before the walk.
    private func kind(_ text: UnsafeBufferPointer<UInt8>) -> Result<Kind, Refusal> {
        func refuse(_ reason: String, _ value: String? = nil) -> Result<Kind, Refusal> {
            .failure(Refusal(issue: RecordIssue(path: "/kind", reason: reason, value: value)))
        }
        var key = 1
        for _ in 0..<tape.nodes[0].value {
            let value = Int(tape.nodes[key].next)
            if tape.string(key, in: text) == "kind" {
                guard tape.nodes[value].kind == .string else {
                    return refuse("a string is expected")
                }
                let name = tape.string(value, in: text)
                guard let kind = catalogue.kind(name) else {
                    return refuse("unknown kind", "\"\(name.prefix(40))\"")
                }
                guard !kind.isProgram || isForProgram else {
                    return refuse("\(name) is written by the program itself and refused at intake")
                }
                return .success(kind)
            }
            key = Int(tape.nodes[value].next)
        }
        return refuse("is missing")
    }

    private mutating func read(
        _ text: UnsafeBufferPointer<UInt8>, kind: Kind, today: CivilDate
    ) -> Outcome {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count + 64)
        var walker = RecordWalker(
            text: text, tape: tape, person: catalogue.person,
            sink: CanonicalSink(record: PreparedRecord(kind: kind, bytes: bytes)))
        let base = walker.match(0, envelope.shape)
        write(&walker, base, kind)
        checkMeaning(&walker, base, text, today)
        guard walker.issues.isEmpty else { return .refused(walker.issues) }
        return .record(walker.sink.record)
    }

    /// Writes the members in canonical order, cut where `at`, `prev` and `seq` will stand.
    private func write(
        _ walker: inout RecordWalker<CanonicalSink>, _ base: Int, _ kind: Kind
    ) {
        func member(_ name: String, isFirst: Bool = false) {
            let position = envelope.position(name)
            guard let node = walker.slot(base, position) else { return }
            let field = envelope.shape.fields[position]
            walker.sink.member(field, isFirst: isFirst)
            walker.member(node, field)
        }
        walker.sink.write("{")
        member("area", isFirst: true)
        walker.sink.write(",\"at\":\"")
        walker.sink.record.atSplit = walker.sink.record.bytes.count
        walker.sink.write("\"")
        member("attachments")
        if let body = walker.slot(base, envelope.position("body")) {
            walker.sink.write(",\"body\":")
            walker.body(body, kind)
        }
        for name in [
            "corrects", "department", "id", "kind", "occurredAt", "occurredOn", "operator",
        ] {
            member(name)
        }
        walker.sink.write(",\"prev\":\"")
        walker.sink.record.prevSplit = walker.sink.record.bytes.count
        walker.sink.write("\",\"seq\":")
        walker.sink.record.seqSplit = walker.sink.record.bytes.count
        member("source")
        walker.sink.write(",\"v\":1}")
    }

    /// What a schema cannot say, and the members that the program needs by name.
    private func checkMeaning(
        _ walker: inout RecordWalker<CanonicalSink>, _ base: Int,
        _ text: UnsafeBufferPointer<UInt8>, _ today: CivilDate
    ) {
        func string(_ name: String) -> String {
            guard let node = walker.slot(base, envelope.position(name)),
                tape.nodes[node].kind == .string
            else { return "" }
            return tape.string(node, in: text)
        }
        walker.sink.record.area = string("area")
        walker.sink.record.source = string("source")
        walker.sink.record.id = string("id")
        walker.sink.record.occurredOn = string("occurredOn")
        walker.sink.record.operator = string("operator")
        if walker.sink.record.source == PreparedRecord.programSource, !isForProgram {
            walker.note("is kept for entries of the program itself", member: "source")
        }
        guard let occurredOn = CivilDate(walker.sink.record.occurredOn) else { return }
        if occurredOn > today {
            walker.note("lies after today, \(today) in China", member: "occurredOn")
        }
        let occurredAt = Array(string("occurredAt").utf8)
        if let moment = occurredAt.withUnsafeBufferPointer({ Moment($0) }),
            moment.dayInChina != occurredOn
        {
            walker.note("is not on the day of occurredOn in China", member: "occurredAt")
        }
    }
}

extension RecordWalker where Sink == CanonicalSink {
    /// The body, and where it holds sealed texts, the member for their hash in its place.
    mutating func body(_ node: Int, _ kind: Kind) {
        let shape = kind.recordedBody
        guard shape !== kind.body else {
            return member(node, named: "body") { walker in walker.object(node, shape) }
        }
        member(node, named: "body") { walker in
            let base = walker.match(node, kind.body)
            walker.sink.beginObject()
            var isFirst = true
            var digest = 0..<0
            for position in shape.canonicalOrder {
                let field = shape.fields[position]
                if field.name == "sealed" {
                    digest = walker.sink.sealedDigest(field, isFirst: isFirst)
                } else if let value = walker.slot(base, position) {
                    walker.sink.member(field, isFirst: isFirst)
                    walker.member(value, field)
                } else {
                    continue
                }
                isFirst = false
            }
            walker.sink.endObject()
            if walker.sink.record.texts.isEmpty { walker.sink.remove(digest) }
            walker.release(base)
        }
    }
}

extension RecordWalker {
    /// Does something at a member that has no declaration of its own.
    mutating func member(
        _ node: Int, named name: String, _ action: (inout RecordWalker<Sink>) -> Void
    ) {
        path.append(.member(name))
        action(&self)
        path.removeLast()
    }
}

/// The members of a record: those of `envelope.yaml`, and `body`.
struct EnvelopeShape {
    let shape: ObjectShape

    init(_ envelope: ObjectShape, more: [Field] = []) {
        shape = ObjectShape(fields: envelope.fields + more + [EnvelopeShape.field("body", .flag)])
    }

    /// - Precondition: envelope.yaml declares a field of this name.
    func position(_ name: String) -> Int {
        guard let position = shape.position(name) else {
            preconditionFailure("envelope.yaml lacks \(name)")
        }
        return position
    }

    static func field(_ name: String, _ type: FieldType) -> Field {
        Field(
            name: name, type: type, isOptional: false, isSealed: false,
            words: Words(zh: name, en: name), note: nil, column: 0)
    }
}
