import AidRecords
import LedgerCore
import Testing

@Suite struct TimeRulesTests {
    private let rules = TimeRules(lateDays: 30, toleranceSeconds: 300)

    private func moment(_ text: String) throws -> Moment {
        try #require(Array(text.utf8).withUnsafeBufferPointer { Moment($0) })
    }

    private func bounds(_ notBefore: String?, _ notAfter: String?) throws -> TimeBounds.Interval {
        TimeBounds.Interval(
            entries: 0..<1, notBefore: try notBefore.map(moment), notAfter: try notAfter.map(moment)
        )
    }

    private func finding(
        _ at: String, _ occurredOn: String, _ bounds: TimeBounds.Interval
    ) throws -> TimeRules.Finding? {
        rules.finding(at: try moment(at), occurredOn: try #require(CivilDate(occurredOn)), bounds)
    }

    /// 2026-03-31 is 30 days after 2026-03-01. In China the next day begins at 16:00 UTC.
    @Test func daysAreThoseOfChina() throws {
        let none = try bounds(nil, nil)
        #expect(try finding("2026-03-31T15:59:59Z", "2026-03-01", none) == nil)
        let late = try #require(try finding("2026-03-31T16:00:00Z", "2026-03-01", none))
        #expect(late.daysLate == 31)
        #expect(!late.isLateProved)
        #expect(late.contradiction == nil)
    }

    /// The ledger's clock says the next day; somebody else's says two months later.
    @Test func latenessIsProvedWhateverTheClockSaid() throws {
        let found = try #require(
            try finding("2026-03-02T00:00:00Z", "2026-03-01", bounds("2026-05-01T00:00:00Z", nil)))
        #expect(found.daysLate == 61)
        #expect(found.isLateProved)
        #expect(found.contradiction == .tooEarly)
        #expect(found.secondsOutside == 60 * 86_400)
    }

    /// A clock a year ahead makes nothing late that was seen on the day after.
    @Test func clockAheadMakesNothingLate() throws {
        let found = try #require(
            try finding("2027-03-02T00:00:00Z", "2026-03-01", bounds(nil, "2026-03-02T00:00:00Z")))
        #expect(found.daysLate == nil)
        #expect(found.contradiction == .tooLate)
        #expect(found.secondsOutside == 365 * 86_400)
    }

    @Test(
        arguments: [
            ("2026-03-01T11:55:00Z", nil),
            ("2026-03-01T11:54:59Z", TimeRules.Contradiction.tooEarly),
            ("2026-03-01T13:05:00Z", nil), ("2026-03-01T13:05:01Z", .tooLate),
        ] as [(String, TimeRules.Contradiction?)])
    func toleranceIsGranted(at: String, expected: TimeRules.Contradiction?) throws {
        let bounds = try bounds("2026-03-01T12:00:00Z", "2026-03-01T13:00:00Z")
        #expect(try finding(at, "2026-03-01", bounds)?.contradiction == expected)
    }

    /// Entries 3, 4 and 7 are late: two runs.
    @Test func neighboursAreToldTogether() throws {
        var report = TimeReport(rules: rules, bounds: TimeBounds([], entries: 9))
        for (seq, at) in [
            (3, "2026-05-01T00:00:00Z"), (4, "2026-05-03T00:00:00Z"), (7, "2026-05-02T00:00:00Z"),
        ] {
            let bounds = try bounds(nil, nil)
            let found = try #require(try finding(at, "2026-03-01", bounds))
            report.add(
                TimeReport.Found(
                    seq: Int64(seq), kind: "x.y", at: try moment(at),
                    occurredOn: try #require(CivilDate("2026-03-01")), bounds: bounds,
                    finding: found))
        }
        #expect(report.late.entryCount == 3)
        #expect(report.late.kept.map(\.entries) == [3..<5, 7..<8])
        #expect(report.late.kept.map(\.greatest) == [63, 62])
        #expect(!report.hasContradictions)
    }
}
