import Findings
import LedgerCore
import Testing

struct BenfordStepTests {
    private func rows(_ counts: [(String, Int64, Int64)]) -> DetectorRows {
        DetectorRows(
            columns: ["groupKey", "firstTwo", "count", "area"],
            rows: counts.map { [.text($0), .integer($1), .integer($2), .text("150500")] })
    }

    /// As many of each pair: |1/90 − log10(1 + 1/pair)|, summed up with awk, is 0.0059743 in the
    /// mean, and 9,000 · Σ (1/90 − e)²/e is 3,663.7271.
    @Test func evenDigitsAreFoundWithTheirFigures() throws {
        let even = rows((10...99).map { ("even", $0, 100) })
        let found = try BenfordStep.run(even, ["n": 1_000, "mad": 220])
        #expect(found.columns.suffix(3) == ["mad", "chiSquare", "digits"])
        #expect(found.rows.count == 90)
        for row in found.rows {
            #expect(row[4] == .integer(597))
            #expect(row[5] == .integer(3_663_727))
        }
        guard case .text(let digits)? = found.rows.first?[6] else { return }
        // The least expected of all pairs and the most expected: too many, too few.
        #expect(digits.split(separator: " ").contains("99"))
        #expect(digits.split(separator: " ").first == "10")
    }

    /// Counts of 10,000 amounts that follow the law, rounded.
    private let lawful: [(String, Int64, Int64)] = [
        414, 378, 348, 322, 300, 280, 263, 248, 235, 223, 212, 202, 193, 185, 177, 170, 164, 158,
        152, 147, 142, 138, 134, 130, 126, 122, 119, 116, 113, 110, 107, 105, 102, 100, 98, 95, 93,
        91, 90, 88, 86, 84, 83, 81, 80, 78, 77, 76, 74, 73, 72, 71, 69, 68, 67, 66, 65, 64, 63, 62,
        62, 61, 60, 59, 58, 58, 57, 56, 55, 55, 54, 53, 53, 52, 51, 51, 50, 50, 49, 49, 48, 47, 47,
        46, 46, 45, 45, 45, 44, 44,
    ].enumerated().map { ("lawful", Int64($0.offset + 10), Int64($0.element)) }

    @Test func lawfulDigitsAreNotFound() throws {
        #expect(try BenfordStep.run(rows(lawful), ["n": 1_000, "mad": 220]).rows.isEmpty)
    }

    @Test(arguments: [(9_000, 90), (9_001, 0)])
    func aGroupOfTooFewIsNotFound(n: Int64, count: Int) throws {
        let even = rows((10...99).map { ("even", $0, 100) })
        #expect(try BenfordStep.run(even, ["n": n, "mad": 220]).rows.count == count)
    }

    @Test func groupsAreTakenEachForItself() throws {
        let both = rows(lawful + (10...99).map { ("even", $0, 100) })
        let found = try BenfordStep.run(both, ["n": 1_000, "mad": 220])
        #expect(Set(found.rows.map { $0[0] }) == [.text("even")])
    }

    /// Some 950 amounts, of every other pair a tenth too many, of the rest a tenth too few: the
    /// deviation is 0.0011 or more, and a chi-square statistic of about 10 is next to certain.
    @Test func whatChanceExplainsIsLeftOutWhereTheHeadSaysSo() throws {
        let thin = rows(lawful.map { ($0.0, $0.1, ($0.1.isMultiple(of: 2) ? 11 : 9) * $0.2 / 100) })
        let without = try BenfordStep.run(thin, ["n": 900, "mad": 100])
        let with = try BenfordStep.run(thin, ["n": 900, "mad": 100, "chance": 100])
        #expect(!without.rows.isEmpty)
        #expect(with.rows.isEmpty)
    }

    @Test(arguments: [
        (
            DetectorRows(
                columns: ["groupKey", "firstTwo", "count"],
                rows: [[.null, .integer(9), .integer(1)]]),
            "`firstTwo` of a row is no whole number from 10 to 99"
        ),
        (
            DetectorRows(
                columns: ["groupKey", "firstTwo", "count"],
                rows: [[.null, .text("10"), .integer(1)]]),
            "`firstTwo` of a row is no whole number from 10 to 99"
        ),
        (
            DetectorRows(
                columns: ["groupKey", "firstTwo", "count"],
                rows: [[.null, .integer(10), .integer(-1)]]),
            "`count` of a row is no whole number from 0 to 1099511627776"
        ),
        (
            DetectorRows(columns: ["groupKey", "count"], rows: []),
            "the query gives no column `firstTwo`, which its step takes"
        ),
    ])
    func rowsThatAreNoCountsAreRefused(rows: DetectorRows, reason: String) {
        #expect(throws: StepFailure(reason)) {
            try BenfordStep.run(rows, ["n": 1, "mad": 1])
        }
    }
}
