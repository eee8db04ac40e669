internal import AidRecords
internal import GRDB
internal import PolicyRules

/// Records of one kind that no reversal has taken back, for kinds of which there are few.
struct LiveRows {
    private let database: Database
    private let reversals: Reversals

    init(_ database: Database) throws {
        self.database = database
        reversals = try Reversals(database)
    }

    /// A row: the record's number and key, then the columns that were asked for.
    struct Row {
        let seq: Int64
        let key: RecordKey
        private let statement: RawStatement

        fileprivate init(_ statement: RawStatement) {
            self.statement = statement
            seq = statement.integer(0)
            key = RecordKey(source: statement.text(1), id: statement.text(2))
        }

        private static let columnsBefore = 4

        func text(_ column: Int) -> String { statement.text(column + Row.columnsBefore) }
        func integer(_ column: Int) -> Int64 { statement.integer(column + Row.columnsBefore) }
        func optionalText(_ column: Int) -> String? {
            statement.optionalText(column + Row.columnsBefore)
        }
        func optionalInteger(_ column: Int) -> Int64? {
            statement.optionalInteger(column + Row.columnsBefore)
        }
        func date(_ column: Int) -> CivilDate { statement.date(column + Row.columnsBefore) }
        func optionalDate(_ column: Int) -> CivilDate? {
            statement.optionalDate(column + Row.columnsBefore)
        }
    }

    /// In order of `seq`.
    func forEach(
        of table: String, _ columns: [String], _ body: (Row) throws -> Void
    ) throws {
        let list = columns.map(SQLName.quoted).joined(separator: ", ")
        let statement = try RawStatement(
            database,
            """
            SELECT seq, source, id, \(Reversals.column(of: table)), \(list)
            FROM \(table) WHERE ledger = 1 ORDER BY seq
            """)
        while try statement.step() {
            let row = Row(statement)
            if statement.integer(3) != 0, try reversals.isReversed(row.key) { continue }
            try body(row)
        }
    }

    /// The items of a list within the record.
    func items<Item>(
        of table: String, _ columns: [String], seq: Int64, _ body: (RawStatement) throws -> Item
    ) throws -> [Item] {
        let list = columns.map(SQLName.quoted).joined(separator: ", ")
        let statement = try RawStatement(
            database,
            "SELECT \(list) FROM \(table) WHERE ledger = 1 AND seq = ? ORDER BY position")
        statement.bind(1, seq)
        var items: [Item] = []
        while try statement.step() { items.append(try body(statement)) }
        return items
    }
}

extension RawStatement {
    func optionalText(_ column: Int) -> String? { isNull(column) ? nil : text(column) }
    func optionalInteger(_ column: Int) -> Int64? { isNull(column) ? nil : integer(column) }
    /// From a column of days since 1970-01-01.
    func date(_ column: Int) -> CivilDate { CivilDate(dayNumber: Int(integer(column))) }
    func optionalDate(_ column: Int) -> CivilDate? { isNull(column) ? nil : date(column) }
    /// From two columns that may both be empty.
    func optionalKey(_ column: Int) -> RecordKey? { isNull(column) ? nil : key(column) }
    func key(_ column: Int) -> RecordKey {
        RecordKey(source: text(column), id: text(column + 1))
    }
}
