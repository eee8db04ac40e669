package import AidRecords

/// An axis of days, from the first to the last.
package struct DayAxis {
    package let first: CivilDate
    package let last: CivilDate

    /// One day has room for two.
    package init(from first: CivilDate, to last: CivilDate) {
        self.first = first
        self.last = CivilDate(dayNumber: max(last.dayNumber, first.dayNumber + 1))
    }

    private var span: Int { last.dayNumber - first.dayNumber }

    /// Where a day stands, from 0 to `length`.
    package func place(of day: CivilDate, in length: Int) -> Int {
        (day.dayNumber - first.dayNumber) * length / span
    }

    /// Whether months are marked, and not years alone.
    package var hasMonths: Bool { span < 550 }

    /// The beginnings of years, or of months where there are few.
    package var marks: [CivilDate] {
        let months = hasMonths ? Array(1...12) : [1]
        return (first.components.year...last.components.year).flatMap { year in
            months.compactMap { CivilDate(year: year, month: $0, day: 1) }
        }.filter { (first.dayNumber...last.dayNumber).contains($0.dayNumber) }
    }

    /// A mark's words.
    package func text(of mark: CivilDate) -> String {
        String(mark.description.prefix(hasMonths ? 7 : 4))
    }
}
