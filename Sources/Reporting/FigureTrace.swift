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
    ///   - row: its id; of a total, the table's.
    ///   - runner: the ledger as of the size that the report was drawn from.
    /// - Throws: `ReportError`.
    package func trace(
        _ row: String, of request: ReportRequest, _ runner: any QueryRunner
    ) throws -> FigureTrace {
        let definition = try definition(request.name)
        let name = row.prefix { $0 != ":" }
        guard let table = definition.tables.first(where: { $0.id == name }) else {
            throw ReportError.unknownRow(row, table: nil)
        }
        var questions = Questions(
            runner, templates, report: definition.name,
            parameters: request.parameters(of: definition))
        let facts = try questions.facts(table)
        let found =
            row == table.id
            ? facts.total : facts.rows.first { "\(table.id):\($0.key)" == row }
        guard let found else { throw ReportError.unknownRow(row, table: table.id) }
        var sets = RecordSets(runner)
        return FigureTrace(entries: found.entries, recordSet: try sets.hash(found.entries))
    }
}
