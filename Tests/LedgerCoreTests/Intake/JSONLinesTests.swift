import AidRecords
import Glibc
import LedgerCore
import Testing

struct JSONLinesTests {
    private static let mebibyte = 1 << 20

    @Test func linesEndWithLFOrCRLFOrTheFile() throws {
        let reading = try read("{\"a\":1}\n{\"b\":2}\r\n{\"c\":3}")
        #expect(reading.texts == [#"{"a":1}"#, #"{"b":2}"#, #"{"c":3}"#])
        #expect(reading.lines == [1, 2, 3])
        #expect(reading.reasons == [nil, nil, nil])
        #expect(reading.sources == reading.texts)
        #expect(reading.linesRead == 3)
    }

    @Test func blankLinesAreSkippedAndCounted() throws {
        let reading = try read("\n  \t \r\n{}\n\r\n\n{}\n")
        #expect(reading.lines == [3, 6])
        #expect(reading.linesRead == 6)
    }

    @Test(arguments: ["", "\u{FEFF}", "\n", " \r\n\r\n", "\u{FEFF}\n"])
    func fileWithoutContentHasNoRecords(text: String) throws {
        #expect(try read(text).records.isEmpty)
    }

    @Test func byteOrderMarkIsSkipped() throws {
        let reading = try read("\u{FEFF}{\"a\":1}\n")
        #expect(reading.texts == [#"{"a":1}"#])
        #expect(reading.encoding == .utf8)
        #expect(reading.bytesRead == 11)
    }

    @Test func digestIsOfTheBytesAsTheyStand() throws {
        let reading = try read("abc")
        #expect(
            hex(reading.sha256)
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        let empty = try read("")
        #expect(
            hex(empty.sha256)
                == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }

    @Test func digestIsNotThereBeforeTheEnd() throws {
        let file = SampleFile("{}\n{}\n")
        var reader = try InputReader(descriptor: file.descriptor, format: .jsonLines)
        var digests: [[UInt8]?] = [reader.contentSHA256]
        while try reader.next() != nil { digests.append(reader.contentSHA256) }
        #expect(digests[0] == nil && digests[1] == nil)
        let digest = reader.contentSHA256
        #expect(digest?.count == 32)
    }

    @Test(arguments: ["\n", "\r\n", ""])
    func lineOfOneMebibyteIsReadAndOneByteMoreIsNot(lineEnd: String) throws {
        let longest = String(repeating: "x", count: JSONLinesTests.mebibyte)
        #expect(try read(longest + lineEnd).texts == [longest])
        let reading = try read("{}\n\(longest)y\(lineEnd)")
        #expect(reading.texts == ["{}", ""])
        let refused = try #require(reading.records.last)
        #expect(refused.line == 2)
        #expect(refused.source == nil)
        #expect(refused.issue?.reason.contains("at most 1048576 are read") == true)
    }

    @Test func linesAfterTooLongOnesAreRead() throws {
        let long = String(repeating: "x", count: 3 * JSONLinesTests.mebibyte)
        let reading = try read("\(long)\n{\"a\":1}\n\(long)\r\n{\"b\":2}")
        #expect(reading.texts == ["", #"{"a":1}"#, "", #"{"b":2}"#])
        #expect(reading.lines == [1, 2, 3, 4])
    }

    /// That it takes no memory shows where a process does nothing else (`test_bad_input.py`).
    @Test func hugeLineIsRefusedAlone() throws {
        let file = SampleFile(String(repeating: "{\"a\":\"bcdefgh\"}\n", count: 10_000))
        file.appendHole(byteCount: 256 * JSONLinesTests.mebibyte)
        file.append(Array("\n{\"last\":1}\n".utf8))
        file.rewind()
        let reading = try read(file)
        #expect(reading.records.count == 10_002)
        #expect(
            reading.records[10_000].issue?.reason.hasPrefix("the line is 268435456 bytes") == true)
        #expect(reading.texts.last == #"{"last":1}"#)
    }

    @Test func nullIsRefusedInItsLineAlone() throws {
        let reading = try read("{\"a\":1}\n{\"a\":\"\0\"}\n{\"a\":2}\n")
        #expect(
            reading.reasons == [
                nil, "byte 7 of the line is NUL (U+0000), which is not allowed", nil,
            ])
        #expect(reading.records[1].source == Array("{\"a\":\"\0\"}".utf8))
    }

    @Test func endOfFileCharacterOfDOSIsALineLikeAnother() throws {
        #expect(try read("{}\r\n\u{1A}").texts == ["{}", "\u{1A}"])
    }

    @Test(
        arguments: [
            [0xC3, 0x28], [0xE5, 0x8C], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xC0, 0xAF],
            [0x80], [0xFF], [0xE0, 0x80, 0xAF],
        ] as [[UInt8]])
    func invalidUTF8IsRefusedInItsLineAlone(bytes: [UInt8]) throws {
        let line = Array("{\"a\":\"".utf8) + bytes + Array("\"}".utf8)
        let text = Array("{\"a\":\"医\"}\n".utf8) + line + Array("\n{\"a\":\"疗\"}\n".utf8)
        let reading = try read(SampleFile(text))
        #expect(reading.texts == [#"{"a":"医"}"#, "", #"{"a":"疗"}"#])
        #expect(reading.reasons[1]?.hasPrefix("byte 7 of the line is not valid UTF-8") == true)
        #expect(reading.records[1].source == line)
    }

    @Test(arguments: [1, 2, 3, 5, 8, 13, 64, 4096])
    func pipeIsReadWhateverComesAtATime(writtenBytes: Int) throws {
        let text = Array(String(repeating: "{\"a\":\"医疗救助\"}\r\n\n", count: 50).utf8)
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        for start in stride(from: 0, to: text.count, by: writtenBytes) {
            let part = Array(text[start..<min(text.count, start + writtenBytes)])
            #expect(write(ends[1], part, part.count) == part.count)
        }
        close(ends[1])
        defer { close(ends[0]) }
        var reader = try InputReader(descriptor: ends[0], format: .jsonLines, chunkBytes: 7)
        var count = 0
        while let record = try reader.next() {
            count += 1
            #expect(record.json == Array("{\"a\":\"医疗救助\"}".utf8))
        }
        #expect(count == 50)
    }

    @Test func everyPlaceCanBeAChunkBoundary() throws {
        let text = "\u{FEFF}{\"a\":\"医疗\"}\r\n\n \r\n{\"b\":\"\u{20000}\"}\r\n\r{}\n{\"c\":\"救助\"}"
        let broken = Array("\n".utf8) + medicalAidInGB18030 + Array("\r\n\0\n{}".utf8)
        let file = SampleFile(Array(text.utf8) + broken)
        let whole = try read(file)
        #expect(whole.records.count == 7)
        for chunkBytes in 1...text.utf8.count + broken.count {
            file.rewind()
            #expect(try read(file, chunkBytes: chunkBytes) == whole)
        }
    }
}
