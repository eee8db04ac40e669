/// JSON Schemas (draft 2020-12) of input records, generated from the kinds.
///
/// What a schema cannot say is left to the validator: duplicate keys, lone surrogates, dates after
/// today, the day of `occurredAt`.
package struct RecordSchema {
    private let catalogue: KindCatalogue

    package init(catalogue: KindCatalogue) { self.catalogue = catalogue }

    /// A JSON value whose members keep their order, so that schemas are pleasant to read.
    indirect enum Node {
        case text(String)
        case number(Int64)
        case flag(Bool)
        case list([Node])
        case object([(String, Node)])
    }

    /// The schema of a kind's input records, as indented JSON.
    package func text(of kind: Kind) -> String {
        var properties: [(String, Node)] = []
        var required: [String] = []
        for field in catalogue.envelope.fields {
            let schema = schema(ofEnvelope: field, kind)
            properties.append((field.name, schema))
            if !field.isOptional { required.append(field.name) }
        }
        properties.append(("body", object(kind.body)))
        required.append("body")
        let root: Node = .object([
            ("$schema", .text("https://json-schema.org/draft/2020-12/schema")),
            ("$id", .text("urn:aidledger:record:\(kind.name)")),
            ("title", .text("\(kind.title.en) · \(kind.title.zh)")),
            ("description", .text(kind.about.en)),
            ("type", .text("object")),
            ("properties", .object(properties)),
            ("required", .list(required.map { .text($0) })),
            ("additionalProperties", .flag(false)),
        ])
        return RecordSchema.render(root, indent: 0) + "\n"
    }

    private func schema(ofEnvelope field: Field, _ kind: Kind) -> Node {
        switch (field.name, described(field)) {
        case ("kind", _): return .object([("const", .text(kind.name))])
        case ("source", .object(let members)):
            let own = Node.object([("const", .text(PreparedRecord.programSource))])
            return .object(members + [("not", own)])
        case (_, let schema): return schema
        }
    }

    private func described(_ field: Field) -> Node {
        guard case .object(let members) = schema(field.type) else { return schema(field.type) }
        return .object([("description", .text("\(field.words.en) · \(field.words.zh)"))] + members)
    }

    private func object(_ shape: ObjectShape) -> Node {
        var members: [(String, Node)] = [
            ("type", .text("object")),
            ("properties", .object(shape.fields.map { ($0.name, described($0)) })),
            (
                "required",
                .list(shape.fields.filter { !$0.isOptional }.map { .text($0.name) })
            ),
            ("additionalProperties", .flag(false)),
        ]
        if !shape.exactlyOne.isEmpty {
            members.append(("allOf", .list(shape.exactlyOne.map(exactlyOne))))
        }
        return .object(members)
    }

    private func exactlyOne(_ group: [String]) -> Node {
        .object([
            ("oneOf", .list(group.map { .object([("required", .list([.text($0)]))]) }))
        ])
    }

    private func schema(_ type: FieldType) -> Node {
        switch type {
        case .fen(let mayBeNegative):
            integer(mayBeNegative ? -CanonicalJSON.maximumInteger : 0, CanonicalJSON.maximumInteger)
        case .count(let range): integer(range.lowerBound, range.upperBound)
        case .basisPoints(let maximum): integer(0, maximum)
        case .year: integer(CivilDate.years.lowerBound, CivilDate.years.upperBound)
        case .flag: .object([("type", .text("boolean"))])
        case .date:
            string(
                pattern: "(19|2[0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}",
                format: "date")
        case .time:
            string(
                pattern: "(19|2[0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]"
                    + ":[0-5][0-9](Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])",
                format: "date-time")
        case .month:
            string(pattern: "(19|2[0-9])[0-9]{2}-(0[1-9]|1[0-2])")
        case .period:
            string(pattern: "(19|2[0-9])[0-9]{2}(-(0[1-9]|1[0-2]))?")
        case .area: string(pattern: "[0-9]{6}")
        case .code(let list):
            .object([("enum", .list(list.codes.map { .text($0.code) }))])
        case .text(let maximum): text(maximum)
        case .digest: string(pattern: "[0-9a-f]{64}")
        case .reference: object(ReferenceShape.shape)
        case .person:
            .object([("anyOf", .list([pseudonym(.person), object(catalogue.person)]))])
        case .subject(.account): account
        case .subject(let subject): pseudonym(subject)
        case .object(let shape): object(shape)
        case .list(let item, let minimum, let mayStandAlone):
            list(item, minimum, mayStandAlone)
        case .commitments:
            .object([
                ("type", .text("object")),
                (
                    "additionalProperties",
                    string(pattern: "[0-9a-f]{64}")
                ),
            ])
        }
    }

    private func integer(_ least: Int64, _ most: Int64) -> Node {
        .object([
            ("type", .text("integer")), ("minimum", .number(least)), ("maximum", .number(most)),
        ])
    }

    /// A string that as a whole is of this pattern.
    private func string(pattern: String, format: String? = nil) -> Node {
        .object(
            [("type", .text("string")), ("pattern", .text(RecordSchema.whole(pattern)))]
                + (format.map { [("format", .text($0))] } ?? []))
    }

    /// In some readers of JSON Schema a lone `$` also matches before a last line feed.
    private static func whole(_ pattern: String) -> String { #"^\#(pattern)$(?!\n)"# }

    private func text(_ maximum: Int, pattern: String? = nil) -> Node {
        let plain =
            maximum > FieldType.longestLine
            ? #"[^\u0000-\u0008\u000b-\u001f\u007f]*"# : #"[^\u0000-\u001f\u007f]*"#
        return .object([
            ("type", .text("string")), ("minLength", .number(1)),
            ("maxLength", .number(Int64(maximum))),
            ("pattern", .text(RecordSchema.whole(pattern ?? plain))),
        ])
    }

    private func pseudonym(_ subject: SubjectClass) -> Node {
        string(pattern: "\(subject.rawValue):[0-9a-f]{32}")
    }

    /// A number, or a pseudonym: what begins like one must be one.
    private var account: Node {
        let plain = #"[^\u0000-\u001f\u007f]*"#
        return .object([
            (
                "anyOf",
                .list([
                    pseudonym(.account),
                    text(64, pattern: "(?!a:)\(plain)[0-9A-Za-z]\(plain)"),
                ])
            )
        ])
    }

    private func list(_ item: Field, _ minimum: Int, _ mayStandAlone: Bool) -> Node {
        let array = Node.object([
            ("type", .text("array")), ("items", schema(item.type)),
            ("minItems", .number(Int64(minimum))),
            ("maxItems", .number(Int64(FieldType.longestList))),
        ])
        return mayStandAlone ? .object([("anyOf", .list([schema(item.type), array]))]) : array
    }

    // MARK: Rendering

    private static func render(_ node: Node, indent: Int) -> String {
        let space = String(repeating: "  ", count: indent + 1)
        let end = String(repeating: "  ", count: indent)
        switch node {
        case .text(let text): return quoted(text)
        case .number(let value): return String(value)
        case .flag(let value): return value ? "true" : "false"
        case .list(let items):
            return "[" + items.map { render($0, indent: indent) }.joined(separator: ", ") + "]"
        case .object(let members):
            guard !members.isEmpty else { return "{}" }
            let lines = members.map { name, value in
                "\(space)\(quoted(name)): \(render(value, indent: indent + 1))"
            }
            return "{\n\(lines.joined(separator: ",\n"))\n\(end)}"
        }
    }

    private static func quoted(_ text: String) -> String {
        var bytes: [UInt8] = []
        CanonicalJSON.append(text, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
