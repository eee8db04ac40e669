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
    private let byName: [String: Kind]

    /// - Parameter files: the YAML texts, by file name (`aid.paid.yaml`, `codes.yaml` …).
    /// - Throws: `DeclarationError` with file, line and reason.
    package init(files: [String: String]) throws {
        var reader = KindReader()
        self.codes = try reader.readCodes(files)
        self.envelope = try reader.readShape("envelope.yaml", files)
        self.envelopeTables = reader.listTables
        self.person = try reader.readShape("person.yaml", files)
        let shared: Set = ["codes.yaml", "envelope.yaml", "person.yaml"]
        var kinds: [Kind] = []
        for (file, text) in files.sorted(by: { $0.key < $1.key }) where !shared.contains(file) {
            kinds.append(try reader.readKind(file, text))
        }
        self.kinds = kinds
        self.byName = Dictionary(uniqueKeysWithValues: kinds.map { ($0.name, $0) })
    }

    package func kind(_ name: String) -> Kind? { byName[name] }

    /// Tables of the read model, every one of them, in a fixed order.
    package var tables: [ReadModelTable] {
        envelopeTables + kinds.flatMap { [$0.table] + $0.listTables }
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
    package let reason: String

    package init(file: String, line: Int?, reason: String) {
        self.file = file
        self.line = line
        self.reason = reason
    }

    package var description: String {
        "\(file)\(line.map { ":\($0)" } ?? ""): \(reason)"
    }
}
