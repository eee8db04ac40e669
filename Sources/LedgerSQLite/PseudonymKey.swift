internal import AidRecords

/// A pseudonym in 17 bytes, as the key of a dictionary.
struct PseudonymKey: Hashable {
    let letter: UInt8
    let high: UInt64
    let low: UInt64

    /// - Precondition: the bytes are a pseudonym.
    init(_ text: UnsafeBufferPointer<UInt8>) {
        letter = text[0]
        high = PseudonymKey.number(text, 2)
        low = PseudonymKey.number(text, 18)
    }

    /// The pseudonym: the letter, a colon and 32 digits.
    var text: String {
        String(unsafeUninitializedCapacity: SubjectClass.pseudonymLength) { text in
            text[0] = letter
            text[1] = UInt8(ascii: ":")
            for (index, digit) in text[2..<SubjectClass.pseudonymLength].indices.enumerated() {
                let half = index < 16 ? high : low
                let value = UInt8(truncatingIfNeeded: half >> (60 - 4 * UInt64(index % 16))) & 0x0F
                text[digit] =
                    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") - 10 + value
            }
            return SubjectClass.pseudonymLength
        }
    }

    init(_ text: String) {
        var text = text
        self = text.withUTF8 { PseudonymKey($0) }
    }

    private static func number(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> UInt64 {
        var result: UInt64 = 0
        for index in start..<(start + 16) {
            // Of a lower-case digit: letters have bit 6, and begin at 1.
            let digit = text[index]
            result = result << 4 | UInt64(digit & 0x0F &+ (digit >> 6) &* 9)
        }
        return result
    }
}
