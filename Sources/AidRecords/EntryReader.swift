/// The value of one column of the read model.
package enum ColumnValue: Sendable {
    case null
    case integer(Int64)
    /// A range of the entry's bytes, as it stands.
    case bytes(start: Int32, count: Int32)
    /// A text that had escapes.
    case string(String)
    /// A pseudonym at this place of the entry's bytes; the column holds the number of its subject.
    case subject(start: Int32)
}

/// A row of a list's table.
package struct ListRow: Sendable {
    package let table: ReadModelTable
    package let position: Int
    package var values: [ColumnValue]
}

/// What an entry says, as rows of the read model.
///
/// It is read into the same value again and again, and so allocates little.
package struct RecordedEntry: Sendable {
    package internal(set) var kind: Kind
    package internal(set) var seq: Int64 = 0
    package internal(set) var prev: [UInt8] = []
    package internal(set) var at = Moment(unixSeconds: 0)
    package internal(set) var source = ""
    package internal(set) var id = ""
    /// One value for each column of the kind's table.
    package internal(set) var row: [ColumnValue] = []
    package internal(set) var listRows: [ListRow] = []
    /// Where in the bytes pseudonyms stand, in order of appearance.
    package internal(set) var pseudonyms: [Int32] = []
    /// Whether the bytes are in canonical form (RFC 8785).
    package internal(set) var isCanonical = true
}

/// Reads entries back: their bytes are the one truth that the read model is made of.
package struct EntryReader {
    private let catalogue: KindCatalogue
    private let envelope: EnvelopeShape
    private var tape = JSONTape()

    package init(catalogue: KindCatalogue) {
        self.catalogue = catalogue
        self.envelope = EnvelopeShape(
            catalogue.envelope,
            more: [
                EnvelopeShape.field("at", .time), EnvelopeShape.field("prev", .digest),
                EnvelopeShape.field("seq", .count(0...CanonicalJSON.maximumInteger)),
                EnvelopeShape.field("v", .count(1...1)),
            ])
    }

    /// The bytes are not an entry of a known kind.
    package struct Unreadable: Error, Sendable, CustomStringConvertible {
        package let issues: [RecordIssue]
        package var description: String {
            issues.map(\.description).joined(separator: "; ")
        }
    }

    package mutating func read(
        _ text: UnsafeBufferPointer<UInt8>
    ) throws(Unreadable) -> RecordedEntry {
        do {
            try tape.parse(text)
        } catch {
            throw Unreadable(issues: [
                RecordIssue(path: "", reason: "\(error) (byte \(tape.offset + 1))")
            ])
        }
        guard let kind = kind(text) else {
            throw Unreadable(issues: [
                RecordIssue(
                    path: "/kind",
                    reason: "unknown kind: it is not declared in ledger/kinds here (see --home)")
            ])
        }
        var walker = RecordWalker(
            text: text, tape: tape, form: .recorded, person: catalogue.person,
            sink: ColumnSink(kind: kind, envelopeTables: catalogue.envelopeTables))
        let base = walker.match(0, envelope.shape)
        members(&walker, base, kind)
        guard walker.issues.isEmpty else { throw Unreadable(issues: walker.issues) }
        walker.sink.entry.isCanonical = tape.isCanonical
        return walker.sink.entry
    }

    private func kind(_ text: UnsafeBufferPointer<UInt8>) -> Kind? {
        var key = 1
        for _ in 0..<tape.nodes[0].value {
            let value = Int(tape.nodes[key].next)
            if tape.string(key, in: text) == "kind", tape.nodes[value].kind == .string {
                return catalogue.kind(tape.string(value, in: text))
            }
            key = Int(tape.nodes[value].next)
        }
        return nil
    }

    private func members(
        _ walker: inout RecordWalker<ColumnSink>, _ base: Int, _ kind: Kind
    ) {
        for position in envelope.shape.canonicalOrder {
            let field = envelope.shape.fields[position]
            guard let node = walker.slot(base, position) else { continue }
            if field.name == "body" {
                walker.sink.place = .body
                walker.member(node, named: "body") { $0.object(node, kind.recordedBody) }
            } else {
                walker.sink.place = .envelope(field.name)
                walker.member(node, field)
            }
        }
    }
}

/// Turns what is walked through into the columns of the read model.
struct ColumnSink: RecordSink {
    enum Place {
        case envelope(String)
        case body
    }

    var entry: RecordedEntry
    var place = Place.body
    private var isInList = false
    private let envelopeTables: [ReadModelTable]

    init(kind: Kind, envelopeTables: [ReadModelTable]) {
        entry = RecordedEntry(kind: kind)
        self.envelopeTables = envelopeTables
        entry.row = Array(repeating: .null, count: kind.table.columns.count)
    }

    private mutating func set(_ value: ColumnValue, _ field: Field, _ further: Int = 0) {
        if isInList {
            entry.listRows[entry.listRows.count - 1].values[field.column + further] = value
            return
        }
        switch place {
        case .body: entry.row[field.column + further] = value
        case .envelope(let name):
            if let column = ColumnSink.envelopeColumns[name] { entry.row[column + further] = value }
        }
    }

    /// Positions in `KindCatalogue.envelopeColumns`.
    private static let envelopeColumns: [String: Int] = [
        "source": 0, "id": 1, "area": 2, "occurredOn": 3, "operator": 5, "department": 6,
        "occurredAt": 7, "corrects": 9, "at": 11,
    ]

    private func column(_ value: JSONString) -> ColumnValue {
        value.hasEscape
            ? .string(value.text)
            : .bytes(start: Int32(value.start), count: Int32(value.raw.count))
    }

    func beginObject() {}
    func member(_ field: Field, isFirst: Bool) {}
    func endObject() {}
    func beginList(_ item: Field, standsAlone: Bool) {}
    func endList(standsAlone: Bool) {}

    mutating func beginItem(_ item: Field, isFirst: Bool) {
        isInList = true
        let table =
            if case .body = place { entry.kind.listTables[item.listTable] } else {
                envelopeTables[item.listTable]
            }
        let position = isFirst ? 0 : (entry.listRows.last?.position ?? -1) + 1
        entry.listRows.append(
            ListRow(
                table: table, position: position,
                values: Array(repeating: .null, count: table.columns.count)))
    }

    mutating func endItem(_ item: Field) { isInList = false }

    mutating func integer(_ value: Int64, _ field: Field) {
        if case .envelope("seq") = place { entry.seq = value }
        set(.integer(value), field)
    }

    mutating func flag(_ value: Bool, _ field: Field) { set(.integer(value ? 1 : 0), field) }

    mutating func string(_ value: JSONString, _ field: Field) {
        if case .envelope(let name) = place, !isInList {
            switch name {
            case "source": entry.source = value.text
            case "id": entry.id = value.text
            case "prev": entry.prev = Hex.bytes(value.raw) ?? []
            default: break
            }
        }
        set(column(value), field)
    }

    mutating func date(_ value: JSONString, _ day: CivilDate, _ field: Field) {
        set(column(value), field)
        set(.integer(Int64(day.dayNumber)), field, 1)
    }

    mutating func time(_ value: JSONString, _ moment: Moment, _ field: Field) {
        if case .envelope("at") = place { entry.at = moment }
        set(column(value), field)
        set(.integer(moment.unixSeconds), field, 1)
    }

    mutating func reference(source: JSONString, id: JSONString, _ field: Field) {
        set(column(source), field)
        set(column(id), field, 1)
    }

    mutating func pseudonym(_ value: JSONString, _ field: Field) {
        entry.pseudonyms.append(Int32(value.start))
        set(.subject(start: Int32(value.start)), field)
    }

    // None of these occurs in the recorded form.
    func person(_ particulars: Particulars, _ field: Field) {}
    func account(_ number: String, _ field: Field) {}
    func sealedText(_ value: JSONString, path: String, _ field: Field) {}
}
