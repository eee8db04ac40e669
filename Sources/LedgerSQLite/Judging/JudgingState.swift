internal import GRDB
internal import PolicyRules

/// How far a ledger has been judged.
enum JudgingState: Hashable, Sendable {
    /// No verdict can be relied on.
    case nothing
    /// The verdicts are those of the first so many entries.
    case through(size: Int64)

    init(_ database: Database) throws {
        let row = try Row.fetchOne(
            database, sql: "SELECT size, engine FROM judgement WHERE ledger = 1")
        guard let row, row["engine"] as Int64 == Adjudicator.version else {
            self = .nothing
            return
        }
        self = .through(size: row["size"])
    }

    /// Whether all entries have been judged by this program.
    static func isPresent(_ database: Database) throws -> Bool {
        try JudgingState(database) == .through(size: headSize(database))
    }

    static func headSize(_ database: Database) throws -> Int64 {
        try Int64.fetchOne(database, sql: "SELECT size FROM head WHERE ledger = 1") ?? 0
    }

    /// From now on no verdict is to be relied on.
    static func forget(_ database: Database) throws {
        try database.execute(sql: "DELETE FROM judgement")
    }

    static func note(size: Int64, _ database: Database) throws {
        try database.execute(
            sql: "INSERT OR REPLACE INTO judgement (ledger, size, engine) VALUES (1, ?, ?)",
            arguments: [size, Adjudicator.version])
    }
}
