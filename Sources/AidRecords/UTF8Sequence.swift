/// Sequences of two to four bytes that stand for one scalar (Unicode 15, table 3-7).
package enum UTF8Sequence {
    /// How long the sequence is that begins at `start`; nil where it is none.
    package static func length(
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
