internal import Glibc

/// What an entry says of times, found without walking through its body. Its bytes have been
/// verified: no more is looked at than is needed to find them.
package struct EntryTimes: Sendable {
    /// When it was recorded.
    package let at: Moment
    /// When it happened.
    package let occurredOn: CivilDate
    /// Where in the bytes the name of its kind stands.
    private let kind: Range<Int>

    /// - Parameter text: an entry's bytes.
    /// - Returns: nil where they are no entry.
    package init?(_ text: UnsafeBufferPointer<UInt8>) {
        let atStart = "{\"area\":\"150502\",\"at\":\"".utf8.count
        guard text.count > atStart + 20, let member = EnvelopeReader.kind(in: text),
            let at = Moment(UnsafeBufferPointer(rebasing: text[atStart..<(atStart + 20)]))
        else { return nil }
        let kindStart = member + ",\"kind\":\"".utf8.count
        // `occurredAt` may stand between; none of what follows `kind` holds objects, and inside a
        // string a quote has a backslash before it.
        guard let kindEnd = text[kindStart...].firstIndex(of: UInt8(ascii: "\"")),
            let date = EntryTimes.first(",\"occurredOn\":\"", in: text, from: kindEnd),
            text.count >= date + 10,
            let day = CivilDate(UnsafeBufferPointer(rebasing: text[date..<(date + 10)]))
        else { return nil }
        self.at = at
        occurredOn = day
        kind = kindStart..<kindEnd
    }

    package func isKind(_ name: StaticString, in text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard kind.count == name.utf8CodeUnitCount, let start = text.baseAddress else {
            return false
        }
        return memcmp(start + kind.lowerBound, name.utf8Start, kind.count) == 0
    }

    package func kindName(in text: UnsafeBufferPointer<UInt8>) -> String {
        String(decoding: text[kind], as: UTF8.self)
    }

    /// Where the text begins that follows the first such key.
    private static func first(
        _ key: StaticString, in text: UnsafeBufferPointer<UInt8>, from start: Int
    ) -> Int? {
        (start..<text.count).first {
            text[$0] == UInt8(ascii: ",") && EnvelopeReader.has(key, text, at: $0)
        }.map { $0 + key.utf8CodeUnitCount }
    }
}
