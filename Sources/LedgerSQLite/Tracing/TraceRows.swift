internal import AidRecords
internal import Findings
internal import GRDB
internal import PolicyRules

/// A line of a timeline while its subjects are still numbers.
struct TraceRow {
    var entry: TraceEntry
    var subjects: [TraceRows.Named] = []
    let kind: Kind

    var key: RecordKey { RecordKey(source: entry.source, id: entry.id) }

    func names(_ kind: TraceSubject.Kind) -> Bool {
        subjects.contains {
            switch $0 {
            case .numbered(let key): key.kind == kind
            case .code(let subject): subject.kind == kind
            }
        }
    }

    var persons: [Int64] {
        subjects.compactMap {
            if case .numbered(let key) = $0, key.kind == .person { key.number } else { nil }
        }
    }
}

/// Reads records as lines of a timeline.
final class TraceRows {
    /// A subject that a record names.
    enum Named: Hashable {
        case numbered(SubjectNumbers.Key)
        case code(TraceSubject)
    }

    private let database: Database
    private let reversals: Reversals
    private let catalogue: KindCatalogue
    /// Of each kind, by its ordinal: its own table first, then its lists that name subjects.
    private let own: [TraceColumns]
    private let lists: [[TraceColumns]]
    private let verdicts: RawStatement
    private var bySeq: [Int: RawStatement] = [:]
    private var ofLists: [String: RawStatement] = [:]

    init(_ database: Database, _ catalogue: KindCatalogue, _ columns: [TraceColumns]) throws {
        self.database = database
        self.catalogue = catalogue
        reversals = try Reversals(database)
        own = columns.filter { !$0.table.isList }
        lists = catalogue.kinds.map { kind in
            columns.filter {
                $0.kind.ordinal == kind.ordinal && $0.table.isList && !$0.subjects.isEmpty
            }
        }
        verdicts = try RawStatement(
            database,
            """
            SELECT verdict, actualFen, expectedFen, expectedMostFen FROM verdict
            WHERE ledger = 1 AND person = ? AND seq = ?
            """)
    }

    /// What a condition compares columns with.
    enum Value: Sendable {
        case number(Int64)
        case text(String)
    }

    /// The records of a kind for which a condition holds, with `?` for the values in turn.
    func rows(
        of kind: Kind, where condition: String, _ values: [Value]
    ) throws -> [TraceRow] {
        let statement = try RawStatement(
            database, "\(select(kind)) WHERE ledger = 1 AND (\(condition))")
        statement.bind(values, from: 1)
        var rows: [TraceRow] = []
        while try statement.step() { rows.append(try row(statement, kind)) }
        return rows
    }

    func row(of kind: Kind, seq: Int64) throws -> TraceRow? {
        let statement =
            try bySeq[kind.ordinal]
            ?? RawStatement(database, select(kind) + " WHERE ledger = 1 AND seq = ?")
        bySeq[kind.ordinal] = statement
        defer { statement.reset() }
        statement.bind(1, seq)
        return try statement.step() ? row(statement, kind) : nil
    }

    private func select(_ kind: Kind) -> String {
        let table = kind.table.name
        let subjects = own[kind.ordinal].subjects.map { ", " + SQLName.quoted($0.column) }.joined()
        let amount = kind.amountColumn.map(SQLName.quoted) ?? "NULL"
        return """
            SELECT seq, source, id, area, occurredOnDay, operator,
              \(Reversals.column(of: table)), \(amount)\(subjects)
            FROM \(table)
            """
    }

    private static let subjectsBegin = 8

    private func row(_ statement: RawStatement, _ kind: Kind) throws -> TraceRow {
        var entry = TraceEntry(
            seq: statement.integer(0), kind: kind.name, source: statement.text(1),
            id: statement.text(2), area: statement.text(3), day: statement.date(4),
            enteredBy: statement.text(5))
        entry.amountFen = statement.optionalInteger(7)
        let mayBeReversed = statement.integer(6) != 0
        var row = TraceRow(entry: entry, kind: kind)
        row.subjects = named(own[kind.ordinal], statement, TraceRows.subjectsBegin)
        for list in lists[kind.ordinal] { row.subjects += try named(list, seq: entry.seq) }
        row.entry.isReversed = try mayBeReversed && reversals.isReversed(row.key)
        return row
    }

    private func named(
        _ columns: TraceColumns, _ row: RawStatement, _ begin: Int
    ) -> [Named] {
        columns.subjects.enumerated().compactMap { index, subject in
            let column = begin + index
            if row.isNull(column) { return nil }
            guard subject.isNumber else {
                return .code(TraceSubject(subject.kind, row.text(column)))
            }
            return .numbered(.init(kind: subject.kind, number: row.integer(column)))
        }
    }

    private func named(_ list: TraceColumns, seq: Int64) throws -> [Named] {
        let name = list.table.name
        let columns = list.subjects.map { SQLName.quoted($0.column) }.joined(separator: ", ")
        let statement =
            try ofLists[name]
            ?? RawStatement(
                database,
                "SELECT \(columns) FROM \(name) WHERE ledger = 1 AND seq = ? ORDER BY position")
        ofLists[name] = statement
        defer { statement.reset() }
        statement.bind(1, seq)
        var found: [Named] = []
        while try statement.step() { found += named(list, statement, 0) }
        return found
    }

    /// What judging found of a record; nil where it is none that is judged.
    /// - Parameter person: the pseudonym that was kept.
    func verdict(of seq: Int64, person: Int64) throws -> TraceEntry.Verdict? {
        defer { verdicts.reset() }
        verdicts.bind(1, person)
        verdicts.bind(2, seq)
        guard try verdicts.step() else { return nil }
        return TraceEntry.Verdict(
            code: verdicts.text(0), actualFen: verdicts.integer(1),
            leastFen: verdicts.optionalInteger(2), mostFen: verdicts.optionalInteger(3))
    }
}

extension RawStatement {
    func bind(_ values: [TraceRows.Value], from first: Int32) {
        for (index, value) in values.enumerated() {
            switch value {
            case .number(let number): bind(first + Int32(index), number)
            case .text(let text): bind(first + Int32(index), text)
            }
        }
    }
}
