/// What the program itself needs of the two shapes that all kinds share: it writes, stores and
/// looks up some of their members by name.
extension KindReader {
    mutating func readEnvelope(_ files: [String: String]) throws -> ObjectShape {
        let file = "envelope.yaml"
        let envelope = try readShape(file, files)
        guard Set(envelope.fields.map(\.name)) == KindReader.envelopeMembers else {
            let names = KindReader.envelopeMembers.sorted().joined(separator: ", ")
            throw DeclarationError(
                file: file, line: nil, reason: "the members are these and no others: \(names)")
        }
        let needed =
            KindCatalogue.envelopeColumns.filter { !$0.name.hasPrefix("recordedAt") }
            + [.init(name: "kind", type: .text, mayBeNull: false)]
        guard columns.count == needed.count, needed.allSatisfy(isDeclared),
            !envelope.fields.contains(where: \.holdsSealedText)
        else {
            let columns = needed.map(\.name).sorted().joined(separator: ", ")
            throw DeclarationError(
                file: file, line: nil,
                reason:
                    "members must keep their types, since every table has these columns: \(columns)"
            )
        }
        return envelope
    }

    private static let envelopeMembers: Set = [
        "kind", "source", "id", "area", "occurredOn", "occurredAt", "operator", "department",
        "corrects", "attachments",
    ]

    private func isDeclared(_ needed: ReadModelTable.Column) -> Bool {
        columns.contains {
            $0.name == needed.name && $0.type == needed.type
                && (needed.mayBeNull || !$0.mayBeNull)
        }
    }

    /// Persons are told apart by their identity document, and their particulars are strings.
    mutating func readPerson(_ files: [String: String]) throws -> ObjectShape {
        let file = "person.yaml"
        let person = try readShape(file, files)
        for name in ["idType", "idNumber", "name"] {
            guard person.fields.contains(where: { $0.name == name && !$0.isOptional }) else {
                throw DeclarationError(
                    file: file, line: nil, reason: "`\(name)` must be there and not be optional")
            }
        }
        for field in person.fields {
            switch field.type {
            case .text, .code, .date, .area: break
            default:
                throw DeclarationError(
                    file: file, line: nil,
                    reason: "`\(field.name)`: particulars are texts, codes, dates and areas")
            }
        }
        return person
    }
}
