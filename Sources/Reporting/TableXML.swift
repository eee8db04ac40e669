internal import AidRecords
internal import LedgerCore

/// Writes a table: its head, rows and total.
struct TableXML {
    let table: ReportDefinition.Table
    let wording: Wording

    /// - Parameter content: what stands below the head.
    func write(
        _ writer: inout XMLWriter, _ content: (inout XMLWriter) throws -> Void
    ) rethrows {
        writer.open(
            "table",
            [("id", table.id)] + (table.isForms ? [("display", "forms")] : [])
                + (table.unit == .yuan ? [] : [("unit", table.unit.rawValue)]))
        for column in table.columns {
            writer.empty(
                "column",
                [("id", column.id), ("type", column.type.name)]
                    + (column.measure.isDistinct ? [("distinct", "true")] : []))
        }
        try content(&writer)
        writer.close("table")
    }

    func row(
        _ row: FactTable.Row, _ set: RecordSet, _ writer: inout XMLWriter
    ) {
        writer.open("row", [("id", "\(table.id):\(row.key)")], set)
        for (index, column) in table.columns.enumerated() {
            cell(column, row.cells[index], row.words[index], &writer)
        }
        writer.close("row")
    }

    func total(
        _ total: FactTable.Row, _ set: RecordSet, _ writer: inout XMLWriter
    ) {
        writer.open("total", [("id", table.id)], set)
        for (column, value) in zip(table.columns, total.cells) where column.measure.isReckoned {
            cell(column, value, nil, &writer)
        }
        writer.close("total")
    }

    private func cell(
        _ column: ReportDefinition.Column, _ value: QueryValue, _ words: String?,
        _ writer: inout XMLWriter
    ) {
        var attributes = [("column", column.id)]
        if value != .null {
            attributes.append(("value", value.keyText))
            if let text = words ?? wording.text(value, column.type, in: table.unit) {
                attributes.append(("text", text))
            }
            if table.unit == .wan, case .fen = column.type {
                attributes.append(("exact", wording.text(value, column.type) ?? ""))
            }
        }
        writer.empty("cell", attributes)
    }
}
