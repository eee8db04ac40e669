/// What can be wrong with the text of a record before its meaning is looked at.
package enum JSONFault: Error, Hashable, Sendable {
    case unexpectedEnd
    case unexpectedByte(UInt8)
    case invalidUTF8
    case controlCharacter(UInt8)
    case nullCharacter
    case loneSurrogate
    case badEscape
    case badNumber
    case tooDeep
    case trailingText
    case notAnObject
}

extension JSONFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unexpectedEnd: "the JSON text ends too early"
        case .unexpectedByte(let byte):
            byte >= 0x20 && byte < 0x7F
                ? "unexpected character '\(Character(UnicodeScalar(byte)))'"
                : "unexpected byte 0x\(String(byte, radix: 16))"
        case .invalidUTF8: "the bytes are not valid UTF-8"
        case .controlCharacter: "a control character stands unescaped in a string"
        case .nullCharacter: "U+0000 is not allowed"
        case .loneSurrogate: "a \\u escape is half of a surrogate pair"
        case .badEscape: "unknown escape in a string"
        case .badNumber: "not a JSON number"
        case .tooDeep: "nested deeper than \(JSONTape.maximumDepth) levels"
        case .trailingText: "text after the end of the JSON object"
        case .notAnObject: "not a JSON object"
        }
    }
}

/// A JSON text taken apart into a flat list of nodes, which point back into its bytes.
///
/// A tape is reused from line to line and then allocates nothing. Keys are string nodes that
/// stand before their values. Duplicate keys are not noticed here: the reader of an object
/// sees them when it puts members into their places.
package struct JSONTape {
    /// Nesting that no record needs; it bounds what hostile input can cost.
    package static let maximumDepth = 16

    package enum NodeKind: UInt8, Sendable {
        case object, array, string, integer, number, yes, no, null
    }

    package struct Node: Sendable {
        package let kind: NodeKind
        /// Strings only: whether the text between the quotes holds an escape.
        package var hasEscape = false
        /// First byte; of strings, the first after the quote.
        package let start: Int32
        /// The byte after the last; of strings, the closing quote.
        package var end: Int32
        /// Index of the node after this one and all inside it.
        package var next: Int32
        /// Of whole numbers, their value; of containers, how many members they have.
        package var value: Int64 = 0
    }

    package private(set) var nodes: [Node] = []
    /// Where parsing stopped: of a fault, its byte offset.
    package private(set) var offset = 0
    /// Whether the text is in the canonical form of RFC 8785, as far as whole numbers go.
    package private(set) var isCanonical = true

    package init() { nodes.reserveCapacity(64) }

    /// Takes apart one JSON object that fills `text` but for white space around it.
    package mutating func parse(_ text: UnsafeBufferPointer<UInt8>) throws(JSONFault) {
        nodes.removeAll(keepingCapacity: true)
        offset = 0
        isCanonical = true
        skipSpace(text)
        guard offset < text.count else { throw .unexpectedEnd }
        guard text[offset] == UInt8(ascii: "{") else { throw .notAnObject }
        try value(text, depth: 0)
        skipSpace(text)
        guard offset == text.count else { throw .trailingText }
    }

    /// The bytes of a string node, as they stand between its quotes.
    package func raw(
        _ index: Int, in text: UnsafeBufferPointer<UInt8>
    ) -> UnsafeBufferPointer<UInt8> {
        let node = nodes[index]
        return UnsafeBufferPointer(rebasing: text[Int(node.start)..<Int(node.end)])
    }

    /// The text of a string node, escapes undone.
    package func string(_ index: Int, in text: UnsafeBufferPointer<UInt8>) -> String {
        let bytes = raw(index, in: text)
        guard nodes[index].hasEscape else { return String(decoding: bytes, as: UTF8.self) }
        return String(decoding: JSONTape.unescaped(bytes), as: UTF8.self)
    }

    /// The value of a member of an object node, or nil where there is none or it is no object.
    package func member(
        _ name: String, of object: Int, in text: UnsafeBufferPointer<UInt8>
    ) -> Int? {
        guard nodes[object].kind == .object else { return nil }
        var key = object + 1
        for _ in 0..<nodes[object].value {
            let value = Int(nodes[key].next)
            if string(key, in: text) == name { return value }
            key = Int(nodes[value].next)
        }
        return nil
    }

    /// The value at a position of an array node, or nil where there is none or it is no array.
    package func element(_ position: Int, of array: Int) -> Int? {
        guard nodes[array].kind == .array, position >= 0, position < nodes[array].value
        else { return nil }
        return (0..<position).reduce(array + 1) { node, _ in Int(nodes[node].next) }
    }

    /// The texts of an object node by their names, or nil where a member is no string.
    package func texts(
        _ object: Int, in text: UnsafeBufferPointer<UInt8>
    ) -> [String: String]? {
        guard nodes[object].kind == .object else { return nil }
        var texts: [String: String] = [:]
        var key = object + 1
        for _ in 0..<nodes[object].value {
            let value = Int(nodes[key].next)
            guard nodes[value].kind == .string else { return nil }
            texts[string(key, in: text)] = string(value, in: text)
            key = Int(nodes[value].next)
        }
        return texts
    }

    /// Undoes the escapes of a string that has been parsed without a fault.
    package static func unescaped(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var at = 0
        while at < bytes.count {
            guard bytes[at] == UInt8(ascii: "\\") else {
                result.append(bytes[at])
                at += 1
                continue
            }
            if bytes[at + 1] == UInt8(ascii: "u") {
                var scalar = hex4(bytes, at + 2) ?? 0
                at += 6
                if scalar & 0xFC00 == 0xD800 {
                    let low = hex4(bytes, at + 2) ?? 0
                    scalar = 0x10000 + ((scalar & 0x3FF) << 10) + (low & 0x3FF)
                    at += 6
                }
                result.append(contentsOf: Character(UnicodeScalar(scalar) ?? "\u{FFFD}").utf8)
            } else {
                result.append(simpleEscape(bytes[at + 1]) ?? bytes[at + 1])
                at += 2
            }
        }
        return result
    }

    private static func simpleEscape(_ letter: UInt8) -> UInt8? {
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): letter
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "t"): 0x09
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "r"): 0x0D
        default: nil
        }
    }

    private static func hex4(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> UInt32? {
        guard at + 4 <= text.count else { return nil }
        var result: UInt32 = 0
        for index in at..<(at + 4) {
            guard let digit = hexDigit(text[index]) else { return nil }
            result = result << 4 | UInt32(digit)
        }
        return result
    }

    // MARK: Parsing

    private mutating func skipSpace(_ text: UnsafeBufferPointer<UInt8>) {
        while offset < text.count {
            switch text[offset] {
            case 0x20, 0x09, 0x0A, 0x0D:
                isCanonical = false
                offset += 1
            default: return
            }
        }
    }

    private mutating func value(
        _ text: UnsafeBufferPointer<UInt8>, depth: Int
    ) throws(JSONFault) {
        guard offset < text.count else { throw .unexpectedEnd }
        switch text[offset] {
        case UInt8(ascii: "{"): try object(text, depth: depth)
        case UInt8(ascii: "["): try array(text, depth: depth)
        case UInt8(ascii: "\""): try string(text)
        case UInt8(ascii: "t"): try word(text, "true", .yes)
        case UInt8(ascii: "f"): try word(text, "false", .no)
        case UInt8(ascii: "n"): try word(text, "null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number(text)
        default: throw .unexpectedByte(text[offset])
        }
    }

    /// Opens a container and gives the index of its node.
    private mutating func open(_ kind: NodeKind, depth: Int) throws(JSONFault) -> Int {
        guard depth < JSONTape.maximumDepth else { throw .tooDeep }
        nodes.append(Node(kind: kind, start: Int32(offset), end: 0, next: 0))
        offset += 1
        return nodes.count - 1
    }

    private mutating func close(_ index: Int, count: Int) {
        offset += 1
        nodes[index].end = Int32(offset)
        nodes[index].next = Int32(nodes.count)
        nodes[index].value = Int64(count)
    }

    private mutating func object(
        _ text: UnsafeBufferPointer<UInt8>, depth: Int
    ) throws(JSONFault) {
        let index = try open(.object, depth: depth)
        var count = 0
        var previousKey = -1
        skipSpace(text)
        while offset < text.count, text[offset] != UInt8(ascii: "}") {
            if count > 0 { try comma(text) }
            guard offset < text.count else { throw .unexpectedEnd }
            guard text[offset] == UInt8(ascii: "\"") else { throw .unexpectedByte(text[offset]) }
            let key = nodes.count
            try string(text)
            if previousKey >= 0, !isAscending(previousKey, key, text) { isCanonical = false }
            previousKey = key
            skipSpace(text)
            try expect(UInt8(ascii: ":"), text)
            skipSpace(text)
            try value(text, depth: depth + 1)
            skipSpace(text)
            count += 1
        }
        guard offset < text.count else { throw .unexpectedEnd }
        close(index, count: count)
    }

    private mutating func array(
        _ text: UnsafeBufferPointer<UInt8>, depth: Int
    ) throws(JSONFault) {
        let index = try open(.array, depth: depth)
        var count = 0
        skipSpace(text)
        while offset < text.count, text[offset] != UInt8(ascii: "]") {
            if count > 0 { try comma(text) }
            try value(text, depth: depth + 1)
            skipSpace(text)
            count += 1
        }
        guard offset < text.count else { throw .unexpectedEnd }
        close(index, count: count)
    }

    private mutating func comma(_ text: UnsafeBufferPointer<UInt8>) throws(JSONFault) {
        try expect(UInt8(ascii: ","), text)
        skipSpace(text)
    }

    private mutating func expect(
        _ byte: UInt8, _ text: UnsafeBufferPointer<UInt8>
    ) throws(JSONFault) {
        guard offset < text.count else { throw .unexpectedEnd }
        guard text[offset] == byte else { throw .unexpectedByte(text[offset]) }
        offset += 1
    }

    /// Names of members are ASCII in every kind, so byte order is the order of RFC 8785.
    private func isAscending(
        _ first: Int, _ second: Int, _ text: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        raw(first, in: text).lexicographicallyPrecedes(raw(second, in: text))
    }

    private mutating func word(
        _ text: UnsafeBufferPointer<UInt8>, _ word: StaticString, _ kind: NodeKind
    ) throws(JSONFault) {
        let start = offset
        for index in 0..<word.utf8CodeUnitCount {
            try expect(word.utf8Start[index], text)
        }
        append(kind, start: start, end: offset)
    }

    private mutating func append(
        _ kind: NodeKind, start: Int, end: Int, hasEscape: Bool = false, value: Int64 = 0
    ) {
        nodes.append(
            Node(
                kind: kind, hasEscape: hasEscape, start: Int32(start), end: Int32(end),
                next: Int32(nodes.count + 1), value: value))
    }

    private mutating func number(_ text: UnsafeBufferPointer<UInt8>) throws(JSONFault) {
        let start = offset
        let isNegative = text[offset] == UInt8(ascii: "-")
        if isNegative { offset += 1 }
        let firstDigit = offset
        var magnitude: Int64 = 0
        while offset < text.count, let digit = decimalDigit(text[offset]) {
            if magnitude <= Int64.max / 16 { magnitude = magnitude * 10 + Int64(digit) }
            offset += 1
        }
        let digits = offset - firstDigit
        guard digits > 0 else { throw .badNumber }
        guard digits == 1 || text[firstDigit] != UInt8(ascii: "0") else {
            offset = firstDigit
            throw .badNumber
        }
        let isWhole = try !fractionOrExponent(text)
        let fits = isWhole && digits <= 16 && magnitude <= CanonicalJSON.maximumInteger
        if !fits || (isNegative && magnitude == 0) { isCanonical = false }
        append(
            fits ? .integer : .number, start: start, end: offset,
            value: isNegative ? -magnitude : magnitude)
    }

    private mutating func fractionOrExponent(
        _ text: UnsafeBufferPointer<UInt8>
    ) throws(JSONFault) -> Bool {
        let start = offset
        if offset < text.count, text[offset] == UInt8(ascii: ".") {
            offset += 1
            try digits(text)
        }
        if offset < text.count, text[offset] | 0x20 == UInt8(ascii: "e") {
            offset += 1
            if offset < text.count,
                text[offset] == UInt8(ascii: "+") || text[offset] == UInt8(ascii: "-")
            {
                offset += 1
            }
            try digits(text)
        }
        return offset > start
    }

    private mutating func digits(_ text: UnsafeBufferPointer<UInt8>) throws(JSONFault) {
        let start = offset
        while offset < text.count, decimalDigit(text[offset]) != nil { offset += 1 }
        guard offset > start else { throw .badNumber }
    }

    private mutating func string(_ text: UnsafeBufferPointer<UInt8>) throws(JSONFault) {
        offset += 1
        let start = offset
        var hasEscape = false
        while offset < text.count {
            let byte = text[offset]
            if byte == UInt8(ascii: "\"") {
                append(.string, start: start, end: offset, hasEscape: hasEscape)
                offset += 1
                return
            }
            if byte == UInt8(ascii: "\\") {
                hasEscape = true
                try escape(text)
            } else if byte >= 0x80 {
                guard let length = UTF8Sequence.length(text, at: offset) else { throw .invalidUTF8 }
                offset += length
            } else if byte < 0x20 {
                throw .controlCharacter(byte)
            } else {
                offset += 1
            }
        }
        throw .unexpectedEnd
    }

    private mutating func escape(_ text: UnsafeBufferPointer<UInt8>) throws(JSONFault) {
        guard offset + 1 < text.count else { throw .unexpectedEnd }
        let letter = text[offset + 1]
        guard letter == UInt8(ascii: "u") else {
            guard JSONTape.simpleEscape(letter) != nil else { throw .badEscape }
            if letter == UInt8(ascii: "/") { isCanonical = false }
            offset += 2
            return
        }
        guard let unit = JSONTape.hex4(text, offset + 2) else { throw .badEscape }
        guard unit != 0 else { throw .nullCharacter }
        guard unit & 0xFC00 != 0xDC00 else { throw .loneSurrogate }
        if unit & 0xFC00 == 0xD800 {
            guard offset + 7 < text.count, text[offset + 6] == UInt8(ascii: "\\"),
                text[offset + 7] == UInt8(ascii: "u"),
                let low = JSONTape.hex4(text, offset + 8), low & 0xFC00 == 0xDC00
            else { throw .loneSurrogate }
            offset += 12
        } else {
            offset += 6
        }
        if !isCanonicalEscape(text, unit) { isCanonical = false }
    }

    /// RFC 8785 writes `\u00xx`, in lower case, for control characters without a short form only.
    private func isCanonicalEscape(_ text: UnsafeBufferPointer<UInt8>, _ unit: UInt32) -> Bool {
        guard unit < 0x20, ![0x08, 0x09, 0x0A, 0x0C, 0x0D].contains(unit) else { return false }
        return !(UInt8(ascii: "A")...UInt8(ascii: "F")).contains(text[offset - 1])
    }
}
