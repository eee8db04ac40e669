internal import AidRecords

/// The forms in which a mapping can expect days.
enum DateForm: String, CaseIterable, Sendable {
    case dashes = "YYYY-MM-DD"
    case slashes = "YYYY/M/D"
    case digits = "YYYYMMDD"
    case characters = "YYYY年M月D日"
}

/// Days and times as they stand in cells.
enum DateCell {
    /// The day that a cell names in one of the forms; a time of day after it is dropped.
    static func day(_ cell: UnsafeBufferPointer<UInt8>, _ forms: [DateForm]) -> CivilDate? {
        var cursor = Cursor(cell)
        for form in forms {
            cursor.rewind()
            guard let day = cursor.day(form) else { continue }
            if cursor.isAtEnd { return day }
            if cursor.separator(), cursor.clock(needsSeconds: false) != nil, cursor.isAtEnd {
                return day
            }
        }
        return nil
    }

    /// `YYYY-MM-DDTHH:MM:SS`, to which an offset can be added.
    static func dateTime(_ cell: UnsafeBufferPointer<UInt8>) -> String? {
        var cursor = Cursor(cell)
        for form in [DateForm.dashes, .slashes] {
            cursor.rewind()
            guard let day = cursor.day(form), cursor.separator(),
                let clock = cursor.clock(needsSeconds: true), cursor.isAtEnd
            else { continue }
            return "\(day)T\(clock)"
        }
        return nil
    }
}

/// Reads a cell from front to back.
private struct Cursor {
    private let text: [Unicode.Scalar]
    private var position = 0

    init(_ cell: UnsafeBufferPointer<UInt8>) {
        // Full-width digits and punctuation count as those of ASCII.
        text = String(decoding: cell, as: UTF8.self).unicodeScalars.map { scalar in
            guard (0xFF01...0xFF5E).contains(scalar.value) else { return scalar }
            return Unicode.Scalar(UInt8(scalar.value - 0xFEE0))
        }
    }

    var isAtEnd: Bool { position == text.count }

    mutating func rewind() { position = 0 }

    mutating func day(_ form: DateForm) -> CivilDate? {
        let parts: (year: Int, month: Int, day: Int)?
        switch form {
        case .dashes: parts = day(digits: 2...2, marks: ["-", "-", nil])
        case .slashes: parts = day(digits: 1...2, marks: ["/", "/", nil])
        case .digits: parts = day(digits: 2...2, marks: [nil, nil, nil])
        case .characters: parts = day(digits: 1...2, marks: ["年", "月", "日"])
        }
        return parts.flatMap { CivilDate(year: $0.year, month: $0.month, day: $0.day) }
    }

    /// - Parameters:
    ///   - digits: how many month and day have.
    ///   - marks: what follows year, month and day.
    private mutating func day(
        digits: ClosedRange<Int>, marks: [Unicode.Scalar?]
    ) -> (year: Int, month: Int, day: Int)? {
        guard let year = number(4...4), take(marks[0]), let month = number(digits),
            take(marks[1]), let day = number(digits), take(marks[2])
        else { return nil }
        return (year, month, day)
    }

    /// What stands between day and time: a `T`, or spaces.
    mutating func separator() -> Bool {
        if take("T") { return true }
        let start = position
        while take(" ") {}
        return position > start
    }

    /// `HH:MM:SS`. Fractions of a second must be zero, so that nothing is lost.
    mutating func clock(needsSeconds: Bool) -> String? {
        guard let hour = number(1...2), hour < 24, take(":"), let minute = number(2...2),
            minute < 60
        else { return nil }
        var second = 0
        if take(":") {
            guard let number = number(2...2), number < 60 else { return nil }
            second = number
            if take("."), !zeros() { return nil }
        } else if needsSeconds {
            return nil
        }
        return [hour, minute, second].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    }

    private mutating func zeros() -> Bool {
        let start = position
        while take("0") {}
        return position > start
    }

    private mutating func take(_ mark: Unicode.Scalar?) -> Bool {
        guard let mark else { return true }
        guard position < text.count, text[position] == mark else { return false }
        position += 1
        return true
    }

    private mutating func number(_ digits: ClosedRange<Int>) -> Int? {
        var value = 0
        var count = 0
        while count < digits.upperBound, position < text.count,
            let digit = UInt8(exactly: text[position].value).flatMap(decimalDigit)
        {
            value = value * 10 + Int(digit)
            position += 1
            count += 1
        }
        return digits.contains(count) ? value : nil
    }
}
