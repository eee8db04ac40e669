/// The canonical form of RFC 8785 (JCS), for the JSON that entries are made of: objects, arrays,
/// strings, whole numbers and booleans.
package enum CanonicalJSON {
    /// The greatest whole number that every JSON reader takes exactly: 2^53 − 1 (RFC 8785, 3.2.2.3).
    package static let maximumInteger: Int64 = 9_007_199_254_740_991

    /// Appends a string with its quotes, escaped as ECMAScript does (RFC 8785, 3.2.2.2).
    package static func append(_ text: some Sequence<UInt8>, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0x08: append(escape: "b", to: &bytes)
            case 0x09: append(escape: "t", to: &bytes)
            case 0x0A: append(escape: "n", to: &bytes)
            case 0x0C: append(escape: "f", to: &bytes)
            case 0x0D: append(escape: "r", to: &bytes)
            case 0..<0x20:
                bytes.append(contentsOf: "\\u00".utf8)
                Hex.append([byte], to: &bytes)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Appends a string with its quotes.
    package static func append(_ text: String, to bytes: inout [UInt8]) {
        var text = text
        text.withUTF8 { text in
            guard text.allSatisfy(isPlain) else { return append(text, to: &bytes) }
            bytes.append(UInt8(ascii: "\""))
            bytes.append(contentsOf: text)
            bytes.append(UInt8(ascii: "\""))
        }
    }

    /// Whether the byte stands for itself in a string.
    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    /// Appends a whole number in decimal.
    package static func append(_ value: Int64, to bytes: inout [UInt8]) {
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        var magnitude = value.magnitude
        let start = bytes.count
        repeat {
            bytes.append(UInt8(ascii: "0") + UInt8(magnitude % 10))
            magnitude /= 10
        } while magnitude > 0
        bytes[start...].reverse()
    }

    /// Writes a whole number that is not negative in decimal.
    /// - Returns: how many digits it has.
    static func write(_ value: Int64, to digits: UnsafeMutableRawBufferPointer) -> Int {
        var count = 1
        var rest = value
        while rest >= 10 {
            rest /= 10
            count += 1
        }
        rest = value
        for place in (0..<count).reversed() {
            digits[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        return count
    }

    private static func append(escape letter: Unicode.Scalar, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(UInt8(ascii: letter))
    }
}

/// A JSON value that the program itself writes into an entry.
package indirect enum CanonicalValue: Hashable, Sendable {
    case string(String)
    case integer(Int64)
    case object([String: CanonicalValue])
    case array([CanonicalValue])

    /// The canonical bytes. Names of members must be ASCII, so that byte order is UTF-16 order.
    package var canonicalBytes: [UInt8] {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return bytes
    }

    package func append(to bytes: inout [UInt8]) {
        switch self {
        case .string(let text): CanonicalJSON.append(text, to: &bytes)
        case .integer(let value): CanonicalJSON.append(value, to: &bytes)
        case .array(let items):
            bytes.append(UInt8(ascii: "["))
            for (index, item) in items.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                item.append(to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            for (index, member) in sorted.enumerated() {
                precondition(member.key.utf8.allSatisfy { $0 < 0x80 })
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                CanonicalJSON.append(member.key, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                member.value.append(to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }
}
