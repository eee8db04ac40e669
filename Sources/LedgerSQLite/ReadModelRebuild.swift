internal import AidRecords
internal import GRDB

/// Makes the read model anew from the entries.
enum ReadModelRebuild {
    static let rowsBetweenReports: Int64 = 5_000

    /// Within the transaction of `database`.
    static func run(
        _ database: Database, _ catalogue: KindCatalogue,
        _ progress: (_ done: Int64, _ total: Int64) -> Void
    ) throws -> Int64 {
        try dropReadModel(database)
        if try !database.tableExists("rulebook") {
            // A ledger from before rulebooks were kept.
            for item in LedgerSchema.rulebooks { try database.execute(sql: item.sql) }
        }
        let items = LedgerSchema.readModel(catalogue)
        for item in items { try database.execute(sql: item.sql) }
        let total = try Int64.fetchOne(database, sql: "SELECT count(*) FROM entry") ?? 0
        let writer = try ReadModelWriter(database, catalogue)
        let entries = try RawStatement(database, "SELECT seq, bytes FROM entry ORDER BY seq")
        while try entries.step() {
            try writer.add(entries.blob(1))
            let seq = entries.integer(0)
            if seq % rowsBetweenReports == 0 { progress(seq, total) }
        }
        progress(total, total)
        return total
    }

    /// Removes all that is not of the chain: views first, then tables with their indexes.
    private static func dropReadModel(_ database: Database) throws {
        let chain = Set(LedgerSchema.chain.map(\.name))
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT type, name FROM sqlite_schema
                WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND type IN ('view', 'table')
                ORDER BY type DESC
                """)
        for row in rows {
            let name: String = row["name"]
            guard !chain.contains(name) else { continue }
            let type: String = row["type"]
            try database.execute(
                sql: "DROP \(type.uppercased()) \"\(name.replacing("\"", with: "\"\""))\"")
        }
    }
}
