internal import Glibc

/// Finds what links an entry to others, and passes over its body and what else kinds declare:
/// ```
/// {"area":"150502","at":"2023-03-05T09:00:00Z", … ,"id":"S-1","kind":"…", … ,
///  "prev":"…","seq":7,"source":"yb","v":1}
/// ```
/// Inside strings every quote has a backslash before it, so a comma and a quote are never text,
/// and of the members named `kind` the last is the entry's own, for none that follows holds
/// objects. From there all is found without a look at what lies before.
struct EnvelopeReader {
    private let text: UnsafeBufferPointer<UInt8>
    /// Where reading stopped: of a fault, its byte offset.
    private(set) var offset = 0

    init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

    /// Reads into `entry` all but kind, rows of lists and body.
    /// - Returns: false where the bytes are no entry.
    mutating func read(into entry: inout RecordedEntry) -> Bool {
        entry.beginEnvelope()
        return readBeginning(&entry) && readEnd(&entry) && offset == text.count
    }

    private mutating func readBeginning(_ entry: inout RecordedEntry) -> Bool {
        guard take("{\"area\":\""), skip(6), take("\",\"at\":\"") else { return false }
        let at = offset
        guard skip(20), take("\""), text[offset - 2] == UInt8(ascii: "Z"),
            let moment = Moment(UnsafeBufferPointer(rebasing: text[at..<(at + 20)]))
        else { return false }
        entry.at = moment
        return true
    }

    private mutating func readEnd(_ entry: inout RecordedEntry) -> Bool {
        guard let kind = EnvelopeReader.kind(in: text),
            let id = EnvelopeReader.last(
                ",\"id\":\"", in: UnsafeBufferPointer(rebasing: text[..<kind])),
            id >= offset
        else { return false }
        offset = id + 7
        guard string(&entry, column: 1), take(",\"kind\":\"") else { return false }
        entry.isFoundation = take(EnvelopeReader.foundation)
        guard let prev = first(",\"prev\":\"") else { return false }
        offset = prev + 9
        entry.prevStart = offset
        guard skip(64), take("\",\"seq\":"), let seq = number(), take(",\"source\":\"") else {
            return false
        }
        entry.seq = seq
        return string(&entry, column: 0) && take(",\"v\":1}")
    }

    private static let foundation: StaticString = "ledger.created\""

    // MARK: Bytes

    static func has(
        _ key: StaticString, _ text: UnsafeBufferPointer<UInt8>, at offset: Int
    ) -> Bool {
        guard offset >= 0, text.count - offset >= key.utf8CodeUnitCount,
            let start = text.baseAddress
        else { return false }
        return memcmp(start + offset, key.utf8Start, key.utf8CodeUnitCount) == 0
    }

    /// Where the member `kind` begins, or nil where there is none.
    static func kind(in text: UnsafeBufferPointer<UInt8>) -> Int? {
        let end = text.count - shortestEnd
        guard end > 0 else { return nil }
        return last(",\"kind\":\"", in: UnsafeBufferPointer(rebasing: text[..<end]))
    }

    /// How many bytes follow the name of the kind at the least, 64 digits of `prev` among them.
    private static let shortestEnd =
        ",\"occurredOn\":\"2026-01-01\",\"operator\":\"u\",\"prev\":\"\",\"seq\":0,\"source\":\"s\",\"v\":1}"
        .utf8.count + 64

    /// Where the last member with this key begins: a comma, a quote, the name.
    private static func last(_ key: StaticString, in text: UnsafeBufferPointer<UInt8>) -> Int? {
        // The third byte, the first of the name, is the rarest of the three.
        let letter = key.utf8Start[2]
        var start = text.count - key.utf8CodeUnitCount
        while start >= 0 {
            if text[start + 2] == letter, has(key, text, at: start) { return start }
            start -= 1
        }
        return nil
    }

    /// Where the next member with this key begins.
    private func first(_ key: StaticString) -> Int? {
        (offset..<max(offset, text.count)).first {
            text[$0] == UInt8(ascii: ",") && EnvelopeReader.has(key, text, at: $0)
        }
    }

    private mutating func take(_ literal: StaticString) -> Bool {
        guard EnvelopeReader.has(literal, text, at: offset) else { return false }
        offset += literal.utf8CodeUnitCount
        return true
    }

    private mutating func skip(_ count: Int) -> Bool {
        guard text.count - offset >= count else { return false }
        offset += count
        return true
    }

    /// A whole number in the shortest form, of at most 16 digits.
    private mutating func number() -> Int64? {
        let first = offset
        var value: Int64 = 0
        while offset < text.count, let digit = decimalDigit(text[offset]), offset - first < 16 {
            value = value * 10 + Int64(digit)
            offset += 1
        }
        guard offset > first, offset == first + 1 || text[first] != UInt8(ascii: "0"),
            value <= CanonicalJSON.maximumInteger
        else { return nil }
        return value
    }

    /// The rest of a string whose first quote has been taken.
    private mutating func string(_ entry: inout RecordedEntry, column: Int) -> Bool {
        let start = offset
        var hasEscape = false
        while offset < text.count, text[offset] != UInt8(ascii: "\"") {
            let isEscape = text[offset] == UInt8(ascii: "\\")
            hasEscape = hasEscape || isEscape
            offset += isEscape ? 2 : 1
        }
        guard offset < text.count else { return false }
        entry.set(text: start..<offset, hasEscape: hasEscape, at: column, text)
        offset += 1
        return true
    }
}
