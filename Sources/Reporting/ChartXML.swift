internal import AidRecords
internal import LedgerCore

/// The points of a chart, as shares of the greatest value.
struct ChartXML {
    let table: ReportDefinition.Table
    let chart: ReportDefinition.Chart
    let rows: [FactTable.Row]
    let wording: Wording

    func write(_ writer: inout XMLWriter) {
        let columns = chart.values.compactMap { name in
            table.columns.firstIndex { $0.id == name }
        }
        let greatest =
            columns.flatMap { index in rows.compactMap { amount($0, index) } }
            .map(\.magnitude).max() ?? 0
        guard let first = columns.first, !columns.allSatisfy(isEmpty) else { return }
        let most = QueryValue.integer(Int64(clamping: greatest))
        let shown = chart.isRanked ? ranked(first) : rows
        writer.open(
            "chart",
            [
                ("of", table.id), ("kind", chart.kind), ("label", chart.label),
                ("max", most.keyText),
                ("maxText", wording.text(most, table.columns[first].type, in: table.unit) ?? ""),
            ] + (mark.map { [("mark", "\(table.id):\($0)")] } ?? []))
        for index in columns where !isEmpty(index) {
            writer.open("series", [("column", table.columns[index].id)])
            for row in shown { point(row, index, Int64(clamping: greatest), &writer) }
            writer.close("series")
        }
        writer.close("chart")
    }

    private var mark: String? {
        guard let name = chart.markWhere else { return chart.mark }
        let index = table.columns.firstIndex { $0.id == name }
        let isMeant = rows.contains { row in (index.flatMap { amount(row, $0) } ?? 0) > 0 }
        return isMeant ? chart.mark : nil
    }

    /// What has the same value, or none, stays in the table's order.
    private func ranked(_ index: Int) -> [FactTable.Row] {
        rows.enumerated().sorted { one, other in
            let (first, second) = (amount(one.element, index), amount(other.element, index))
            guard first != second else { return one.offset < other.offset }
            return (first ?? .min) > (second ?? .min)
        }.map(\.element)
    }

    private func isEmpty(_ index: Int) -> Bool { rows.allSatisfy { amount($0, index) == nil } }

    private func amount(_ row: FactTable.Row, _ index: Int) -> Int64? {
        if case .integer(let amount) = row.cells[index] { return amount }
        return nil
    }

    private func point(
        _ row: FactTable.Row, _ index: Int, _ greatest: Int64, _ writer: inout XMLWriter
    ) {
        guard let amount = amount(row, index) else { return }
        let value = QueryValue.integer(amount)
        writer.empty(
            "point",
            [
                ("row", "\(table.id):\(row.key)"), ("value", String(amount)),
                ("text", wording.text(value, table.columns[index].type, in: table.unit) ?? ""),
                ("share", String(BasisPoints(amount, of: greatest)?.value ?? 0)),
            ])
    }
}
