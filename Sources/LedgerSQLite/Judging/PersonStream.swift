internal import AidRecords
internal import GRDB
internal import PolicyRules

/// The records of one kind, person after person.
///
/// It needs the table's index of persons; the rows of a person come in order of `seq`.
final class PersonStream {
    /// Person, seq, source, id, and whether any reversal names it.
    static let columnsBefore = 5

    private let statement: RawStatement
    /// Whose row it stands at; nil at the end.
    private(set) var person: Int64?

    init(_ database: Database, table: String, _ columns: [String]) throws {
        let list = columns.map { "\(table).\(SQLName.quoted($0))" }.joined(separator: ", ")
        statement = try RawStatement(
            database,
            """
            SELECT person, seq, source, id, \(Reversals.column(of: table)), \(list)
            FROM \(table) WHERE ledger = 1 AND person >= ? AND person < ? ORDER BY person, seq
            """)
    }

    func begin(_ persons: Range<Int64>) throws {
        statement.reset()
        statement.bind(1, persons.lowerBound)
        statement.bind(2, persons.upperBound)
        try advance()
    }

    /// Gives the rows of a person, and goes on to the next one's; those of persons before are
    /// passed over.
    func take(
        _ wanted: Int64, _ reversals: Reversals, _ body: (RawStatement) throws -> Void
    ) throws {
        while let person, person <= wanted {
            if person == wanted, try isLive(reversals) { try body(statement) }
            try advance()
        }
    }

    private func isLive(_ reversals: Reversals) throws -> Bool {
        guard statement.integer(4) != 0 else { return true }
        return try !reversals.isReversed(statement.key(2))
    }

    private func advance() throws {
        person = try statement.step() ? statement.integer(0) : nil
    }

    /// Lets go of the state of the database that it reads.
    func end() { statement.reset() }
}
