internal import AidRecords
internal import GRDB
internal import LedgerCore

/// Compares the read model with what the entries say, both in order of `seq`, row by row.
final class ReadModelAudit {
    private let database: Database
    private let subjects: SubjectIndex
    private var cursors: [String: TableCursor] = [:]
    /// Rows of `subject` that were met at the entry that names them first.
    private var subjectsMet: Int64 = 0
    private let report: (LedgerProblem) -> Void
    /// Whether an entry names a pseudonym.
    private let names: RawStatement
    /// Subjects whose rows were found right.
    private var checked = TwoGenerationCache<PseudonymKey, Bool>(generationSize: 100_000)

    init(
        _ database: Database, _ catalogue: KindCatalogue, _ tables: Set<String>,
        report: @escaping (LedgerProblem) -> Void
    ) throws {
        self.database = database
        self.report = report
        subjects = try SubjectIndex(database)
        names = try RawStatement(
            database,
            "SELECT instr(bytes, CAST(? AS BLOB)) FROM entry WHERE ledger = 1 AND seq = ?")
        for table in catalogue.tables where tables.contains(table.name) {
            cursors[table.name] = try TableCursor(database, table)
        }
    }

    func check(_ entry: RecordedEntry, _ bytes: UnsafeBufferPointer<UInt8>) throws {
        try checkSubjects(entry, bytes)
        try check(entry.row, in: entry.kind.table.name, entry.seq, nil, bytes)
        for row in entry.listRows {
            try check(row.values, in: row.table.name, entry.seq, row.position, bytes)
        }
    }

    /// Reports the rows that are left when all entries have been seen.
    func finish() throws {
        for cursor in cursors.values.sorted(by: { $0.name < $1.name }) {
            try cursor.skip(before: (.max, .max), reportExtra)
        }
        let rows = try Int64.fetchOne(database, sql: "SELECT count(*) FROM subject") ?? 0
        if rows != subjectsMet {
            try reportStraySubjects()
            report(
                .init(
                    .readModel,
                    "read-model table subject has \(rows) rows, the entries name \(subjectsMet) subjects"
                ))
        }
    }

    /// A subject's number is the first entry that names it: each row must be met there.
    private func checkSubjects(
        _ entry: RecordedEntry, _ bytes: UnsafeBufferPointer<UInt8>
    ) throws {
        var seen: Set<PseudonymKey> = []
        for start in entry.pseudonyms {
            let pseudonym = ReadModelWriter.pseudonym(at: start, in: bytes)
            let key = PseudonymKey(pseudonym)
            guard seen.insert(key).inserted, checked[key] == nil else { continue }
            guard let number = try subjects.number(pseudonym) else {
                reportSubject(pseudonym, "missing", entry.seq)
                continue
            }
            if number == entry.seq {
                subjectsMet += 1
            } else if try number > entry.seq || !isNamed(pseudonym, by: number) {
                reportSubject(pseudonym, "differs", entry.seq)
            }
            checked[key] = true
        }
    }

    private func isNamed(_ pseudonym: UnsafeBufferPointer<UInt8>, by seq: Int64) throws -> Bool {
        defer { names.reset() }
        names.bindText(1, pseudonym)
        names.bind(2, seq)
        return try names.step() && names.integer(0) > 0
    }

    private func reportSubject(
        _ pseudonym: UnsafeBufferPointer<UInt8>, _ finding: String, _ seq: Int64
    ) {
        let text = String(decoding: pseudonym, as: UTF8.self)
        report(.init(.readModel, seq: seq, "read-model row of subject \(text) \(finding)"))
    }

    /// Names the rows of `subject` that are not where their pseudonym is named.
    private func reportStraySubjects() throws {
        let strays = try String.fetchAll(
            database,
            sql: """
                SELECT pseudonym FROM subject WHERE ledger <> 1 OR NOT EXISTS (
                  SELECT 1 FROM entry
                  WHERE entry.ledger = 1 AND entry.seq = subject.seq
                    AND instr(entry.bytes, CAST(subject.pseudonym AS BLOB)) > 0)
                LIMIT 20
                """)
        for pseudonym in strays {
            report(.init(.readModel, "read-model row of subject \(pseudonym) that no entry gives"))
        }
    }

    private func check(
        _ values: [ColumnValue], in table: String, _ seq: Int64, _ position: Int?,
        _ bytes: UnsafeBufferPointer<UInt8>
    ) throws {
        guard let cursor = cursors[table] else { return }
        let key = (seq, Int64(position ?? 0))
        try cursor.skip(before: key, reportExtra)
        guard let found = cursor.key, found == key else {
            return report(.init(.readModel, seq: seq, "read-model row of \(table) missing"))
        }
        if !cursor.isOfThisLedger {
            report(.init(.readModel, seq: seq, "read-model row of \(table) differs in ledger"))
        }
        for (index, value) in values.enumerated()
        where try !cursor.holds(value, at: index, bytes, subjects) {
            let column = cursor.columnName(index)
            report(.init(.readModel, seq: seq, "read-model row of \(table) differs in \(column)"))
        }
        try cursor.advance()
    }

    private func reportExtra(_ table: String, _ seq: Int64) {
        report(.init(.readModel, seq: seq, "read-model row of \(table) that no entry gives"))
    }
}

/// The rows of one table of the read model, in order of their key.
private final class TableCursor {
    let name: String
    private let table: ReadModelTable
    private let statement: RawStatement
    /// `seq` and position of the present row; nil after the last.
    private(set) var key: (Int64, Int64)?
    private let firstColumn: Int

    init(_ database: Database, _ table: ReadModelTable) throws {
        self.table = table
        name = table.name
        let keys = table.isList ? ["seq", "position"] : ["seq"]
        firstColumn = keys.count
        let columns = (keys + table.columns.map(\.name) + ["ledger"]).map(SQLName.quoted)
        let order = keys.joined(separator: ", ")
        statement = try RawStatement(
            database,
            "SELECT \(columns.joined(separator: ", ")) FROM \(table.name) ORDER BY \(order)")
        try advance()
    }

    /// The column that tells ledgers apart must be 1 in every row.
    var isOfThisLedger: Bool { statement.integer(firstColumn + table.columns.count) == 1 }

    func columnName(_ index: Int) -> String { table.columns[index].name }

    func advance() throws {
        guard try statement.step() else {
            key = nil
            return
        }
        key = (statement.integer(0), table.isList ? statement.integer(1) : 0)
    }

    /// Goes on to the first row that is not before `wanted`, telling of those in between.
    func skip(
        before wanted: (Int64, Int64), _ report: (_ table: String, _ seq: Int64) -> Void
    ) throws {
        while let found = key, found < wanted {
            report(name, found.0)
            try advance()
        }
    }

    func holds(
        _ value: ColumnValue, at index: Int, _ bytes: UnsafeBufferPointer<UInt8>,
        _ subjects: SubjectIndex
    ) throws -> Bool {
        let column = firstColumn + index
        if case .null = value { return statement.isNull(column) }
        guard !statement.isNull(column) else { return false }
        switch value {
        case .null: return true
        case .integer(let number): return statement.integer(column) == number
        case .string(let text): return statement.text(column) == text
        case .bytes(let start, let count):
            return statement.blob(column).elementsEqual(bytes[Int(start)..<Int(start + count)])
        case .subject(let start):
            let pseudonym = ReadModelWriter.pseudonym(at: start, in: bytes)
            return try subjects.number(pseudonym) == statement.integer(column)
        }
    }
}
