package import AidRecords
internal import Foundation
internal import GRDB
package import LedgerCore
package import TransparencyLog

/// What verifying a ledger has found.
package struct Verification: Sendable {
    package internal(set) var origin = ""
    package internal(set) var head: TreeHead?
    package internal(set) var entries: Int64 = 0
    package internal(set) var checkpoints = 0
    /// How many of `checkpoints` were kept elsewhere and given.
    package internal(set) var checkpointsGiven = 0
    /// What the vault holds sealed, compared.
    package internal(set) var vaultRows: Int64 = 0
    /// Tables and triggers that keep the chain append-only, compared.
    package internal(set) var guards = 0
    /// The first thousand; `problemCount` counts all.
    package internal(set) var problems: [LedgerProblem] = []
    package internal(set) var problemCount = 0
    /// What is worth knowing and is no error.
    package internal(set) var notices: [String] = []
    /// What could not be looked at, and why.
    package internal(set) var notChecked: [LedgerProblem.Area: String] = [:]

    package var isSound: Bool { problemCount == 0 }

    /// The problems by entry, those of the ledger as a whole last; of one entry, what happened to
    /// its bytes first.
    package var inOrder: [LedgerProblem] {
        func rank(_ problem: LedgerProblem) -> (Int64, Int) {
            let area = LedgerProblem.Area.allCases.firstIndex(of: problem.area) ?? 0
            return (problem.seq ?? .max, area)
        }
        return problems.sorted { rank($0) < rank($1) }
    }

    package func count(_ area: LedgerProblem.Area) -> Int {
        problems.lazy.filter { $0.area == area }.count
    }

    mutating func note(_ problem: LedgerProblem) {
        problemCount += 1
        if problems.count < 1_000 { problems.append(problem) }
    }
}

/// Checks a whole ledger from its stored bytes, without writing anything.
package struct LedgerVerifier {
    package let paths: LedgerPaths
    package let catalogue: KindCatalogue
    package let keys: KeyRing
    package let surroundings: Surroundings
    /// Checkpoints kept elsewhere, with the names that problems give them.
    package let checkpoints: [(name: String, note: SignedNote)]
    /// The key that the ledger must have, as its keeper gave it; nil to take the ledger's word.
    package let verifierKey: VerifierKey?

    package init(
        paths: LedgerPaths, catalogue: KindCatalogue, keys: KeyRing, surroundings: Surroundings,
        checkpoints: [(name: String, note: SignedNote)] = [], verifierKey: VerifierKey? = nil
    ) {
        self.paths = paths
        self.catalogue = catalogue
        self.keys = keys
        self.surroundings = surroundings
        self.checkpoints = checkpoints
        self.verifierKey = verifierKey
    }

    /// - Throws: `StoreError` where the ledger cannot be opened at all; what is wrong inside it
    ///   is a value.
    package func run(
        progress: (_ done: Int64, _ total: Int64) -> Void = { _, _ in }
    ) throws -> Verification {
        let queue = try Connection.reader(paths.ledger, .ledger)
        let collector = Collector()
        try queue.read { database in
            do {
                try verify(database, collector, progress)
            } catch let error as DatabaseError where LedgerVerifier.isDamage(error) {
                let message = error.message ?? "SQLite error \(error.resultCode.rawValue)"
                collector.note(.init(.format, "the database file is damaged: \(message)"))
            } catch let error as StoreError {
                collector.note(.init(.format, error.description))
            }
        }
        return collector.verification
    }

    private static func isDamage(_ error: DatabaseError) -> Bool {
        [.SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_ERROR].contains(error.resultCode)
    }

    /// Gathers what the parts of the verification find.
    private final class Collector {
        var verification = Verification()

        func note(_ problem: LedgerProblem) { verification.note(problem) }
    }

    private func verify(
        _ database: Database, _ collector: Collector,
        _ progress: (_ done: Int64, _ total: Int64) -> Void
    ) throws {
        let tables = try checkSchema(database, collector)
        try checkPages(database, collector)
        let identity = try identity(database, collector)
        collector.verification.origin = identity?.origin ?? ""
        let signed = try identity.map { try signedCheckpoints(database, $0, collector) } ?? []
        let auditor = try checkEntries(
            database, identity, tables, rootsAt: Set(signed.map(\.checkpoint.size.value)),
            collector, progress)
        for (name, checkpoint) in signed { check(checkpoint, name, auditor, collector) }
        collector.verification.checkpoints = signed.count
        let given = Set(checkpoints.map(\.name))
        collector.verification.checkpointsGiven = signed.count { given.contains($0.name) }
    }

    // MARK: Guards and pages

    /// Compares tables, indexes, views and triggers with what they should be.
    /// - Returns: the tables of the read model that are as the kinds declare them.
    private func checkSchema(
        _ database: Database, _ collector: Collector
    ) throws -> Set<String> {
        var found = try LedgerSchema.statements(database)
        collector.verification.guards = LedgerSchema.chain.count
        for item in LedgerSchema.chain {
            switch found.removeValue(forKey: item.name) {
            case nil: collector.note(.init(.guards, "guard gone: \(item.name)"))
            case item.sql: break
            default: collector.note(.init(.guards, "guard altered: \(item.name)"))
            }
        }
        var sound: Set<String> = []
        for item in LedgerSchema.readModel(catalogue) {
            if found.removeValue(forKey: item.name) == item.sql {
                sound.insert(item.name)
            } else {
                collector.note(
                    .init(.readModel, "\(item.name) is missing or not as the kinds declare it"))
            }
        }
        for name in found.keys.sorted() {
            collector.note(.init(.guards, "\(name) does not belong into a ledger"))
        }
        let tables = Set(catalogue.tables.map(\.name) + ["subject"])
        if !sound.isSuperset(of: tables) {
            collector.verification.notChecked[.readModel] =
                "tables that were built from other kinds; run `aidledger rebuild`"
        }
        return sound.intersection(tables)
    }

    private func checkPages(_ database: Database, _ collector: Collector) throws {
        let messages = try String.fetchAll(database, sql: "PRAGMA integrity_check(20)")
        for message in messages where message != "ok" {
            collector.note(.init(.format, "the database file is damaged: \(message)"))
        }
    }

    /// Whose ledger it is: as entry 0 says or, where that cannot be read, the file beside it.
    private func identity(
        _ database: Database, _ collector: Collector
    ) throws -> LedgerIdentity? {
        let beside = (try? FileSystem.read(paths.verifierKey)).flatMap {
            try? VerifierKey(parsing: Normalisation.trimmed($0))
        }
        let identity: LedgerIdentity
        do {
            identity = try LedgerIdentity.read(database, paths.ledger)
        } catch StoreError.emptyLedger(let path) {
            throw StoreError.emptyLedger(path)
        } catch {
            collector.note(
                .init(.chain, seq: 0, "it names the ledger, and is missing or cannot be read"))
            return beside.map { LedgerIdentity(origin: $0.name.text, verifierKey: $0) }
        }
        if let verifierKey, verifierKey != identity.verifierKey {
            collector.note(
                .init(.checkpoints, "the key that entry 0 names is not the one given with --vkey"))
        }
        if !FileSystem.exists(paths.verifierKey) {
            collector.verification.notices.append("\(paths.verifierKey) is not there")
        } else if beside != identity.verifierKey {
            collector.note(
                .init(.checkpoints, "\(paths.verifierKey) is not the key that entry 0 names"))
        }
        return identity
    }

    // MARK: Checkpoints

    /// Those stored and those given, as far as their signatures hold.
    private func signedCheckpoints(
        _ database: Database, _ identity: LedgerIdentity, _ collector: Collector
    ) throws -> [(name: String, checkpoint: Checkpoint)] {
        var result: [(name: String, checkpoint: Checkpoint)] = []
        let rows = try Row.fetchAll(
            database, sql: "SELECT size, note, ledger FROM checkpoint ORDER BY size")
        for row in rows where row["ledger"] != 1 {
            collector.note(.init(.checkpoints, "a stored checkpoint of another ledger"))
        }
        for row in rows {
            let size: Int64 = row["size"]
            let name = "stored checkpoint of size \(size)"
            let text: String = row["note"]
            guard let note = try? SignedNote(parsing: Array(text.utf8)) else {
                collector.note(.init(.checkpoints, "\(name): not a signed note"))
                continue
            }
            guard let checkpoint = open(note, name, identity, collector) else { continue }
            if checkpoint.size.value != size {
                collector.note(.init(.checkpoints, "\(name): it says size \(checkpoint.size)"))
            }
            result.append((name, checkpoint))
        }
        for (name, note) in checkpoints {
            if let checkpoint = open(note, name, identity, collector) {
                result.append((name, checkpoint))
            }
        }
        return result
    }

    private func open(
        _ note: SignedNote, _ name: String, _ identity: LedgerIdentity, _ collector: Collector
    ) -> Checkpoint? {
        do {
            let verified = try note.verified(by: [identity.verifierKey])
            let checkpoint = try Checkpoint(parsing: verified.text)
            guard checkpoint.origin.text == identity.origin else {
                collector.note(
                    .init(
                        .checkpoints, "\(name): it is of another ledger, \(checkpoint.origin.text)")
                )
                return nil
            }
            return checkpoint
        } catch {
            collector.note(.init(.checkpoints, "\(name): \(error)"))
            return nil
        }
    }

    private func check(
        _ checkpoint: Checkpoint, _ name: String, _ auditor: EntryAuditor, _ collector: Collector
    ) {
        let entries = collector.verification.entries
        guard checkpoint.size.value <= entries else {
            return collector.note(
                .init(
                    .checkpoints,
                    "\(name): \(grouped(checkpoint.size.value)) entries were signed and the ledger has "
                        + "\(grouped(entries)): "
                        + "its end was cut off or it was rolled back"))
        }
        if auditor.roots[checkpoint.size.value] != checkpoint.rootHash {
            collector.note(
                .init(
                    .checkpoints,
                    "\(name): the first \(checkpoint.size) entries are not those that were signed"))
        }
    }

    // MARK: Entries

    private func checkEntries(
        _ database: Database, _ identity: LedgerIdentity?, _ tables: Set<String>,
        rootsAt sizes: Set<Int64>, _ collector: Collector,
        _ progress: (_ done: Int64, _ total: Int64) -> Void
    ) throws -> EntryAuditor {
        let head = try Row.fetchOne(
            database, sql: "SELECT size, rootHash FROM head WHERE ledger = 1")
        let headSize: Int64 = head?["size"] ?? 0
        var auditor = EntryAuditor(rootsAt: sizes)
        let readModel =
            tables.contains("subject")
            ? try ReadModelAudit(database, catalogue, tables, report: collector.note) : nil
        try withVault(identity, database, collector) { vault in
            var reader = EntryReader(catalogue: catalogue)
            let rows = try RawStatement(
                database,
                """
                SELECT seq, source, id, bytes, leafHash, subtreeHashes, ledger FROM entry
                ORDER BY seq
                """)
            while try rows.step() {
                let seq = rows.integer(0)
                try check(rows, seq, &reader, &auditor, readModel, vault, collector)
                collector.verification.entries += 1
                if seq % ReadModelRebuild.rowsBetweenReports == 0 { progress(seq, headSize) }
            }
            progress(headSize, headSize)
            try readModel?.finish()
            try collector.verification.notices += vault?.finish() ?? []
            collector.verification.vaultRows = vault?.rowsNamed ?? 0
        }
        if head == nil { collector.note(.init(.tree, "the head is missing")) }
        auditor.finish(
            headSize: headSize, headRoot: Array((head?["rootHash"] as Data?) ?? Data()),
            report: collector.note)
        collector.verification.head = auditor.frontier.head
        return auditor
    }

    private func check(
        _ rows: RawStatement, _ seq: Int64, _ reader: inout EntryReader,
        _ auditor: inout EntryAuditor, _ readModel: ReadModelAudit?, _ vault: VaultAudit?,
        _ collector: Collector
    ) throws {
        let bytes = rows.blob(3)
        var entry: RecordedEntry?
        var unreadable: String?
        do { entry = try reader.read(bytes) } catch { unreadable = error.description }
        let row = EntryAuditor.Row(
            seq: seq, source: rows.text(1), id: rows.text(2), leafHash: rows.bytes(4),
            subtreeHashes: rows.bytes(5))
        if rows.integer(6) != 1 {
            collector.note(.init(.entries, seq: seq, "the column ledger is not 1"))
        }
        auditor.check(
            row, bytes: bytes, entry: entry, unreadable: unreadable, report: collector.note)
        // An altered entry is told once; the tables are those of the true one.
        guard let entry, entry.seq == seq else { return }
        try readModel?.check(entry, bytes)
        try vault?.check(entry, bytes)
    }

    private func withVault(
        _ identity: LedgerIdentity?, _ ledger: Database, _ collector: Collector,
        _ body: (VaultAudit?) throws -> Void
    ) throws {
        guard let identity else { return try body(nil) }
        guard FileSystem.exists(paths.vault) else {
            collector.verification.notChecked[.vault] = "it is not here"
            return try body(nil)
        }
        let store: VaultStore
        do { store = try VaultStore.openForReading(paths, keys, surroundings) } catch {
            collector.note(.init(.vault, "the vault cannot be read: \(error)"))
            return try body(nil)
        }
        if store.cipher == nil, !keys.vault.isEmpty {
            collector.note(
                .init(.vault, "the vault is none that the keys in \(paths.keys) belong to"))
        }
        if store.cipher == nil {
            collector.verification.notChecked[.vault] =
                "its keys are not here: only hashes were compared"
        }
        try store.queue.read { database in
            let pages = try String.fetchAll(database, sql: "PRAGMA integrity_check(20)")
            for message in pages where message != "ok" {
                collector.note(.init(.vault, "the vault's file is damaged: \(message)"))
            }
            let found = try LedgerSchema.statements(database)
            for name in found.keys.sorted()
            where !VaultSchema.statements.contains(found[name] ?? "") {
                collector.note(.init(.vault, "\(name) does not belong into a vault"))
            }
            if found.count < VaultSchema.statements.count {
                collector.note(.init(.vault, "the vault lacks tables"))
            }
            try body(
                VaultAudit(
                    store, database, ledger: ledger, origin: identity.origin,
                    report: collector.note))
        }
    }
}
