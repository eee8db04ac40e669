/// One signature line of a note, `— <name> <base64(key ID ‖ signature)>`, verified by nobody yet.
package struct NoteSignature: Hashable, Sendable {
    package let name: KeyName
    package let keyID: KeyID
    /// The bytes after the key ID.
    package let signature: [UInt8]

    /// - Precondition: the signature is not empty.
    package init(name: KeyName, keyID: KeyID, signature: [UInt8]) {
        precondition(!signature.isEmpty, "a signature is not empty")
        self.name = name
        self.keyID = keyID
        self.signature = signature
    }

    /// Reads a line, without its newline.
    ///
    /// - Parameter number: the line's number among the signature lines, from 1, for errors.
    init(parsing line: ArraySlice<UInt8>, number: Int) throws(NoteFormatError) {
        guard line.starts(with: Self.start) else { throw .malformedSignatureLine(number) }
        let parts = line.dropFirst(Self.start.count).split(
            separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        guard parts.count == 2 else { throw .malformedSignatureLine(number) }
        do {
            name = try KeyName(bytes: parts[0])
        } catch {
            throw .badKeyName(line: number)
        }
        (keyID, signature) = try Self.decoded(parts[1], number)
    }

    /// Reads a line that was kept without its newline.
    package init(line: String) throws(NoteFormatError) {
        try self.init(parsing: Array(line.utf8)[...], number: 1)
    }

    /// Reads what stands after the name in a line, where name and rest are kept apart.
    package init(name: KeyName, encoded: String) throws(NoteFormatError) {
        self.name = name
        (keyID, signature) = try Self.decoded(encoded.utf8, 1)
    }

    private static func decoded(
        _ text: some Collection<UInt8>, _ number: Int
    ) throws(NoteFormatError) -> (KeyID, [UInt8]) {
        guard let bytes = Base64.decode(text) else { throw .badSignatureBase64(line: number) }
        guard bytes.count > 4 else { throw .shortSignature(line: number) }
        return (KeyID(bigEndianBytes: bytes.prefix(4)), Array(bytes.dropFirst(4)))
    }

    /// The line with its newline, as a witness answers it.
    package var line: String { "\u{2014} \(name) \(encoded)\n" }

    /// base64(key ID ‖ signature).
    package var encoded: String { Base64.encode(keyID.bigEndianBytes + signature) }

    /// An em dash and a space.
    static let start = Array("\u{2014} ".utf8)
}
