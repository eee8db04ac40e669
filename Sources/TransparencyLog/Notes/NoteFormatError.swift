/// Why bytes are not a signed note.
package enum NoteFormatError: Error, Hashable, Sendable {
    /// More bytes than ``SignedNote/byteCountMax``.
    case tooLong(byteCount: Int)
    /// Not well-formed UTF-8.
    case notUTF8
    /// A control character other than newline.
    case controlCharacter(UInt8, offset: Int)
    /// The text does not end in a newline.
    case textWithoutFinalNewline
    /// There is no empty line with signature lines after it.
    case noSignatures
    /// The last line does not end in a newline.
    case noFinalNewline
    /// Not an em dash, a space, a name, a space, and base64. Lines count from 1.
    case malformedSignatureLine(Int)
    /// The name in a signature line is not a key's name.
    case badKeyName(line: Int)
    /// The signature is not canonical base64.
    case badSignatureBase64(line: Int)
    /// Nothing is left after the four bytes of the key ID.
    case shortSignature(line: Int)
    /// More signatures than ``SignedNote/signatureCountMax``.
    case tooManySignatures(Int)
}

extension NoteFormatError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .tooLong(let byteCount):
            "the note has \(byteCount) bytes, more than \(SignedNote.byteCountMax)"
        case .notUTF8: "the note is not well-formed UTF-8"
        case .controlCharacter(let character, let offset):
            "the note has the control character 0x\(Hex.encode([character])) at byte \(offset)"
        case .textWithoutFinalNewline: "the note's text does not end in a newline"
        case .noSignatures: "the note has no empty line with signatures after it"
        case .noFinalNewline: "the note does not end in a newline"
        case .malformedSignatureLine(let line):
            "signature line \(line) does not have the form '\u{2014} <name> <base64>'"
        case .badKeyName(let line): "signature line \(line) has no admissible key name"
        case .badSignatureBase64(let line): "signature line \(line) is not canonical base64"
        case .shortSignature(let line): "signature line \(line) holds no signature"
        case .tooManySignatures(let count):
            "the note has \(count) signatures, more than \(SignedNote.signatureCountMax)"
        }
    }
}
