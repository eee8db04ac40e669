internal import AidRecords
internal import Crypto
internal import Foundation
internal import GRDB
internal import LedgerCore

/// Checks the vault against the entries: sealed bytes against their hashes and, with the keys,
/// particulars against commitments and the index against the particulars.
final class VaultAudit {
    private let vault: VaultStore
    private let database: Database
    private let ledger: Database
    private let origin: String
    private let report: (LedgerProblem) -> Void
    /// What was counted while entries were checked.
    struct Counts {
        /// Rows of `sealed` that entries name.
        var rowsNamed: Int64 = 0
        /// Those of which whose keys were destroyed, as the ledger says.
        var erased: Int64 = 0

        static func + (first: Counts, second: Counts) -> Counts {
            Counts(
                rowsNamed: first.rowsNamed + second.rowsNamed, erased: first.erased + second.erased)
        }
    }

    private(set) var counts = Counts()
    private var accountsSeen: Int64 = 0

    init(
        _ vault: VaultStore, _ database: Database, ledger: Database, origin: String,
        report: @escaping (LedgerProblem) -> Void
    ) {
        self.vault = vault
        self.database = database
        self.ledger = ledger
        self.origin = origin
        self.report = report
    }

    /// Looks at an entry that names something sealed.
    func check(
        _ entry: borrowing RecordedEntry, _ bytes: UnsafeBufferPointer<UInt8>
    ) throws {
        guard let kind = entry.kind else { return }
        let isRegistration = kind.name == "person.registered"
        guard isRegistration || kind.recordedBody !== kind.body else { return }
        guard
            let object = try? JSONSerialization.jsonObject(with: Data(bytes[entry.body])),
            let body = object as? [String: Any],
            let digest = body["sealed"] as? String
        else { return }
        if isRegistration {
            try checkRegistration(body, digest, entry.seq)
        } else {
            let pseudonym = VaultCipher.pseudonym(
                origin: origin, source: entry.source(in: bytes), id: entry.id(in: bytes))
            try checkTexts(body, digest, pseudonym, entry.seq)
        }
    }

    private func checkRegistration(
        _ body: [String: Any], _ digest: String, _ seq: Int64
    ) throws {
        guard let pseudonym = body["person"] as? String, let version = body["version"] as? Int
        else { return }
        guard let (members, key) = try open(pseudonym, version, digest, seq) else { return }
        try checkSamePerson(members, key, pseudonym, version, seq)
        let commitments = body["commitments"] as? [String: String] ?? [:]
        compare(members, with: commitments, key, version, seq)
        try checkIndex(members["idType"] ?? "", members["idNumber"] ?? "", pseudonym, seq)
        for field in ["phone", "address", "household"] {
            guard let value = members[field] else { continue }
            try checkIndex(field, value, body[field] as? String ?? "", seq)
        }
    }

    /// A person keeps the number by which the person was first seen: a version with another one
    /// means that the index led two persons to one pseudonym.
    private func checkSamePerson(
        _ members: [String: String], _ key: SymmetricKey, _ pseudonym: String, _ version: Int,
        _ seq: Int64
    ) throws {
        guard version > 1, let cipher = vault.cipher,
            let bytes = try vault.sealed(database, pseudonym, version: version - 1),
            let before = try? cipher.open(bytes, under: key, of: pseudonym, version: version - 1)
        else { return }
        for field in ["idType", "idNumber"] where members[field] != before[field] {
            report(
                .init(
                    .vault, seq: seq,
                    "\(pseudonym) has another \(field) than before: two persons under one pseudonym"
                ))
        }
    }

    /// A person's key may be destroyed; then the ledger says so. Without that, whoever could
    /// write to the vault has hidden something.
    private func reportLostKey(_ pseudonym: String, _ seq: Int64?) throws {
        let isErased = try Row.fetchOne(
            ledger,
            sql: """
                SELECT 1 FROM person_erased WHERE person = (
                  SELECT seq FROM subject WHERE ledger = 1 AND pseudonym = ?)
                """, arguments: [pseudonym])
        guard isErased == nil else {
            counts.erased += 1
            return
        }
        report(
            .init(
                .vault, seq: seq,
                "the data key of \(pseudonym) is gone, and no person.erased says why"))
    }

    private func checkTexts(
        _ body: [String: Any], _ digest: String, _ pseudonym: String, _ seq: Int64
    ) throws {
        guard let (members, key) = try open(pseudonym, 1, digest, seq) else { return }
        var commitments: [String: String] = [:]
        for field in members.keys {
            commitments[field] = VaultAudit.value(at: field, in: body) as? String
        }
        compare(members, with: commitments, key, 1, seq)
    }

    /// The value at a path like `departments/0/signatory`.
    private static func value(at path: String, in body: [String: Any]) -> Any? {
        path.split(separator: "/").reduce(body as Any?) { value, step in
            if let list = value as? [Any] {
                return Int(step).flatMap { list.indices.contains($0) ? list[$0] : nil }
            }
            return (value as? [String: Any])?[String(step)]
        }
    }

    /// Checks the sealed bytes and, where the keys are at hand, opens them.
    private func open(
        _ pseudonym: String, _ version: Int, _ digest: String, _ seq: Int64
    ) throws -> (members: [String: String], key: SymmetricKey)? {
        guard let sealed = try vault.sealed(database, pseudonym, version: version) else {
            report(.init(.vault, seq: seq, "the vault lacks what it sealed (\(pseudonym))"))
            return nil
        }
        counts.rowsNamed += 1
        guard VaultCipher.digest(sealed) == digest else {
            report(.init(.vault, seq: seq, "sealed bytes in the vault altered (\(pseudonym))"))
            return nil
        }
        guard let cipher = vault.cipher else { return nil }
        guard let wrapped = try vault.wrappedKey(database, pseudonym) else {
            try reportLostKey(pseudonym, seq)
            return nil
        }
        do {
            let key = try cipher.unwrap(wrapped, of: pseudonym)
            let members = try cipher.open(sealed, under: key, of: pseudonym, version: version)
            return (members, key)
        } catch {
            report(.init(.vault, seq: seq, "the data key in the vault does not open \(pseudonym)"))
            return nil
        }
    }

    private func compare(
        _ members: [String: String], with commitments: [String: String], _ key: SymmetricKey,
        _ version: Int, _ seq: Int64
    ) {
        for (field, value) in members.sorted(by: { $0.key < $1.key }) {
            let expected = VaultCipher.commitment(field, value, under: key, version: version)
            if commitments[field] != expected {
                report(
                    .init(
                        .vault, seq: seq,
                        "what the vault holds of \(field) is not what was committed to"))
            }
        }
    }

    private func checkIndex(
        _ type: String, _ value: String, _ pseudonym: String, _ seq: Int64
    ) throws {
        guard let cipher = vault.cipher else { return }
        let found = try vault.pseudonym(database, tag: cipher.tag(type: type, value: value))
        if found != pseudonym {
            report(
                .init(
                    .vault, seq: seq,
                    "the vault's index of \(type) does not lead to \(pseudonym)"
                        + (found.map { " but to \($0)" } ?? "")))
        }
    }

    /// Accounts have no commitments: their sealed numbers must open and be what the index says.
    private func checkAccounts() throws {
        let accounts = try RawStatement(
            database, "SELECT pseudonym, bytes, version FROM sealed WHERE pseudonym LIKE 'a:%'")
        while try accounts.step() {
            accountsSeen += 1
            let pseudonym = accounts.text(0)
            guard let cipher = vault.cipher else { continue }
            guard let wrapped = try vault.wrappedKey(database, pseudonym) else {
                try reportLostKey(pseudonym, nil)
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
    }

    /// What is there beyond the entries' needs is told, and is no error: an import that was cut
    /// off leaves such rows, and other ledgers may share the vault.
    /// - Parameter total: what was counted by all who checked entries, this one included.
    func finish(_ total: Counts) throws -> [String] {
        counts = total
        try checkAccounts()
        var notices: [String] = []
        let rows = try Int64.fetchOne(database, sql: "SELECT count(*) FROM sealed") ?? 0
        let accounts = try VaultAudit.count(ledger, "pseudonym LIKE 'a:%'")
        if accounts > accountsSeen { try reportMissingAccounts(ledger) }
        let named = counts.rowsNamed + min(accounts, accountsSeen)
        if rows > named {
            notices.append("\(rows - named) sealed rows of the vault that no entry names")
        }
        let unnamed = try IdentityAudit.run(ledger: ledger, vault: database, report: report)
        if unnamed > 0 { notices.append("\(unnamed) identities in the vault that no entry names") }
        let stray = try Int64.fetchOne(
            database,
            sql: """
                SELECT count(*) FROM dataKey
                WHERE NOT EXISTS (SELECT 1 FROM sealed WHERE sealed.pseudonym = dataKey.pseudonym)
                """)
        if let stray, stray > 0 {
            notices.append("\(stray) data keys that nothing is sealed under")
        }
        if counts.erased > 0 {
            notices.append("\(counts.erased) sealed rows whose keys were destroyed")
        }
        return notices
    }

    private func reportMissingAccounts(_ ledger: Database) throws {
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

    private static func count(_ ledger: Database, _ condition: String) throws -> Int64 {
        try Int64.fetchOne(ledger, sql: "SELECT count(*) FROM subject WHERE \(condition)") ?? 0
    }
}
