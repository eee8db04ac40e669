/// Base64 with padding, RFC 4648 section 4. Decoding accepts only what encoding emits: no line
/// breaks, no missing padding, and no bits set that encode nothing (section 3.5), so that no two
/// texts stand for the same bytes.
package enum Base64 {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let padding = UInt8(ascii: "=")

    package static func encode(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.underestimatedCount + 2) / 3 * 4)
        var group: UInt32 = 0
        var groupByteCount = 0
        for byte in bytes {
            group = group << 8 | UInt32(byte)
            groupByteCount += 1
            if groupByteCount == 3 {
                appendGroup(group, characterCount: 4, to: &text)
                group = 0
                groupByteCount = 0
            }
        }
        if groupByteCount > 0 {
            let shifted = group << UInt32(8 * (3 - groupByteCount))
            appendGroup(shifted, characterCount: groupByteCount + 1, to: &text)
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func appendGroup(_ group: UInt32, characterCount: Int, to text: inout [UInt8]) {
        for place in 0..<4 {
            let sextet = Int(group >> UInt32(18 - 6 * place)) & 0x3f
            text.append(place < characterCount ? alphabet[sextet] : padding)
        }
    }

    /// The bytes, or nil if `text` is not what ``encode(_:)`` would give for them.
    package static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        let count = text.count
        guard count.isMultiple(of: 4) else { return nil }
        let paddingCount = Array(text.suffix(2)).reversed().prefix { $0 == padding }.count
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count / 4 * 3)
        var bits: UInt32 = 0
        var bitCount = 0
        for character in text.dropLast(paddingCount) {
            guard let sextet = value(of: character) else { return nil }
            bits = bits << 6 | UInt32(sextet)
            bitCount += 6
            if bitCount >= 8 {
                bitCount -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(bitCount)))
                bits &= (1 << UInt32(bitCount)) - 1
            }
        }
        return bits == 0 ? bytes : nil
    }

    private static func value(of character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): character - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): character - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
