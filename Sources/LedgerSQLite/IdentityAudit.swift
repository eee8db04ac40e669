internal import GRDB
internal import LedgerCore

/// Compares the vault's index with the subjects that the entries name: each stands in it once.
/// It needs no keys. Memory stays flat: the pseudonyms are gathered in a temporary database.
enum IdentityAudit {
    /// - Returns: how many rows of the index no entry names; other ledgers may share the vault.
    static func run(
        ledger: Database, vault: Database, report: (LedgerProblem) -> Void
    ) throws -> Int64 {
        let queue = try DatabaseQueue(path: "")
        return try queue.write { seen in
            try seen.execute(
                sql: "CREATE TABLE seen (pseudonym TEXT PRIMARY KEY, times INTEGER) WITHOUT ROWID")
            let add = try RawStatement(
                seen,
                """
                INSERT INTO seen VALUES (?, 1) ON CONFLICT (pseudonym) DO UPDATE SET times = times + 1
                """)
            let identities = try RawStatement(vault, "SELECT pseudonym FROM identity")
            var rows: Int64 = 0
            while try identities.step() {
                rows += 1
                add.bind(1, identities.text(0))
                try add.run()
            }
            return try rows - compare(ledger, seen, report)
        }
    }

    /// - Returns: how many rows of the index the entries name.
    private static func compare(
        _ ledger: Database, _ seen: Database, _ report: (LedgerProblem) -> Void
    ) throws -> Int64 {
        let times = try RawStatement(seen, "SELECT times FROM seen WHERE pseudonym = ?")
        let subjects = try RawStatement(ledger, "SELECT pseudonym, seq FROM subject")
        var named: Int64 = 0
        while try subjects.step() {
            let pseudonym = subjects.text(0)
            times.bind(1, pseudonym)
            let count = try times.step() ? times.integer(0) : 0
            times.reset()
            named += count
            guard count != 1 else { continue }
            let finding = count == 0 ? "lacks \(pseudonym)" : "names \(pseudonym) \(count) times"
            report(.init(.vault, seq: subjects.integer(1), "the vault's index \(finding)"))
        }
        return named
    }
}
