package import AidRecords

/// Somebody's word, verified, that a ledger of so many entries existed at a time.
package struct TimeEvidence: Hashable, Sendable {
    /// How many entries there were.
    package let size: Int64
    /// The entry that holds the word; it is none of those.
    package let place: Int64
    /// By the clock of who said it.
    package let time: Moment

    /// - Precondition: `place` is not below `size`: a ledger cannot hold what was said of its future.
    package init(size: Int64, place: Int64, time: Moment) {
        precondition(place >= size, "evidence speaks of entries before it")
        (self.size, self.place, self.time) = (size, place, time)
    }
}

/// Between which times each entry of a ledger was made, whatever the ledger's own clock says.
///
/// An entry was made before a time at which somebody had seen a checkpoint that covers it; and after
/// every time that stands in an entry before it, or in itself, because it is chained to those.
package struct TimeBounds: Hashable, Sendable {
    /// Entries that have the same bounds.
    package struct Interval: Hashable, Sendable {
        package let entries: Range<Int64>
        package let notBefore: Moment?
        package let notAfter: Moment?

        package init(entries: Range<Int64>, notBefore: Moment?, notAfter: Moment?) {
            self.entries = entries
            self.notBefore = notBefore
            self.notAfter = notAfter
        }

        /// Seconds between the bounds, where there are both; below zero where they contradict
        /// each other.
        package var widthSeconds: Int64? {
            guard let notBefore, let notAfter else { return nil }
            return notAfter.unixSeconds - notBefore.unixSeconds
        }
    }

    /// All entries, in order; neighbours differ in a bound. In both bounds times never go back.
    package let intervals: [Interval]

    /// - Parameters:
    ///   - entries: how many entries the ledger has; evidence in later ones is not looked at.
    package init(_ evidence: [TimeEvidence], entries: Int64) {
        let known = evidence.filter { $0.place < entries }
        let byPlace = known.sorted { $0.place < $1.place }
        let bySize = known.sorted { $0.size < $1.size }
        let earliest = TimeBounds.earliestFrom(bySize)
        let cuts = Set(known.map(\.size) + known.map(\.place) + [0]).filter { $0 < entries }
            .sorted()
        var result: [Interval] = []
        var notBefore: Moment?
        var (placed, covered) = (0, 0)
        for (index, start) in cuts.enumerated() {
            while placed < byPlace.count, byPlace[placed].place <= start {
                notBefore = max(notBefore ?? byPlace[placed].time, byPlace[placed].time)
                placed += 1
            }
            while covered < bySize.count, bySize[covered].size <= start { covered += 1 }
            let notAfter = covered < bySize.count ? earliest[covered] : nil
            let end = index + 1 < cuts.count ? cuts[index + 1] : entries
            let begin = TimeBounds.begin(start, notBefore, notAfter, after: &result)
            result.append(Interval(entries: begin..<end, notBefore: notBefore, notAfter: notAfter))
        }
        intervals = result
    }

    /// The least time of each element and all after it.
    private static func earliestFrom(_ bySize: [TimeEvidence]) -> [Moment] {
        var least: [Moment] = []
        for evidence in bySize.reversed() {
            least.append(min(least.last ?? evidence.time, evidence.time))
        }
        return least.reversed()
    }

    /// Where an interval begins: with the one before, which is taken away, if that has the same
    /// bounds.
    private static func begin(
        _ start: Int64, _ notBefore: Moment?, _ notAfter: Moment?, after result: inout [Interval]
    ) -> Int64 {
        guard let last = result.last, last.notBefore == notBefore, last.notAfter == notAfter else {
            return start
        }
        result.removeLast()
        return last.entries.lowerBound
    }
}

extension TimeBounds {
    /// How well a ledger's entries are bounded.
    package struct Summary: Hashable, Sendable {
        package let withBoth: Int64
        package let withNotBeforeOnly: Int64
        package let withNotAfterOnly: Int64
        package let withNone: Int64
        /// Of the entries with both: half of them have no greater width. Nil where there are none.
        package let medianWidthSeconds: Int64?
        package let greatestWidthSeconds: Int64?
    }

    package var summary: Summary {
        func count(_ condition: (Interval) -> Bool) -> Int64 {
            intervals.filter(condition).reduce(0) { $0 + Int64($1.entries.count) }
        }
        let widths = intervals.compactMap { interval in
            interval.widthSeconds.map { (seconds: $0, entries: Int64(interval.entries.count)) }
        }.sorted { $0.seconds < $1.seconds }
        let both = widths.reduce(0) { $0 + $1.entries }
        var counted: Int64 = 0
        let median = widths.first { width in
            counted += width.entries
            return 2 * counted >= both
        }
        return Summary(
            withBoth: both,
            withNotBeforeOnly: count { $0.notBefore != nil && $0.notAfter == nil },
            withNotAfterOnly: count { $0.notBefore == nil && $0.notAfter != nil },
            withNone: count { $0.notBefore == nil && $0.notAfter == nil },
            medianWidthSeconds: median?.seconds, greatestWidthSeconds: widths.last?.seconds)
    }
}
