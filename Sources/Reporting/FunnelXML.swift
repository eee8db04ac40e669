internal import AidRecords
internal import LedgerCore

/// A funnel plot: shares by how many cases stand behind them, and the limits within which chance
/// would leave them. The limits are those of `RatioSpread`, at two and three standard errors.
struct FunnelXML {
    private let table: ReportDefinition.Table
    private let chart: ReportDefinition.Chart
    private let facts: FactTable
    private let wording: Wording
    private let spread: RatioSpread
    private let share: Int
    private let cases: Int

    /// How many places the curves of the limits are drawn by.
    private static let places: Int64 = 48

    /// Nil where nothing can be drawn.
    init?(
        table: ReportDefinition.Table, chart: ReportDefinition.Chart, facts: FactTable,
        wording: Wording
    ) {
        guard let share = table.columns.firstIndex(where: { $0.id == chart.values[0] }),
            let cases = table.columns.firstIndex(where: { $0.id == chart.cases }),
            let spread = facts.spreads[table.columns[share].measure.columns],
            spread.limit(errors: 0, cases: 1) != nil
        else { return nil }
        self.table = table
        self.chart = chart
        self.facts = facts
        self.wording = wording
        self.spread = spread
        self.share = share
        self.cases = cases
    }

    private func amount(_ row: FactTable.Row, _ index: Int) -> Int64? {
        if case .integer(let amount) = row.cells[index] { return amount }
        return nil
    }

    private func limit(_ errors: Int, _ cases: Int64) -> Int64 {
        spread.limit(errors: errors, cases: cases)?.value ?? 0
    }

    func write(_ writer: inout XMLWriter) {
        let points = facts.rows.compactMap { row in
            amount(row, share).flatMap { value in amount(row, cases).map { (row, value, $0) } }
        }
        let most = points.map { $0.2 }.max() ?? 1
        let middle = limit(0, 1)
        // So that the outer limits are seen over half of the drawing.
        let usual = limit(3, (most + 1) / 2)
        let height = max(points.map { $0.1 }.max() ?? 0, usual, 1)
        writer.open(
            "chart",
            [
                ("of", table.id), ("kind", chart.kind), ("label", chart.label),
                ("max", String(height)), ("maxText", text(height, share)),
                ("cases", chart.cases ?? ""), ("mostCases", String(most)),
                ("mostCasesText", text(most, cases)), ("middle", place(middle, height)),
                ("middleText", text(middle, share)),
            ])
        writer.open("series", [("column", chart.values[0])])
        for (row, value, count) in points {
            let isBeyond = value > limit(3, count) || value < limit(-3, count)
            writer.empty(
                "point",
                [
                    ("row", "\(table.id):\(row.key)"), ("value", String(value)),
                    ("text", text(value, share)), ("share", place(value, height)),
                    ("at", place(count, most)), ("casesText", text(count, cases)),
                ] + (isBeyond ? [("beyond", "true")] : []))
        }
        writer.close("series")
        for errors in [-3, -2, 2, 3] { curve(errors, most, height, &writer) }
        writer.close("chart")
    }

    /// Only what lies within the drawing.
    private func curve(
        _ errors: Int, _ most: Int64, _ height: Int64, _ writer: inout XMLWriter
    ) {
        let steps = (1...FunnelXML.places).map {
            max(1, most * $0 * $0 / (FunnelXML.places * FunnelXML.places))
        }
        var places: [(at: Int64, value: Int64)] = []
        for count in steps where count != places.last?.at {
            places.append((count, limit(errors, count)))
        }
        let within = places.filter { $0.value > 0 && $0.value <= height }
        guard within.count > 1 else { return }
        writer.open("limit", [("errors", String(errors))])
        for (count, value) in within {
            writer.empty("place", [("at", place(count, most)), ("share", place(value, height))])
        }
        writer.close("limit")
    }

    private func text(_ value: Int64, _ index: Int) -> String {
        wording.text(.integer(value), table.columns[index].type) ?? ""
    }

    /// A share of the axis, in basis points.
    private func place(_ value: Int64, _ most: Int64) -> String {
        String(BasisPoints(value, of: most)?.value ?? 0)
    }
}
