import AidRecords
import LedgerCore
import Testing

@Suite struct TimeBoundsTests {
    private func moment(_ seconds: Int64?) -> Moment? { seconds.map { Moment(unixSeconds: $0) } }

    private func evidence(_ size: Int64, _ place: Int64, _ seconds: Int64) -> TimeEvidence {
        TimeEvidence(size: size, place: place, time: Moment(unixSeconds: seconds))
    }

    private func interval(
        _ entries: Range<Int64>, _ notBefore: Int64?, _ notAfter: Int64?
    ) -> TimeBounds.Interval {
        TimeBounds.Interval(
            entries: entries, notBefore: moment(notBefore), notAfter: moment(notAfter))
    }

    @Test func withoutEvidenceNothingIsBounded() {
        #expect(TimeBounds([], entries: 5).intervals == [interval(0..<5, nil, nil)])
        #expect(TimeBounds([], entries: 0).intervals.isEmpty)
    }

    /// A checkpoint of 3 entries, seen at 100, which entry 4 says: 0 to 2 were there by then, 3 is
    /// neither covered nor after, 4 says it and so is later, and so is 5.
    @Test func oneCosignature() {
        let bounds = TimeBounds([evidence(3, 4, 100)], entries: 6)
        #expect(
            bounds.intervals == [
                interval(0..<3, nil, 100), interval(3..<4, nil, nil), interval(4..<6, 100, nil),
            ])
    }

    /// Seen at 100 (3 entries, said in 3) and at 200 (5 entries, said in 6).
    @Test func twoCosignatures() {
        let bounds = TimeBounds([evidence(5, 6, 200), evidence(3, 3, 100)], entries: 8)
        #expect(
            bounds.intervals == [
                interval(0..<3, nil, 100), interval(3..<5, 100, 200), interval(5..<6, 100, nil),
                interval(6..<8, 200, nil),
            ])
        let summary = bounds.summary
        #expect((summary.withBoth, summary.withNotBeforeOnly) == (2, 3))
        #expect((summary.withNotAfterOnly, summary.withNone) == (3, 0))
        #expect((summary.medianWidthSeconds, summary.greatestWidthSeconds) == (100, 100))
    }

    /// A larger checkpoint seen earlier bounds the entries of a smaller one too.
    @Test func earliestOfAllThatCoverCounts() {
        let bounds = TimeBounds([evidence(2, 9, 500), evidence(4, 8, 300)], entries: 9)
        #expect(
            bounds.intervals == [
                interval(0..<4, nil, 300), interval(4..<8, nil, nil), interval(8..<9, 300, nil),
            ])
    }

    /// Clocks that contradict each other: seen at 900 as entry 2 says, which somebody saw at 400.
    @Test func boundsMayContradictEachOther() {
        let bounds = TimeBounds([evidence(1, 2, 900), evidence(4, 5, 400)], entries: 6)
        #expect(
            bounds.intervals == [
                interval(0..<2, nil, 400), interval(2..<4, 900, 400), interval(4..<6, 900, nil),
            ])
        #expect(bounds.intervals[1].widthSeconds == -500)
        let rules = TimeRules(lateDays: 30, toleranceSeconds: 499)
        #expect(bounds.intervals.map(rules.isContradictory) == [false, true, false])
        #expect(
            !TimeRules(lateDays: 30, toleranceSeconds: 500).isContradictory(bounds.intervals[1]))
    }

    /// Widths 10 (one entry), 20 (three), 100 (three): the fourth of seven has 20.
    @Test func medianIsOverEntries() {
        let bounds = TimeBounds(
            [
                evidence(0, 0, 0), evidence(1, 1, 10), evidence(4, 4, 30), evidence(7, 7, 130),
            ], entries: 8)
        #expect(bounds.summary.withBoth == 7)
        #expect(bounds.summary.medianWidthSeconds == 20)
        #expect(bounds.summary.greatestWidthSeconds == 100)
    }

    /// Against the definition, entry by entry, for many invented ledgers; and times never go back.
    @Test func boundsAreTheirDefinition() {
        var state: UInt64 = 1
        func random(_ limit: Int64) -> Int64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int64(state >> 33) % limit
        }
        for _ in 0..<300 {
            let entries = 1 + random(30)
            let all = (0..<random(8)).map { _ in
                let place = random(entries + 3)
                return evidence(random(place + 1), place, random(50))
            }
            let known = all.filter { $0.place < entries }
            let bounds = TimeBounds(all, entries: entries)
            var next: Int64 = 0
            for interval in bounds.intervals {
                #expect(interval.entries.lowerBound == next && !interval.entries.isEmpty)
                next = interval.entries.upperBound
                for seq in interval.entries {
                    let before = known.filter { $0.place <= seq }.map(\.time).max()
                    let after = known.filter { $0.size > seq }.map(\.time).min()
                    #expect(interval.notBefore == before && interval.notAfter == after)
                }
            }
            #expect(next == entries)
            for (one, other) in zip(bounds.intervals, bounds.intervals.dropFirst()) {
                #expect(
                    one.notBefore ?? Moment(unixSeconds: .min) <= other.notBefore
                        ?? Moment(unixSeconds: .min))
                #expect(
                    one.notAfter ?? Moment(unixSeconds: .max) <= other.notAfter
                        ?? Moment(unixSeconds: .max))
                #expect((one.notBefore, one.notAfter) != (other.notBefore, other.notAfter))
            }
        }
    }
}
