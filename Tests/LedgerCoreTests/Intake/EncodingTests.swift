import LedgerCore
import Testing

struct EncodingTests {
    /// `{"a":"…"}` with the given bytes as the string, and a line end.
    private static func line(_ bytes: [UInt8]) -> [UInt8] {
        Array(#"{"a":""#.utf8) + bytes + Array("\"}\n".utf8)
    }

    private static func line(_ text: String) -> [UInt8] { line(Array(text.utf8)) }

    // The bytes are those of Python's encoder and of `iconv -t GB18030`.
    @Test(
        arguments: [
            (medicalAidInGB18030, "医疗救助"),
            ([0x95, 0x32, 0x82, 0x36], "𠀀"),
            ([0x81, 0x5C], "乗"),
            ([0x81, 0x7C], "亅"),
            ([0x81, 0x30, 0x84, 0x32], "\u{A0}"),
            ([0xA3, 0xBF], "？"),
            ([0xC1, 0xAA, 0xCD, 0xA8], "联通"),
            ([0x94, 0x39, 0xFC, 0x36, 0x61], "😀a"),
        ] as [([UInt8], String)])
    func gb18030IsDecoded(bytes: [UInt8], text: String) throws {
        let reading = try read(SampleFile(EncodingTests.line(bytes)), encoding: .gb18030)
        #expect(reading.texts == ["{\"a\":\"\(text)\"}"])
        #expect(reading.sources == reading.texts)
    }

    @Test func gb18030IsRecognised() throws {
        let mixed = medicalAidInGB18030 + [0x95, 0x32, 0x82, 0x36, 0x81, 0x5C]
        let lines = [EncodingTests.line(medicalAidInGB18030), EncodingTests.line(mixed)]
        let reading = try read(SampleFile(lines.joined()))
        #expect(reading.encoding == .gb18030)
        #expect(reading.texts == [#"{"a":"医疗救助"}"#, #"{"a":"医疗救助𠀀乗"}"#])
    }

    @Test func gb18030IsRecognisedByItsMark() throws {
        let reading = try read(
            SampleFile([0x84, 0x31, 0x95, 0x33] + EncodingTests.line([0x81, 0x5C])))
        #expect(reading.encoding == .gb18030)
        #expect(reading.texts == [#"{"a":"乗"}"#])
    }

    @Test func gb18030IsRecognisedFarInTheFile() throws {
        let ascii = [UInt8](String(repeating: "{\"a\":1}\n", count: 100_000).utf8)
        let tail = [UInt8](
            [EncodingTests.line(medicalAidInGB18030), EncodingTests.line("x")].joined())
        let reading = try read(SampleFile(ascii + tail))
        #expect(reading.encoding == .gb18030)
        #expect(reading.texts.suffix(2) == [#"{"a":"医疗救助"}"#, #"{"a":"x"}"#])
    }

    @Test func brokenGB18030IsRefusedInItsLineAlone() throws {
        let broken = EncodingTests.line([0xD2, 0xBD, 0x81, 0x20])
        let cut = Array("{\"a\":\"".utf8) + [0xD2, 0xBD, 0x95, 0x32, 0x0A]
        let good = EncodingTests.line(medicalAidInGB18030)
        let file = SampleFile(good + broken + good + cut + good)
        let reading = try read(file)
        #expect(reading.encoding == .gb18030)
        let text = #"{"a":"医疗救助"}"#
        #expect(reading.texts == [text, "", text, "", text])
        let reason = "byte 9 of the line is not valid GB18030"
        #expect(reading.reasons == [nil, reason, nil, reason, nil])
        #expect(reading.records[1].source == broken.dropLast())
    }

    @Test func utf8FileWithBrokenLinesStaysUTF8() throws {
        let good = EncodingTests.line("医疗救助")
        let broken = EncodingTests.line(medicalAidInGB18030)
        let file = SampleFile([broken, good, good, broken, good].joined())
        let reading = try read(file)
        #expect(reading.encoding == .utf8)
        let text = #"{"a":"医疗救助"}"#
        #expect(reading.texts == ["", text, text, "", text])
        #expect(
            reading.reasons[0]
                == "byte 9 of the line is not valid UTF-8; it would be valid GB18030: "
                + "is that the encoding of the file?")
    }

    /// Latin-1 `é` before a letter, and UTF-8 cut in the middle, are well-formed GB18030 too.
    @Test(arguments: [[0xE9, 0x61], [0xE5, 0x8C, 0xBB, 0xE7, 0x96]] as [[UInt8]])
    func damagedLineAmongASCIIIsNotTakenForGB18030(bytes: [UInt8]) throws {
        let ascii = Array("{\"a\":1}\n".utf8)
        let reading = try read(SampleFile(ascii + EncodingTests.line(bytes) + ascii))
        #expect(reading.encoding == .utf8)
        #expect(reading.reasons.map { $0 == nil } == [true, false, true])
    }

    /// 女 in GB18030 (C5 AE) is valid UTF-8 as well: such lines must not outvote the others.
    @Test func linesThatCanBeBothSayNothing() throws {
        let ambiguous = EncodingTests.line([0xC5, 0xAE])
        let clear = EncodingTests.line(medicalAidInGB18030)
        let reading = try read(SampleFile([ambiguous, ambiguous, clear, ambiguous].joined()))
        #expect(reading.encoding == .gb18030)
        #expect(reading.texts[0] == #"{"a":"女"}"#)
    }

    @Test func encodingThatIsNamedIsNotGuessed() throws {
        let file = SampleFile(EncodingTests.line(medicalAidInGB18030))
        let reading = try read(file, encoding: .utf8)
        #expect(reading.encoding == .utf8)
        #expect(reading.texts == [""])
        let utf8 = try read(SampleFile(EncodingTests.line("医")), encoding: .gb18030)
        #expect(utf8.texts == [""])
    }

    /// Counted in the file's own bytes, whatever their encoding.
    @Test func nullIsFoundWhereItStandsInTheLine() throws {
        let line = EncodingTests.line(medicalAidInGB18030 + [0])
        let reading = try read(SampleFile(line), encoding: .gb18030)
        #expect(reading.reasons == ["byte 15 of the line is NUL (U+0000), which is not allowed"])
        #expect(reading.records[0].source == line.dropLast())
    }

    @Test func markOfUTF8ContradictsGB18030() {
        #expect(throws: InputError.utf8MarkInGB18030) {
            try read("\u{FEFF}{}", encoding: .gb18030)
        }
    }

    @Test func asciiFileLeavesTheEncodingOpen() throws {
        #expect(try read("{}\n").encoding == .automatic)
    }

    @Test func sampleCutInsideACharacterIsJudgedAllTheSame() throws {
        // One line longer than the sample, in each place relative to its end.
        for shift in 0..<4 {
            let text = Array(repeating: medicalAidInGB18030, count: 20_000).joined()
            let padding = [UInt8](repeating: 0x61, count: shift)
            let reading = try read(SampleFile(EncodingTests.line(padding + [0x2C] + text)))
            #expect(reading.encoding == .gb18030)
            let utf8 = String(repeating: "医疗救助", count: 20_000)
            let other = try read(
                SampleFile(EncodingTests.line(padding + [0x2C] + Array(utf8.utf8))))
            #expect(other.encoding == .utf8)
            #expect(other.reasons == [nil])
        }
    }

    @Test func everyPlaceCanBeAChunkBoundary() throws {
        let lines = [
            medicalAidInGB18030, [0x95, 0x32, 0x82, 0x36], [0x81, 0x5C, 0xD2, 0xBD], [0x81],
        ]
        let bytes = [UInt8](lines.map(EncodingTests.line).joined())
        let file = SampleFile(bytes)
        let whole = try read(file, encoding: .gb18030)
        for chunkBytes in 1...bytes.count {
            file.rewind()
            #expect(try read(file, encoding: .gb18030, chunkBytes: chunkBytes) == whole)
        }
    }
}
