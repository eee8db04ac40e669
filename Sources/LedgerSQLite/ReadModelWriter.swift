internal import AidRecords
internal import GRDB

/// Writes what entries say into the tables of the read model.
final class ReadModelWriter {
    let subjects: SubjectIndex
    private let database: Database
    let catalogue: KindCatalogue
    private var reader: EntryReader
    /// By position in `KindCatalogue.tables`.
    private var inserts: [RawStatement?]

    init(_ database: Database, _ catalogue: KindCatalogue) throws {
        self.database = database
        self.catalogue = catalogue
        subjects = try SubjectIndex(database)
        reader = EntryReader(catalogue: catalogue)
        inserts = Array(repeating: nil, count: catalogue.tables.count)
    }

    /// Adds the rows of one entry. It must be called with entries in order of `seq`.
    func add(_ bytes: UnsafeBufferPointer<UInt8>) throws {
        try reader.read(bytes)
        try insert(reader.entry, bytes)
    }

    /// Adds the rows of an entry that has been read.
    func insert(
        _ entry: borrowing RecordedEntry, _ bytes: UnsafeBufferPointer<UInt8>
    ) throws {
        for row in entry.rows { try insert(row, of: entry, bytes) }
    }

    private func insert(
        _ row: RecordedEntry.Row, of entry: borrowing RecordedEntry,
        _ bytes: UnsafeBufferPointer<UInt8>
    ) throws {
        let statement = try insert(into: row.table)
        statement.bind(1, entry.seq)
        var index: Int32 = 2
        if catalogue.tables[row.table].isList {
            statement.bind(index, Int64(row.position))
            index += 1
        }
        let values = entry.values
        for column in row.columns {
            try bind(values[column], of: entry, to: statement, at: index, bytes)
            index += 1
        }
        try statement.run()
    }

    private func bind(
        _ value: ColumnValue, of entry: borrowing RecordedEntry, to statement: RawStatement,
        at index: Int32,
        _ bytes: UnsafeBufferPointer<UInt8>
    ) throws {
        switch value {
        case .null: statement.bindNull(index)
        case .integer(let number): statement.bind(index, number)
        case .unescaped:
            _ = entry.withText(value, bytes) { statement.bind(index, textCopied: $0) }
        case .bytes(let start, let count):
            let range = Int(start)..<Int(start + count)
            statement.bindText(index, UnsafeBufferPointer(rebasing: bytes[range]))
        case .subject(let start):
            let pseudonym = ReadModelWriter.pseudonym(at: start, in: bytes)
            statement.bind(index, try subjects.number(pseudonym, namedBy: entry.seq))
        }
    }

    static func pseudonym(
        at start: Int32, in bytes: UnsafeBufferPointer<UInt8>
    ) -> UnsafeBufferPointer<UInt8> {
        let range = Int(start)..<(Int(start) + SubjectClass.pseudonymLength)
        return UnsafeBufferPointer(rebasing: bytes[range])
    }

    private func insert(into table: Int) throws -> RawStatement {
        if let statement = inserts[table] { return statement }
        let declared = catalogue.tables[table]
        let columns =
            ["seq"] + (declared.isList ? ["position"] : []) + declared.columns.map(\.name)
        let names = columns.map(SQLName.quoted).joined(separator: ", ")
        let places = columns.map { _ in "?" }.joined(separator: ", ")
        let statement = try RawStatement(
            database, "INSERT INTO \(declared.name) (ledger, \(names)) VALUES (1, \(places))")
        inserts[table] = statement
        return statement
    }
}
