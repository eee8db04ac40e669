internal import AidRecords
internal import LedgerCore

/// What an indicator came to.
struct IndicatorResult {
    enum State: String {
        case measured
        /// Nothing on the ledger to reckon from.
        case noData = "no-data"
        /// No record lays down a target, and there is none to go by otherwise.
        case noTarget = "no-target"
        /// To be filled in by hand.
        case blank
    }

    struct Figure {
        let part: IndicatorPart
        let value: Int64
        let type: ReportDefinition.ColumnType
        /// The `seq` of the entries behind it, ascending.
        let entries: [Int64]
    }

    var state = State.blank
    var figures: [Figure] = []
    /// A share in basis points, rounded half up; else what the numerator is.
    var actual: Int64?
    var target: Int64?
    /// The document that laid the target down; nil where it is the one to go by otherwise.
    var targetDocument: String?
    /// Hundredths of a point.
    var score: Int64?

    /// Of all its figures, each once, ascending.
    var entries: [Int64] { Set(figures.flatMap(\.entries)).sorted() }
}

/// Reckons indicators from their figures.
struct IndicatorReckoning {
    let tree: IndicatorTree
    private var laidDown: [String: FactTable.Row]?

    init(_ tree: IndicatorTree) { self.tree = tree }

    /// - Throws: `ReportError`, and what the runner throws.
    mutating func result(
        of indicator: IndicatorTree.Indicator, _ questions: inout Questions
    ) throws -> IndicatorResult {
        var result = IndicatorResult()
        guard let measure = indicator.measure else { return result }
        try setTarget(of: indicator, measure, &result, &questions)
        result.actual = try actual(measure, &result, &questions)
        guard let actual = result.actual else {
            result.state = .noData
            return result
        }
        guard let target = result.target else {
            result.state = .noTarget
            return result
        }
        result.state = .measured
        result.score = indicator.rule.score(
            weight: indicator.weight, actual: actual, target: target)
        return result
    }

    private func actual(
        _ measure: IndicatorTree.Measure, _ result: inout IndicatorResult,
        _ questions: inout Questions
    ) throws -> Int64? {
        let numerator = try figure(measure.numerator, .numerator, &questions)
        guard let base = measure.denominator else {
            result.figures += numerator.map { [$0] } ?? []
            return numerator?.value
        }
        let denominator = try figure(base, .denominator, &questions)
        // Where there is a base, of which nothing was done, the numerator is nothing and not unknown.
        let above =
            numerator
            ?? denominator.map { _ in
                IndicatorResult.Figure(
                    part: .numerator, value: 0, type: measure.numerator.columns[0].type, entries: []
                )
            }
        result.figures += [above, denominator].compactMap(\.self)
        guard let above, let denominator, denominator.value > 0 else { return nil }
        return BasisPoints(above.value, of: denominator.value)?.value
    }

    private func figure(
        _ table: ReportDefinition.Table, _ part: IndicatorPart, _ questions: inout Questions
    ) throws -> IndicatorResult.Figure? {
        guard let row = try questions.facts(table).total, case .integer(let value) = row.cells[0]
        else { return nil }
        return IndicatorResult.Figure(
            part: part, value: value, type: table.columns[0].type, entries: row.entries)
    }

    /// What a record lays down, in the indicator's unit; else what there is to go by otherwise.
    private mutating func setTarget(
        of indicator: IndicatorTree.Indicator, _ measure: IndicatorTree.Measure,
        _ result: inout IndicatorResult, _ questions: inout Questions
    ) throws {
        let laidDown = try laidDown ?? rows(&questions)
        self.laidDown = laidDown
        guard let row = laidDown["\(indicator.id).\(measure.unit.name)"],
            case .integer(let value) = row.cells[2], case .text(let document) = row.cells[3]
        else {
            result.target = measure.standard?.target
            return
        }
        result.target = value
        result.targetDocument = document
        result.figures.append(
            IndicatorResult.Figure(
                part: .target, value: value, type: measure.unit, entries: row.entries))
    }

    private func rows(_ questions: inout Questions) throws -> [String: FactTable.Row] {
        guard let table = tree.targets else { return [:] }
        let rows = try questions.facts(table).rows
        return Dictionary(rows.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    }
}
