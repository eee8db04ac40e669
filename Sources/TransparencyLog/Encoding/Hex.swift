/// Lower-case hexadecimal digits. Decoding accepts only what encoding emits.
package enum Hex {
    package static func encode(_ bytes: some Sequence<UInt8>) -> String {
        let bytes = Array(bytes)
        return String(unsafeUninitializedCapacity: 2 * bytes.count) { text in
            for (index, byte) in bytes.enumerated() {
                text[2 * index] = digit(byte >> 4)
                text[2 * index + 1] = digit(byte & 0x0F)
            }
            return 2 * bytes.count
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    /// The bytes, or nil if `text` is not lower-case digits in pairs.
    package static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        guard text.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 2)
        var high: UInt8?
        for character in text {
            guard let digit = value(of: character) else { return nil }
            if let upper = high {
                bytes.append(upper << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        return bytes
    }

    /// The four bytes that eight lower-case digits stand for, the first lowest; nil where one of
    /// them is no such digit. All eight are worked on at once, each in its byte of a word.
    static func bytes(of digits: UnsafeRawPointer) -> UInt32? {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let text = UInt64(littleEndian: digits.loadUnaligned(as: UInt64.self))
        // Letters have bit 6, and 1 to 6 in their lower half.
        let isLetter = (text >> 6) & ones
        let values = (text & (0x0F * ones)) &+ isLetter &* 9
        let isAboveNine = ((values &+ 6 * ones) >> 4) & ones
        let again = values &+ UInt64(UInt8(ascii: "0")) * ones &+ isLetter &* 39
        guard values & (0xF0 * ones) == 0, isAboveNine == isLetter, again == text else {
            return nil
        }
        var pairs = ((values << 4) | (values >> 8)) & 0x00FF_00FF_00FF_00FF
        pairs = (pairs | (pairs >> 8)) & 0x0000_FFFF_0000_FFFF
        return UInt32(truncatingIfNeeded: pairs | (pairs >> 16))
    }

    private static func value(of character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
