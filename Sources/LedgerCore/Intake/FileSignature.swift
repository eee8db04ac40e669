/// Tells from the first bytes of a file that it is no text we read, so that its user learns what
/// it is instead of seeing every line refused.
enum FileSignature {
    private static let known: [(bytes: [UInt8], kind: String)] = [
        ([0x50, 0x4B, 0x03, 0x04], "an Excel workbook (.xlsx) or another ZIP archive"),
        ([0xD0, 0xCF, 0x11, 0xE0], "an old Excel workbook (.xls)"),
        ([0x1F, 0x8B], "a gzip archive"),
        ([0x25, 0x50, 0x44, 0x46], "a PDF document"),
        (Array("SQLite format 3\0".utf8), "an SQLite database"),
    ]

    static func check(_ sample: UnsafeBufferPointer<UInt8>) throws(InputError) {
        for (bytes, kind) in known where sample.starts(with: bytes) { throw .foreign(kind) }
        if sample.starts(with: [0xFF, 0xFE]) || sample.starts(with: [0xFE, 0xFF]) { throw .utf16 }
        if hasAlternatingNulls(sample) { throw .utf16 }
        if isBinary(sample) { throw .binary }
    }

    /// UTF-16 without a mark: of digits and Latin letters every second byte is 0, and all on
    /// the same side.
    private static func hasAlternatingNulls(_ sample: UnsafeBufferPointer<UInt8>) -> Bool {
        var nulls = [0, 0]
        for offset in sample.indices where sample[offset] == 0 { nulls[offset & 1] += 1 }
        let (more, fewer) = (max(nulls[0], nulls[1]), min(nulls[0], nulls[1]))
        return more * 8 > sample.count && fewer * 16 < more
    }

    /// Of random bytes one in nine is a control character that text does not hold. A few of them
    /// are the business of the lines they stand in.
    private static func isBinary(_ sample: UnsafeBufferPointer<UInt8>) -> Bool {
        var controls = 0
        for byte in sample where byte < 0x20 && !(0x09...0x0D).contains(byte) { controls += 1 }
        return controls >= 32 && controls * 20 > sample.count
    }
}
