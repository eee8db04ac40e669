internal import AidRecords
package import LedgerCore

/// What came of a detector's rows.
package struct DetectorYield: Sendable {
    /// In order of area, day and id.
    package var findings: [Finding] = []
    /// What could not be found out for lack of something, in order.
    package var missing: [Lack] = []

    package init() {}
}

/// Something without which a detector could not find out.
package struct Lack: Hashable, Sendable {
    /// As `LackWording` reads it.
    package let code: String
    /// How often it was lacking.
    package let count: Int

    package init(code: String, count: Int) {
        self.code = code
        self.count = count
    }
}

/// Makes findings of rows: those with the same key are one.
package struct FindingGrouping {
    private let detector: Detector
    private let layout: RowLayout

    /// - Throws: `DeclarationError` where the columns are not those that the head names.
    package init(_ detector: Detector, columns: [String]) throws {
        self.detector = detector
        layout = try RowLayout(detector, DetectorRows(columns: columns, rows: []))
    }

    /// - Throws: `DeclarationError` where a value is not what the head says.
    package func findings(of rows: [[QueryValue]]) throws -> DetectorYield {
        var groups: [[QueryValue]: [[QueryValue]]] = [:]
        var missing: [String: Int] = [:]
        for row in rows {
            if let position = layout.missing, row[position] != .null {
                missing[try text(row[position], "missing"), default: 0] += 1
            } else {
                groups[layout.key.map { row[$0] }, default: []].append(row)
            }
        }
        var yield = DetectorYield()
        yield.findings = try groups.map { try finding($0.key, $0.value) }
        yield.findings.sort(by: FindingGrouping.isBefore)
        yield.missing = missing.sorted { $0.key < $1.key }
            .map { Lack(code: $0.key, count: $0.value) }
        return yield
    }

    /// The numbers of the days that records may have, 1900-01-01 to 2999-12-31.
    private static let days: ClosedRange<Int64> = -25_567...376_199

    private static func isBefore(_ first: Finding, _ second: Finding) -> Bool {
        (first.area, first.day?.dayNumber ?? .max, first.id.description)
            < (second.area, second.day?.dayNumber ?? .max, second.id.description)
    }

    private func finding(_ key: [QueryValue], _ unordered: [[QueryValue]]) throws -> Finding {
        let rows = unordered.count == 1 ? unordered : unordered.sorted(by: FindingGrouping.isLess)
        func first(_ position: Int) -> QueryValue {
            rows.lazy.map { $0[position] }.first { $0 != .null } ?? .null
        }
        let entries = try entries(rows)
        return Finding(
            id: FindingID(rule: detector.id, key: key, entries: entries), rule: detector.id,
            grade: try grade(rows), area: try text(first(layout.area), "area"),
            day: try number(first(layout.day), "day").map { day in
                guard FindingGrouping.days.contains(day) else {
                    throw fail("the day of a row, \(day), lies outside the years 1900 to 2999")
                }
                return CivilDate(dayNumber: Int(day))
            },
            subjects: try subjects(rows), entries: entries, decisive: decisive(key),
            figures: try layout.figures.map { figure, position in
                let value = first(position)
                let type = try type(of: figure, first)
                return Finding.FigureValue(
                    id: figure.column.name, type: type, value: try checked(value, figure, type))
            },
            amount: try layout.amount.flatMap { try number(first($0), "amount") },
            rules: try rules(rows))
    }

    /// By the columns, from the first on: so what is taken from the first row is always the same.
    private static func isLess(_ first: [QueryValue], _ second: [QueryValue]) -> Bool {
        for (one, other) in zip(first, second) where one != other { return one < other }
        return false
    }

    private func entries(_ rows: [[QueryValue]]) throws -> [Int64] {
        var numbers: Set<Int64> = []
        for row in rows {
            for (index, position) in layout.entries.enumerated() {
                if let seq = try number(row[position], detector.entries[index].name) {
                    guard seq >= 0 else { throw fail("a row names entry \(seq)") }
                    numbers.insert(seq)
                }
            }
        }
        return numbers.sorted()
    }

    /// The entries that stand in the key.
    private func decisive(_ key: [QueryValue]) -> [Int64] {
        let numbers = zip(layout.key, key).compactMap { position, value -> Int64? in
            guard layout.entries.contains(position), case .integer(let seq) = value else {
                return nil
            }
            return seq
        }
        return Set(numbers).sorted()
    }

    /// The worst of the rows'.
    private func grade(_ rows: [[QueryValue]]) throws -> Detector.Grade {
        guard let position = layout.grade else { return detector.grades[0] }
        let grades = try rows.map { row in
            let text = try text(row[position], "grade")
            guard let grade = Detector.Grade(rawValue: text), detector.grades.contains(grade)
            else { throw fail("a row has grade `\(text)`, which the head does not name") }
            return grade
        }
        return grades.min() ?? detector.grades[0]
    }

    /// All that the rows name, each once.
    private func subjects(_ rows: [[QueryValue]]) throws -> [Finding.Subject] {
        var subjects: [Finding.Subject] = []
        var seen: Set<Finding.Subject> = []
        for (type, position) in layout.subjects {
            for row in rows where row[position] != .null {
                let subject = Finding.Subject(type: type, value: row[position])
                guard seen.insert(subject).inserted else { continue }
                switch (type.pseudonyms, subject.value) {
                case (nil, .text), (.some, .integer), (.some, .text): subjects.append(subject)
                default:
                    throw fail(
                        type.pseudonyms == nil
                            ? "the \(type.rawValue) of a row is no text"
                            : "the \(type.rawValue) of a row is no whole number")
                }
            }
        }
        return subjects
    }

    private func rules(_ rows: [[QueryValue]]) throws -> [String] {
        guard let position = layout.rule else { return [] }
        var rules: Set<String> = []
        for row in rows where row[position] != .null {
            for rule in try text(row[position], "rule").split(separator: " ") {
                rules.insert(String(rule))
            }
        }
        return rules.sorted()
    }

    // MARK: Values

    /// - Parameter value: what the finding has in a column, by its place.
    private func type(
        of figure: Detector.Figure, _ value: (Int) -> QueryValue
    ) throws -> Detector.FigureType {
        switch figure.type {
        case .one(let type): return type
        case .byCode(let by, let types):
            let position = layout.figures.first { $0.figure.column.name == by.name }?.position
            guard let position, case .text(let code) = value(position) else { return .text }
            guard let type = types[code] else {
                throw detector.fail(figure.column, "`types` has none for `\(by.name)` \(code)")
            }
            return type
        }
    }

    private func checked(
        _ value: QueryValue, _ figure: Detector.Figure, _ type: Detector.FigureType
    ) throws -> QueryValue {
        switch (value, type.isNumber) {
        case (.text, true?):
            throw detector.fail(
                figure.column, "`\(figure.column.name)` of a row is no whole number")
        case (.integer, false?):
            throw detector.fail(figure.column, "`\(figure.column.name)` of a row is no text")
        default: return value
        }
    }

    private func number(_ value: QueryValue, _ column: String) throws -> Int64? {
        switch value {
        case .integer(let number): return number
        case .null: return nil
        case .text: throw fail("`\(column)` of a row is no whole number")
        }
    }

    private func text(_ value: QueryValue, _ column: String) throws -> String {
        guard case .text(let text) = value else { throw fail("`\(column)` of a row is no text") }
        return text
    }

    private func fail(_ reason: String) -> DeclarationError {
        detector.fail(line: detector.queryLine, reason)
    }
}
