internal import AidRecords
internal import Findings
internal import GRDB

/// Everything that a trace looks for in all tables, from one reading of each: which entries name a
/// subject, which speak of which, and who shares what with whom. No index says so.
struct TableScan {
    /// What is looked for; the rest stays empty.
    struct Wanted: OptionSet, Sendable {
        let rawValue: Int

        static let references = Wanted(rawValue: 1)
        static let shared = Wanted(rawValue: 2)
    }

    /// A subject that records may name, by any of these values.
    struct Named: Sendable {
        let kind: TraceSubject.Kind
        let values: [TraceRows.Value]
    }

    private(set) var references: ReferenceScan
    private(set) var shared: SharedEdges
    /// The entries that name the subject.
    private(set) var naming: Set<ReferenceScan.Found> = []

    /// Of no rows yet.
    /// - Parameter textHash: the same for scans whose parts are put together.
    init(persons: MergedPersons, _ textHash: TextHash) {
        references = ReferenceScan(textHash)
        shared = SharedEdges(persons: persons, textHash)
    }

    mutating func append(_ other: TableScan) {
        references.append(other.references)
        shared.append(other.shared)
        naming.formUnion(other.naming)
    }

    /// Adds what the entries of a range say.
    mutating func read(_ statements: [TableStatement], _ range: Range<Int64>) throws {
        for statement in statements {
            try statement.forEachRow(of: range) { row in
                for link in statement.links { shared.take(link, from: row) }
                for pair in statement.references {
                    references.take(statement.kind, from: row, source: pair.source, id: pair.id)
                }
                if let names = statement.names, row.integer(names) != 0 {
                    naming.insert(.init(seq: row.integer(0), kind: Int(statement.kind)))
                }
            }
        }
    }
}

/// The question that a scan puts to one table.
struct TableStatement {
    private let statement: RawStatement
    /// The position of the table's kind in the catalogue.
    let kind: Int32
    /// Where in a row they stand: those that persons share, source and id of what is spoken of, and
    /// whether the row names the subject.
    let links: [SharedEdges.Column]
    let references: [(source: Int, id: Int)]
    let names: Int?

    /// - Returns: nil where the table has nothing of what is wanted.
    init?(
        _ database: Database, _ columns: TraceColumns, number: Int, _ wanted: TableScan.Wanted,
        _ subject: TableScan.Named?
    ) throws {
        let pairs = wanted.contains(.references) ? columns.references : []
        let links = wanted.contains(.shared) ? SharedEdges.links(of: columns) : []
        let condition = subject.flatMap { columns.condition(naming: $0.kind, $0.values.count) }
        guard !pairs.isEmpty || !links.isEmpty || condition != nil else { return nil }
        var list = ["seq", columns.table.isList ? "0" : "occurredOnDay"]
        func place(_ column: String) -> Int {
            let name = SQLName.quoted(column)
            if let known = list.firstIndex(of: name) { return known }
            list.append(name)
            return list.count - 1
        }
        self.links = links.enumerated().map { position, link in
            SharedEdges.Column(
                link.shared, person: place(link.person), shared: place(link.shared.column),
                table: number, link: position)
        }
        references = pairs.map { (place($0.source), place($0.id)) }
        names = condition == nil ? nil : list.count
        condition.map { list.append("(\($0))") }
        // Where persons share something nearly all rows are wanted; else those are picked that are.
        var picked = pairs.map { "\(SQLName.quoted($0.id)) IS NOT NULL" }
        condition.map { picked.append("(\($0))") }
        let isPicked = links.isEmpty ? " AND (\(picked.joined(separator: " OR ")))" : ""
        statement = try RawStatement(
            database,
            """
            SELECT \(list.joined(separator: ", ")) FROM \(columns.table.name)
            WHERE ledger = 1 AND seq >= ?1 AND seq < ?2\(isPicked)
            """)
        kind = Int32(columns.kind.ordinal)
        if condition != nil, let subject {
            statement.bind(subject.values, from: TraceColumns.firstValue)
        }
    }

    func forEachRow(of range: Range<Int64>, _ body: (RawStatement) -> Void) throws {
        defer { statement.reset() }
        statement.bind(1, range.lowerBound)
        statement.bind(2, range.upperBound)
        while try statement.step() { body(statement) }
    }
}

extension TraceColumns {
    /// The number of the first parameter after the range.
    fileprivate static let firstValue: Int32 = 3

    /// The condition that a row names a subject by one of so many values; nil where the table has
    /// no such column.
    fileprivate func condition(naming kind: TraceSubject.Kind, _ count: Int) -> String? {
        var names = subjects(kind).map { SQLName.quoted($0.column) }
        if kind == .operator, !table.isList { names.append("operator") }
        guard !names.isEmpty else { return nil }
        let marks = (0..<count).map { "?\($0 + Int(TraceColumns.firstValue))" }
        return names.map { "\($0) IN (\(marks.joined(separator: ", ")))" }.joined(
            separator: " OR ")
    }
}
