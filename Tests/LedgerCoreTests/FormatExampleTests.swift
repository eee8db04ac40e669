import AidRecords
import Crypto
import Foundation
import LedgerCore
import Testing
import TransparencyLog

/// Makes the worked example of `ledger/FORMAT.md` again. Its figures come from another
/// implementation.
@Suite struct FormatExampleTests {
    private let page: String
    private let catalogue: KindCatalogue

    init() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        page = try String(contentsOf: root.appending(path: "ledger/FORMAT.md"), encoding: .utf8)
        let folder = root.appending(path: "ledger/kinds")
        var files: [String: String] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path)
        where name.hasSuffix(".yaml") {
            files[name] = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
        }
        catalogue = try KindCatalogue(files: files)
    }

    private let seed = [UInt8](0..<32)
    private let origin = "aid.example.gov.cn/150500"

    private func moment(_ text: String) throws -> Moment {
        try #require(Array(text.utf8).withUnsafeBufferPointer { Moment($0) })
    }

    private func entries() throws -> (first: SequencedEntry, second: SequencedEntry, Sequencer) {
        let key = try SigningKey(name: KeyName(origin), seed: seed)
        var sequencer = Sequencer()
        let day = try #require(CivilDate("2023-03-05"))
        let created = ProgramEntry(
            kind: try #require(catalogue.kind("ledger.created")), area: "150500", occurredOn: day,
            operator: "example",
            body: .object([
                "origin": .string(origin),
                "nonce": .string(String(repeating: "0", count: 64)),
                "profile": .string("sha256-ed25519"),
                "vkey": .string(key.verifierKey.formatted),
                "timeZone": .string("Asia/Shanghai"),
            ]))
        let first = try sequencer.append(
            PreparedRecord(created, seq: 0), at: moment("2023-03-05T01:30:00Z"))
        let line = Array(
            #"""
            {"kind":"progress.circulated","source":"yb-guanli","id":"TB-2022-1","area":"150500",
            "occurredOn":"2023-03-05","operator":"u1023",
            "body":{"period":"2022","docNo":"样例通报〔2023〕1号"}}
            """#.utf8)
        var reader = RecordReader(catalogue: catalogue)
        let outcome = line.withUnsafeBufferPointer { reader.read($0, today: day) }
        guard case .record(let record) = outcome else {
            throw Unexpected()
        }
        let second = try sequencer.append(record, at: moment("2023-03-05T01:30:01Z"))
        return (first, second, sequencer)
    }

    private struct Unexpected: Error {}

    @Test func bytesAndHashesAreThoseOfThePage() throws {
        let (first, second, sequencer) = try entries()
        for entry in [first, second] {
            let text = String(decoding: entry.bytes, as: UTF8.self)
            #expect(page.contains("\n\(text)\n"))
            #expect(page.contains("Entry \(entry.index.value), \(entry.bytes.count) bytes:"))
            #expect(page.contains("leaf hash `\(entry.leafHash.hex)`"))
        }
        #expect(first.subtreeHashes.isEmpty)
        #expect(second.subtreeHashes.map(\.hex) == [sequencer.frontier.rootHash.hex])
        #expect(page.contains("`subtreeHashes` is `\(sequencer.frontier.rootHash.hex)`"))
    }

    @Test func checkpointIsThatOfThePage() throws {
        let (_, _, sequencer) = try entries()
        let key = try SigningKey(name: KeyName(origin), seed: seed)
        let note = try Checkpoint(origin: KeyName(origin), head: sequencer.frontier.head)
            .signed(by: key)
        #expect(page.contains("```\n\(String(decoding: note.formatted, as: UTF8.self))```"))
        #expect(page.contains("`\(key.verifierKey.formatted)`"))
    }

    @Test func commitmentAndTagAreThoseOfThePage() throws {
        let cipher = VaultCipher(
            vaultKey: VaultKey(use: .vault, bytes: seed),
            indexKey: VaultKey(use: .index, bytes: seed), surroundings: .system)
        let commitment = VaultCipher.commitment(
            "name", "张样例", under: SymmetricKey(data: seed), version: 1)
        #expect(page.contains("commitment `\(commitment)`"))
        let tag = cipher.tag(type: "resident-id", value: "11010119900101001X")
        #expect(page.contains("tag `\(Hex.encode(tag))`"))
    }

    /// What entries hold can be read back, and reading tells where it is not what it should be.
    @Test func entriesAreReadBack() throws {
        let (_, second, _) = try entries()
        var reader = EntryReader(catalogue: catalogue)
        try second.bytes.withUnsafeBufferPointer { bytes in
            try reader.read(bytes)
            #expect(reader.entry.source(in: bytes) == "yb-guanli")
        }
        #expect(reader.entry.seq == 1)
        let altered = Array(
            String(decoding: second.bytes, as: UTF8.self)
                .replacing("\"period\":\"2022\"", with: "\"period\":\"20x2\"").utf8)
        #expect(throws: EntryReader.Unreadable.self) {
            try altered.withUnsafeBufferPointer { try reader.read($0) }
        }
    }
}
