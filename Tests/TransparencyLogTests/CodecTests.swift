import Testing
import TransparencyLog

@Suite struct CodecTests {
    /// RFC 4648 section 10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
        ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ])
    func base64IsAsInTheRFC(plain: String, text: String) {
        #expect(Base64.encode(plain.utf8) == text)
        #expect(Base64.decode(text.utf8) == Array(plain.utf8))
    }

    @Test func everyByteAndLengthReadsBack() {
        let bytes = (0..<300).map { UInt8(truncatingIfNeeded: $0) }
        for count in 0...300 {
            let part = Array(bytes.suffix(count))
            #expect(Base64.decode(Base64.encode(part).utf8) == part)
            #expect(Hex.decode(Hex.encode(part).utf8) == part)
        }
    }

    @Test(arguments: [
        "Zg", "Zg=", "Z===", "====", "Zg==\n", " Zg==", "Zg==Zg==", "Zh==", "Zm9=", "Zm8==", "=Zg=",
        "Z=g=", "Zm9v=", "Zm-_", "Zg=a", "ZéA=",
    ])
    func otherBase64IsRefused(text: String) {
        #expect(Base64.decode(text.utf8) == nil)
    }

    /// Of all texts of four characters that decode at all, each encodes back to itself.
    @Test func base64HasOneSpellingForEachText() {
        let characters = Array("AQg9+/=-".utf8)
        for first in characters {
            for second in characters {
                for third in characters {
                    for fourth in characters {
                        let text = [first, second, third, fourth]
                        guard let bytes = Base64.decode(text) else { continue }
                        #expect(Base64.encode(bytes).utf8.elementsEqual(text))
                    }
                }
            }
        }
    }

    @Test(arguments: ["0", "0g", "AB", "0x00", " 00", "é0"])
    func otherHexIsRefused(text: String) {
        #expect(Hex.decode(text.utf8) == nil)
    }
}
