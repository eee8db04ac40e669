internal import AidRecords
internal import GRDB
internal import LedgerCore

/// Writes verdicts into their table.
final class VerdictStore {
    private let insertion: RawStatement
    private let deletion: RawStatement

    /// - Parameter schema: `temp` where the verdicts are for this connection only.
    init(_ database: Database, schema: String = "main") throws {
        let columns = VerdictTable.columns.map(\.name)
        let places = (VerdictTable.key + columns).map { _ in "?" }.joined(separator: ", ")
        insertion = try RawStatement(
            database,
            """
            INSERT INTO \(schema).verdict (\((VerdictTable.key + columns).joined(separator: ", ")))
            VALUES (\(places))
            """)
        deletion = try RawStatement(
            database, "DELETE FROM \(schema).verdict WHERE ledger = 1 AND person = ?")
    }

    func insert(_ row: VerdictRow) throws {
        insertion.bind(1, 1)
        insertion.bind(2, row.person)
        insertion.bind(3, row.seq)
        for (index, value) in row.values.enumerated() {
            let place = Int32(index + 4)
            switch value {
            case .null: insertion.bindNull(place)
            case .integer(let number): insertion.bind(place, number)
            case .text(let text): insertion.bind(place, text)
            }
        }
        try insertion.run()
    }

    func delete(person: Int64) throws {
        deletion.bind(1, person)
        try deletion.run()
    }

    /// The stored rows of these persons, in the order of the table's key.
    static func select(_ database: Database) throws -> RawStatement {
        let columns = VerdictTable.columns.map(\.name).joined(separator: ", ")
        return try RawStatement(
            database,
            """
            SELECT person, seq, \(columns) FROM verdict
            WHERE ledger = 1 AND person >= ? AND person < ? ORDER BY person, seq
            """)
    }
}
