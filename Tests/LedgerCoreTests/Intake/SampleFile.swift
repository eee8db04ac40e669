import AidRecords
import Glibc
import LedgerCore

/// A file without a name that holds given bytes; it goes when it is closed.
final class SampleFile {
    let descriptor: Int32

    init(_ bytes: some Sequence<UInt8>) {
        var template = Array("/tmp/aidledger-XXXXXX".utf8CString)
        descriptor = mkstemp(&template)
        precondition(descriptor >= 0)
        unlink(template)
        append(Array(bytes))
        rewind()
    }

    convenience init(_ text: String) { self.init(text.utf8) }

    deinit { close(descriptor) }

    func append(_ bytes: [UInt8]) {
        precondition(write(descriptor, bytes, bytes.count) == bytes.count)
    }

    /// Adds bytes that are all zero and take no room on the disk.
    func appendHole(byteCount: Int) {
        let end = lseek(descriptor, 0, SEEK_END)
        precondition(ftruncate(descriptor, end + byteCount) == 0)
        lseek(descriptor, 0, SEEK_END)
    }

    func rewind() { lseek(descriptor, 0, SEEK_SET) }
}

/// What reading a file gives.
struct Reading: Equatable {
    var records: [InputRecord] = []
    var bytesRead: Int64 = 0
    var linesRead = 0
    var sha256: [UInt8]?
    var encoding = InputEncoding.automatic

    var texts: [String] { records.map { String(decoding: $0.json, as: UTF8.self) } }
    var lines: [Int] { records.map(\.line) }
    var reasons: [String?] { records.map { $0.issue?.reason } }
    var sources: [String?] { records.map { $0.source.map { String(decoding: $0, as: UTF8.self) } } }
}

func read(
    _ file: SampleFile, as format: InputFormat = .jsonLines, encoding: InputEncoding = .automatic,
    chunkBytes: Int = 1 << 20
) throws -> Reading {
    var reader = try InputReader(
        descriptor: file.descriptor, format: format, encoding: encoding, chunkBytes: chunkBytes)
    var reading = Reading()
    while let record = try reader.next() { reading.records.append(record) }
    reading.bytesRead = reader.bytesRead
    reading.linesRead = reader.linesRead
    reading.sha256 = reader.contentSHA256
    reading.encoding = reader.encodingInUse
    return reading
}

func read(
    _ text: String, as format: InputFormat = .jsonLines, encoding: InputEncoding = .automatic
) throws -> Reading {
    try read(SampleFile(text), as: format, encoding: encoding)
}

func hex(_ bytes: [UInt8]?) -> String? {
    bytes?.map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined()
}

/// 医疗救助 in GB18030, as `iconv -t GB18030` and Python write it.
let medicalAidInGB18030: [UInt8] = [0xD2, 0xBD, 0xC1, 0xC6, 0xBE, 0xC8, 0xD6, 0xFA]
