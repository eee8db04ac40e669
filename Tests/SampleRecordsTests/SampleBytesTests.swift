import SampleRecords
import Testing

struct SampleBytesTests {
    @Test func sameNumberAndSeedGiveTheSameBytes() {
        let first = SampleReader.lines(entries: 10_000, seed: 3)
        let second = SampleReader.lines(entries: 10_000, seed: 3)
        #expect(first == second)
    }

    @Test func anotherSeedGivesOtherBytes() {
        let first = SampleReader.lines(entries: 500, seed: 3)
        let second = SampleReader.lines(entries: 500, seed: 4)
        #expect(fingerprint(of: first) != fingerprint(of: second))
    }

    /// Recorded once; a change means that all samples in use change.
    @Test func bytesAreThoseOfEveryOtherMachine() {
        let lines = SampleReader.lines(entries: 2_000, seed: 1)
        #expect(fingerprint(of: lines) == 0x9E16_7E33_2992_7DF1)
    }

    @Test(arguments: [0, 1, 2, 50, 249, 250, 599, 600, 1_000, 2_499, 2_500, 7_999, 8_000])
    func sampleHasExactlyAsManyRecordsAsAskedFor(entries: Int) {
        let lines = SampleReader.lines(entries: entries, seed: 5)
        #expect(lines.count == entries)
        #expect(lines.allSatisfy { $0.last == UInt8(ascii: "\n") })
        #expect(lines.allSatisfy { $0.count { $0 == UInt8(ascii: "\n") } == 1 })
    }

    @Test func generatorOfUnitsIsXoshiro256StarStar() {
        // First outputs for the state that SplitMix64 makes of seed 0, by the reference code.
        var random = RandomSource(seed: 0)
        #expect(random.next() == 0x99EC_5F36_CB75_F2B4)
        #expect(random.next() == 0xBF6E_1F78_4956_452A)
    }

    @Test(arguments: [(1970, 1, 1, 0), (2000, 2, 29, 11_016), (2024, 12, 31, 20_088)])
    func dayCountsFrom1970(year: Int, month: Int, day: Int, number: Int) {
        #expect(Day(year, month, day).number == number)
        #expect(Day(number: number).civil == (year, month, day))
    }

    @Test func weekendsMoveToMonday() {
        #expect(Day(2023, 1, 1).isWeekend)
        #expect(Day(2023, 1, 1).officeDay == Day(2023, 1, 2))
        #expect(Day(2023, 1, 6).officeDay == Day(2023, 1, 6))
    }
}
