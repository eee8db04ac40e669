import Testing
import TransparencyLog

@Suite struct KeyTests {
    /// From the documentation of golang.org/x/mod/sumdb/note.
    static let goVerifierKey =
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    static let goSigningKey =
        "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"

    @Test func keysOfOthersRoundTrip() throws {
        let verifier = try VerifierKey(parsing: Self.goVerifierKey)
        #expect(verifier.formatted == Self.goVerifierKey)
        #expect(verifier.name.text == "PeterNeumann")
        #expect(verifier.id == KeyID(0xc74f_20a3))
        #expect(verifier.type == .ed25519)
        let signer = try SigningKey(parsing: Self.goSigningKey)
        #expect(signer.formattedPrivateKey == Self.goSigningKey)
        #expect(signer.verifierKey == verifier)
    }

    /// A public witness's key, as transparency-dev/formats has it among its tests.
    @Test func cosignerKeyOfOthersRoundTrips() throws {
        let text = "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2"
        let key = try VerifierKey(parsing: text)
        #expect(key.type == .cosignature)
        #expect(key.formatted == text)
    }

    @Test func sameSeedOfAnotherTypeIsAnotherKey() throws {
        let log = try SampleKeys.log("same", seed: 7)
        let witness = try SampleKeys.witness("same", seed: 7)
        #expect(log.verifierKey.publicKey == witness.verifierKey.publicKey)
        #expect(log.verifierKey.id != witness.verifierKey.id)
        let again = try SigningKey(parsing: witness.formattedPrivateKey)
        #expect(again.verifierKey == witness.verifierKey)
    }

    @Test(arguments: [
        ("", KeyError.badForm),
        ("PeterNeumann", .badForm),
        ("PeterNeumann+c74f20a3", .badForm),
        ("+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", .badName),
        ("Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", .badName),
        ("PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", .badKeyID),
        ("PeterNeumann+c74f20+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", .badKeyID),
        ("PeterNeumann+c74f20a3+", .badBase64),
        ("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\n", .badBase64),
        ("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10T=", .badBase64),
        ("PeterNeumann+c74f20a3+ARpc", .wrongKeyLength(.ed25519, byteCount: 2)),
        ("PeterNeumann+c74f20a3+BBpc", .wrongKeyLength(.cosignature, byteCount: 2)),
        ("PeterNeumann+c74f20a3+Bhpc", .wrongKeyLength(.mlDSA44, byteCount: 2)),
        (
            "PeterNeumann+c74f20a2+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            .keyIDMismatch(KeyID(0xc74f_20a2), computed: KeyID(0xc74f_20a3))
        ),
    ])
    func malformedVerifierKeyIsRefused(text: String, error: KeyError) {
        #expect(throws: error) { try VerifierKey(parsing: text) }
    }

    @Test func anotherNameBreaksTheKeyID() throws {
        let text = Self.goVerifierKey.replacing("Peter", with: "Paul")
        #expect(throws: KeyError.self) { try VerifierKey(parsing: text) }
    }

    @Test func malformedSigningKeyIsRefused() {
        let text = Self.goSigningKey
        #expect(throws: KeyError.badForm) { try SigningKey(parsing: Self.goVerifierKey) }
        #expect(throws: KeyError.badForm) { try SigningKey(parsing: "private+key+" + text) }
        #expect(throws: KeyError.badBase64) { try SigningKey(parsing: text + "\n") }
        let short = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEK"
        #expect(throws: KeyError.wrongKeyLength(.ed25519, byteCount: 2)) {
            try SigningKey(parsing: short)
        }
        let mistyped = text.replacing("c74f20a3", with: "c74f20a4")
        #expect(throws: KeyError.keyIDMismatch(KeyID(0xc74f_20a4), computed: KeyID(0xc74f_20a3))) {
            try SigningKey(parsing: mistyped)
        }
        #expect(throws: KeyError.wrongType(KeyType(rawValue: 2))) {
            try SigningKey(parsing: "PRIVATE+KEY+x+00000000+AoEKFA==")
        }
    }

    @Test func unknownTypesAreKeptAsTheyStand() throws {
        let text = "example.com/log+01020304+/wEC"
        let key = try VerifierKey(parsing: text)
        #expect(key.type == .other)
        #expect(key.formatted == text)
        #expect(!key.type.canVerify)
    }

    @Test(arguments: [
        "", " ", "a b", "a+b", "a\nb", "a\u{0}b", "a\u{a0}b", "a\u{3000}b", "a\u{2028}b", "\u{7}",
    ])
    func inadmissibleNamesAreRefused(name: String) {
        #expect(throws: KeyError.badName) { try KeyName(name) }
    }

    @Test func namesAreComparedByteByByte() throws {
        let composed = try KeyName("caf\u{e9}")
        let decomposed = try KeyName("cafe\u{301}")
        #expect(composed.text == decomposed.text)
        #expect(composed != decomposed)
        #expect(Set([composed, decomposed]).count == 2)
        #expect(try KeyName("统筹区/150500").text == "统筹区/150500")
        #expect(throws: KeyError.badName) { try KeyName(bytes: [0xff]) }
    }

    @Test func seedIsNotShownByAccident() throws {
        let key = try SigningKey(parsing: Self.goSigningKey)
        #expect(Mirror(reflecting: key).children.map(\.label) == ["verifierKey"])
        for shown in ["\(key)", String(reflecting: key)] {
            #expect(shown == "signing key of \(KeyTests.goVerifierKey)")
        }
    }
}
