/// A day of the Gregorian calendar, as the number of days since 1970-01-01.
package struct CivilDate: Hashable, Comparable, Sendable {
    /// The years that a record may speak of.
    package static let years: ClosedRange<Int64> = 1900...2999

    package let dayNumber: Int

    package init(dayNumber: Int) { self.dayNumber = dayNumber }

    /// A day that exists, of the years 1900 to 2999; else nil.
    package init?(year: Int, month: Int, day: Int) {
        guard CivilDate.years.contains(Int64(year)), (1...12).contains(month), day >= 1,
            day <= CivilDate.days(inMonth: month, of: year)
        else { return nil }
        // Days from civil: years begin in March, so that the leap day comes last.
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        self.dayNumber = era * 146_097 + dayOfEra - 719_468
    }

    /// Reads `YYYY-MM-DD`.
    package init?(_ text: UnsafeBufferPointer<UInt8>) {
        guard text.count == 10, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
            let year = CivilDate.number(text, 0, 4), let month = CivilDate.number(text, 5, 2),
            let day = CivilDate.number(text, 8, 2)
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// Reads `YYYY-MM-DD`.
    package init?(_ text: String) {
        var text = text
        guard let date = text.withUTF8({ CivilDate($0) }) else { return nil }
        self = date
    }

    package static func < (first: CivilDate, second: CivilDate) -> Bool {
        first.dayNumber < second.dayNumber
    }

    package var components: (year: Int, month: Int, day: Int) {
        let shifted = dayNumber + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    package static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// The decimal number in `length` digits at `start`, or nil.
    static func number(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ length: Int) -> Int? {
        var result = 0
        for index in start..<(start + length) {
            guard let digit = decimalDigit(text[index]) else { return nil }
            result = result * 10 + Int(digit)
        }
        return result
    }
}

extension CivilDate: CustomStringConvertible {
    /// `YYYY-MM-DD`
    package var description: String {
        let (year, month, day) = components
        return "\(year)-\(twoDigits(month))-\(twoDigits(day))"
    }
}

/// A moment, to the second, as Unix time.
package struct Moment: Hashable, Comparable, Sendable {
    package let unixSeconds: Int64

    package init(unixSeconds: Int64) { self.unixSeconds = unixSeconds }

    package static func < (first: Moment, second: Moment) -> Bool {
        first.unixSeconds < second.unixSeconds
    }

    /// China has one time zone, UTC+8 without summer time since 1991 (Asia/Shanghai).
    package static let chinaOffsetSeconds: Int64 = 8 * 3600

    /// The day of this moment in China.
    package var dayInChina: CivilDate { Moment.day(unixSeconds + Moment.chinaOffsetSeconds) }

    /// Reads RFC 3339 with offset and whole seconds: `2023-03-05T09:30:00+08:00` or `…Z`.
    package init?(_ text: UnsafeBufferPointer<UInt8>) {
        guard text.count == 20 || text.count == 25, text[10] == UInt8(ascii: "T"),
            text[13] == UInt8(ascii: ":"), text[16] == UInt8(ascii: ":"),
            let day = CivilDate(UnsafeBufferPointer(rebasing: text[0..<10])),
            let hour = CivilDate.number(text, 11, 2), hour < 24,
            let minute = CivilDate.number(text, 14, 2), minute < 60,
            let second = CivilDate.number(text, 17, 2), second < 60,
            let offset = Moment.offset(text)
        else { return nil }
        let local = day.dayNumber * 86_400 + hour * 3_600 + minute * 60 + second
        self.unixSeconds = Int64(local - offset)
    }

    /// The same, of a string.
    package init?(_ text: String) {
        let moment = Array(text.utf8).withUnsafeBufferPointer { Moment($0) }
        guard let moment else { return nil }
        self = moment
    }

    private static func offset(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
        if text.count == 20 { return text[19] == UInt8(ascii: "Z") ? 0 : nil }
        guard text[22] == UInt8(ascii: ":"),
            let hours = CivilDate.number(text, 20, 2), hours < 24,
            let minutes = CivilDate.number(text, 23, 2), minutes < 60
        else { return nil }
        switch text[19] {
        case UInt8(ascii: "+"): return hours * 3_600 + minutes * 60
        case UInt8(ascii: "-"): return -(hours * 3_600 + minutes * 60)
        default: return nil
        }
    }

    private static func day(_ seconds: Int64) -> CivilDate {
        CivilDate(dayNumber: Int(seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400))
    }
}

extension Moment: CustomStringConvertible {
    /// `YYYY-MM-DDTHH:MM:SSZ`, in UTC.
    package var description: String { "\(Moment.day(unixSeconds))T\(clock(unixSeconds))Z" }

    /// `YYYY-MM-DDTHH:MM:SS+08:00`, in China's time.
    package var descriptionInChina: String {
        "\(dayInChina)T\(clock(unixSeconds + Moment.chinaOffsetSeconds))+08:00"
    }

    private func clock(_ seconds: Int64) -> String {
        let ofDay = Int(seconds - Int64(Moment.day(seconds).dayNumber) * 86_400)
        return "\(twoDigits(ofDay / 3_600)):\(twoDigits(ofDay / 60 % 60)):\(twoDigits(ofDay % 60))"
    }
}

private func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
