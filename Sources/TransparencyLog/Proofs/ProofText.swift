/// What the two texts that carry a proof with a checkpoint have in common.
enum ProofText {
    /// No tree below 2^63 leaves needs more. C2SP tlog-witness, "add-checkpoint".
    static let hashCountMax = 63

    /// The hashes, one a line, the empty line, and the note.
    static func format(hashes: [NodeHash], note: SignedNote) -> [UInt8] {
        Array(hashes.map { $0.base64 + "\n" }.joined().utf8) + [UInt8(ascii: "\n")] + note.formatted
    }
}
