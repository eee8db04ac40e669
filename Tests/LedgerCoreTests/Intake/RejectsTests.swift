import AidRecords
import Glibc
import LedgerCore
import Testing

struct RejectsTests {
    private static let issue = RecordIssue(
        path: "/body/amountFen", reason: "a whole number is expected", value: "\"12.345\"")

    /// Writes rejects and gives the text of the file.
    private static func text(
        _ records: [(InputRecord, [RecordIssue])], in folder: TemporaryFolder
    ) throws -> String? {
        var writer = try RejectsWriter(path: folder.path("r.jsonl"), sourceName: "x.csv")
        for (record, issues) in records { try writer.write(record, issues: issues) }
        try writer.finish()
        return folder.text("r.jsonl")
    }

    private static func record(_ json: String, line: Int = 17) -> InputRecord {
        InputRecord(line: line, json: Array(json.utf8), source: Array(json.utf8))
    }

    private static func refused(_ source: [UInt8]?) -> InputRecord {
        InputRecord(line: 3, issue: RecordIssue(path: "", reason: "r"), source: source)
    }

    @Test func recordStandsBesideItsReasons() throws {
        let text = try RejectsTests.text(
            [
                (
                    RejectsTests.record(#"{"kind": "x"}"#),
                    [RejectsTests.issue, RecordIssue(path: "", reason: "b")]
                )
            ],
            in: TemporaryFolder())
        #expect(
            text
                == #"{"rejected":{"file":"x.csv","line":17,"errors":[{"field":"/body/amountFen","#
                + #""reason":"a whole number is expected","value":"\"12.345\""},"#
                + #"{"field":"","reason":"b"}]},"record":{"kind": "x"}}"# + "\n")
    }

    @Test(
        arguments: [
            (Array("1,\"二\n\\".utf8), #""text":"1,\"二\n\\""#),
            ([0xD2, 0xBD, 0x81], #""base64":"0r2B""#),
            ([0x61, 0x00], #""base64":"YQA=""#),
        ] as [([UInt8], String)])
    func whatIsNoRecordStandsAsText(source: [UInt8], member: String) throws {
        let refused = RejectsTests.refused(source)
        let text = try RejectsTests.text(
            [(refused, [try #require(refused.issue)])], in: TemporaryFolder())
        #expect(
            text
                == #"{"rejected":{"file":"x.csv","line":3,"errors":[{"field":"","reason":"r"}]},"#
                + member + "}\n")
    }

    @Test func jsonThatIsNoObjectStandsAsText() throws {
        let records = [#"[1]"#, #"{"a":"#, "x", #"{"a":1}}"#].map {
            (RejectsTests.record($0), [RejectsTests.issue])
        }
        let text = try #require(try RejectsTests.text(records, in: TemporaryFolder()))
        let lines = text.split(separator: "\n")
        #expect(lines.count == 4)
        #expect(lines[1].hasSuffix(#"]},"text":"{\"a\":"}"#))
        #expect(lines.allSatisfy { !$0.contains(#""record""#) })
    }

    @Test func whatWasTooLongIsNotThere() throws {
        let text = try RejectsTests.text([(RejectsTests.refused(nil), [])], in: TemporaryFolder())
        #expect(text == #"{"rejected":{"file":"x.csv","line":3,"errors":[]}}"# + "\n")
    }

    @Test func fileIsMadeWithTheFirstRejectAndNamedWithTheLast() throws {
        let folder = try TemporaryFolder()
        var writer = try RejectsWriter(path: folder.path("r.jsonl"), sourceName: "x")
        #expect(try folder.names == [])
        let before = writer.unfinishedPath
        #expect(before == nil)
        try writer.write(RejectsTests.record("{}"), issues: [])
        #expect(try folder.names == ["r.jsonl.part"])
        let during = writer.unfinishedPath
        #expect(during == folder.path("r.jsonl.part"))
        try writer.finish()
        #expect(try folder.names == ["r.jsonl"])
        let (after, count) = (writer.unfinishedPath, writer.count)
        #expect(after == nil)
        #expect(count == 1)
    }

    @Test func withoutRejectsAnOlderFileStays() throws {
        let folder = try TemporaryFolder()
        folder.write("old", to: "r.jsonl")
        #expect(try RejectsTests.text([], in: folder) == "old")
    }

    @Test func olderFileIsReplacedByACompleteOneOnly() throws {
        let folder = try TemporaryFolder()
        folder.write("old", to: "r.jsonl")
        do {
            var writer = try RejectsWriter(path: folder.path("r.jsonl"), sourceName: "x")
            try writer.write(RejectsTests.record("{}"), issues: [])
            try writer.flush()
        }
        #expect(folder.text("r.jsonl") == "old")
        #expect(folder.text("r.jsonl.part")?.isEmpty == false)
        let text = try RejectsTests.text([(RejectsTests.record("{\"a\":1}"), [])], in: folder)
        #expect(text?.hasSuffix("\"record\":{\"a\":1}}\n") == true)
        #expect(text?.split(separator: "\n").count == 1)
        #expect(try folder.names == ["r.jsonl"])
    }

    @Test func onlyTheOwnerCanReadTheFile() throws {
        let folder = try TemporaryFolder()
        folder.write("left over", to: "r.jsonl.part")
        chmod(folder.path("r.jsonl.part"), 0o644)
        _ = try RejectsTests.text([(RejectsTests.record("{}"), [])], in: folder)
        var status = stat()
        #expect(stat(folder.path("r.jsonl"), &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
    }

    @Test func placeThatCannotBeWrittenIsRefusedAtOnce() throws {
        let folder = try TemporaryFolder()
        #expect(
            throws: RejectsError.cannotWrite(path: "/nowhere/r.jsonl", errorNumber: ENOENT)
        ) { _ = try RejectsWriter(path: "/nowhere/r.jsonl", sourceName: "x") }
        #expect(throws: RejectsError.notARegularFile(path: "/dev/null")) {
            _ = try RejectsWriter(path: "/dev/null", sourceName: "x")
        }
        let path = folder.path("")
        #expect(throws: RejectsError.notARegularFile(path: path)) {
            _ = try RejectsWriter(path: path, sourceName: "x")
        }
        folder.write("", to: "file")
        let below = folder.path("file/r.jsonl")
        #expect(throws: RejectsError.cannotWrite(path: below, errorNumber: ENOTDIR)) {
            _ = try RejectsWriter(path: below, sourceName: "x")
        }
    }

    @Test func twoImportsDoNotMixTheirRejects() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("r.jsonl")
        var first = try RejectsWriter(path: path, sourceName: "x")
        try first.write(RejectsTests.record("{}"), issues: [])
        #expect(throws: RejectsError.inUse(path: path)) {
            var second = try RejectsWriter(path: path, sourceName: "y")
            try second.write(RejectsTests.record("{}"), issues: [])
        }
        try first.finish()
        #expect(folder.text("r.jsonl")?.contains(#""file":"x""#) == true)
    }

    @Test func symbolicLinkIsNotFollowed() throws {
        let folder = try TemporaryFolder()
        folder.write("precious", to: "other")
        symlink(folder.path("other"), folder.path("r.jsonl.part"))
        #expect(throws: RejectsError.self) {
            try RejectsTests.text([(RejectsTests.record("{}"), [])], in: folder)
        }
        #expect(folder.text("other") == "precious")
    }

    @Test func manyRejectsAreWrittenInOrder() throws {
        let records = (1...5_000).map {
            (RejectsTests.record("{\"n\":\($0)}", line: $0), [RejectsTests.issue])
        }
        let text = try #require(try RejectsTests.text(records, in: TemporaryFolder()))
        let reading = try read(text)
        #expect(reading.texts == (1...5_000).map { "{\"n\":\($0)}" })
    }

    // MARK: Importing a rejects file

    @Test(arguments: [
        #"{"rejected":{"file":"x","line":1,"errors":[]},"record":{"a":1}}"#,
        #" { "rejected" : {}, "text":"left", "record": {"a":1} } "#,
        #"{"record":{"a":1},"rejected":{}}"#,
    ])
    func recordOfARejectedLineIsRead(line: String) throws {
        let reading = try read("\(line)\n{\"b\":2}\n")
        #expect(reading.texts == [#"{"a":1}"#, #"{"b":2}"#])
        #expect(reading.sources == reading.texts)
    }

    @Test(
        arguments: [
            (#"{"rejected":{},"text":"1,\"二"}"#, Array("1,\"二".utf8)),
            (#"{"rejected":{},"base64":"0r2B"}"#, [0xD2, 0xBD, 0x81]),
            (#"{"rejected":{}}"#, nil),
        ] as [(String, [UInt8]?)])
    func rejectedLineWithoutARecordAsksForOne(line: String, source: [UInt8]?) throws {
        let record = try #require(try read(line).records.first)
        #expect(
            record.issue?.reason
                == "the rejected line holds no record: mend its text into the member `record`, "
                + "as a JSON object")
        #expect(record.source == source)
    }

    @Test(arguments: [
        (#"{"rejected":{},"record":[1]}"#, "`record` of a rejected line must be a JSON object"),
        (#"{"rejected":{},"recrod":{}}"#, "a rejected line has no member `recrod`"),
    ])
    func rejectedLineIsReadStrictly(line: String, reason: String) throws {
        #expect(try read(line).reasons == [reason])
    }

    @Test(arguments: [
        #"{"record":{"a":1}}"#, #"{"rejected":{"#, #"{"rejected":1,"rejected":2,"record":{}}"#,
    ])
    func whatIsNoRejectedLineIsLeftToTheValidator(line: String) throws {
        #expect(try read(line).texts == [line])
    }

    @Test func rejectingTwiceWrapsOnce() throws {
        let folder = try TemporaryFolder()
        let source = Array("1,\"二".utf8)
        let refused = RejectsTests.refused(source)
        var text = try #require(try RejectsTests.text([(refused, [])], in: folder))
        for _ in 0..<3 {
            let record = try #require(try read(text).records.first)
            #expect(record.source == source)
            text = try #require(try RejectsTests.text([(record, [])], in: folder))
        }
        #expect(
            text == #"{"rejected":{"file":"x.csv","line":1,"errors":[]},"text":"1,\"二"}"# + "\n")
    }
}
