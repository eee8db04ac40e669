internal import AidRecords
internal import GRDB
internal import PolicyRules

/// Verdicts for one connection only, where those of the ledger are stale and cannot be written, or
/// where a state is looked at that is not the ledger's.
enum TemporaryVerdicts {
    /// Gives the connection a table `verdict` of its own, which queries then see in place of the
    /// ledger's.
    /// - Parameter policies: where rulebooks are looked for that are adopted and not kept yet.
    static func make(
        _ database: Database, _ catalogue: KindCatalogue, policies: PolicyFolder?
    ) throws {
        let sql = VerdictTable.sql(integer: "INTEGER", ending: " WITHOUT ROWID, STRICT")
        try database.execute(sql: sql.replacing("CREATE TABLE", with: "CREATE TEMP TABLE"))
        try fill(database, catalogue, schema: "temp", policies: policies)
    }

    /// Judges all that is in the database into the table `verdict` of a schema.
    static func fill(
        _ database: Database, _ catalogue: KindCatalogue, schema: String, policies: PolicyFolder?
    ) throws {
        let store = try VerdictStore(database, schema: schema)
        let adjudicator = Adjudicator(
            try RulingReader(database).ruling(rulebooks(database, catalogue, policies: policies)))
        let reader = try HistoryReader(database, CaseRecords(database))
        for share in try JudgingShare.all(database).shares {
            guard case .range(let persons) = share else { continue }
            try reader.forEach(in: persons) { person in
                for row in adjudicator.rows(of: person) { try store.insert(row) }
            }
        }
        reader.end()
    }

    /// Those kept, and those that would be kept were the ledger written to, by SHA-256.
    static func rulebooks(
        _ database: Database, _ catalogue: KindCatalogue, policies: PolicyFolder?
    ) throws -> [String: Rulebook] {
        var rulebooks = try KeptRulebooks(database).rulebooks(catalogue)
        let missing = try KeptRulebooks.missing(
            of: RulingReader(database).adoptions(), kept: Set(rulebooks.keys), in: policies,
            catalogue)
        for file in missing { rulebooks[file.sha256] = try file.rulebook(catalogue) }
        return rulebooks
    }
}
