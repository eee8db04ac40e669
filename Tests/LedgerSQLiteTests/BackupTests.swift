import Foundation
import GRDB
import LedgerCore
import LedgerSQLite
import Testing

@Suite struct BackupTests {
    private let ledger: TestLedger
    private let folder: BackupFolder

    init() throws {
        ledger = try TestLedger()
        folder = BackupFolder("\(ledger.folder)/backup")
        try ledger.importing(
            ledger.write("first.jsonl", [TestLedger.death("1", phone: "10000000001")]))
    }

    /// - Parameter meanwhile: done once, when the first pages have been copied.
    private func backUp(meanwhile: @escaping () throws -> Void = {}) throws -> BackupManifest {
        var failure: (any Error)?
        var isDone = false
        let backup = LedgerBackup(
            ledger.paths, to: folder, withVault: true, program: "test", surroundings: .system
        ) { _, _ in
            guard !isDone else { return }
            isDone = true
            do { try meanwhile() } catch { failure = error }
        }
        let manifest = try backup.run()
        if let failure { throw failure }
        #expect(isDone)
        return manifest
    }

    private func verify(_ path: String) throws -> Verification {
        try LedgerVerifier(
            paths: LedgerPaths(ledger: path, keys: ledger.paths.keys),
            catalogue: ledger.catalogue, keys: KeyFolder.read(ledger.paths.keys),
            surroundings: .system
        ).run()
    }

    private func comparison(with other: String) throws -> LedgerComparison {
        try OtherCopy(other).compare(with: ledger.paths, verified: ledger.verify()) { _, _ in }
    }

    @Test func copyIsOfTheMomentAtWhichItBegan() throws {
        let size = try LedgerReader(ledger.paths).size()
        let before = try [ledger.paths.ledger, ledger.paths.vault].map(ledger.dump)
        let late = try ledger.write(
            "late.jsonl", [TestLedger.death("2", phone: nil, number: "11010519491231002X")])
        let manifest = try backUp { try ledger.importing(late) }
        #expect(manifest.size == size)
        let copies = [folder.ledger, folder.ledger + ".vault"]
        #expect(try copies.map(ledger.dump) == before)
        let copy = try verify(folder.ledger)
        #expect(copy.isSound)
        #expect(copy.notices.isEmpty)
        // The person, the death, the end of the import.
        let comparison = try comparison(with: folder.path)
        guard case .extends = comparison.outcome else {
            Issue.record("\(comparison)")
            return
        }
        #expect(comparison.entries == size + 3)
        #expect(comparison.common == size)
    }

    /// Otherwise the copy would lack a key, and have no entry that says why.
    @Test func keyThatIsDestroyedMeanwhileIsInTheCopy() throws {
        _ = try backUp {
            let vault = try DatabaseQueue(path: ledger.paths.vault)
            try vault.write { try $0.execute(sql: "DELETE FROM dataKey") }
            try vault.close()
        }
        #expect(try verify(folder.ledger).isSound)
        #expect(try !ledger.verify().isSound)
    }

    @Test func failureLeavesNothing() throws {
        let queue = try DatabaseQueue(path: ledger.paths.ledger)
        try queue.write { database in
            try database.execute(sql: "DROP TRIGGER head_delete")
            try database.execute(sql: "DELETE FROM head")
        }
        let isDamaged = #expect(throws: StoreError.self) { try backUp() }
        #expect(
            isDamaged == .damaged(path: ledger.paths.ledger, message: "the head is missing"))
        #expect(!FileManager.default.fileExists(atPath: folder.path))
    }

    @Test func restoredLedgerIsTheSame() throws {
        let manifest = try backUp()
        let paths = LedgerPaths(ledger: "\(ledger.folder)/restored.aidledger")
        var told: [Int64] = []
        let restored = try LedgerRestore(folder, to: paths) { done, total in
            told.append(done)
            #expect(total == manifest.bytes)
        }.run()
        #expect(restored == manifest)
        #expect(told.last == manifest.bytes)
        #expect(try ledger.dump(paths.ledger) == ledger.dump(ledger.paths.ledger))
        let keys = try KeyFolder.read(ledger.paths.keys)
        #expect(try LedgerRestore.missingKeys(paths, keys).isEmpty)
        #expect(
            try LedgerRestore.missingKeys(paths, KeyRing()).map(\.use) == [
                "signing", "vault", "index",
            ])
        guard case .same = try comparison(with: paths.ledger).outcome else {
            Issue.record("not the same")
            return
        }
        #expect(throws: StoreError.alreadyExists(paths.ledger)) {
            try LedgerRestore(folder, to: paths) { _, _ in }.run()
        }
    }

    /// Entries that came after the verification are not said to have been verified.
    @Test func onlyVerifiedEntriesAreCompared() throws {
        _ = try backUp()
        let verification = try ledger.verify()
        try ledger.importing(ledger.write("late.jsonl", [TestLedger.circular("9")]))
        let comparison = try OtherCopy(folder.path)
            .compare(with: ledger.paths, verified: verification) { _, _ in }
        guard case .same = comparison.outcome else {
            Issue.record("\(comparison)")
            return
        }
        #expect(comparison.entries == verification.entries)
    }
}
