internal import LedgerCore

/// Asks the questions of one report. A query that several tables build on is answered once.
struct Questions {
    let runner: any QueryRunner
    let templates: TemplateFolder
    /// The report's name.
    let report: String
    let parameters: [String: QueryValue]
    private var kept: Set<String> = []

    init(
        _ runner: any QueryRunner, _ templates: TemplateFolder, report: String,
        parameters: [String: QueryValue]
    ) {
        self.runner = runner
        self.templates = templates
        self.report = report
        self.parameters = parameters
    }

    /// - Throws: `ReportError`, and what the runner throws.
    mutating func facts(_ table: ReportDefinition.Table) throws -> FactTable {
        let file = try file(of: table)
        return try told(file) { runner in
            try FactTable(table, sql: templates.text(file), parameters, runner)
        }
    }

    /// Gives the rows of a table that may have many, in the order of its columns `order`.
    /// - Returns: the total.
    /// - Throws: `ReportError`, and what the runner throws.
    mutating func forEachRow(
        of table: ReportDefinition.Table, _ body: (FactTable.Row) throws -> Void
    ) throws -> FactTable.Row? {
        let file = try file(of: table)
        var stream = FactStream(table)
        try told(file) { runner in
            let sql = try Questions.ordered(templates.text(file), table)
            try runner.forEachRow(of: sql, parameters) { columns, values in
                if let row = try stream.add(columns, values) { try body(row) }
            }
        }
        let (last, total) = stream.finish()
        if let last { try body(last) }
        return total
    }

    /// The query of a table, after those that it builds on have been answered.
    private mutating func file(of table: ReportDefinition.Table) throws -> TemplateFile {
        for name in table.with where kept.insert(name).inserted {
            try keep(name)
        }
        return try templates.file(templates.queryFile(table.query, of: report))
    }

    /// A query with its answer in the order of the table's rows. Its lines keep their numbers.
    private static func ordered(_ sql: String, _ table: ReportDefinition.Table) -> String {
        var names = table.order
        for name in table.group ?? ["seq"] where !names.contains(name) { names.append(name) }
        let list = names.map { "\"\($0.replacing("\"", with: "\"\""))\" NULLS LAST" }
        return "SELECT * FROM (\(sql)\n) AS facts ORDER BY \(list.joined(separator: ", "))"
    }

    private func keep(_ name: String) throws {
        let file = try templates.file("common/queries/\(name).sql")
        let text = try templates.text(file)
        try told(file) { runner in
            try runner.keep(name, text, indexes: Questions.indexes(text), parameters)
        }
    }

    /// A query of somebody else's is asked under guard.
    private func told<Result>(
        _ file: TemplateFile, _ body: (any QueryRunner) throws -> Result
    ) throws -> Result {
        do {
            return try body(file.isForeign ? runner.guarded : runner)
        } catch let failure as QueryFailure {
            let line = failure.line.map { ":\($0)" } ?? ""
            throw ReportError.query(
                path: (file.isForeign ? file.path : file.name) + line, message: failure.message)
        }
    }

    /// Lines `-- index: day, area` of a shared query.
    private static func indexes(_ text: String) -> [[String]] {
        let mark = "-- index: "
        return text.split(separator: "\n").filter { $0.hasPrefix(mark) }.map { line in
            line.dropFirst(mark.count).split(separator: ",").map { name in
                String(name.filter { $0 != " " })
            }
        }
    }
}
