/// Lower-case hexadecimal, the only form that entries use.
enum Hex {
    static func append(_ bytes: some Sequence<UInt8>, to result: inout [UInt8]) {
        for byte in bytes {
            result.append(digit(byte >> 4))
            result.append(digit(byte & 0x0F))
        }
    }

    /// Writes twice as many digits as there are bytes.
    static func write(_ bytes: UnsafeRawBufferPointer, to digits: UnsafeMutableRawBufferPointer) {
        for (index, byte) in bytes.enumerated() {
            digits[2 * index] = digit(byte >> 4)
            digits[2 * index + 1] = digit(byte & 0x0F)
        }
    }

    static func string(_ bytes: some Sequence<UInt8>) -> String {
        var result: [UInt8] = []
        append(bytes, to: &result)
        return String(decoding: result, as: UTF8.self)
    }

    /// The bytes that an even number of lower-case hex digits stands for, or nil.
    static func bytes(_ text: some Collection<UInt8>) -> [UInt8]? {
        guard text.count % 2 == 0 else { return nil }
        var result: [UInt8] = []
        result.reserveCapacity(text.count / 2)
        var high: UInt8?
        for character in text {
            guard let digit = hexDigit(character), !isUpper(character) else { return nil }
            if let first = high {
                result.append(first << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        return result
    }

    /// Whether all of `text` is lower-case hex.
    static func isLowerCase(_ text: some Sequence<UInt8>) -> Bool {
        text.allSatisfy { hexDigit($0) != nil && !isUpper($0) }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    private static func isUpper(_ character: UInt8) -> Bool {
        (UInt8(ascii: "A")...UInt8(ascii: "F")).contains(character)
    }
}

/// The value of a decimal digit, or nil.
package func decimalDigit(_ character: UInt8) -> UInt8? {
    let value = character &- UInt8(ascii: "0")
    return value < 10 ? value : nil
}

/// The value of a hexadecimal digit of either case, or nil.
package func hexDigit(_ character: UInt8) -> UInt8? {
    if let value = decimalDigit(character) { return value }
    let letter = (character | 0x20) &- UInt8(ascii: "a")
    return letter < 6 ? letter + 10 : nil
}
