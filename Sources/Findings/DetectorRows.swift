package import LedgerCore

/// What a detector's query gave.
package struct DetectorRows: Sendable {
    package var columns: [String]
    package var rows: [[QueryValue]]

    package init(columns: [String], rows: [[QueryValue]]) {
        self.columns = columns
        self.rows = rows
    }

    /// Where the column stands. One store gives names as they are written, another in lower case.
    package func position(of name: String) -> Int? {
        let wanted = name.lowercased()
        return columns.firstIndex { $0.lowercased() == wanted }
    }
}

/// Where the columns stand that the head names.
struct RowLayout {
    let key: [Int]
    let entries: [Int]
    let subjects: [(type: Detector.SubjectType, position: Int)]
    let figures: [(figure: Detector.Figure, position: Int)]
    let amount: Int?
    let area: Int
    let day: Int
    let grade: Int?
    let rule: Int?
    let missing: Int?

    /// - Throws: `DeclarationError` where the query lacks a column, or has one that nobody names.
    init(_ detector: Detector, _ rows: DetectorRows) throws {
        func position(_ column: Detector.Column) throws -> Int {
            guard let position = rows.position(of: column.name) else {
                throw detector.fail(column, "the query gives no column `\(column.name)`")
            }
            return position
        }
        func required(_ name: String) throws -> Int {
            guard let position = rows.position(of: name) else {
                throw detector.fail(
                    line: detector.queryLine, "the query gives no column `\(name)`")
            }
            return position
        }
        key = try detector.key.map(position)
        entries = try detector.entries.map(position)
        subjects = try detector.subjects.map { ($0.type, try position($0.column)) }
        figures = try detector.figures.map { ($0, try position($0.column)) }
        amount = try detector.amount.map(position)
        area = try required("area")
        day = try required("day")
        grade = detector.grades.count > 1 ? try required("grade") : rows.position(of: "grade")
        rule = rows.position(of: "rule")
        missing = rows.position(of: "missing")
        try refuseUnknown(detector, rows)
    }

    private func refuseUnknown(_ detector: Detector, _ rows: DetectorRows) throws {
        var known = Set(key + entries + [area, day])
        known.formUnion(subjects.map(\.position))
        known.formUnion(figures.map(\.position))
        known.formUnion([amount, grade, rule, missing].compactMap { $0 })
        known.formUnion((detector.step?.columns ?? []).compactMap { rows.position(of: $0) })
        if let other = rows.columns.indices.first(where: { !known.contains($0) }) {
            throw detector.fail(
                line: detector.queryLine,
                "the head says nothing of the query's column `\(rows.columns[other])`")
        }
    }
}
