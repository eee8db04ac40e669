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

    package init(
        paths: LedgerPaths, catalogue: KindCatalogue, keys: KeyRing, surroundings: Surroundings,
        checkpoints: [(name: String, note: SignedNote)] = []
    ) {
        self.paths = paths
        self.catalogue = catalogue
        self.keys = keys
        self.surroundings = surroundings
        self.checkpoints = checkpoints
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
        let hasReadModel = try checkSchema(database, collector)
        try checkPages(database, collector)
        let identity = try LedgerIdentity.read(database, paths.ledger)
        collector.verification.origin = identity.origin
        checkVerifierKeyFile(identity, collector)
        let signed = try signedCheckpoints(database, identity, collector)
        let auditor = try checkEntries(
            database, identity, hasReadModel, rootsAt: Set(signed.map(\.checkpoint.size.value)),
            collector, progress)
        for (name, checkpoint) in signed { check(checkpoint, name, auditor, collector) }
        collector.verification.checkpoints = signed.count
    }

    // MARK: Guards and pages

    /// Compares tables, indexes, views and triggers with what they should be.
    /// - Returns: whether the read model is one of these kinds and can be compared.
    private func checkSchema(_ database: Database, _ collector: Collector) throws -> Bool {
        var found = try LedgerSchema.statements(database)
        collector.verification.guards = LedgerSchema.chain.count
        for item in LedgerSchema.chain {
            switch found.removeValue(forKey: item.name) {
            case nil: collector.note(.init(.guards, "guard gone: \(item.name)"))
            case item.sql: break
            default: collector.note(.init(.guards, "guard altered: \(item.name)"))
            }
        }
        var isComplete = true
        for item in LedgerSchema.readModel(catalogue)
        where found.removeValue(forKey: item.name) != item.sql {
            isComplete = false
            collector.note(
                .init(.readModel, "\(item.name) is missing or not as the kinds declare it"))
        }
        for name in found.keys.sorted() {
            collector.note(.init(.guards, "\(name) does not belong into a ledger"))
        }
        if !isComplete {
            collector.verification.notChecked[.readModel] =
                "it was built from other kinds; run `aidledger rebuild`"
        }
        return isComplete
    }

    private func checkPages(_ database: Database, _ collector: Collector) throws {
        let messages = try String.fetchAll(database, sql: "PRAGMA integrity_check(20)")
        for message in messages where message != "ok" {
            collector.note(.init(.format, "the database file is damaged: \(message)"))
        }
    }

    private func checkVerifierKeyFile(_ identity: LedgerIdentity, _ collector: Collector) {
        guard let text = try? FileSystem.read(paths.verifierKey) else {
            collector.verification.notices.append("\(paths.verifierKey) is not there")
            return
        }
        if Normalisation.trimmed(text) != identity.verifierKey.formatted {
            collector.note(
                .init(.checkpoints, "\(paths.verifierKey) is not the key that entry 0 names"))
        }
    }

    // MARK: Checkpoints

    /// Those stored and those given, as far as their signatures hold.
    private func signedCheckpoints(
        _ database: Database, _ identity: LedgerIdentity, _ collector: Collector
    ) throws -> [(name: String, checkpoint: Checkpoint)] {
        var result: [(name: String, checkpoint: Checkpoint)] = []
        let rows = try Row.fetchAll(
            database, sql: "SELECT size, note FROM checkpoint ORDER BY size")
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
                    "\(name): \(checkpoint.size) entries were signed and the ledger has \(entries): "
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
        _ database: Database, _ identity: LedgerIdentity, _ hasReadModel: Bool,
        rootsAt sizes: Set<Int64>, _ collector: Collector,
        _ progress: (_ done: Int64, _ total: Int64) -> Void
    ) throws -> EntryAuditor {
        let head = try Row.fetchOne(database, sql: "SELECT size, rootHash FROM head")
        let headSize: Int64 = head?["size"] ?? 0
        var auditor = EntryAuditor(rootsAt: sizes)
        let readModel =
            hasReadModel
            ? try ReadModelAudit(database, catalogue, report: collector.note) : nil
        try withVault(identity, collector) { vault in
            var reader = EntryReader(catalogue: catalogue)
            let rows = try RawStatement(
                database,
                "SELECT seq, source, id, bytes, leafHash, subtreeHashes FROM entry ORDER BY seq")
            while try rows.step() {
                let seq = rows.integer(0)
                try check(rows, seq, &reader, &auditor, readModel, vault, collector)
                collector.verification.entries += 1
                if seq % ReadModelRebuild.rowsBetweenReports == 0 { progress(seq, headSize) }
            }
            progress(headSize, headSize)
            try readModel?.finish()
            try collector.verification.notices += vault?.finish(database) ?? []
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
        auditor.check(
            row, bytes: bytes, entry: entry, unreadable: unreadable, report: collector.note)
        // An altered entry is told once; the tables are those of the true one.
        guard let entry, entry.seq == seq else { return }
        try readModel?.check(entry, bytes)
        try vault?.check(entry, bytes)
    }

    private func withVault(
        _ identity: LedgerIdentity, _ collector: Collector, _ body: (VaultAudit?) throws -> Void
    ) throws {
        guard FileSystem.exists(paths.vault) else {
            collector.verification.notChecked[.vault] = "it is not here"
            return try body(nil)
        }
        let store: VaultStore
        do { store = try VaultStore.openForReading(paths, keys, surroundings) } catch {
            collector.note(.init(.vault, "the vault cannot be read: \(error)"))
            return try body(nil)
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
            try body(
                VaultAudit(store, database, origin: identity.origin, report: collector.note))
        }
    }
}
