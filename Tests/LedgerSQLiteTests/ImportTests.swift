import AidRecords
import Foundation
import GRDB
import LedgerCore
import LedgerSQLite
import Testing

@Suite struct ImportTests {
    @Test func sampleIsRecordedAndVerifies() throws {
        let ledger = try TestLedger()
        let result = try ledger.importing(ledger.write("a.jsonl", TestLedger.sample(3_000)))
        #expect(result.accepted == 3_000)
        #expect(result.rejected == 0)
        let verification = try ledger.verify()
        #expect(verification.problems.isEmpty)
        #expect(verification.notices.isEmpty)
        #expect(verification.notChecked.isEmpty)
        #expect(verification.entries > 3_000)
    }

    @Test func sameContentAgainChangesNothing() throws {
        let ledger = try TestLedger()
        let path = try ledger.write("a.jsonl", TestLedger.sample(1_000))
        try ledger.importing(path)
        let before = try [ledger.paths.ledger, ledger.paths.vault].map(ledger.dump)
        let result = try ledger.importing(path)
        #expect(result.duplicates == 1_000)
        #expect(result.accepted == 0)
        #expect(try [ledger.paths.ledger, ledger.paths.vault].map(ledger.dump) == before)
    }

    @Test func sealedTextSentAgainIsRecognised() throws {
        let ledger = try TestLedger()
        let path = try ledger.write("a.jsonl", [TestLedger.complaint("1", summary: "样例投诉")])
        try ledger.importing(path)
        #expect(try ledger.importing(path).duplicates == 1)
        let other = try ledger.write("b.jsonl", [TestLedger.complaint("1", summary: "另一投诉")])
        let result = try ledger.importing(other)
        #expect(result.rejected == 1)
        #expect(try ledger.verify().isSound)
    }

    @Test func sameKeyWithOtherContentIsRefusedWithBothVersions() throws {
        let ledger = try TestLedger()
        try ledger.importing(ledger.write("a.jsonl", [TestLedger.circular("1")]))
        var told: [RecordIssue] = []
        var events = ImportEvents()
        events.rejected = { told += $1 }
        let path = try ledger.write("b.jsonl", [TestLedger.circular("1", docNo: "2号")])
        let result = try ledger.importing(path, events: events)
        #expect(result.rejected == 1)
        let text = told.map(\.description).joined()
        #expect(text.contains("/body/docNo: 1号 on the ledger, 2号 sent"))
    }

    @Test func changedParticularsAreRegisteredAndOlderRecordsStayKnown() throws {
        let ledger = try TestLedger()
        let first = try ledger.write("a.jsonl", [TestLedger.death("1", phone: "10000000001")])
        let second = try ledger.write("b.jsonl", [TestLedger.death("2", phone: "10000000002")])
        let third = try ledger.write("c.jsonl", [TestLedger.death("3", phone: nil)])
        for path in [first, second, third] { try ledger.importing(path) }
        let queue = try DatabaseQueue(path: ledger.paths.ledger)
        let versions = try queue.read {
            try Int.fetchAll($0, sql: "SELECT version FROM person_registered ORDER BY seq")
        }
        #expect(versions == [1, 2])
        #expect(try ledger.importing(first).duplicates == 1)
        #expect(try ledger.importing(third).duplicates == 1)
        let changed = try ledger.write("d.jsonl", [TestLedger.death("1", phone: "10000000009")])
        #expect(try ledger.importing(changed).rejected == 1)
        #expect(try ledger.verify().isSound)
    }

    @Test func particularsThatChangeToAndFroInOneImportAreRegisteredEachTime() throws {
        let ledger = try TestLedger()
        let phones = ["10000000001", "10000000001", "10000000002", nil, "10000000001", nil]
        let lines = phones.enumerated().map { TestLedger.death("\($0)", phone: $1) }
        try ledger.importing(ledger.write("a.jsonl", lines))
        let queue = try DatabaseQueue(path: ledger.paths.ledger)
        let registered = try queue.read {
            try Int.fetchAll(
                $0,
                sql: """
                    SELECT (SELECT max(version) FROM person_registered AS p WHERE p.seq < d.seq)
                    FROM person_died AS d ORDER BY seq
                    """)
        }
        #expect(registered == [1, 1, 2, 2, 3, 3])
        #expect(try ledger.verify().isSound)
    }

    @Test func aPersonNamedTwiceInOneRecordIsRegisteredOnce() throws {
        let ledger = try TestLedger()
        try ledger.importing(
            ledger.write("a.jsonl", [TestLedger.merger(phones: [nil, nil])]))
        try ledger.importing(
            ledger.write("b.jsonl", [TestLedger.merger("2", phones: [nil, "10000000001"])]))
        let queue = try DatabaseQueue(path: ledger.paths.ledger)
        let versions = try queue.read {
            try Int.fetchAll($0, sql: "SELECT version FROM person_registered ORDER BY seq")
        }
        #expect(versions == [1, 2])
        #expect(try ledger.verify().isSound)
    }

    @Test func identityIsOneHoweverItIsWritten() throws {
        let ledger = try TestLedger()
        let lines = [
            TestLedger.death("1", phone: nil, number: "11010519491231002X"),
            TestLedger.death("2", phone: nil, number: " 110105 19491231 002x"),
            TestLedger.death("3", phone: nil, number: "１１０１０５１９４９１２３１００２Ｘ"),
        ]
        try ledger.importing(ledger.write("a.jsonl", lines))
        let queue = try DatabaseQueue(path: ledger.paths.ledger)
        let persons = try queue.read {
            try Int.fetchAll($0, sql: "SELECT DISTINCT person FROM person_died")
        }
        #expect(persons.count == 1)
    }

    @Test func strictRecordsAllOrNothing() throws {
        let ledger = try TestLedger()
        let lines = [TestLedger.circular("1"), TestLedger.circular("2"), "{}"]
        let before = try ledger.dump(ledger.paths.ledger)
        let bad = try ledger.importing(ledger.write("a.jsonl", lines), mode: .strict)
        #expect(bad.rejected == 1)
        #expect(!bad.isRecorded)
        #expect(try ledger.dump(ledger.paths.ledger) == before)
        let good = try ledger.importing(
            ledger.write("b.jsonl", Array(lines.prefix(2))), mode: .strict)
        #expect(good.accepted == 2)
        #expect(good.isRecorded)
    }

    @Test func strictNoticesWhatOneFileSaysTwice() throws {
        let ledger = try TestLedger()
        let lines = [
            TestLedger.circular("1"), TestLedger.circular("1"),
            TestLedger.circular("1", docNo: "2号"),
        ]
        let result = try ledger.importing(ledger.write("a.jsonl", lines), mode: .strict)
        #expect(result.duplicates == 1)
        #expect(result.rejected == 1)
    }

    @Test func dryRunChangesNothing() throws {
        let ledger = try TestLedger()
        let path = try ledger.write("a.jsonl", TestLedger.sample(200))
        let before = try [ledger.paths.ledger, ledger.paths.vault].map(ledger.dump)
        let result = try ledger.importing(path, mode: .dryRun)
        #expect(result.accepted == 200)
        #expect(try [ledger.paths.ledger, ledger.paths.vault].map(ledger.dump) == before)
    }

    @Test func importIsClosedOnceForEachContent() throws {
        let ledger = try TestLedger()
        let path = try ledger.write("a.jsonl", [TestLedger.circular("1")])
        try ledger.importing(path)
        try ledger.importing(path)
        try ledger.importing(ledger.write("b.jsonl", [TestLedger.circular("2")]))
        let queue = try DatabaseQueue(path: ledger.paths.ledger)
        let accepted = try queue.read {
            try Int.fetchAll($0, sql: "SELECT accepted FROM import_finished ORDER BY seq")
        }
        #expect(accepted == [1, 1])
    }

    @Test func pseudonymThatIsNotKnownIsRefused() throws {
        let ledger = try TestLedger()
        let unknown = "p:" + String(repeating: "0", count: 32)
        let line = TestLedger.death("1", phone: nil).replacing(
            #/"person":\{[^}]*\}/#, with: #""person":"\#(unknown)""#)
        #expect(try ledger.importing(ledger.write("a.jsonl", [line])).rejected == 1)
    }

    @Test func clockThatWasSetBackDoesNotGoBack() throws {
        let ledger = try TestLedger()
        try ledger.importing(ledger.write("a.jsonl", [TestLedger.circular("1")]))
        let writer = try ledger.writer(now: { Moment(unixSeconds: 1_000_000_000) })
        var reader = RecordReader(catalogue: ledger.catalogue)
        let line = Array(TestLedger.circular("2").utf8)
        let today = Surroundings.system.today
        guard
            case .record(let record) = line.withUnsafeBufferPointer({
                reader.read($0, today: today)
            })
        else {
            Issue.record("refused")
            return
        }
        _ = try writer.append([record])
        try writer.close()
        #expect(try ledger.verify().isSound)
    }

    /// The vault commits first; a crash between the two commits leaves rows that no entry names.
    @Test func vaultRowsOfAnImportThatWasCutOffAreToldAndUsed() throws {
        let ledger = try TestLedger()
        let empty = "\(ledger.folder)/empty.aidledger"
        try FileManager.default.copyItem(atPath: ledger.paths.ledger, toPath: empty)
        let path = try ledger.write("a.jsonl", [TestLedger.death("1", phone: "10000000001")])
        try ledger.importing(path)
        for suffix in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: ledger.paths.ledger + suffix)
        }
        try FileManager.default.moveItem(atPath: empty, toPath: ledger.paths.ledger)
        let left = try ledger.verify()
        #expect(left.isSound)
        #expect(left.notices.count == 2)
        try ledger.importing(path)
        let used = try ledger.verify()
        #expect(used.isSound)
        #expect(used.notices.isEmpty)
    }

    @Test func oneWriterAtATime() throws {
        let ledger = try TestLedger()
        let descriptor = open(ledger.paths.lock, O_RDWR | O_CREAT, 0o644)
        defer { close(descriptor) }
        flock(descriptor, LOCK_EX)
        let writer = try ledger.writer()
        writer.patienceMillis = 50
        #expect(throws: StoreError.locked(ledger.paths.ledger)) {
            _ = try writer.appendProgramEntry("import.finished", area: "150500", operator: "o", [:])
        }
    }

    @Test func readersAreUndisturbedWhileOneWrites() throws {
        let ledger = try TestLedger()
        let writer = try ledger.writer()
        let reader = try LedgerReader(ledger.paths)
        let lines = TestLedger.sample(500)
        var records = RecordReader(catalogue: ledger.catalogue)
        let today = Surroundings.system.today
        let prepared = lines.compactMap { line -> PreparedRecord? in
            let outcome = Array(line.utf8).withUnsafeBufferPointer {
                records.read($0, today: today)
            }
            if case .record(let record) = outcome { return record }
            return nil
        }
        try reader.read { database in
            let before = try Int.fetchOne(database, sql: "SELECT count(*) FROM entry")
            _ = try writer.append(prepared)
            #expect(try Int.fetchOne(database, sql: "SELECT count(*) FROM entry") == before)
        }
        #expect(try reader.size() > 500)
    }
}
