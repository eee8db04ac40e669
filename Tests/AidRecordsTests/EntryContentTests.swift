import AidRecords
import Testing

/// What an entry says, apart from its place: the texts are written by hand after ledger/FORMAT.md.
@Suite struct EntryContentTests {
    private static let prev = String(repeating: "ab", count: 32)
    private static let otherPrev = String(repeating: "cd", count: 32)

    private func entry(
        at: String = "2026-01-02T03:04:05Z", note: String = "x", id: String = "T-1",
        prev: String = prev, seq: Int = 7, source: String = "yb"
    ) -> String {
        #"{"area":"150502","at":"\#(at)","body":{"note":"\#(note)"},"id":"\#(id)","kind":"a.b","#
            + #""occurredOn":"2026-01-01","operator":"u","prev":"\#(prev)","seq":\#(seq),"#
            + #""source":"\#(source)","v":1}"#
    }

    private func read<Result>(
        _ text: String, _ body: (borrowing EntryContentReader, EntryContent?) -> Result
    ) -> Result {
        var reader = EntryContentReader()
        return Array(text.utf8).withUnsafeBufferPointer {
            let content = reader.read($0)
            return body(reader, content)
        }
    }

    private func isSame(_ one: String, _ other: String) -> Bool {
        read(one) { _, one in
            read(other) { _, other in
                guard let one, let other else { return false }
                return one.isSame(as: other)
            }
        }
    }

    @Test func timeLinkAndNumberAreNoContent() {
        #expect(
            isSame(
                entry(),
                entry(at: "2027-01-02T03:04:05Z", prev: EntryContentTests.otherPrev, seq: 12_345)))
    }

    @Test(arguments: ["note", "id", "source"])
    func allElseIsContent(member: String) {
        let other =
            switch member {
            case "note": entry(note: "y")
            case "id": entry(id: "T-2")
            default: entry(source: "yc")
            }
        #expect(!isSame(entry(), other))
    }

    @Test func whatTheProgramWroteIsNumberedByItsPlace() {
        #expect(
            isSame(
                entry(id: "7", seq: 7, source: "aidledger"),
                entry(id: "1234", seq: 1_234, source: "aidledger")))
        #expect(!isSame(entry(id: "7", source: "aidledger"), entry(id: "7", source: "aidledgers")))
    }

    @Test func partsAreFoundWhereTheyStand() {
        let texts = read(entry(note: #"\",\"id\":\"T-9\",\"kind\":\""#)) { _, content in
            content.map { [$0.at, $0.link].map { String(decoding: $0, as: UTF8.self) } }
        }
        #expect(texts == ["2026-01-02T03:04:05Z", "\(EntryContentTests.prev)\",\"seq\":7"])
    }

    @Test(arguments: ["", "{}", "[", "null", #"{"area":"150502","at":"2026-01-02T03:04:05Z"#])
    func otherBytesAreNoEntry(text: String) {
        #expect(read(text) { _, content in content == nil })
    }

    @Test func entryThatIsCutOffAnywhereIsNone() {
        let whole = entry()
        for count in 0..<whole.utf8.count {
            #expect(read(String(whole.prefix(count))) { _, content in content == nil }, "\(count)")
        }
    }
}
