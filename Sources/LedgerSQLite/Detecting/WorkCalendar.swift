internal import AidRecords

/// Which days are worked on in China: `ledger/calendar/cn-workdays.csv`, a line
/// `date,workday,name` for every day, without gaps.
package struct WorkCalendar: Sendable {
    /// Each day with how many working days there were up to and with it.
    let days: [(day: CivilDate, number: Int64)]
    /// As they were read; what is found rests on them.
    package let bytes: [UInt8]

    var lastDay: CivilDate? { days.last?.day }

    /// A file that is not there makes a calendar without days.
    /// - Throws: `DeclarationError` with the line, `StoreError`.
    package init(_ home: Home) throws {
        try self.init(file: "\(home.path)/ledger/calendar/cn-workdays.csv")
    }

    init(file: String) throws {
        guard try FileSystem.exists(file) else {
            days = []
            bytes = []
            return
        }
        bytes = try FileSystem.readBytes(file)
        let lines = String(decoding: bytes, as: UTF8.self).split(
            omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        var days: [(day: CivilDate, number: Int64)] = []
        var count: Int64 = 0
        for (index, line) in lines.enumerated().dropFirst() where !line.isEmpty {
            let cells = line.split(separator: ",", omittingEmptySubsequences: false)
            guard cells.count >= 2, let day = CivilDate(String(cells[0])),
                ["0", "1"].contains(cells[1])
            else {
                throw DeclarationError(
                    file: file, line: index + 1, reason: "date,workday,name is expected here")
            }
            if let last = days.last?.day, day.dayNumber != last.dayNumber + 1 {
                throw DeclarationError(
                    file: file, line: index + 1, reason: "\(day) does not follow \(last)")
            }
            if cells[1] == "1" { count += 1 }
            days.append((day, count))
        }
        self.days = days
    }
}
