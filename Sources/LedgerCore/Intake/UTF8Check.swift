internal import AidRecords

/// Strict UTF-8 (Unicode 15, table 3-7).
enum UTF8Check {
    /// Where the first byte stands that is not UTF-8; nil where all are.
    static func firstFault(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        var offset = 0
        while let next = firstNonASCII(bytes, from: offset) {
            guard let length = UTF8Sequence.length(bytes, at: next) else { return next }
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
}
