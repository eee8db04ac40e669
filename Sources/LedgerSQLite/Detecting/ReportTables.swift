package import AidRecords
internal import GRDB
internal import LedgerCore

extension LedgerSnapshot {
    /// Gives queries the tables that detectors have beside the read model: clauses in force,
    /// working days, institutions, areas (`ledger/detectors/README.md`).
    /// - Parameter policies: where rulebooks are looked for that are adopted and not kept yet.
    package func addReferenceTables(
        _ catalogue: KindCatalogue, policies: PolicyFolder, calendar: WorkCalendar
    ) throws {
        let data = try ReferenceData(
            database, catalogue, policies: policies, calendar: calendar)
        for table in ReferenceTable.all {
            for statement in table.sql(integer: "INTEGER", isTemporary: true) {
                try database.execute(sql: statement)
            }
            let insertion = try database.makeStatement(sql: table.insertion)
            for row in data.rows[table.name] ?? [] {
                try insertion.execute(
                    arguments: StatementArguments(row.map(LedgerSnapshot.databaseValue)))
            }
        }
    }
}
