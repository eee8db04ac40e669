internal import AidRecords
internal import Findings

/// The columns of a table that name subjects or other records, as the kinds declare them.
struct TraceColumns {
    struct Subject {
        let column: String
        let kind: TraceSubject.Kind
        let isRequired: Bool

        /// Persons and what has a pseudonym stand in tables as numbers.
        var isNumber: Bool { ![.institution, .operator].contains(kind) }
    }

    let kind: Kind
    let table: ReadModelTable
    private(set) var subjects: [Subject] = []
    /// Pairs of columns, source and id.
    private(set) var references: [(source: String, id: String)] = []

    private init(_ kind: Kind, _ table: ReadModelTable) {
        self.kind = kind
        self.table = table
    }

    /// Of each kind its own table, then those of its lists; the operator of the envelope is left
    /// out, since every record has one.
    static func all(of catalogue: KindCatalogue) -> [TraceColumns] {
        catalogue.kinds.flatMap { kind in
            var own = TraceColumns(kind, kind.table)
            var lists = kind.listTables.map { TraceColumns(kind, $0) }
            own.add(kind.body.fields, isRequired: true, &lists)
            return [own] + lists
        }
    }

    func subjects(_ kind: TraceSubject.Kind) -> [Subject] { subjects.filter { $0.kind == kind } }

    private mutating func add(
        _ fields: [Field], isRequired: Bool, _ lists: inout [TraceColumns]
    ) {
        for field in fields {
            add(field, isRequired: isRequired && !field.isOptional, &lists)
        }
    }

    private mutating func add(_ field: Field, isRequired: Bool, _ lists: inout [TraceColumns]) {
        switch field.type {
        case .person: append(field, .person, isRequired)
        case .subject(let letter):
            if let kind = TraceSubject.Kind(letter) { append(field, kind, isRequired) }
        case .text:
            switch field.names {
            case .institution?: append(field, .institution, isRequired)
            case .operator?: append(field, .operator, isRequired)
            case nil: break
            }
        case .reference:
            references.append(
                (table.columns[field.column].name, table.columns[field.column + 1].name))
        case .object(let shape): add(shape.fields, isRequired: isRequired, &lists)
        case .list(let item, _, _):
            var none: [TraceColumns] = []
            lists[item.listTable].add(item, isRequired: true, &none)
        default: break
        }
    }

    private mutating func append(
        _ field: Field, _ kind: TraceSubject.Kind, _ isRequired: Bool
    ) {
        subjects.append(
            Subject(
                column: table.columns[field.column].name, kind: kind, isRequired: isRequired))
    }
}
