package import LedgerCore

/// The entries behind one figure of a report.
package struct FigureTrace: Sendable {
    /// Their numbers, ascending.
    package let entries: [Int64]
    /// The hash of their set, in hex.
    package let recordSet: String
}

extension ReportDrawing {
    /// Finds out again which entries a row rests on.
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
        let entries =
            try indicatorEntries(row, definition, &questions)
            ?? rowEntries(row, definition, &questions)
        let recordSet = try RecordSets.with(runner.leafHashes) { try $0.begin(entries).hash() }
        return FigureTrace(entries: entries, recordSet: recordSet)
    }

    private func rowEntries(
        _ row: String, _ definition: ReportDefinition, _ questions: inout Questions
    ) throws -> [Int64] {
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
        return found.entries
    }

    /// Those behind an indicator or one of its figures; nil where the row is neither.
    private func indicatorEntries(
        _ row: String, _ definition: ReportDefinition, _ questions: inout Questions
    ) throws -> [Int64]? {
        let name = row.prefix { $0 != ":" }
        for tree in definition.indicatorTrees {
            guard let indicator = tree.indicators.first(where: { $0.id == name }) else { continue }
            var reckoning = IndicatorReckoning(tree)
            let result = try reckoning.result(of: indicator, &questions)
            if row == indicator.id { return result.entries }
            return result.figures.first { indicator.figure($0.part) == row }?.entries
        }
        return nil
    }
}
