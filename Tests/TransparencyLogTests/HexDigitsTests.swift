import Testing
import TransparencyLog

@Suite struct HexDigitsTests {
    private static let sound = Array(
        "00112233445566778899aabbccddeeff0123456789abcdeffedcba9876543210".utf8)

    private static func read(_ text: [UInt8]) -> LeafHash? {
        text.withUnsafeBufferPointer { try? LeafHash(hexDigits: $0) }
    }

    @Test func bytesAreThoseOfTheDigits() throws {
        let hash = try #require(HexDigitsTests.read(HexDigitsTests.sound))
        let expected: [UInt8] = [
            0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xAA, 0xBB, 0xCC, 0xDD,
            0xEE, 0xFF, 0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF, 0xFE, 0xDC, 0xBA, 0x98,
            0x76, 0x54, 0x32, 0x10,
        ]
        #expect(hash.withUnsafeBytes { Array($0) } == expected)
    }

    @Test func everyByteAtEveryPlaceIsADigitOrRefused() {
        for place in HexDigitsTests.sound.indices {
            for byte in UInt8.min...UInt8.max {
                var text = HexDigitsTests.sound
                text[place] = byte
                let isDigit = (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
                let hash = HexDigitsTests.read(text)
                #expect((hash != nil) == isDigit, "byte \(byte) at \(place)")
                guard let hash else { continue }
                let digits = String(decoding: text, as: UTF8.self)
                let nibble = hash.withUnsafeBytes { $0[place / 2] >> (place % 2 == 0 ? 4 : 0) & 15 }
                #expect(nibble == Array(digits)[place].hexDigitValue.map(UInt8.init))
            }
        }
    }

    @Test(arguments: [0, 1, 63, 65, 128]) func otherLengthsAreRefused(_ length: Int) {
        #expect(HexDigitsTests.read(Array(repeating: 0x30, count: length)) == nil)
    }
}
