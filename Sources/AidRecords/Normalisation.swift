/// The form in which identities are looked up: `ledger/FORMAT.md`, Vault, Index.
package enum Normalisation {
    /// Identity numbers: ASCII upper case without white space.
    package static func identityNumber(_ text: String) -> String {
        if text.utf8.allSatisfy(isUpperCaseOrDigit) { return text }
        return String(halfWidth(text).filter { !$0.isWhitespace }).uppercased()
    }

    private static func isUpperCaseOrDigit(_ byte: UInt8) -> Bool {
        decimalDigit(byte) != nil || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
    }

    /// Account numbers: ASCII digits and letters, upper case.
    package static func account(_ text: String) -> String {
        if text.utf8.allSatisfy(isUpperCaseOrDigit) { return text }
        let kept = halfWidth(text).filter { $0.isASCII && ($0.isNumber || $0.isLetter) }
        return String(kept).uppercased()
    }

    /// Phone numbers: digits, without the prefix of China.
    package static func phone(_ text: String) -> String {
        let digits = String(halfWidth(text).filter { $0.isASCII && $0.isNumber })
        if digits.hasPrefix("0086") { return String(digits.dropFirst(4)) }
        if digits.hasPrefix("86"), digits.count == 13 { return String(digits.dropFirst(2)) }
        return digits
    }

    /// Everything else: without white space at the ends.
    package static func trimmed(_ text: String) -> String {
        guard let first = text.first, let last = text.last, first.isWhitespace || last.isWhitespace
        else { return text }
        var slice = Substring(text)
        while slice.first?.isWhitespace == true { slice.removeFirst() }
        while slice.last?.isWhitespace == true { slice.removeLast() }
        return String(slice)
    }

    /// Full-width forms (U+FF01 … U+FF5E, U+3000) as the ASCII characters that they widen.
    private static func halfWidth(_ text: String) -> String {
        guard !text.utf8.allSatisfy({ $0 < 0x80 }) else { return text }
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0xFF01...0xFF5E: scalars.append(Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar)
            case 0x3000: scalars.append(" ")
            default: scalars.append(scalar)
            }
        }
        return String(scalars)
    }
}
