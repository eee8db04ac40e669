/// A text with signature lines, none of them verified: what it says is hearsay until
/// ``verified(by:)`` or ``openCheckpoint(logKey:cosignerKeys:)`` has opened it. C2SP signed-note.
package struct SignedNote: Hashable, Sendable {
    /// The largest note that is read or written.
    package static let byteCountMax = 1 << 20
    /// The most signatures that are read or written. The specification asks for 16 at least.
    package static let signatureCountMax = 100

    package let text: NoteText
    package let signatures: [NoteSignature]

    package init(text: NoteText, signatures: [NoteSignature]) throws(NoteFormatError) {
        guard !signatures.isEmpty else { throw .noSignatures }
        guard signatures.count <= Self.signatureCountMax else {
            throw .tooManySignatures(signatures.count)
        }
        self.text = text
        self.signatures = signatures
        let byteCount = formatted.count
        guard byteCount <= Self.byteCountMax else { throw .tooLong(byteCount: byteCount) }
    }

    /// Reads a note. Accepts exactly what ``formatted`` emits.
    package init(parsing bytes: [UInt8]) throws(NoteFormatError) {
        guard bytes.count <= Self.byteCountMax else { throw .tooLong(byteCount: bytes.count) }
        try NoteText.checkCharacters(of: bytes)
        // The text may have empty lines of its own; the last one is the separator.
        guard let separator = Self.lastEmptyLine(of: bytes) else { throw .noSignatures }
        let lines = bytes[(separator + 1)...].split(
            separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard lines.last == [] else { throw .noFinalNewline }
        guard lines.count > 1 else { throw .noSignatures }
        guard lines.count - 1 <= Self.signatureCountMax else {
            throw .tooManySignatures(lines.count - 1)
        }
        text = try NoteText(bytes: Array(bytes[..<separator]))
        var signatures: [NoteSignature] = []
        for (place, line) in lines.dropLast().enumerated() {
            signatures.append(try NoteSignature(parsing: line, number: place + 1))
        }
        self.signatures = signatures
    }

    /// The note's bytes.
    package var formatted: [UInt8] {
        text.bytes + [UInt8(ascii: "\n")] + signatures.flatMap { Array($0.line.utf8) }
    }

    /// The note with more signatures at its end, such as witnesses' cosignatures.
    package func adding(_ more: [NoteSignature]) throws(NoteFormatError) -> SignedNote {
        try SignedNote(text: text, signatures: signatures + more)
    }

    /// Where the last empty line's newline is.
    private static func lastEmptyLine(of bytes: [UInt8]) -> Int? {
        bytes.indices.dropFirst().last { place in
            bytes[place] == UInt8(ascii: "\n") && bytes[place - 1] == UInt8(ascii: "\n")
        }
    }
}
