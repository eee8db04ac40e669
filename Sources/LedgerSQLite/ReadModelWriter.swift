internal import AidRecords
internal import GRDB

/// Writes what entries say into the tables of the read model.
final class ReadModelWriter {
    let subjects: SubjectIndex
    private let database: Database
    private var reader: EntryReader
    private var inserts: [String: RawStatement] = [:]

    init(_ database: Database, _ catalogue: KindCatalogue) throws {
        self.database = database
        self.subjects = try SubjectIndex(database)
        self.reader = EntryReader(catalogue: catalogue)
    }

    /// Adds the rows of one entry. It must be called with entries in order of `seq`.
    func add(_ bytes: UnsafeBufferPointer<UInt8>) throws {
        let entry = try reader.read(bytes)
        try insert(entry.row, of: entry.kind.table, entry, position: nil, bytes)
        for row in entry.listRows {
            try insert(
                row.values, of: row.table, entry, position: row.position, bytes)
        }
    }

    private func insert(
        _ values: [ColumnValue], of table: ReadModelTable, _ entry: RecordedEntry, position: Int?,
        _ bytes: UnsafeBufferPointer<UInt8>
    ) throws {
        let statement = try insert(into: table)
        statement.bind(1, entry.seq)
        var index: Int32 = 2
        if let position {
            statement.bind(index, Int64(position))
            index += 1
        }
        for value in values {
            try bind(value, to: statement, at: index, entry.seq, bytes)
            index += 1
        }
        try statement.run()
    }

    private func bind(
        _ value: ColumnValue, to statement: RawStatement, at index: Int32, _ seq: Int64,
        _ bytes: UnsafeBufferPointer<UInt8>
    ) throws {
        switch value {
        case .null: statement.bindNull(index)
        case .integer(let number): statement.bind(index, number)
        case .string(let text): statement.bind(index, text)
        case .bytes(let start, let count):
            let range = Int(start)..<Int(start + count)
            statement.bindText(index, UnsafeBufferPointer(rebasing: bytes[range]))
        case .subject(let start):
            let pseudonym = ReadModelWriter.pseudonym(at: start, in: bytes)
            statement.bind(index, try subjects.number(pseudonym, namedBy: seq))
        }
    }

    static func pseudonym(
        at start: Int32, in bytes: UnsafeBufferPointer<UInt8>
    ) -> UnsafeBufferPointer<UInt8> {
        let range = Int(start)..<(Int(start) + SubjectClass.pseudonymLength)
        return UnsafeBufferPointer(rebasing: bytes[range])
    }

    private func insert(into table: ReadModelTable) throws -> RawStatement {
        if let statement = inserts[table.name] { return statement }
        let columns = ["seq"] + (table.isList ? ["position"] : []) + table.columns.map(\.name)
        let names = columns.map(SQLName.quoted).joined(separator: ", ")
        let places = columns.map { _ in "?" }.joined(separator: ", ")
        let statement = try RawStatement(
            database, "INSERT INTO \(table.name) (ledger, \(names)) VALUES (1, \(places))")
        inserts[table.name] = statement
        return statement
    }
}
