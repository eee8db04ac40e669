import AidRecords
import Foundation
import GRDB
import LedgerCore
import LedgerSQLite
import SampleRecords

/// A ledger in a folder of its own, which goes when it goes.
final class TestLedger {
    static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    static let home = Home(path: root.path)

    let folder: String
    let paths: LedgerPaths
    let catalogue: KindCatalogue

    init() throws {
        folder = FileManager.default.temporaryDirectory.path + "/ledger-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        paths = LedgerPaths(ledger: "\(folder)/test.aidledger")
        catalogue = try TestLedger.home.kinds()
        _ = try LedgerFounding.make(
            paths, .init(origin: "test.example/150500", area: "150500", operator: "tester"),
            catalogue: catalogue, surroundings: .system)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// - Parameter now: what the clock says.
    func writer(
        keys: KeyRing? = nil, now: @escaping @Sendable () -> Moment = Surroundings.system.now
    ) throws -> LedgerWriter {
        try LedgerWriter(
            paths, catalogue: catalogue, keys: keys ?? KeyFolder.read(paths.keys),
            surroundings: Surroundings(now: now, randomBytes: Surroundings.system.randomBytes))
    }

    func write(_ name: String, _ lines: [String]) throws -> String {
        let path = "\(folder)/\(name)"
        try Data(lines.map { $0 + "\n" }.joined().utf8).write(to: URL(filePath: path))
        return path
    }

    @discardableResult
    func importing(
        _ path: String, mode: ImportPlan.Mode = .lenient, events: ImportEvents = ImportEvents()
    ) throws -> ImportResult {
        let writer = try writer()
        var plan = ImportPlan(rejectsPath: "\(path).rejects.jsonl")
        plan.mode = mode
        let result = try LedgerImport(
            into: writer, plan: plan, surroundings: .system, events: events
        ).run(path: path)
        try writer.close()
        return result
    }

    func verify() throws -> Verification {
        try LedgerVerifier(
            paths: paths, catalogue: catalogue, keys: KeyFolder.read(paths.keys),
            surroundings: .system
        ).run()
    }

    /// Every row of every table of a database, for comparing states.
    func dump(_ path: String) throws -> [String] {
        let queue = try DatabaseQueue(path: path)
        return try queue.read { database in
            let tables = try String.fetchAll(
                database, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
            return try tables.flatMap { table in
                try Row.fetchAll(database, sql: "SELECT * FROM \"\(table)\"").map {
                    "\(table): \($0.databaseValues)"
                }.sorted()
            }
        }
    }

    static func sample(_ entries: Int, seed: UInt64 = 1) -> [String] {
        var generator = SampleGenerator(entries: entries, seed: seed)
        var bytes: [UInt8] = []
        while generator.next(into: &bytes) {}
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// A record that needs no one and nothing else.
    static func circular(_ id: String, docNo: String = "1号") -> String {
        #"{"kind":"progress.circulated","source":"s","id":"\#(id)","area":"150500","#
            + #""occurredOn":"2023-03-05","operator":"u1","body":{"period":"2022","docNo":"\#(docNo)"}}"#
    }

    static func death(_ id: String, phone: String?, number: String = "110101199001010010") -> String
    {
        let contact = phone.map { #","phone":"\#($0)""# } ?? ""
        return #"{"kind":"person.died","source":"s","id":"\#(id)","area":"150500","#
            + #""occurredOn":"2023-03-05","operator":"u1","body":{"person":{"idType":"resident-id","#
            + #""idNumber":"\#(number)","name":"张样例"\#(contact)},"diedOn":"2023-03-01","#
            + #""noticeFrom":"civil-affairs"}}"#
    }

    /// A record that names one person twice, with these phones.
    static func merger(_ id: String = "1", phones: [String?]) -> String {
        let persons = phones.map { phone in
            let contact = phone.map { #","phone":"\#($0)""# } ?? ""
            return #"{"idType":"resident-id","idNumber":"110101199001010010","#
                + #""name":"张样例""# + contact + "}"
        }
        return #"{"kind":"person.merged","source":"s","id":"\#(id)","area":"150500","#
            + #""occurredOn":"2023-03-05","operator":"u1","body":{"from":\#(persons[0]),"#
            + #""into":\#(persons[1]),"reason":"number-corrected"}}"#
    }

    static func complaint(_ id: String, summary: String) -> String {
        #"{"kind":"complaint.received","source":"s","id":"\#(id)","area":"150500","#
            + #""occurredOn":"2023-03-05","operator":"u1","body":{"about":{"operator":"u9"},"#
            + #""channel":"hotline","summary":"\#(summary)"}}"#
    }
}
