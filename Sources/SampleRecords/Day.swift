/// A day of the proleptic Gregorian calendar, counted from 1970-01-01.
package struct Day: Hashable, Comparable, Strideable {
    package let number: Int

    package init(number: Int) {
        self.number = number
    }

    /// Days are counted in a year that begins in March, so that the leap day comes last.
    package init(_ year: Int, _ month: Int, _ day: Int) {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        number = era * 146_097 + dayOfEra - 719_468
    }

    package var civil: (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    package var year: Int { civil.year }
    package var month: Int { civil.month }

    /// 0 is Monday.
    package var weekday: Int { (number + 3) % 7 }
    package var isWeekend: Bool { weekday >= 5 }

    /// This day, or the Monday after it: offices decide and pay on weekdays.
    package var officeDay: Day {
        isWeekend ? Day(number: number + 7 - weekday) : self
    }

    package var isLastOfMonth: Bool { advanced(by: 1).civil.day == 1 }
    package var firstOfMonth: Day { Day(year, month, 1) }

    package static func < (left: Day, right: Day) -> Bool { left.number < right.number }
    package func distance(to other: Day) -> Int { other.number - number }
    package func advanced(by days: Int) -> Day { Day(number: number + days) }
    package static func + (day: Day, days: Int) -> Day { Day(number: day.number + days) }
    package static func - (day: Day, days: Int) -> Day { Day(number: day.number - days) }
}

/// A year and month, as periods of settlement and of statements are.
package struct Month: Hashable {
    package let year: Int
    package let month: Int

    package init(_ day: Day) {
        (year, month, _) = day.civil
    }
}
