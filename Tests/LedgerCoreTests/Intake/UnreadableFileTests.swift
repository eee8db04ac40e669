import Glibc
import LedgerCore
import Testing

/// Files that are no input at all are refused as a whole, and said to be what they are.
struct UnreadableFileTests {
    @Test(
        arguments: [
            [0xFF, 0xFE, 0x7B, 0x00, 0x7D, 0x00], [0xFE, 0xFF, 0x00, 0x7B, 0x00, 0x7D],
            [0x7B, 0x00, 0x22, 0x00, 0x61, 0x00, 0x22, 0x00, 0x3A, 0x00, 0x3B, 0x53],
            [0x00, 0x7B, 0x00, 0x22, 0x00, 0x61, 0x00, 0x22, 0x00, 0x3A, 0x53, 0x3B],
        ] as [[UInt8]])
    func utf16IsRefused(bytes: [UInt8]) {
        #expect(throws: InputError.utf16) { try read(SampleFile(bytes)) }
        #expect(
            InputError.utf16.description
                == "this looks like UTF-16; save it as UTF-8 or GB18030")
    }

    @Test(
        arguments: [
            (Array("PK\u{3}\u{4}".utf8), "an Excel workbook (.xlsx) or another ZIP archive"),
            ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1], "an old Excel workbook (.xls)"),
            ([0x1F, 0x8B, 0x08], "a gzip archive"),
            (Array("%PDF-1.7\n".utf8), "a PDF document"),
            (Array("SQLite format 3\0".utf8), "an SQLite database"),
        ] as [([UInt8], String)])
    func fileOfAnotherKindIsNamed(bytes: [UInt8], kind: String) {
        #expect(throws: InputError.foreign(kind)) { try read(SampleFile(bytes)) }
    }

    @Test func randomBytesAreBinary() {
        var state: UInt64 = 20_230_305
        let bytes = (0..<100_000).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 56)
        }
        #expect(throws: InputError.binary) { try read(SampleFile(bytes)) }
    }

    @Test func holeIsBinary() {
        let file = SampleFile("")
        file.appendHole(byteCount: 1 << 20)
        file.rewind()
        #expect(throws: InputError.binary) { try read(file) }
    }

    @Test func directoryIsRefused() {
        #expect(throws: InputError.isDirectory) { _ = try InputFile(path: "/tmp") }
        let descriptor = open("/tmp", O_RDONLY)
        defer { close(descriptor) }
        #expect(throws: InputError.isDirectory) {
            _ = try InputReader(descriptor: descriptor, format: .jsonLines)
        }
    }

    @Test func missingFileIsRefusedWithItsName() {
        let error = InputError.cannotOpen(path: "/nowhere/x.jsonl", errorNumber: ENOENT)
        #expect(throws: error) { _ = try InputFile(path: "/nowhere/x.jsonl") }
        #expect(
            error.description == "/nowhere/x.jsonl cannot be opened: No such file or directory")
    }

    @Test func descriptorThatCannotBeReadIsRefused() {
        #expect(throws: InputError.cannotRead(errorNumber: EBADF)) {
            _ = try InputReader(descriptor: -1, format: .jsonLines)
        }
    }

    @Test func openFileKnowsItsLength() throws {
        let folder = try TemporaryFolder()
        folder.write("{}\n", to: "x.jsonl")
        let file = try InputFile(path: folder.path("x.jsonl"))
        let byteCount = file.byteCount
        #expect(byteCount == 3)
    }
}
