package import AidRecords

/// What is found about the times of a ledger's entries.
package struct TimeReport: Sendable {
    /// Findings on one entry.
    package struct Found: Sendable {
        package let seq: Int64
        package let kind: String
        package let at: Moment
        package let occurredOn: CivilDate
        package let bounds: TimeBounds.Interval
        package let finding: TimeRules.Finding

        package init(
            seq: Int64, kind: String, at: Moment, occurredOn: CivilDate,
            bounds: TimeBounds.Interval, finding: TimeRules.Finding
        ) {
            self.seq = seq
            self.kind = kind
            self.at = at
            self.occurredOn = occurredOn
            self.bounds = bounds
            self.finding = finding
        }
    }

    /// Neighbouring entries of which the same is found.
    package struct Run: Hashable, Sendable {
        package fileprivate(set) var entries: Range<Int64>
        /// The greatest of the days or seconds that they differ by.
        package fileprivate(set) var greatest: Int64
    }

    /// All such runs; the first of them are kept.
    package struct Runs: Hashable, Sendable {
        package static let keptMax = 1_000

        package private(set) var kept: [Run] = []
        package private(set) var runCount = 0
        package private(set) var entryCount: Int64 = 0
        private var end: Int64 = -1

        mutating func add(_ seq: Int64, _ amount: Int64) {
            entryCount += 1
            defer { end = seq + 1 }
            guard seq != end else {
                if runCount <= Runs.keptMax, let last = kept.indices.last {
                    kept[last].entries = kept[last].entries.lowerBound..<(seq + 1)
                    kept[last].greatest = max(kept[last].greatest, amount)
                }
                return
            }
            runCount += 1
            if kept.count < Runs.keptMax {
                kept.append(Run(entries: seq..<(seq + 1), greatest: amount))
            }
        }
    }

    package let rules: TimeRules
    package let bounds: TimeBounds
    /// By days.
    package private(set) var late = Runs()
    package private(set) var lateProved: Int64 = 0
    /// By seconds.
    package private(set) var tooEarly = Runs()
    package private(set) var tooLate = Runs()

    package init(rules: TimeRules, bounds: TimeBounds) {
        self.rules = rules
        self.bounds = bounds
    }

    package mutating func add(_ found: Found) {
        if let days = found.finding.daysLate { late.add(found.seq, Int64(days)) }
        if found.finding.isLateProved { lateProved += 1 }
        switch found.finding.contradiction {
        case .tooEarly: tooEarly.add(found.seq, found.finding.secondsOutside)
        case .tooLate: tooLate.add(found.seq, found.finding.secondsOutside)
        case nil: break
        }
    }

    /// Entries whose bounds contradict each other.
    package var contradictoryBounds: [TimeBounds.Interval] {
        bounds.intervals.filter(rules.isContradictory)
    }

    package var hasContradictions: Bool {
        tooEarly.entryCount + tooLate.entryCount > 0 || !contradictoryBounds.isEmpty
    }
}
