/// The forms of short strings.
enum Patterns {
    static func isArea(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        text.count == 6 && text.allSatisfy { decimalDigit($0) != nil }
    }

    static func isDigest(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        text.count == 64 && Hex.isLowerCase(text)
    }

    /// Names of fields: ASCII letters and digits, a letter first. They are names of members and,
    /// joined by `_`, of columns.
    static func isName(_ text: some Collection<UInt8>) -> Bool {
        guard let first = text.first, isLetter(first) else { return false }
        return text.allSatisfy { isLetter($0) || decimalDigit($0) != nil }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    static func isMonth(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text.count == 7, text[4] == UInt8(ascii: "-"), isYear(text),
            let month = CivilDate.number(text, 5, 2)
        else { return false }
        return (1...12).contains(month)
    }

    static func isPeriod(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        text.count == 4 ? isYear(text) : isMonth(text)
    }

    private static func isYear(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        CivilDate.number(text, 0, 4).map { CivilDate.years.contains(Int64($0)) } ?? false
    }

    /// 1 to `maximum` Unicode scalars; line feed and tab only in texts that may be long.
    static func isText(_ text: UnsafeBufferPointer<UInt8>, maximum: Int) -> Bool {
        var scalars = 0
        for byte in text {
            if byte & 0xC0 != 0x80 { scalars += 1 }
            if byte < 0x20 || byte == 0x7F {
                guard maximum > Int(FieldType.longestLine), byte == 0x0A || byte == 0x09 else {
                    return false
                }
            }
        }
        return (1...maximum).contains(scalars)
    }
}
