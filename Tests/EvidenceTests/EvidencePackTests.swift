import Crypto
import Evidence
import Testing
import TransparencyLog

/// A small pack, altered in every way.
struct EvidencePackTests {
    private static let entries: [[UInt8]] = (0..<7).map { number in
        let commitment = number == 2 ? disclosure.commitment : "none"
        return Array(
            "{\"body\":{\"list\":[{\"text\":\"\(commitment)\"}],\"sealed\":\"00\"},\"seq\":\(number)}"
                .utf8)
    }

    private static let disclosure = Disclosure(
        seq: 2, path: "list/0/text", field: "list/0/text", salt: "ab", value: "密封的\n文字")

    private let key: SigningKey
    private let trust: Trust
    private let pack: EvidencePack

    init() throws {
        key = try SigningKey(
            name: KeyName("log.example/1"), seed: [UInt8](repeating: 7, count: 32))
        trust = try #require(Trust(keys: [key.verifierKey], policy: nil))
        var nodes: [Subtree: NodeHash] = [:]
        var frontier = TreeFrontier()
        for (index, entry) in EvidencePackTests.entries.enumerated() {
            let leaf = LeafHash(entry: entry)
            nodes[Subtree(level: 0, index: Int64(index))] = NodeHash(leaf)
            for (level, hash) in frontier.append(leaf).enumerated() {
                let subtree = Subtree(level: level + 1, index: Int64(index) >> (level + 1))
                nodes[subtree] = hash
            }
        }
        let note = try Checkpoint(origin: key.name, head: frontier.head).signed(by: key)
        let shown = try [2, 5].map { (seq: Int64) in
            let inclusion = try InclusionProof.prove(
                LeafIndex(seq), in: frontier.size, reading: { try #require(nodes[$0]) })
            return EvidencePack.Entry(
                seq: seq, bytes: EvidencePackTests.entries[Int(seq)],
                proof: TLogProof(inclusion: inclusion, note: note), rendering: "entry \(seq)\n")
        }
        pack = EvidencePack(
            checkpoint: note, entries: shown, disclosures: [EvidencePackTests.disclosure],
            aids: ["log.vkey": Array("\(key.verifierKey)\n".utf8)])
    }

    private func check(_ bytes: [UInt8], _ trust: Trust) throws -> Demonstration {
        try ProofCheck(trust, name: "pack").run(EvidencePack(parsing: bytes))
    }

    /// Reckoned with Python: hashlib.sha256('["aidledger/1","list/0/text","ab","密封的\\n文字"]').
    @Test func commitmentIsThatOfTheFormat() {
        let statement = "[\"aidledger/1\",\"list/0/text\",\"ab\",\"密封的\\n文字\"]"
        let digest = SHA256.hash(data: Array(statement.utf8))
        #expect(EvidencePackTests.disclosure.commitment == Hex.encode(digest))
    }

    @Test func holds() throws {
        let bytes = try pack.archive().formatted
        #expect(try EvidencePack(parsing: bytes) == pack)
        let shown = try check(bytes, trust)
        #expect(shown.entries.map(\.seq) == [2, 5])
        #expect(shown.disclosures == [EvidencePackTests.disclosure])
    }

    @Test func everyByteThatIsChangedIsRefused() throws {
        let bytes = try pack.archive().formatted
        for place in bytes.indices {
            var altered = bytes
            altered[place] ^= 1 << UInt8(place % 8)
            #expect(throws: EvidenceError.self, "byte \(place)") {
                try check(altered, trust)
            }
        }
    }

    @Test func everyTruncationIsRefused() throws {
        let bytes = try pack.archive().formatted
        for count in stride(from: 0, to: bytes.count, by: 3) {
            #expect(throws: EvidenceError.self) { try check(Array(bytes[..<count]), trust) }
        }
    }

    /// Whoever alters a pack can make its archive and its list anew; what is proved is not theirs.
    @Test func entriesThatWereExchangedDoNotHold() throws {
        func altered(_ change: (EvidencePack.Entry) -> EvidencePack.Entry) throws -> [UInt8] {
            try EvidencePack(
                checkpoint: pack.checkpoint,
                entries: [change(pack.entries[0]), pack.entries[1]],
                disclosures: pack.disclosures, aids: pack.aids
            ).archive().formatted
        }
        let other = pack.entries[1]
        let changes: [(EvidencePack.Entry) -> EvidencePack.Entry] = [
            { .init(seq: $0.seq, bytes: other.bytes, proof: $0.proof, rendering: "") },
            { .init(seq: $0.seq, bytes: $0.bytes, proof: other.proof, rendering: "") },
            { .init(seq: 3, bytes: $0.bytes, proof: $0.proof, rendering: "") },
            { .init(seq: $0.seq, bytes: $0.bytes + [10], proof: $0.proof, rendering: "") },
        ]
        for change in changes {
            let bytes = try altered(change)
            #expect(throws: DoesNotHold.self) { try check(bytes, trust) }
        }
    }

    @Test(arguments: [
        Disclosure(seq: 2, path: "list/0/text", field: "list/0/text", salt: "ab", value: "x"),
        Disclosure(
            seq: 2, path: "list/0/text", field: "list/0/text", salt: "ac", value: "密封的\n文字"),
        Disclosure(seq: 2, path: "list/0/text", field: "other", salt: "ab", value: "密封的\n文字"),
        Disclosure(
            seq: 5, path: "list/0/text", field: "list/0/text", salt: "ab", value: "密封的\n文字"),
        Disclosure(
            seq: 9, path: "list/0/text", field: "list/0/text", salt: "ab", value: "密封的\n文字"),
        Disclosure(
            seq: 2, path: "list/9/text", field: "list/9/text", salt: "ab", value: "密封的\n文字"),
    ])
    func whatTheEntryDoesNotConfirmDoesNotHold(disclosure: Disclosure) throws {
        let bytes = try EvidencePack(
            checkpoint: pack.checkpoint, entries: pack.entries, disclosures: [disclosure],
            aids: [:]
        ).archive().formatted
        #expect(throws: DoesNotHold.self) { try check(bytes, trust) }
    }

    @Test func anotherKeyIsNotBelieved() throws {
        let other = try SigningKey(name: key.name, seed: [UInt8](repeating: 8, count: 32))
        let stranger = try #require(Trust(keys: [other.verifierKey], policy: nil))
        let bytes = try pack.archive().formatted
        #expect(throws: DoesNotHold.self) { try check(bytes, stranger) }
    }

    @Test func filesThatDoNotBelongAreRefused() throws {
        let zip = try pack.archive()
        let more = try StoredZip(zip.files + [.init(name: "more", bytes: [])]).formatted
        #expect(throws: EvidenceError.altered) { try check(more, trust) }
        let fewer = try StoredZip(zip.files.dropLast()).formatted
        #expect(throws: EvidenceError.self) { try check(fewer, trust) }
        let other = try StoredZip(Array(zip.files.reversed())).formatted
        #expect(throws: EvidenceError.self) { try check(other, trust) }
        let none = try StoredZip([]).formatted
        #expect(throws: EvidenceError.self) { try check(none, trust) }
    }
}
