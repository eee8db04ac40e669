import Testing
import TransparencyLog

@Suite struct EntryBundleTests {
    @Test func bundleIsWrittenAsSpecified() throws {
        let bundle = try EntryBundle(entries: [[1, 2, 3], [], [4]])
        #expect(bundle.formatted == [0, 3, 1, 2, 3, 0, 0, 0, 1, 4])
        #expect(try EntryBundle(parsing: bundle.formatted) == bundle)
    }

    @Test func longestEntryRoundTrips() throws {
        let entry = [UInt8](repeating: 7, count: 65_535)
        let bundle = try EntryBundle(entries: [entry, [1]])
        #expect(bundle.formatted.prefix(2) == [0xff, 0xff])
        #expect(try EntryBundle(parsing: bundle.formatted) == bundle)
        #expect(throws: TileError.entryTooLong(byteCount: 65_536)) {
            try EntryBundle(entries: [entry + [7]])
        }
    }

    @Test func bundleHas1To256Entries() throws {
        #expect(throws: TileError.wrongEntryCount(0)) { try EntryBundle(entries: []) }
        #expect(throws: TileError.wrongEntryCount(0)) { try EntryBundle(parsing: []) }
        let full = [UInt8](repeating: 0, count: 512)
        #expect(try EntryBundle(parsing: full).entries.count == 256)
        #expect(throws: TileError.wrongEntryCount(257)) { try EntryBundle(parsing: full + [0, 0]) }
    }

    @Test func everyTruncationIsRefused() throws {
        let bytes = try EntryBundle(entries: [[1, 2], [3, 4, 5]]).formatted
        for count in 1..<bytes.count where count != 4 {
            #expect(throws: TileError.truncatedBundle) {
                try EntryBundle(parsing: Array(bytes.prefix(count)))
            }
        }
    }
}
