import Testing
import TransparencyLog

@Suite struct SignedNoteTests {
    static let text = "first\n\nthird\n"
    static let signature = "\u{2014} PeterNeumann x08go/Y=\n"

    @Test(arguments: [
        "text\n\n" + signature,
        text + "\n" + signature,
        "\n\n" + signature,
        "text\n\n\n" + signature,
        "text\n\n" + signature + signature,
        "\u{2014} PeterNeumann x08go/Y=\n\n" + signature,
        "统筹区\n\n" + signature,
    ])
    func wellFormedNotesRoundTrip(note: String) throws {
        let parsed = try SignedNote(parsing: Array(note.utf8))
        #expect(parsed.formatted == Array(note.utf8))
        let made = try SignedNote(text: parsed.text, signatures: parsed.signatures)
        #expect(made == parsed)
    }

    @Test func lastEmptyLineSeparates() throws {
        let note = try SignedNote(parsing: Array((Self.text + "\n" + Self.signature).utf8))
        #expect(note.text.string == Self.text)
        #expect(note.signatures.count == 1)
        #expect(note.signatures[0].keyID == KeyID(0xc74f_20a3))
        #expect(note.signatures[0].signature == [0xf6])
        #expect(note.signatures[0].line == Self.signature)
    }

    private static let malformed: [(String, NoteFormatError)] = [
        ("", .noSignatures),
        ("text\n", .noSignatures),
        ("text\n\(signature)", .noSignatures),
        ("\n\(signature)", .noSignatures),
        ("text\n\n", .noSignatures),
        ("text\n\n\(signature)\n", .noSignatures),
        ("text\n\n\u{2014} PeterNeumann x08go/Y=", .noFinalNewline),
        ("text\n\n\(signature)x", .noFinalNewline),
        ("text\r\n\n\(signature)", .controlCharacter(13, offset: 4)),
        ("te\txt\n\n\(signature)", .controlCharacter(9, offset: 2)),
        ("te\u{0}xt\n\n\(signature)", .controlCharacter(0, offset: 2)),
        ("text\n\n\u{2014} Peter\u{1b} x08go/Y=\n", .controlCharacter(27, offset: 15)),
        ("text\n\n- PeterNeumann x08go/Y=\n", .malformedSignatureLine(1)),
        ("text\n\n\u{2013} PeterNeumann x08go/Y=\n", .malformedSignatureLine(1)),
        ("text\n\n\u{2014}PeterNeumann x08go/Y=\n", .malformedSignatureLine(1)),
        ("text\n\n\u{2014} PeterNeumann\n", .malformedSignatureLine(1)),
        ("text\n\n\u{2014} Peter Neumann x08go/Y=\n", .malformedSignatureLine(1)),
        ("text\n\n\u{2014} PeterNeumann x08go/Y= \n", .malformedSignatureLine(1)),
        ("text\n\n\u{2014} PeterNeumann  x08go/Y=\n", .malformedSignatureLine(1)),
        ("text\n\n\(signature)x\n", .malformedSignatureLine(2)),
        ("text\n\n\u{2014}  x08go/Y=\n", .badKeyName(line: 1)),
        ("text\n\n\u{2014} Peter+Neumann x08go/Y=\n", .badKeyName(line: 1)),
        ("text\n\n\u{2014} Peter\u{3000}Neumann x08go/Y=\n", .badKeyName(line: 1)),
        ("text\n\n\u{2014} PeterNeumann x08go/Y\n", .badSignatureBase64(line: 1)),
        ("text\n\n\u{2014} PeterNeumann x08go/Z=\n", .badSignatureBase64(line: 1)),
        ("text\n\n\(signature)\u{2014} P x08g_/Y=\n", .badSignatureBase64(line: 2)),
        ("text\n\n\u{2014} PeterNeumann x08gow==\n", .shortSignature(line: 1)),
        ("text\n\n\u{2014} PeterNeumann \n", .shortSignature(line: 1)),
    ]

    @Test(arguments: malformed)
    func malformedNoteIsRefused(note: String, error: NoteFormatError) {
        #expect(throws: error) { try SignedNote(parsing: Array(note.utf8)) }
    }

    @Test func everyControlCharacterButNewlineIsRefused() throws {
        for byte: UInt8 in 0..<0x20 where byte != 0x0a {
            #expect(throws: NoteFormatError.controlCharacter(byte, offset: 1)) {
                try NoteText(bytes: [0x61, byte, 0x0a])
            }
        }
        for byte: UInt8 in 0x20..<0x80 {
            #expect(try NoteText(bytes: [0x61, byte, 0x0a]).bytes[1] == byte)
        }
    }

    @Test func malformedUTF8IsRefused() {
        for bytes: [UInt8] in [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xe2, 0x80]] {
            let note = bytes + Array(("\n\n" + Self.signature).utf8)
            #expect(throws: NoteFormatError.notUTF8) { try SignedNote(parsing: note) }
        }
    }

    @Test func atLeast16AndAtMost100SignaturesAreRead() throws {
        for count in [16, 100] {
            let note = "text\n\n" + String(repeating: Self.signature, count: count)
            #expect(try SignedNote(parsing: Array(note.utf8)).signatures.count == count)
        }
        let note = "text\n\n" + String(repeating: Self.signature, count: 101)
        #expect(throws: NoteFormatError.tooManySignatures(101)) {
            try SignedNote(parsing: Array(note.utf8))
        }
        let most = try SignedNote(
            parsing: Array(("text\n\n" + String(repeating: Self.signature, count: 100)).utf8))
        #expect(throws: NoteFormatError.tooManySignatures(101)) {
            try most.adding([most.signatures[0]])
        }
    }

    @Test func oneMebibyteIsTheLimit() throws {
        let overhead = "\n\n".utf8.count + Self.signature.utf8.count
        let most = String(repeating: "x", count: SignedNote.byteCountMax - overhead)
        let note = Array((most + "\n\n" + Self.signature).utf8)
        #expect(try SignedNote(parsing: note).formatted == note)
        let byteCount = SignedNote.byteCountMax + 1
        #expect(throws: NoteFormatError.tooLong(byteCount: byteCount)) {
            try SignedNote(parsing: [UInt8(ascii: "x")] + note)
        }
        let signatures = try SignedNote(parsing: note).signatures
        let text = try NoteText("x" + most + "\n")
        #expect(throws: NoteFormatError.tooLong(byteCount: byteCount)) {
            try SignedNote(text: text, signatures: signatures)
        }
    }

    @Test func textMustBeText() throws {
        #expect(throws: NoteFormatError.textWithoutFinalNewline) { try NoteText("no newline") }
        #expect(throws: NoteFormatError.textWithoutFinalNewline) { try NoteText("") }
        #expect(throws: NoteFormatError.controlCharacter(9, offset: 0)) { try NoteText("\t\n") }
        #expect(throws: NoteFormatError.noSignatures) {
            try SignedNote(text: NoteText("text\n"), signatures: [])
        }
    }

    @Test func textsAreComparedByteByByte() throws {
        #expect(try NoteText("caf\u{e9}\n") != NoteText("cafe\u{301}\n"))
    }

    /// Whatever single byte is changed: what is still read is written back as it was read.
    @Test func whatIsReadIsWrittenBack() throws {
        let note = Array((Self.text + "\n" + Self.signature + Self.signature).utf8)
        for place in note.indices {
            for byte in UInt8.min...UInt8.max {
                var changed = note
                changed[place] = byte
                guard let parsed = try? SignedNote(parsing: changed) else { continue }
                #expect(parsed.formatted == changed)
            }
        }
    }
}
