import AidRecords
import Foundation
import LedgerCore
import Testing

struct CSVTests {
    private static func read(
        _ text: String, _ mapping: CSVMapping, encoding: InputEncoding = .automatic
    ) throws -> Reading {
        try LedgerCoreTests.read(text, as: .csv(mapping), encoding: encoding)
    }

    /// Reads a file with the columns `a` and `b`.
    private static func read(_ text: String) throws -> Reading {
        try read(text, try CSVMapping.columns("a", "b"))
    }

    private static func fixture(_ name: String) throws -> SampleFile {
        let url = try #require(
            Bundle.module.url(forResource: name, withExtension: nil, subdirectory: "Fixtures"))
        return SampleFile(try Data(contentsOf: url))
    }

    private static func cellsMapping() throws -> CSVMapping {
        try CSVMapping.sample(members: [
            "id: {column: 编号}", "name: {column: name}", "about: {column: 说明}",
            "amount: {column: amount}", "note: {column: note}",
        ])
    }

    @Test(arguments: ["cells.csv", "cells-gb18030.csv"])
    func cellsAreThoseOfPython(name: String) throws {
        let reading = try LedgerCoreTests.read(
            CSVTests.fixture(name), as: .csv(CSVTests.cellsMapping()))
        let expected = try Data(
            contentsOf: #require(
                Bundle.module.url(
                    forResource: "cells.jsonl", withExtension: nil, subdirectory: "Fixtures")))
        #expect(reading.records.count == 403)
        #expect(
            reading.texts
                == expected.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) })
        #expect(reading.encoding == (name == "cells.csv" ? .utf8 : .gb18030))
    }

    @Test(arguments: ["cells.csv", "cells-gb18030.csv"], [1, 2, 3, 61, 4096])
    func chunksMakeNoDifference(name: String, chunkBytes: Int) throws {
        let file = try CSVTests.fixture(name)
        let format = InputFormat.csv(try CSVTests.cellsMapping())
        let whole = try LedgerCoreTests.read(file, as: format)
        file.rewind()
        #expect(try LedgerCoreTests.read(file, as: format, chunkBytes: chunkBytes) == whole)
    }

    @Test func everyPlaceCanBeAChunkBoundary() throws {
        let text = "\u{FEFF}a,b\r\n1,\"医\r\n疗\"\n\n\"x\"\"y\",\"救\n助\"\r\n,,\n3,\"z\n4,5\n"
        let file = SampleFile(text)
        let format = InputFormat.csv(try CSVMapping.columns("a", "b"))
        let whole = try LedgerCoreTests.read(file, as: format)
        #expect(whole.records.count == 5)
        for chunkBytes in 1...text.utf8.count {
            file.rewind()
            #expect(try LedgerCoreTests.read(file, as: format, chunkBytes: chunkBytes) == whole)
        }
    }

    @Test func rowsBeginAtTheirFirstLine() throws {
        let reading = try CSVTests.read("a,b\n1,\"x\n\ny\"\r\n\r\n2,z")
        #expect(reading.texts == [#"{"a":"1","b":"x\n\ny"}"#, #"{"a":"2","b":"z"}"#])
        #expect(reading.lines == [2, 6])
        #expect(reading.linesRead == 6)
        #expect(reading.sources == ["1,\"x\n\ny\"", "2,z"])
    }

    @Test func linesReadIsTheLastLineOfTheRecord() throws {
        let file = SampleFile("a,b\n1,\"x\n\ny\"\n2,z\n")
        var reader = try InputReader(
            descriptor: file.descriptor, format: .csv(try CSVMapping.columns("a", "b")))
        var lines: [Int] = [reader.linesRead]
        while try reader.next() != nil { lines.append(reader.linesRead) }
        #expect(lines == [1, 4, 5])
    }

    @Test(arguments: [
        (#"";""#, "a;b\n1,0;2\n", #"{"a":"1,0","b":"2"}"#),
        (#""\t""#, "a\tb\n1;\t\"2\t3\"\n", #"{"a":"1;","b":"2\t3"}"#),
    ])
    func delimiterIsThatOfTheMapping(delimiter: String, text: String, json: String) throws {
        let mapping = try CSVMapping.columns("a", "b", delimiter: delimiter)
        #expect(try CSVTests.read(text, mapping).texts == [json])
    }

    @Test(arguments: ["", "\u{FEFF}", "\n\r\n", "a,b\n", "a,b\n\n,\n ,　\r\n"])
    func fileWithoutRowsHasNoRecords(text: String) throws {
        let reading = try CSVTests.read(text)
        #expect(reading.records.isEmpty)
        #expect(reading.sha256 != nil)
    }

    @Test func namesOfColumnsAreTrimmedAndComeInAnyOrder() throws {
        let reading = try CSVTests.read("\u{FEFF}\n\" b\" ,　a \r\n1,2\n")
        #expect(reading.texts == [#"{"a":"2","b":"1"}"#])
    }

    @Test(arguments: [("1", 1), ("1,2,3", 3), ("1,2,", 3), ("\"1,2\"", 1)])
    func rowWithOtherThanItsCellsIsRefused(row: String, count: Int) throws {
        let reading = try CSVTests.read("a,b\n\(row)\n3,4\n")
        #expect(reading.reasons == ["the row has \(count) cells, and the header row 2", nil])
        #expect(reading.sources == [row, "3,4"])
    }

    @Test func textOfARefusedRowIsDecoded() throws {
        let header = Array("a,b\n".utf8)
        let file = SampleFile(header + medicalAidInGB18030 + Array("\n".utf8))
        let reading = try LedgerCoreTests.read(file, as: .csv(CSVMapping.columns("a", "b")))
        #expect(reading.sources == ["医疗救助"])
    }

    @Test func brokenGB18030IsRefusedInItsRowAlone() throws {
        let good = Array("1,".utf8) + medicalAidInGB18030 + Array("\n".utf8)
        let rows = good + Array("2,".utf8) + [0xD2, 0x2C] + Array("\n".utf8) + good
        let file = SampleFile(Array("a,b\n".utf8) + rows)
        let reading = try LedgerCoreTests.read(file, as: .csv(CSVMapping.columns("a", "b")))
        #expect(reading.reasons == [nil, "byte 3 of the line is not valid GB18030", nil])
    }

    @Test func rowsAfterAnUnclosedQuoteAreRead() throws {
        let reading = try CSVTests.read("a,b\n1,2\n3,\"4\n5,6\n7,8\n")
        #expect(
            reading.reasons == [nil, "a quote opens in this row and is never closed", nil, nil])
        #expect(reading.lines == [2, 3, 4, 5])
        #expect(reading.sources == ["1,2", "3,\"4", "5,6", "7,8"])
        #expect(try CSVTests.read("a,b\n1,\"2").lines == [2])
    }

    @Test func rowMayNotSpanAThousandLines() throws {
        let inner = String(repeating: "x\n", count: 2_000)
        let reading = try CSVTests.read("a,b\n1,\"\(inner)\"\n2,3\n")
        #expect(
            reading.reasons[0]
                == "a quote opens in this row and the row does not end within 1000 lines")
        #expect(reading.lines[0] == 2)
        #expect(reading.lines[1] == 3)
        #expect(reading.texts.last == #"{"a":"2","b":"3"}"#)
        let fine = String(repeating: "x\n", count: 999)
        #expect(try CSVTests.read("a,b\n1,\"\(fine)\"\n2,3\n").records.count == 2)
    }

    @Test func rowLongerThanOneMebibyteIsRefusedByItsFirstLine() throws {
        let lines = String(repeating: String(repeating: "x", count: 9_999) + "\n", count: 200)
        let reading = try CSVTests.read("a,b\n1,\"\(lines)\"\n2,3\n")
        #expect(
            reading.reasons[0]
                == "a quote opens in this row and the row does not end within 1048576 bytes")
        #expect(reading.records[0].source?.count == 10_002)
        #expect(reading.texts.last == #"{"a":"2","b":"3"}"#)
        #expect(reading.linesRead == 203)
    }

    @Test(arguments: ["", "\"", "1,\""])
    func hugeLineIsSkipped(start: String) throws {
        let file = SampleFile("a,b\n1,2\n" + String(repeating: "3,4\n", count: 20_000) + start)
        file.appendHole(byteCount: 64 << 20)
        file.append(Array("\n5,6\n".utf8))
        file.rewind()
        let reading = try LedgerCoreTests.read(file, as: .csv(CSVMapping.columns("a", "b")))
        #expect(reading.records.count == 20_003)
        #expect(reading.records[20_001].source == nil)
        #expect(reading.texts.last == #"{"a":"5","b":"6"}"#)
    }

    /// Each line opens a quote, seen from outside and from inside: a reader that looked at the
    /// rest of the file from every line would take hours.
    @Test func unclosedQuotesInEveryLineAreReadInTime() throws {
        let text = "a,b\n" + String(repeating: "x\"y,\"z\n", count: 20_000)
        let start = ContinuousClock.now
        let reading = try CSVTests.read(text)
        #expect(reading.records.count == 20_000)
        #expect(reading.records.allSatisfy { $0.issue != nil })
        #expect(ContinuousClock.now - start < .seconds(60))
    }

    /// Rows can be refused, but no line is lost or counted twice, wherever the chunks end.
    @Test(arguments: 0..<200 as Range<UInt64>)
    func everyLineIsCountedOnce(seed: UInt64) throws {
        var state = seed
        let pieces = ["\"", "\"", ",", "\n", "\r\n", "a", "医", " ", "\"\"", ",\""].map {
            Array($0.utf8)
        }
        let body = (0..<120).flatMap { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return pieces[Int(state >> 33) % pieces.count]
        }
        let file = SampleFile(Array("a,b\n".utf8) + body)
        let format = InputFormat.csv(try CSVMapping.columns("a", "b"))
        let reading = try LedgerCoreTests.read(file, as: format)
        let lineFeeds = body.count { $0 == 0x0A }
        #expect(reading.linesRead == 1 + lineFeeds + (body.last == 0x0A ? 0 : 1))
        #expect(zip(reading.lines, reading.lines.dropFirst()).allSatisfy { $0 < $1 })
        file.rewind()
        #expect(try LedgerCoreTests.read(file, as: format, chunkBytes: 3) == reading)
    }

    @Test(arguments: [
        ("b,c", CSVHeaderFault.missing(["a"], unknown: ["c"])),
        ("c", .missing(["a", "b"], unknown: ["c"])),
        ("a,b,c,d", .unknown(["c", "d"])),
        ("a,b,a", .duplicate(["a"])),
        ("a,b,x,x", .duplicate(["x"])),
        ("a,b,", .unnamed(position: 3)),
        ("a,b\r1,2\r", .carriageReturns),
        ("a,\"b", .unreadable(line: 1, reason: "a quote opens in this row and is never closed")),
    ])
    func faultOfTheHeaderIsOneOfTheFile(header: String, fault: CSVHeaderFault) throws {
        let mapping = try CSVMapping.sample(
            members: ["a: {column: a}", "b: {column: b}"], ignore: "[x]")
        #expect(throws: InputError.header(fault)) {
            try CSVTests.read("\(header)\n1,2\n", mapping)
        }
    }

    @Test func faultOfTheHeaderSaysWhatToDo() {
        #expect(
            InputError.header(.unknown(["序号", "拼音"])).description
                == "the mapping does not know these columns: \"序号\", \"拼音\"; "
                + "map them, or add them to `ignore` in the mapping file")
        #expect(
            InputError.header(.missing(["金额"], unknown: ["救助金额"])).description
                == "the header row lacks columns that the mapping reads: \"金额\"; "
                + "the mapping does not know: \"救助金额\"")
    }

    @Test func ignoredColumnsMayBeThereOrNot() throws {
        let mapping = try CSVMapping.sample(members: ["a: {column: a}"], ignore: "[x, y]")
        #expect(try CSVTests.read("x,a\n1,2\n", mapping).texts == [#"{"a":"2"}"#])
    }
}
