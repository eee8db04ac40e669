package import AidRecords
package import LedgerCore

/// Draws reports: asks the questions, writes the XML, checks it, and hands it to the stylesheet.
package struct ReportDrawing: Sendable {
    let templates: TemplateFolder
    private let catalogue: KindCatalogue
    private let areas: AreaNames
    /// Files that the tables of these uses are made of, beside the ledger.
    private let files: @Sendable (Set<ReportUse>) throws -> [ReportSource]
    /// Runs the stylesheets of folders that are laid over our templates.
    let process: StylesheetProcess?

    /// - Parameter process: needed where folders are laid over the templates.
    package init(
        templates: TemplateFolder, catalogue: KindCatalogue, areas: AreaNames,
        process: StylesheetProcess? = nil,
        files: @escaping @Sendable (Set<ReportUse>) throws -> [ReportSource] = { _ in [] }
    ) {
        precondition(templates.layers.isEmpty || process != nil)
        self.templates = templates
        self.catalogue = catalogue
        self.areas = areas
        self.process = process
        self.files = files
    }

    /// The reports there are.
    package var reportNames: [String] { templates.reportNames }

    /// What the report is: `report.yaml`.
    /// - Throws: `ReportError`, `DeclarationError`.
    package func description(of name: String) throws -> ReportDescription {
        let definition = try definition(name)
        return ReportDescription(
            name: name, scope: definition.scope, title: definition.title,
            about: definition.about,
            audience: definition.audience,
            parameters: definition.parameters.map {
                .init(
                    id: $0.id, type: $0.type.name, standard: $0.standard, title: $0.title)
            },
            uses: definition.uses,
            sections: definition.sections.map { section in
                .init(id: section.id, tables: section.tables.map(\.id))
            })
    }

    /// The report as XML, valid against its schema, with all its rows in it.
    /// - Throws: `ReportError`, `DeclarationError`.
    package func xml(
        _ request: ReportRequest, of ledger: ReportedLedger, _ runner: any QueryRunner
    ) throws -> [UInt8] {
        try draw(request, of: ledger, runner, annexes: nil).bytes
    }

    /// The report as XML, valid against its schema. Rows of tables that are too long for it stand in
    /// pages beside it.
    /// - Parameter annexes: nil where all stands in the document.
    /// - Throws: `ReportError`, `DeclarationError`, and where a page cannot be written.
    package func draw(
        _ request: ReportRequest, of ledger: ReportedLedger, _ runner: any QueryRunner,
        annexes place: AnnexPlace?
    ) throws -> ReportXML {
        let definition = try definition(request.name)
        let wording = try wording(request.language)
        let said = LedgerXML(request: request, ledger: ledger, wording: wording)
        let library = try stylesheets()
        let apart = place.map { place in
            SectionDrawing.Apart(
                place: place, root: root(request),
                head: { said.head(definition.parameters, &$0) },
                keep: { page, path in
                    try library.validate(page, against: templates.schema)
                    try AnnexPlace.write(page, to: path, mode: 0o600)
                })
        }
        let questions = Questions(
            runner, templates, report: definition.name,
            parameters: request.parameters(of: definition))
        return try RecordSets.with(runner.leafHashes) { sets in
            var sections = SectionDrawing(wording, said, apart: apart, questions, sets)
            var writer = XMLWriter()
            writer.open("report", root(request))
            said.head(definition.parameters, &writer)
            try sources(definition, request, &writer)
            for (index, section) in definition.sections.enumerated() {
                try sections.write(section, number: index + 1, &writer)
            }
            writer.close("report")
            let bytes = try writer.finish()
            try library.validate(bytes, against: templates.schema(of: definition))
            return ReportXML(
                bytes: bytes, annexes: sections.annexes, isBlank: !sets.isAnyFilled)
        }
    }

    /// The document that the report's stylesheet makes of the XML.
    /// - Parameter library: ours, which keeps what it has read for the next document.
    package func html(
        _ xml: [UInt8], of name: String, _ library: StylesheetLibrary? = nil
    ) throws -> [UInt8] {
        try document(.html, xml, of: name, library)
    }

    /// Attributes of a document's root.
    func root(_ request: ReportRequest) -> [(String, String)] {
        [
            ("xmlns", "urn:aidledger:report:1"), ("name", request.name),
            ("xml:lang", request.language), ("format", "1"),
        ]
    }

    /// - Throws: `ReportError.missingFile`.
    func wording(_ language: String) throws -> Wording {
        guard let known = Wording.Language(rawValue: language) else {
            throw ReportError.missingFile("l10n/\(language).xml")
        }
        return Wording(language: known, areas: areas, catalogue: catalogue)
    }

    /// Of our templates.
    /// - Throws: `ReportError.template`.
    package func stylesheets() throws -> StylesheetLibrary {
        try StylesheetLibrary(folders: [templates.path])
    }

    func definition(_ name: String) throws -> ReportDefinition {
        let known = templates.reportNames
        guard known.contains(name) else {
            throw ReportError.unknownReport(name, known: known)
        }
        let reader = ReportDefinitionReader(codes: catalogue.codes) { other in
            let file = try templates.file("\(name)/\(other)")
            return (file.path, try templates.text(file))
        }
        let files = templates.files("\(name)/report.yaml")
        let first = try reader.read(files[0].path, templates.text(files[0]))
        return try files.dropFirst().reduce(first) { report, layer in
            try reader.extended(report, by: layer.path, templates.text(layer))
        }
    }

    /// Every query of every report, with where it stands; for tests that prepare them elsewhere.
    package func queries() throws -> [(path: String, sql: String)] {
        try templates.reportNames.flatMap { name in
            try definition(name).questions.map { table in
                (templates.queryFile(table.query, of: name), try templates.sql(of: table, in: name))
            }
        }
    }

    private func sources(
        _ definition: ReportDefinition, _ request: ReportRequest, _ writer: inout XMLWriter
    ) throws {
        writer.open("sources")
        let files = try templates.sources(of: definition, language: request.language)
        for source in try files + self.files(definition.uses) {
            writer.empty("source", [("path", source.path), ("sha256", source.sha256)])
        }
        writer.close("sources")
    }
}
