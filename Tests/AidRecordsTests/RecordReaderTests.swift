import AidRecords
import Testing

/// What a JSON Schema cannot say, and how errors read.
@Suite struct RecordReaderTests {
    private let catalogue: KindCatalogue

    init() throws { catalogue = try Declared.catalogue() }

    private func record(
        kind: String = "progress.circulated", source: String = "s", id: String = "1",
        occurredOn: String = "2023-03-05", more: String = "",
        body: String = #"{"period":"2022","docNo":"1号"}"#
    ) -> String {
        #"{"kind":"\#(kind)","source":"\#(source)","id":"\#(id)","area":"150500","#
            + #""occurredOn":"\#(occurredOn)","operator":"u1"\#(more),"body":\#(body)}"#
    }

    private func reasons(_ text: String) -> [String] {
        Declared.issues(text, catalogue).map(\.description)
    }

    @Test func soundRecordIsRead() { #expect(reasons(record()).isEmpty) }

    @Test func duplicateMemberIsNamed() {
        #expect(reasons(record(more: #","id":"2""#)) == ["/id: stands here twice"])
        let body = #"{"period":"2022","docNo":"1","docNo":"2"}"#
        #expect(reasons(record(body: body)) == ["/body/docNo: stands here twice"])
    }

    @Test func duplicateMemberBehindAnEscapeIsNamed() {
        #expect(reasons(record(more: #","\u0069d":"2""#)) == ["/id: stands here twice"])
    }

    @Test(arguments: [
        (#"{"a":"\ud800"}"#, "a \\u escape is half of a surrogate pair (byte 7 of the line)"),
        (#"{"a":"\udc00x"}"#, "a \\u escape is half of a surrogate pair (byte 7 of the line)"),
        (#"{"a":"\u0000"}"#, "U+0000 is not allowed (byte 7 of the line)"),
        (#"{"a":"\q"}"#, "unknown escape in a string (byte 7 of the line)"),
        (#"{"a":01}"#, "not a JSON number (byte 6 of the line)"),
        (#"{"a":1.}"#, "not a JSON number (byte 8 of the line)"),
        (#"{"a":1,}"#, "unexpected character '}' (byte 8 of the line)"),
        (#"{"a":[1,]}"#, "unexpected character ']' (byte 9 of the line)"),
        (#"{"a":1"#, "the JSON text ends too early (byte 7 of the line)"),
        (#"{} x"#, "text after the end of the JSON object (byte 4 of the line)"),
        (#"[1]"#, "not a JSON object (byte 1 of the line)"),
        ("", "the JSON text ends too early (byte 1 of the line)"),
        (
            "{\"a\":\"\u{1}\"}",
            "a control character stands unescaped in a string (byte 7 of the line)"
        ),
    ])
    func faultOfTheTextIsNamedWithItsPlace(_ text: String, _ reason: String) {
        #expect(reasons(text) == [reason])
    }

    @Test(
        arguments: [
            [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0x80], [0xE4, 0xBD],
            [0xF0, 0x80, 0x80, 0x80], [0xE0, 0x80, 0x80],
        ] as [[UInt8]])
    func bytesThatAreNoUTF8AreRefused(_ bytes: [UInt8]) {
        var reader = RecordReader(catalogue: catalogue)
        let text = Array("{\"a\":\"".utf8) + bytes + Array("\"}".utf8)
        let outcome = text.withUnsafeBufferPointer {
            reader.read($0, today: Declared.today)
        }
        guard case .refused(let issues) = outcome else {
            Issue.record("it was accepted")
            return
        }
        #expect(issues[0].reason.hasPrefix("the bytes are not valid UTF-8"))
    }

    @Test func nestingIsBounded() {
        let deep = String(repeating: "[", count: 100_000)
        #expect(
            reasons("{\"a\":\(deep)") == ["nested deeper than 16 levels (byte 21 of the line)"])
    }

    @Test func dayAfterTodayIsRefusedAndTodayIsNot() {
        #expect(reasons(record(occurredOn: "2026-01-01")).isEmpty)
        #expect(
            reasons(record(occurredOn: "2026-01-02"))
                == ["/occurredOn: lies after today, 2026-01-01 in China"])
    }

    @Test func momentMustBeOnTheDayInChina() {
        // 16:30 UTC on the 4th is half past midnight of the 5th in China.
        #expect(reasons(record(more: #","occurredAt":"2023-03-04T16:30:00Z""#)).isEmpty)
        #expect(
            reasons(record(more: #","occurredAt":"2023-03-05T16:30:00Z""#))
                == ["/occurredAt: is not on the day of occurredOn in China"])
    }

    @Test func sourceOfTheProgramIsKeptForIt() {
        #expect(
            reasons(record(source: "aidledger"))
                == ["/source: is kept for entries of the program itself"])
    }

    @Test func kindOfTheProgramIsRefused() {
        #expect(
            reasons(record(kind: "import.finished")) == [
                "/kind: import.finished is written by the program itself and refused at intake"
            ])
    }

    @Test func errorsNameFieldValueAndReason() {
        let body = #"{"period":"2022-13","docNo":"1号","note":"x"}"#
        #expect(
            reasons(record(body: body)) == [
                "/body/note: unknown field",
                "/body/period: YYYY or YYYY-MM is expected, not \"2022-13\"",
            ])
    }

    @Test func personalValuesAreMaskedInErrors() throws {
        let person =
            #"{"idType":"resident-id","idNumber":"110101199001010015","name":12,"phone":"13800000000\n"}"#
        let body = #"{"person":\#(person),"diedOn":"2023-02-29","noticeFrom":"health"}"#
        let issues = Declared.issues(record(kind: "person.died", body: body), catalogue)
        let text = issues.map(\.description).joined(separator: "\n")
        #expect(issues.count == 3)
        #expect(text.contains("/body/person/phone"))
        #expect(!text.contains("13800000000"))
        #expect(text.contains("not \"2023-02-29\""))
    }

    @Test func recordsAreWrittenInCanonicalForm() throws {
        let spaced = """
             { "body" : { "docNo" : "\\u4e00号\\n\\/" , "period":"2022" },"operator":"u1",
             "occurredOn":"2023-03-05","area":"150500","id":"1","source":"s", "kind":"progress.circulated" }
            """
        // docNo is short text, so the line feed is refused; without it the rest is canonical.
        #expect(reasons(spaced).count == 1)
        let sound = spaced.replacing("\\n", with: "")
        guard case .record(let prepared) = Declared.read(sound, catalogue) else {
            Issue.record("refused")
            return
        }
        let entry = [UInt8](repeating: 0, count: 32).withUnsafeBytes { prev in
            prepared.entryBytes(at: Array("1970-01-01T00:00:00Z".utf8), prev: prev, seq: 12)
        }
        let zeros = String(repeating: "0", count: 64)
        #expect(
            String(decoding: entry, as: UTF8.self)
                == #"{"area":"150500","at":"1970-01-01T00:00:00Z","body":{"docNo":"一号/","period":"2022"},"#
                + #""id":"1","kind":"progress.circulated","occurredOn":"2023-03-05","operator":"u1","#
                + #""prev":"\#(zeros)","seq":12,"source":"s","v":1}"#)
        #expect(prepared.isRecorded(as: entry))
        #expect(!prepared.isRecorded(as: Array("{}".utf8)))
    }
}
