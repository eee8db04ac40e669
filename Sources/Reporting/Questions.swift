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
        for name in table.with where kept.insert(name).inserted {
            try keep(name)
        }
        let file = try templates.file(templates.queryFile(table.query, of: report))
        return try told(file) { runner in
            try FactTable(table, sql: templates.text(file), parameters, runner)
        }
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
