/// What a witness gives back: the checkpoint with its signature lines, or those lines alone, as
/// C2SP tlog-witness answers `add-checkpoint`.
package enum CosignatureFile: Hashable, Sendable {
    case checkpoint(SignedNote)
    case lines([NoteSignature])

    /// Accepts exactly what a note or lines of signatures are.
    package init(parsing bytes: [UInt8]) throws(NoteFormatError) {
        guard bytes.starts(with: NoteSignature.start) else {
            self = .checkpoint(try SignedNote(parsing: bytes))
            return
        }
        guard bytes.count <= SignedNote.byteCountMax else {
            throw .tooLong(byteCount: bytes.count)
        }
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard lines.popLast() == [] else { throw .noFinalNewline }
        guard lines.count <= SignedNote.signatureCountMax else {
            throw .tooManySignatures(lines.count)
        }
        var signatures: [NoteSignature] = []
        for (place, line) in lines.enumerated() {
            signatures.append(try NoteSignature(parsing: line, number: place + 1))
        }
        self = .lines(signatures)
    }

    package var signatures: [NoteSignature] {
        switch self {
        case .checkpoint(let note): note.signatures
        case .lines(let lines): lines
        }
    }
}
