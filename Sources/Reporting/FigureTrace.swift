package import LedgerCore

/// The entries behind one figure of a report.
package struct FigureTrace: Sendable {
    /// Their numbers, ascending.
    package let entries: [Int64]
    /// The hash of their set, in hex.
    package let recordSet: String
    /// What is reckoned from them, as `DrawnReport.Figure` has it.
    package let cells: [String]
}

extension ReportDrawing {
    /// Finds out again which entries a row rests on, and what they come to.
    /// - Parameters:
    ///   - row: its id; of a total, the table's; an indicator's, or that of one of its figures.
    ///   - runner: the ledger as of the size that the report was drawn from.
    /// - Throws: `ReportError`.
    package func trace(
        _ row: String, of request: ReportRequest, _ runner: any QueryRunner
    ) throws -> FigureTrace {
        let definition = try definition(request.name)
        var questions = Questions(
            runner, templates, report: definition.name,
            parameters: request.parameters(of: definition))
        let (entries, cells) =
            try indicator(row, definition, &questions)
            ?? tableRow(row, definition, &questions)
        let recordSet = try RecordSets.with(runner.leafHashes) { try $0.begin(entries).hash() }
        return FigureTrace(entries: entries, recordSet: recordSet, cells: cells)
    }

    private typealias Found = (entries: [Int64], cells: [String])

    private func tableRow(
        _ row: String, _ definition: ReportDefinition, _ questions: inout Questions
    ) throws -> Found {
        let name = row.prefix { $0 != ":" }
        guard let table = definition.tables.first(where: { $0.id == name }) else {
            throw ReportError.unknownRow(row, table: nil)
        }
        var found: FactTable.Row?
        if table.annexedAbove != nil {
            let total = try questions.forEachRow(of: table) { one in
                if "\(table.id):\(one.key)" == row { found = one }
            }
            if row == table.id { found = total }
        } else {
            let facts = try questions.facts(table)
            found =
                row == table.id
                ? facts.total : facts.rows.first { "\(table.id):\($0.key)" == row }
        }
        guard let found else { throw ReportError.unknownRow(row, table: table.id) }
        let cells = zip(table.columns, found.cells).filter { column, _ in
            row != table.id || column.measure.isReckoned
        }
        return (found.entries, cells.map { ReportDrawing.cell($0.id, $1) })
    }

    /// As `common/figures.xsl` has it.
    static func cell(_ name: String, _ value: QueryValue) -> String {
        "\(name)=" + (value == .null ? "" : XMLWriter.asRead(value.keyText))
    }

    /// An indicator or one of its figures; nil where the row is neither.
    private func indicator(
        _ row: String, _ definition: ReportDefinition, _ questions: inout Questions
    ) throws -> Found? {
        let name = row.prefix { $0 != ":" }
        for tree in definition.indicatorTrees {
            guard let indicator = tree.indicators.first(where: { $0.id == name }) else { continue }
            var reckoning = IndicatorReckoning(tree)
            let result = try reckoning.result(of: indicator, &questions)
            if row == indicator.id { return (result.entries, cells(of: indicator, result)) }
            return result.figures.first { indicator.figure($0.part) == row }.map {
                ($0.entries, [ReportDrawing.cell("value", .integer($0.value))])
            }
        }
        return nil
    }

    private func cells(
        of indicator: IndicatorTree.Indicator, _ result: IndicatorResult
    ) -> [String] {
        let numbers = [
            ("weight", indicator.weight), ("target", result.target), ("actual", result.actual),
            ("score", result.score),
        ]
        return ["state=\(result.state.rawValue)"]
            + numbers.compactMap { name, value in value.map { "\(name)=\($0)" } }
    }
}
