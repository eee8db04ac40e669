internal import AidRecords

/// Reads `report.yaml` strictly.
struct ReportDefinitionReader {
    let codes: [String: CodeList]
    /// Reads a file of the report's folder: its path for errors, and its text.
    let file: (_ name: String) throws -> (path: String, text: String)

    /// - Throws: `DeclarationError` with file, line and reason.
    func read(_ file: String, _ text: String) throws -> ReportDefinition {
        let place = try YAMLPlace(file: file, text: text)
        if let extends = place.member("extends") {
            throw extends.fail("there is no report of this name beneath that it could extend")
        }
        _ = try place.members(allowed: [
            "report", "scope", "title", "about", "for", "parameters", "uses", "sections",
        ])
        let name = try place.required("report").text()
        guard file.hasSuffix("/\(name)/report.yaml") else {
            throw place.fail("`report` is \(name), and the folder is called otherwise")
        }
        let definition = ReportDefinition(
            name: name, scope: try place.member("scope").map(scope) ?? .year,
            title: try place.required("title").words(),
            about: try place.required("about").words(),
            audience: try place.required("for").words(),
            parameters: try place.member("parameters")?.items().map(parameter) ?? [],
            uses: Set(try place.member("uses")?.items().map(use) ?? []),
            sections: try place.required("sections").items().map(section))
        let indicators = definition.indicatorTrees.flatMap(\.indicators).map(\.id)
        if let twice = definition.tables.map(\.id).first(where: indicators.contains) {
            throw place.fail("a table and an indicator are both called \(twice)")
        }
        return definition
    }

    private func scope(_ place: YAMLPlace) throws -> ReportScope.Kind {
        guard let known = ReportScope.Kind(rawValue: try place.text()) else {
            throw place.fail("a report's scope is `year` or `matter`")
        }
        return known
    }

    func use(_ place: YAMLPlace) throws -> ReportUse {
        guard let known = ReportUse(rawValue: try place.text()) else {
            let names = ReportUse.allCases.map(\.rawValue).joined(separator: ", ")
            throw place.fail("a report uses \(names)")
        }
        return known
    }

    func parameter(_ place: YAMLPlace) throws -> ReportDefinition.Parameter {
        _ = try place.members(allowed: ["id", "type", "default", "zh", "en"])
        let id = try place.required("id")
        let known = ReportRequest.parameterNames
        if known.contains(try id.text()) { throw id.fail("every report has this parameter") }
        let type = try type(place)
        guard ["count", "fen", "percent"].contains(type.name) else {
            throw place.fail("a parameter is a `count`, `fen` or `percent`")
        }
        return ReportDefinition.Parameter(
            id: try id.text(), type: type, standard: try place.required("default").integer(),
            title: Words(
                zh: try place.required("zh").text(), en: try place.required("en").text()))
    }

    func section(_ place: YAMLPlace) throws -> ReportDefinition.Section {
        try section(place, with: [])
    }

    /// - Parameter others: what else may stand in it.
    func section(
        _ place: YAMLPlace, with others: Set<String>
    ) throws -> ReportDefinition.Section {
        _ = try place.members(allowed: others.union(["id", "tables", "indicators", "facts"]))
        let facts = try place.member("facts")?.items() ?? []
        return ReportDefinition.Section(
            id: try place.required("id").text(),
            tables: try place.member("tables")?.items().map(table) ?? [],
            indicators: try place.member("indicators").map(indicators),
            facts: try facts.map { item in
                guard let known = ReportDefinition.EngineFacts(rawValue: try item.text()) else {
                    throw item.fail(
                        "`ledger`, `verification`, `proofs` or `sources` is expected")
                }
                return known
            })
    }

    private func indicators(_ place: YAMLPlace) throws -> IndicatorTree {
        let name = try place.text()
        guard !name.contains("/") else { throw place.fail("\(name) is no file of this folder") }
        let (path, text) = try file(name)
        return try IndicatorTreeReader().read(path, text)
    }
}
