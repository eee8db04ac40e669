internal import AidRecords
internal import GRDB

/// The rows of one table of the read model, in order of their key, for one segment of the ledger
/// after the other.
final class TableCursor {
    let table: ReadModelTable
    private let statement: RawStatement
    /// `seq` and position of the present row; nil after the last.
    private(set) var key: (seq: Int64, position: Int64)?
    private let firstColumn: Int

    init(_ database: Database, _ table: ReadModelTable) throws {
        self.table = table
        let keys = table.isList ? ["seq", "position"] : ["seq"]
        firstColumn = keys.count
        let columns = (keys + table.columns.map(\.name) + ["ledger"]).map(SQLName.quoted)
        statement = try RawStatement(
            database,
            """
            SELECT \(columns.joined(separator: ", ")) FROM \(table.name)
            WHERE \(table.isList ? "ledger = 1 AND " : "")seq >= ? AND seq < ?
            ORDER BY \(keys.joined(separator: ", "))
            """)
    }

    /// Goes to the first row of a segment.
    func begin(_ segment: Range<Int64>) throws {
        statement.reset()
        statement.bind(1, segment.lowerBound)
        statement.bind(2, segment.upperBound)
        try advance()
    }

    func end() { statement.reset() }

    /// The column that tells ledgers apart must be 1 in every row.
    var isOfThisLedger: Bool { statement.integer(firstColumn + table.columns.count) == 1 }

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
            report(table.name, found.seq)
            try advance()
        }
    }

    /// Whether a column of the present row holds this value.
    func holds(
        _ value: ColumnValue, at index: Int, of entry: borrowing RecordedEntry,
        _ bytes: UnsafeBufferPointer<UInt8>, subject: (Int32) -> Int64?
    ) -> Bool {
        let column = firstColumn + index
        switch value {
        case .null: return statement.isNull(column)
        case .integer(let number): return statement.holds(number, column)
        case .bytes(let start, let count):
            let range = Int(start)..<Int(start + count)
            return statement.holds(UnsafeBufferPointer(rebasing: bytes[range]), column)
        case .unescaped:
            return entry.withText(value, bytes) { statement.holds($0, column) } ?? false
        case .subject(let start):
            guard let number = subject(start) else { return false }
            return statement.holds(number, column)
        }
    }
}
