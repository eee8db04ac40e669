internal import AidRecords
internal import GRDB
internal import LedgerCore

/// Compares tables, indexes, views and triggers of the databases with what they should be.
struct SchemaCheck {
    let catalogue: KindCatalogue
    let findings: Findings

    /// - Returns: the tables of the read model that are as the kinds declare them.
    func ledger(_ database: Database) throws -> Set<String> {
        var found = try LedgerSchema.statements(database)
        findings.update { $0.guards = LedgerSchema.chain.count }
        for item in LedgerSchema.chain {
            switch found.removeValue(forKey: item.name) {
            case nil: findings.note(.guards, "guard gone: \(item.name)")
            case item.sql: break
            default: findings.note(.guards, "guard altered: \(item.name)")
            }
        }
        var sound: Set<String> = []
        for item in LedgerSchema.readModel(catalogue) {
            if found.removeValue(forKey: item.name) == item.sql {
                sound.insert(item.name)
            } else {
                findings.note(
                    .readModel, "\(item.name) is missing or not as the kinds declare it")
            }
        }
        for name in found.keys.sorted() {
            findings.note(.guards, "\(name) does not belong in a ledger")
        }
        let tables = Set(catalogue.tables.map(\.name) + ["subject"])
        if !sound.isSuperset(of: tables) {
            findings.update {
                $0.notChecked[.readModel] =
                    "tables that were built from other kinds; run `aidledger rebuild`"
            }
        }
        return sound.intersection(tables)
    }

    func vault(_ database: Database) throws {
        let found = try LedgerSchema.statements(database)
        for name in found.keys.sorted()
        where !VaultSchema.statements.contains(found[name] ?? "") {
            findings.note(.vault, "\(name) does not belong in a vault")
        }
        if found.count < VaultSchema.statements.count {
            findings.note(.vault, "the vault lacks tables")
        }
    }

    /// Checks the pages of a database, and that its indexes hold what its tables hold: all but
    /// the index of source and id, which `KeyIndexCheck` looks at.
    static func pages(_ database: Database, report: (_ message: String) -> Void) throws {
        let indexed = try String.fetchAll(
            database,
            sql: """
                SELECT DISTINCT tbl_name FROM sqlite_schema
                WHERE type = 'index' AND name <> 'entry_key' AND sql IS NOT NULL
                """)
        let checks =
            ["quick_check(20)"] + indexed.map { "integrity_check(\(SQLName.quoted($0)))" }
        for check in checks {
            let messages = try String.fetchAll(database, sql: "PRAGMA \(check)")
            for message in messages where message != "ok" { report(message) }
        }
    }
}
