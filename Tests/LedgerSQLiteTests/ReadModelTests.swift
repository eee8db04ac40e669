import AidRecords
import Foundation
import GRDB
import LedgerCore
import LedgerSQLite
import Testing
import TransparencyLog

@Suite struct ReadModelTests {
    @Test func rebuiltReadModelIsEqual() throws {
        let ledger = try TestLedger()
        try ledger.importing(ledger.write("a.jsonl", TestLedger.sample(2_000)))
        let before = try ledger.dump(ledger.paths.ledger)
        let entries = try LedgerRebuild.run(ledger.paths, catalogue: ledger.catalogue)
        #expect(entries > 2_000)
        #expect(try ledger.dump(ledger.paths.ledger) == before)
        #expect(try ledger.verify().isSound)
    }

    @Test func changedKindsAskForARebuild() throws {
        let ledger = try TestLedger()
        try ledger.importing(ledger.write("a.jsonl", [TestLedger.circular("1")]))
        let folder = TestLedger.root.appending(path: "ledger/kinds").path
        var files: [String: String] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder)
        where name.hasSuffix(".yaml") {
            files[name] = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
        }
        files["progress.circulated.yaml"]? +=
            "\n  addedLater: {type: text, optional: true, zh: 后加字段, en: Added later}\n"
        let changed = try KindCatalogue(files: files)
        let keys = try KeyFolder.read(ledger.paths.keys)
        #expect(throws: StoreError.otherKinds(ledger.paths.ledger)) {
            try LedgerWriter(
                ledger.paths, catalogue: changed, keys: keys, surroundings: .system)
        }
        _ = try LedgerRebuild.run(ledger.paths, catalogue: changed)
        let verification = try LedgerVerifier(
            paths: ledger.paths, catalogue: changed, keys: keys, surroundings: .system
        ).run()
        #expect(verification.isSound)
    }

    @Test func earlierStateIsThatOfItsEntries() throws {
        let ledger = try TestLedger()
        let lines = TestLedger.sample(600)
        try ledger.importing(ledger.write("a.jsonl", Array(lines.prefix(300))))
        func rows(_ size: Int64?) throws -> (String, [String]) {
            try LedgerSnapshot.read(ledger.paths, catalogue: ledger.catalogue, size: size) {
                snapshot in
                var rows: [String] = []
                try snapshot.forEachRow(
                    of: "SELECT * FROM claim_settled ORDER BY seq", [:]
                ) { _, values in rows.append("\(values)") }
                return (snapshot.head.rootHash.hex, rows)
            }
        }
        let size = try LedgerReader(ledger.paths).size()
        let before = try rows(nil)
        try ledger.importing(ledger.write("b.jsonl", Array(lines.suffix(300))))
        let after = try rows(size)
        #expect(after == before)
        #expect(try rows(nil).1.count > before.1.count)
    }

    @Test func reversedRecordsAreNotLive() throws {
        let ledger = try TestLedger()
        let reversal =
            #"{"kind":"entry.reversed","source":"s","id":"R1","area":"150500","occurredOn":"2023-03-06","#
            + #""operator":"u1","body":{"reverses":{"source":"s","id":"1"},"reason":"样例"}}"#
        // The reversal comes before what it reverses: the order of arrival does not matter.
        try ledger.importing(
            ledger.write("a.jsonl", [reversal, TestLedger.circular("1"), TestLedger.circular("2")]))
        let queue = try DatabaseQueue(path: ledger.paths.ledger)
        let live = try queue.read {
            try String.fetchAll($0, sql: "SELECT id FROM live_progress_circulated")
        }
        #expect(live == ["2"])
    }

    @Test func attachmentsOfEveryKindAreInOneTable() throws {
        let ledger = try TestLedger()
        let digest = String(repeating: "a", count: 64)
        let attachment =
            #"{"sha256":"\#(digest)","role":"invoice","mediaType":"application/pdf","bytes":17}"#
        let line = TestLedger.circular("1").replacing(
            #","body""#, with: #","attachments":[\#(attachment),\#(attachment)],"body""#)
        try ledger.importing(ledger.write("a.jsonl", [line]))
        let queue = try DatabaseQueue(path: ledger.paths.ledger)
        let rows = try queue.read {
            try Row.fetchAll($0, sql: "SELECT * FROM envelope__attachments ORDER BY position")
        }
        #expect(rows.map { $0["position"] as Int } == [0, 1])
        #expect(rows[1]["bytes"] as Int == 17)
        #expect(rows[1]["sha256"] as String == digest)
        #expect(try ledger.verify().isSound)
    }
}
