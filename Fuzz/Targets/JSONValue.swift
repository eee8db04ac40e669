internal import Foundation

/// JSON as others see it: read by Foundation, and written in canonical form after the text of
/// RFC 8785. Nothing here is shared with the reader and the writer that are being checked.
indirect enum JSONValue: Hashable {
    case object([String: JSONValue])
    case array([JSONValue])
    case string(String)
    case integer(Int64)
    /// A number with fraction or exponent, or too great for others to carry exactly.
    case inexact
    case flag(Bool)
    case null

    static let greatest: Int64 = (1 << 53) - 1

    /// - Returns: nil where Foundation finds no JSON object.
    static func reading(_ text: some Collection<UInt8>) -> JSONValue? {
        let value = try? JSONSerialization.jsonObject(with: Data(text))
        guard let object = value as? [String: Any] else { return nil }
        return JSONValue(object)
    }

    private init(_ value: Any) {
        switch value {
        case let object as [String: Any]: self = .object(object.mapValues { JSONValue($0) })
        case let items as [Any]: self = .array(items.map { JSONValue($0) })
        case let text as String: self = .string(text)
        case let number as NSNumber: self = JSONValue(number)
        default: self = .null
        }
    }

    private init(_ number: NSNumber) {
        switch String(cString: number.objCType) {
        case "c": self = .flag(number.boolValue)
        case "d", "f": self = .inexact
        default:
            let value = number.int64Value
            self = value.magnitude <= JSONValue.greatest ? .integer(value) : .inexact
        }
    }

    /// - Returns: nil where a number is not whole.
    var canonical: [UInt8]? {
        var text = ""
        return write(to: &text) ? Array(text.utf8) : nil
    }

    private func write(to text: inout String) -> Bool {
        switch self {
        case .null: text += "null"
        case .flag(let value): text += "\(value)"
        case .integer(let value): text += "\(value)"
        case .inexact: return false
        case .string(let value): JSONValue.write(value, to: &text)
        case .array(let items):
            return JSONValue.write(items, "[", "]", to: &text) { $0.write(to: &$1) }
        case .object(let members):
            // RFC 8785, 3.2.3: by UTF-16 code units.
            let sorted = members.sorted { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }
            return JSONValue.write(sorted, "{", "}", to: &text) { member, text in
                JSONValue.write(member.key, to: &text)
                text += ":"
                return member.value.write(to: &text)
            }
        }
        return true
    }

    private static func write<Item>(
        _ items: [Item], _ opening: String, _ closing: String, to text: inout String,
        _ item: (Item, inout String) -> Bool
    ) -> Bool {
        text += opening
        for (index, value) in items.enumerated() {
            if index > 0 { text += "," }
            guard item(value, &text) else { return false }
        }
        text += closing
        return true
    }

    /// RFC 8785, 3.2.2.2.
    private static func write(_ string: String, to text: inout String) {
        let short: [Unicode.Scalar: String] = [
            "\u{8}": #"\b"#, "\t": #"\t"#, "\n": #"\n"#, "\u{C}": #"\f"#, "\r": #"\r"#,
            "\"": #"\""#, "\\": #"\\"#,
        ]
        text += "\""
        for scalar in string.unicodeScalars {
            if let escape = short[scalar] {
                text += escape
            } else if scalar.value < 0x20 {
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}

extension JSONValue {
    subscript(_ name: String) -> JSONValue? {
        if case .object(let members) = self { members[name] } else { nil }
    }

    /// Byte for byte: Swift takes strings for equal that are spelt differently.
    func isSame(as other: JSONValue) -> Bool {
        switch (self, other) {
        case (.string(let one), .string(let other)): one.utf8.elementsEqual(other.utf8)
        case (.array(let one), .array(let other)):
            one.count == other.count && zip(one, other).allSatisfy { $0.isSame(as: $1) }
        case (.object(let one), .object(let other)):
            one.count == other.count
                && one.allSatisfy { name, value in other[name]?.isSame(as: value) ?? false }
        default: self == other
        }
    }
}
