/// Strict UTF-8 (Unicode 15, table 3-7).
enum UTF8Check {
    /// Where the first byte stands that is not UTF-8; nil where all are.
    static func firstFault(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        var offset = 0
        while let next = firstNonASCII(bytes, from: offset) {
            guard let length = sequenceLength(bytes, at: next) else { return next }
            offset = next + length
        }
        return nil
    }

    static func firstNonASCII(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        var offset = start
        let raw = UnsafeRawBufferPointer(bytes)
        while offset + 8 <= raw.count {
            let word = raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            if word & 0x8080_8080_8080_8080 != 0 { break }
            offset += 8
        }
        while offset < bytes.count, bytes[offset] < 0x80 { offset += 1 }
        return offset < bytes.count ? offset : nil
    }

    private static func sequenceLength(
        _ bytes: UnsafeBufferPointer<UInt8>, at start: Int
    ) -> Int? {
        let lead = bytes[start]
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch lead {
        case 0xC2...0xDF: length = 2
        case 0xE0...0xEF:
            length = 3
            if lead == 0xE0 { second = 0xA0...0xBF }
            if lead == 0xED { second = 0x80...0x9F }
        case 0xF0...0xF4:
            length = 4
            if lead == 0xF0 { second = 0x90...0xBF }
            if lead == 0xF4 { second = 0x80...0x8F }
        default: return nil
        }
        guard start + length <= bytes.count, second.contains(bytes[start + 1]) else { return nil }
        for offset in (start + 2)..<max(start + 2, start + length)
        where bytes[offset] & 0xC0 != 0x80 {
            return nil
        }
        return length
    }
}
