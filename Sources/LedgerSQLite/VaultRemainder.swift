internal import Crypto
internal import GRDB
internal import LedgerCore

/// What can only be seen of the vault as a whole, when all entries have been read.
///
/// What is there beyond the entries' needs is told, and is no error: an import that was cut off
/// leaves such rows, and other ledgers may share the vault.
struct VaultRemainder {
    private let audit: VaultAudit
    private let report: (LedgerProblem) -> Void
    private var vault: VaultStore { audit.vault }
    private var database: Database { audit.database }
    private var ledger: Database { audit.ledger }

    init(_ audit: VaultAudit, report: @escaping (LedgerProblem) -> Void) {
        self.audit = audit
        self.report = report
    }

    /// - Parameter counts: what all who checked entries have counted.
    /// - Returns: what is worth knowing and no error.
    func check(_ counts: VaultAudit.Counts) throws -> [String] {
        let (accountsSeen, accountsErased) = try checkAccounts()
        let accounts = try count(ledger, "subject WHERE pseudonym LIKE 'a:%'")
        if accounts > accountsSeen { try reportMissingAccounts() }
        let unnamedRows =
            try count(database, "sealed") - counts.rowsNamed - min(accounts, accountsSeen)
        let unnamed = try IdentityAudit.run(ledger: ledger, vault: database, report: report)
        let stray = try count(
            database,
            """
            dataKey WHERE NOT EXISTS (
              SELECT 1 FROM sealed WHERE sealed.pseudonym = dataKey.pseudonym)
            """)
        return [
            (unnamedRows, "sealed rows of the vault that no entry names"),
            (unnamed, "identities in the vault that no entry names"),
            (stray, "data keys that nothing is sealed under"),
            (counts.erased + accountsErased, "sealed rows whose keys were destroyed"),
        ].filter { $0.0 > 0 }.map { "\($0.1): \($0.0)" }
    }

    /// Accounts have no commitments: their sealed numbers must open and be what the index says.
    private func checkAccounts() throws -> (seen: Int64, erased: Int64) {
        var (seen, erased): (Int64, Int64) = (0, 0)
        let accounts = try RawStatement(
            database, "SELECT pseudonym, bytes, version FROM sealed WHERE pseudonym LIKE 'a:%'")
        while try accounts.step() {
            seen += 1
            guard let cipher = vault.cipher else { continue }
            let pseudonym = accounts.text(0)
            guard let wrapped = try vault.wrappedKey(database, pseudonym) else {
                if try audit.isErased(pseudonym, nil) { erased += 1 }
                continue
            }
            guard let key = try? cipher.unwrap(wrapped, of: pseudonym),
                let members = try? cipher.open(
                    accounts.bytes(1), under: key, of: pseudonym,
                    version: Int(accounts.integer(2)))
            else {
                report(
                    .init(.vault, "what the vault holds of the account \(pseudonym) was altered"))
                continue
            }
            let tag = cipher.tag(type: "account", value: members["account"] ?? "")
            if try vault.pseudonym(database, tag: tag) != pseudonym {
                report(.init(.vault, "the vault's index of accounts does not lead to \(pseudonym)"))
            }
        }
        return (seen, erased)
    }

    private func reportMissingAccounts() throws {
        let rows = try Row.fetchCursor(
            ledger,
            sql: "SELECT seq, pseudonym FROM subject WHERE pseudonym LIKE 'a:%' ORDER BY seq")
        while let row = try rows.next() {
            let pseudonym: String = row["pseudonym"]
            if try vault.sealed(database, pseudonym, version: 1) == nil {
                report(
                    .init(.vault, seq: row["seq"], "the vault lacks what it sealed (\(pseudonym))"))
            }
        }
    }

    private func count(_ database: Database, _ rows: String) throws -> Int64 {
        try Int64.fetchOne(database, sql: "SELECT count(*) FROM \(rows)") ?? 0
    }
}
