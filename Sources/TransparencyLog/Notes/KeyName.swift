/// The name of a key or of a log (its origin): UTF-8, not empty, without Unicode spaces, without
/// `+`, without control characters. C2SP signed-note, "Format".
///
/// Names are compared byte by byte. Swift compares strings by canonical equivalence, under which two
/// differently spelt names, with different key IDs, would be one.
package struct KeyName: Sendable {
    package let text: String

    package init(_ text: String) throws(KeyError) {
        let isAdmissible = text.unicodeScalars.allSatisfy { scalar in
            scalar.value >= 0x20 && scalar != "+" && !scalar.properties.isWhitespace
        }
        guard !text.isEmpty, isAdmissible else { throw .badName }
        self.text = text
    }

    /// Reads a name out of bytes, which may be anything.
    package init(bytes: some Collection<UInt8>) throws(KeyError) {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .badName }
        try self.init(text)
    }
}

extension KeyName: Hashable {
    package static func == (left: KeyName, right: KeyName) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
    }

    package func hash(into hasher: inout Hasher) {
        for byte in text.utf8 {
            hasher.combine(byte)
        }
        hasher.combine(UInt8(0xff))
    }
}

extension KeyName: CustomStringConvertible {
    package var description: String { text }
}
