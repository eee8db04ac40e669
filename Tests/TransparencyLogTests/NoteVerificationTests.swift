import Testing
import TransparencyLog

@Suite struct NoteVerificationTests {
    /// From the documentation of golang.org/x/mod/sumdb/note.
    static let goText = """
        If you think cryptography is the answer to your problem,
        then you don't know what your problem is.

        """
    static let goSignature = """
        \u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXg\
        KvqfqdngotpRZb6KE6RyyBwJnAM=

        """

    let goKey: VerifierKey

    init() throws {
        goKey = try VerifierKey(parsing: KeyTests.goVerifierKey)
    }

    @Test func noteOfGoVerifies() throws {
        let note = try SignedNote(parsing: Array((Self.goText + "\n" + Self.goSignature).utf8))
        let verified = try note.verified(by: [goKey])
        #expect(verified.text.string == Self.goText)
        #expect(verified.signatures.map(\.key) == [goKey])
        #expect(verified.signatures[0].timestampSeconds == nil)
    }

    @Test func signatureIsThatOfGo() throws {
        let key = try SigningKey(parsing: KeyTests.goSigningKey)
        let signature = try key.sign(NoteText(Self.goText))
        #expect(signature.line == Self.goSignature)
    }

    @Test func alteredTextIsRefused() throws {
        let text = Self.goText.replacing("problem", with: "Problem")
        let note = try SignedNote(parsing: Array((text + "\n" + Self.goSignature).utf8))
        #expect(throws: NoteVerificationError.invalidSignature(goKey.name, goKey.id)) {
            try note.verified(by: [goKey])
        }
    }

    @Test func unknownKeysArePassedOver() throws {
        let text = try NoteText("text\n")
        let known = try SampleKeys.log("known", seed: 1)
        let sameName = try SampleKeys.log("known", seed: 2)
        let note = try SignedNote(
            text: text, signatures: [sameName.sign(text), known.sign(text)])
        let verified = try note.verified(by: [known.verifierKey])
        #expect(verified.signatures.map(\.key) == [known.verifierKey])
        #expect(verified.note.signatures.count == 2)
    }

    @Test func sameIDUnderAnotherNameIsUnknown() throws {
        let text = try NoteText("text\n")
        let known = try SampleKeys.log("known")
        let signature = try known.sign(text)
        let other = NoteSignature(
            name: try KeyName("other"), keyID: signature.keyID, signature: signature.signature)
        let note = try SignedNote(text: text, signatures: [other])
        #expect(throws: NoteVerificationError.noKnownSignature) {
            try note.verified(by: [known.verifierKey])
        }
    }

    @Test func noteWithoutAKnownSignatureIsRefused() throws {
        let text = try NoteText("text\n")
        let note = try SignedNote(text: text, signatures: [SampleKeys.log("known").sign(text)])
        #expect(throws: NoteVerificationError.noKnownSignature) { try note.verified(by: []) }
        #expect(throws: NoteVerificationError.noKnownSignature) { try note.verified(by: [goKey]) }
    }

    @Test func oneFailingKnownSignatureSpoilsTheNote() throws {
        let text = try NoteText("text\n")
        let (good, bad) = (try SampleKeys.log("good"), try SampleKeys.log("bad", seed: 2))
        let note = try SignedNote(
            text: text, signatures: [good.sign(text), bad.sign(NoteText("other\n"))])
        let error = NoteVerificationError.invalidSignature(bad.name, bad.verifierKey.id)
        #expect(throws: error) { try note.verified(by: [good.verifierKey, bad.verifierKey]) }
        #expect(throws: error) { try note.verified(by: [bad.verifierKey]) }
        #expect(try note.verified(by: [good.verifierKey]).signatures.count == 1)
    }

    @Test func secondSignatureOfAKnownKeyIsVerifiedToo() throws {
        let text = try NoteText("text\n")
        let key = try SampleKeys.log("known")
        let twice = try SignedNote(text: text, signatures: [key.sign(text), key.sign(text)])
        #expect(try twice.verified(by: [key.verifierKey]).signatures.count == 2)
        let spoilt = try SignedNote(
            text: text, signatures: [key.sign(text), key.sign(NoteText("other\n"))])
        #expect(throws: NoteVerificationError.self) { try spoilt.verified(by: [key.verifierKey]) }
    }

    @Test func keyThatCannotVerifyIsRefused() throws {
        let key = try VerifierKey(parsing: "example.com/log+01020304+/wEC")
        let text = try NoteText("text\n")
        let signature = NoteSignature(name: key.name, keyID: key.id, signature: [1, 2, 3])
        let note = try SignedNote(text: text, signatures: [signature])
        #expect(throws: NoteVerificationError.unsupportedKeyType(key.name, .other)) {
            try note.verified(by: [key])
        }
    }

    @Test func twoKeysOfOneNameAndIDAreRefused() throws {
        let keys = try ["/wEC", "/wED"].map {
            try VerifierKey(parsing: "example.com/log+01020304+\($0)")
        }
        let signature = NoteSignature(name: keys[0].name, keyID: keys[0].id, signature: [1])
        let note = try SignedNote(text: NoteText("text\n"), signatures: [signature])
        #expect(throws: NoteVerificationError.ambiguousKey(keys[0].name, keys[0].id)) {
            try note.verified(by: keys)
        }
    }

    @Test func keyListedTwiceIsOneKey() throws {
        let note = try SignedNote(parsing: Array((Self.goText + "\n" + Self.goSignature).utf8))
        #expect(try note.verified(by: [goKey, goKey]).signatures.count == 1)
    }

    @Test func truncatedSignatureIsRefused() throws {
        let text = try NoteText("text\n")
        let key = try SampleKeys.log("known")
        let full = try key.sign(text)
        for count in [1, 32, 63] {
            let signature = NoteSignature(
                name: key.name, keyID: full.keyID, signature: Array(full.signature.prefix(count)))
            let note = try SignedNote(text: text, signatures: [signature])
            #expect(throws: NoteVerificationError.invalidSignature(key.name, full.keyID)) {
                try note.verified(by: [key.verifierKey])
            }
        }
        let long = NoteSignature(
            name: key.name, keyID: full.keyID, signature: full.signature + [0])
        let note = try SignedNote(text: text, signatures: [long])
        #expect(throws: NoteVerificationError.self) { try note.verified(by: [key.verifierKey]) }
    }
}
