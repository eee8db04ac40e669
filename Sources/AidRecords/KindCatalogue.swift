internal import Yams

/// All kinds and codes: what stands in `ledger/kinds/`.
package final class KindCatalogue: Sendable {
    package let kinds: [Kind]
    package let codes: [String: CodeList]
    /// The members of a record around its body, `body` left out.
    package let envelope: ObjectShape
    /// The tables of the envelope's lists, which are those of all kinds: `envelope__attachments`.
    package let envelopeTables: [ReadModelTable]
    /// The particulars of a person.
    package let person: ObjectShape
    /// Tables of the read model, every one of them, in a fixed order.
    package let tables: [ReadModelTable]
    private let byName: [String: Kind]
    /// How entries are read, by `Kind.ordinal`.
    private let programs: [EntryProgram]
    /// The same, by the length of the kind's name: so they are found without hashing.
    private let programsByLength: [[EntryProgram]]

    /// - Parameter files: the YAML texts, by file name (`aid.paid.yaml`, `codes.yaml` …).
    /// - Throws: `DeclarationError` with file, line and reason.
    package init(files: [String: String]) throws {
        var reader = KindReader()
        self.codes = try reader.readCodes(files)
        self.envelope = try reader.readEnvelope(files)
        self.envelopeTables = reader.listTables
        self.person = try reader.readPerson(files)
        let shared: Set = ["codes.yaml", "envelope.yaml", "person.yaml"]
        var kinds: [Kind] = []
        for (file, text) in files.sorted(by: { $0.key < $1.key }) where !shared.contains(file) {
            kinds.append(try reader.readKind(file, text, ordinal: kinds.count))
        }
        self.kinds = kinds
        self.byName = Dictionary(uniqueKeysWithValues: kinds.map { ($0.name, $0) })
        let tables = envelopeTables + kinds.flatMap { [$0.table] + $0.listTables }
        self.tables = tables
        let programs = KindCatalogue.programs(kinds, tables, envelope)
        self.programs = programs
        let longest = kinds.map(\.name.utf8.count).max() ?? 0
        programsByLength = (0...longest).map { length in
            programs.filter { $0.name.count == length }
        }
        try checkTables()
    }

    private static func programs(
        _ kinds: [Kind], _ tables: [ReadModelTable], _ envelope: ObjectShape
    ) -> [EntryProgram] {
        var next = tables.count - kinds.reduce(0) { $0 + 1 + $1.listTables.count }
        return kinds.map { kind in
            defer { next += 1 + kind.listTables.count }
            return EntryProgram(kind, table: next, tables: tables, envelope: envelope)
        }
    }

    /// `a.b` and `a-b` would share a table, and a kind `live.x` that of a view.
    private func checkTables() throws {
        var names = Set(envelopeTables.map { $0.name.lowercased() })
        for kind in kinds {
            let own = ([kind.table] + kind.listTables).map(\.name) + ["live_\(kind.table.name)"]
            for name in own where !names.insert(name.lowercased()).inserted {
                throw DeclarationError(
                    file: "\(kind.name).yaml", line: nil,
                    reason: "another kind has a table or view `\(name)` already")
            }
        }
    }

    package func kind(_ name: String) -> Kind? { byName[name] }

    /// How entries of a kind are read.
    func program(_ kind: Kind) -> EntryProgram { programs[kind.ordinal] }

    /// How entries of the kind with this name are read.
    func program(_ name: UnsafeBufferPointer<UInt8>) -> EntryProgram? {
        guard name.count < programsByLength.count else { return nil }
        return programsByLength[name.count].first { $0.name.elementsEqual(name) }
    }

    /// The columns that stand before the body's in the table of every kind.
    package static let envelopeColumns: [ReadModelTable.Column] = [
        .init(name: "source", type: .text, mayBeNull: false),
        .init(name: "id", type: .text, mayBeNull: false),
        .init(name: "area", type: .text, mayBeNull: false),
        .init(name: "occurredOn", type: .text, mayBeNull: false),
        .init(name: "occurredOnDay", type: .integer, mayBeNull: false),
        .init(name: "operator", type: .text, mayBeNull: false),
        .init(name: "department", type: .text, mayBeNull: true),
        .init(name: "occurredAt", type: .text, mayBeNull: true),
        .init(name: "occurredAtSeconds", type: .integer, mayBeNull: true),
        .init(name: "corrects_source", type: .text, mayBeNull: true),
        .init(name: "corrects_id", type: .text, mayBeNull: true),
        .init(name: "recordedAt", type: .text, mayBeNull: false),
        .init(name: "recordedAtSeconds", type: .integer, mayBeNull: false),
    ]
}

/// A mistake in a file of `ledger/`.
package struct DeclarationError: Error, Hashable, Sendable, CustomStringConvertible {
    package let file: String
    /// From 1; nil where the file as a whole is meant.
    package let line: Int?
    /// From 1; nil where the line is.
    package let column: Int?
    package let reason: String

    package init(file: String, line: Int?, column: Int? = nil, reason: String) {
        self.file = file
        self.line = line
        self.column = column
        self.reason = reason
    }

    package var description: String {
        let place = [line, column].compactMap { $0 }.map { ":\($0)" }.joined()
        return "\(file)\(place): \(reason)"
    }
}
