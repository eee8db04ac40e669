package import AidRecords

/// What is remarkable about the time of an entry.
package struct TimeRules: Hashable, Sendable {
    /// More days than these between what happened and its entry are late.
    package let lateDays: Int
    /// By how much clocks may differ.
    package let toleranceSeconds: Int64

    package init(lateDays: Int, toleranceSeconds: Int64) {
        self.lateDays = lateDays
        self.toleranceSeconds = toleranceSeconds
    }

    /// What the ledger's clock said of an entry, against its bounds.
    package enum Contradiction: String, Hashable, Sendable {
        /// The entry says an earlier time than it can have been made at.
        case tooEarly = "at-before-bounds"
        /// It says a later one.
        case tooLate = "at-after-bounds"
    }

    package struct Finding: Hashable, Sendable {
        /// Days from what happened to the entry; nil where they are not too many.
        package let daysLate: Int?
        /// Whether it is late whatever the ledger's clock said.
        package let isLateProved: Bool
        package let contradiction: Contradiction?
        /// By how many seconds `at` lies outside of the bounds; 0 where it does not.
        package let secondsOutside: Int64
    }

    /// - Parameters:
    ///   - at: when it was recorded, by the ledger's clock.
    ///   - occurredOn: the day on which it happened, in China.
    /// - Returns: nil where nothing is remarkable.
    package func finding(
        at: Moment, occurredOn: CivilDate, _ bounds: TimeBounds.Interval
    ) -> Finding? {
        let outside = outside(at, bounds)
        let latest = min(at, bounds.notAfter ?? at)
        let recorded = max(latest, bounds.notBefore ?? latest)
        let days = recorded.dayInChina.dayNumber - occurredOn.dayNumber
        let isLate = days > lateDays
        guard isLate || outside != nil else { return nil }
        let provedDays = bounds.notBefore.map { $0.dayInChina.dayNumber - occurredOn.dayNumber }
        return Finding(
            daysLate: isLate ? days : nil, isLateProved: isLate && provedDays ?? 0 > lateDays,
            contradiction: outside?.0, secondsOutside: outside?.1 ?? 0)
    }

    private func outside(
        _ at: Moment, _ bounds: TimeBounds.Interval
    ) -> (Contradiction, seconds: Int64)? {
        if let bound = bounds.notBefore, bound.unixSeconds - at.unixSeconds > toleranceSeconds {
            return (.tooEarly, bound.unixSeconds - at.unixSeconds)
        }
        if let bound = bounds.notAfter, at.unixSeconds - bound.unixSeconds > toleranceSeconds {
            return (.tooLate, at.unixSeconds - bound.unixSeconds)
        }
        return nil
    }

    /// Whether the bounds contradict each other: then one of those who gave them has a wrong clock,
    /// or lied.
    package func isContradictory(_ bounds: TimeBounds.Interval) -> Bool {
        bounds.widthSeconds.map { $0 < -toleranceSeconds } ?? false
    }
}
