import Evidence
import Testing

/// Archives of the plain form, and everything that is nearly one.
struct StoredZipTests {
    private func archive() throws -> [UInt8] {
        try StoredZip([
            .init(name: "a.txt", bytes: Array("first\n".utf8)),
            .init(name: "folder/b", bytes: []),
            .init(name: "folder/c-1_x.json", bytes: Array("{}".utf8)),
        ]).formatted
    }

    /// APPNOTE.TXT 4.3.7, written out by hand for a file `a` that holds `123456789`, whose CRC-32 is
    /// the check value 0xCBF43926 of that polynomial.
    @Test func headerOfAFileIsWhatTheSpecificationSays() throws {
        let zip = try StoredZip([.init(name: "a", bytes: Array("123456789".utf8))]).formatted
        let header: [UInt8] = [
            0x50, 0x4B, 0x03, 0x04, 10, 0, 0, 8, 0, 0, 0, 0, 0x21, 0, 0x26, 0x39, 0xF4, 0xCB,
            9, 0, 0, 0, 9, 0, 0, 0, 1, 0, 0, 0,
        ]
        #expect(Array(zip.prefix(30)) == header)
        #expect(Array(zip[30..<40]) == Array("a123456789".utf8))
        #expect(Array(zip.suffix(22).prefix(12)) == [0x50, 0x4B, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0])
    }

    @Test func readsWhatItWrites() throws {
        let bytes = try archive()
        let zip = try StoredZip(parsing: bytes)
        #expect(zip.files.map(\.name) == ["a.txt", "folder/b", "folder/c-1_x.json"])
        #expect(zip.formatted == bytes)
    }

    @Test func everyFlippedBitIsRefused() throws {
        let bytes = try archive()
        for place in bytes.indices {
            for bit in 0..<8 {
                var altered = bytes
                altered[place] ^= 1 << UInt8(bit)
                #expect(throws: StoredZip.Failure.self, "byte \(place), bit \(bit)") {
                    try StoredZip(parsing: altered)
                }
            }
        }
    }

    @Test func everyTruncationAndExtensionIsRefused() throws {
        let bytes = try archive()
        for count in bytes.indices {
            #expect(throws: StoredZip.Failure.self) {
                try StoredZip(parsing: Array(bytes[..<count]))
            }
        }
        #expect(throws: StoredZip.Failure.notPlain) { try StoredZip(parsing: bytes + [0]) }
        #expect(throws: StoredZip.Failure.notPlain) { try StoredZip(parsing: bytes + bytes) }
    }

    @Test(arguments: [
        "", "/", "/a", "a/", "a//b", "..", "../a", "a/../b", ".hidden", "a b", "ä", "a\\b", "a:b",
        String(repeating: "x", count: 101),
    ])
    func namesThatAreNotPlain(name: String) {
        #expect(throws: StoredZip.Failure.badName) {
            try StoredZip([.init(name: name, bytes: [])])
        }
    }

    @Test func nothingTwiceAndNothingHuge() {
        let file = StoredZip.File(name: "a", bytes: [1])
        #expect(throws: StoredZip.Failure.twice("a")) { try StoredZip([file, file]) }
        let huge = [UInt8](repeating: 0, count: StoredZip.byteCountMax)
        #expect(throws: StoredZip.Failure.tooLarge) {
            try StoredZip([.init(name: "a", bytes: huge)])
        }
        #expect(throws: StoredZip.Failure.tooLarge) {
            try StoredZip(parsing: [0x50, 0x4B, 3, 4] + huge)
        }
    }

    /// Lengths in a header that promise more than there is.
    @Test func promisedLengthsAreNotBelieved() throws {
        var bytes = try archive()
        for place in 18..<30 { bytes[place] = 0xFF }
        #expect(throws: StoredZip.Failure.notPlain) { try StoredZip(parsing: bytes) }
    }
}
