internal import AidRecords
internal import Glibc
internal import LedgerCore

/// JSON Lines in whatever encoding: the first byte chooses what is tried, the second how many bytes
/// are read at a time.
enum EncodingTarget {
    static func check(_ bytes: UnsafeBufferPointer<UInt8>) throws {
        guard bytes.count > 2 else { return }
        let file = Array(bytes.dropFirst(2))
        let chunkBytes = Int(bytes[1]) + 1
        switch bytes[0] % 3 {
        case 0: try checkUTF8(file, chunkBytes: chunkBytes)
        case 1: try checkGB18030(file, chunkBytes: chunkBytes)
        default: _ = try run(file, .gb18030, chunkBytes: chunkBytes)
        }
    }

    private static func run(
        _ file: [UInt8], _ encoding: InputEncoding, chunkBytes: Int
    ) throws(Violation) -> IntakeRun {
        let run = IntakeRun(file, as: .jsonLines, encoding: encoding, chunkBytes: chunkBytes)
        try run.check(file)
        for record in run.records where record.issue == nil {
            try require(
                !record.json.contains(0) && String(validating: record.json, as: UTF8.self) != nil,
                "line \(record.line) is no text")
        }
        return run
    }

    /// A file in UTF-8 is never taken for anything else.
    private static func checkUTF8(_ file: [UInt8], chunkBytes: Int) throws(Violation) {
        let automatic = try run(file, .automatic, chunkBytes: chunkBytes)
        guard String(validating: file, as: UTF8.self) != nil else { return }
        let utf8 = try run(file, .utf8, chunkBytes: chunkBytes)
        try require(automatic.encoding != .gb18030, "UTF-8 is taken for GB18030")
        try require(automatic.records == utf8.records, "UTF-8 is read otherwise by itself")
    }

    /// A text that the system writes in GB18030 is read as that text.
    private static func checkGB18030(_ file: [UInt8], chunkBytes: Int) throws(Violation) {
        let marks: [[UInt8]] = [[0xEF, 0xBB, 0xBF], [0x84, 0x31, 0x95, 0x33]]
        guard String(validating: file, as: UTF8.self) != nil,
            let encoded = SystemEncoder.gb18030(file),
            !marks.contains(where: { file.starts(with: $0) || encoded.starts(with: $0) })
        else { return }
        let decoded = try run(encoded, .gb18030, chunkBytes: chunkBytes)
        let plain = try run(file, .utf8, chunkBytes: chunkBytes)
        guard decoded.fault == nil, plain.fault == nil else { return }
        try require(
            decoded.records.map(\.line) == plain.records.map(\.line)
                && decoded.records.map(\.json) == plain.records.map(\.json),
            "GB18030 is read as another text")
    }
}

/// The encoder of the C library.
private enum SystemEncoder {
    /// - Returns: nil where a character has no place in GB18030.
    static func gb18030(_ text: [UInt8]) -> [UInt8]? {
        guard let handle = iconv_open("GB18030", "UTF-8") else { return nil }
        defer { _ = iconv_close(handle) }
        var source = text.map { CChar(bitPattern: $0) }
        var target = [CChar](repeating: 0, count: text.count * 4 + 8)
        var (sourceLeft, targetLeft) = (source.count, target.count)
        let status = source.withUnsafeMutableBufferPointer { source in
            target.withUnsafeMutableBufferPointer { target in
                var (from, to) = (source.baseAddress, target.baseAddress)
                return iconv(handle, &from, &sourceLeft, &to, &targetLeft)
            }
        }
        guard status == 0, sourceLeft == 0 else { return nil }
        return target.dropLast(targetLeft).map { UInt8(bitPattern: $0) }
    }
}
