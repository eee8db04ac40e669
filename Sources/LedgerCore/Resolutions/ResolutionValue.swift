/// How values stand in the text of a resolution.
enum ResolutionValue {
    /// A text in which nothing ends a line, gives orders to a terminal or turns the direction of
    /// writing. The list is fixed: what Unicode calls a format character changes.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if isEscaped(scalar.value) {
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func isEscaped(_ value: UInt32) -> Bool {
        switch value {
        case 0..<0x20, 0x5C, 0x7F...0x9F, 0x061C, 0x200B...0x200F, 0x2028...0x202E,
            0x2060...0x206F, 0xFEFF:
            true
        default: false
        }
    }

    /// - Returns: nil where a backslash begins no escape.
    static func unescaped(_ text: some Sequence<UInt8>) -> String? {
        var result: [UInt8] = []
        var rest = Array(text)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                result.append(byte)
                continue
            }
            guard rest.popFirst() == UInt8(ascii: "u"), rest.count >= 4,
                let value = UInt32(String(decoding: rest.prefix(4), as: UTF8.self), radix: 16),
                let scalar = Unicode.Scalar(value)
            else { return nil }
            result += Array(String(scalar).utf8)
            rest = rest.dropFirst(4)
        }
        return String(validating: result, as: UTF8.self)
    }

    /// Yuan with two decimals, without separators: `150000.00`.
    /// - Precondition: `fen` is not negative.
    static func yuan(_ fen: Int64) -> String {
        let cents = fen % 100
        return "\(fen / 100).\(cents < 10 ? "0" : "")\(cents)"
    }

    static func fen(_ yuan: Substring) -> Int64? {
        let parts = yuan.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].utf8.count == 2, let whole = Int64(parts[0]),
            let cents = Int64(parts[1]), whole >= 0, cents >= 0, whole <= Int64.max / 100 - 1
        else { return nil }
        return whole * 100 + cents
    }
}
