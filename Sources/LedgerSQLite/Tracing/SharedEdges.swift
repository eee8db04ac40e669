internal import AidRecords
internal import Findings
internal import GRDB

/// Who shares what with whom, read once from the tables that name a person beside it.
struct SharedEdges {
    /// What persons share, as the tables hold it.
    struct Shared: Hashable {
        let kind: TraceSubject.Kind
        /// The subject's number; of an institution or operator, the position in `codes`.
        let number: Int64
        /// Of an institution, the day; else 0.
        let day: Int64
    }

    private(set) var edges: [LinkSearch.Edge] = []
    private(set) var shared: [Shared] = []
    private(set) var codes: [String] = []
    private var numberOf: [Shared: Int32] = [:]
    private var codeNumbers: [String: Int64] = [:]
    private let persons: MergedPersons

    init(_ database: Database, _ columns: [TraceColumns], persons: MergedPersons) throws {
        self.persons = persons
        for table in columns where !table.table.isList {
            let shared = SharedEdges.links(of: table)
            for person in table.subjects(.person) where !shared.isEmpty {
                try read(database, table.table.name, person.column, shared)
            }
        }
    }

    /// The columns of what persons share. An institution is shared by those who received something
    /// there: where the record names both of necessity, and an amount.
    private static func links(of columns: TraceColumns) -> [TraceColumns.Subject] {
        columns.subjects.filter { subject in
            switch subject.kind {
            case .person, .visitDay: false
            case .institution: subject.isRequired && columns.kind.amountColumn != nil
            case .account, .household, .phone, .address, .operator: true
            }
        }
    }

    private mutating func read(
        _ database: Database, _ table: String, _ person: String, _ links: [TraceColumns.Subject]
    ) throws {
        let list = ([person] + links.map(\.column)).map(SQLName.quoted).joined(separator: ", ")
        // All rows are read, in their own order: + keeps SQLite from going by the index of persons.
        let statement = try RawStatement(
            database, "SELECT seq, occurredOnDay, \(list) FROM \(table) WHERE +ledger = 1")
        while try statement.step() {
            if statement.isNull(2) { continue }
            let (seq, day) = (statement.integer(0), statement.integer(1))
            let person = persons.root(of: statement.integer(2))
            for (index, link) in links.enumerated() where !statement.isNull(index + 3) {
                let value = value(of: link, statement, index + 3, day)
                edges.append(LinkSearch.Edge(person: person, shared: number(value), seq: seq))
            }
        }
    }

    private mutating func value(
        of link: TraceColumns.Subject, _ row: RawStatement, _ column: Int, _ day: Int64
    ) -> Shared {
        if link.isNumber { return Shared(kind: link.kind, number: row.integer(column), day: 0) }
        let isVisit = link.kind == .institution
        return Shared(
            kind: isVisit ? .visitDay : link.kind, number: code(row.text(column)),
            day: isVisit ? day : 0)
    }

    private mutating func number(_ value: Shared) -> Int32 {
        if let known = numberOf[value] { return known }
        let number = Int32(shared.count)
        numberOf[value] = number
        shared.append(value)
        return number
    }

    private mutating func code(_ text: String) -> Int64 {
        if let known = codeNumbers[text] { return known }
        let number = Int64(codes.count)
        codeNumbers[text] = number
        codes.append(text)
        return number
    }
}
