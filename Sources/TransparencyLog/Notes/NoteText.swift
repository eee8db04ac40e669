/// The text of a note: UTF-8 that ends in a newline, without other control characters. C2SP
/// signed-note, "Format".
///
/// Kept and compared as bytes, because bytes are what is signed.
package struct NoteText: Hashable, Sendable {
    package let bytes: [UInt8]

    package init(bytes: [UInt8]) throws(NoteFormatError) {
        guard bytes.count <= SignedNote.byteCountMax else {
            throw .tooLong(byteCount: bytes.count)
        }
        try Self.checkCharacters(of: bytes)
        guard bytes.last == UInt8(ascii: "\n") else { throw .textWithoutFinalNewline }
        self.bytes = bytes
    }

    package init(_ text: String) throws(NoteFormatError) {
        try self.init(bytes: Array(text.utf8))
    }

    /// For text that this module made, and so knows to be right.
    init(trusted text: String) {
        bytes = Array(text.utf8)
        assert((try? NoteText(bytes: bytes)) != nil)
    }

    /// The text as a string.
    package var string: String { String(decoding: bytes, as: UTF8.self) }

    static func checkCharacters(of bytes: [UInt8]) throws(NoteFormatError) {
        if let offset = bytes.firstIndex(where: { $0 < 0x20 && $0 != UInt8(ascii: "\n") }) {
            throw .controlCharacter(bytes[offset], offset: offset)
        }
        guard String(validating: bytes, as: UTF8.self) != nil else { throw .notUTF8 }
    }
}

extension NoteText: CustomStringConvertible {
    package var description: String { string }
}
