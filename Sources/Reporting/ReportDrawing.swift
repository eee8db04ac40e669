package import AidRecords
internal import Crypto
package import LedgerCore
internal import TransparencyLog

/// Draws reports: asks the questions, writes the XML, checks it, and hands it to the stylesheet.
package struct ReportDrawing {
    private let templates: TemplateFolder
    private let catalogue: KindCatalogue
    private let areas: AreaNames

    package init(templates: TemplateFolder, catalogue: KindCatalogue, areas: AreaNames) {
        self.templates = templates
        self.catalogue = catalogue
        self.areas = areas
    }

    /// The report as XML, valid against its schema.
    /// - Throws: `ReportError`, `DeclarationError`.
    package func xml(
        _ request: ReportRequest, of ledger: ReportedLedger, _ runner: any QueryRunner
    ) throws -> [UInt8] {
        let definition = try definition(request.name)
        guard let language = Wording.Language(rawValue: request.language) else {
            throw ReportError.missingFile("l10n/\(request.language).xml")
        }
        let wording = Wording(language: language, areas: areas, catalogue: catalogue)
        var writer = XMLWriter()
        writer.open(
            "report",
            [
                ("xmlns", "urn:aidledger:report:1"), ("name", definition.name),
                ("xml:lang", request.language), ("format", "1"),
            ])
        head(request, ledger, wording, &writer)
        try sources(definition, request, &writer)
        var leafHashes = RecordSets(runner)
        var questions = Questions(
            runner, templates, report: definition.name, parameters: request.parameters)
        for section in definition.sections {
            writer.open("section", [("id", section.id)])
            for table in section.tables {
                try self.table(
                    table, questions.facts(table), wording, &leafHashes, &writer)
            }
            for facts in section.facts { engineFacts(facts, ledger, &writer) }
            writer.close("section")
        }
        writer.close("report")
        let bytes = Array(writer.text.utf8)
        try library().validate(
            bytes, against: "\(templates.path)/schema/\(definition.name).rng")
        return bytes
    }

    /// The document that the report's stylesheet makes of the XML.
    package func html(_ xml: [UInt8], of name: String) throws -> [UInt8] {
        try library().transform(xml, by: "\(templates.path)/\(name)/html.xsl")
    }

    private func library() throws -> StylesheetLibrary {
        try StylesheetLibrary(folders: [templates.path])
    }

    private func definition(_ name: String) throws -> ReportDefinition {
        let known = templates.reportNames
        guard known.contains(name) else {
            throw ReportError.unknownReport(name, known: known)
        }
        let file = "\(name)/report.yaml"
        return try ReportDefinitionReader(codes: catalogue.codes)
            .read("\(templates.path)/\(file)", templates.text(file))
    }

    /// Every query of every report, with where it stands; for tests that prepare them elsewhere.
    package func queries() throws -> [(path: String, sql: String)] {
        try templates.reportNames.flatMap { name in
            try definition(name).sections.flatMap(\.tables).map { table in
                (templates.queryFile(table.query, of: name), try templates.sql(of: table, in: name))
            }
        }
    }

    // MARK: Parts of the document

    private func head(
        _ request: ReportRequest, _ ledger: ReportedLedger, _ wording: Wording,
        _ writer: inout XMLWriter
    ) {
        writer.empty(
            "parameters",
            [
                ("year", String(request.year)), ("area", request.area),
                ("areaName", wording.area(request.area)),
                ("fromDate", request.firstDay.description),
                ("fromText", wording.date(request.firstDay)),
                ("toDate", request.lastDay.description),
                ("toText", wording.date(request.lastDay)),
            ])
        writer.empty(
            "drawn",
            [
                ("at", request.drawnAt.description), ("atText", wording.time(request.drawnAt)),
                ("by", request.drawnBy),
            ])
        let attributes = [
            ("origin", ledger.origin), ("size", String(ledger.size)),
            ("sizeText", grouped(ledger.size)), ("rootHash", ledger.rootHash),
            ("vkey", ledger.verifierKey),
        ]
        guard let checkpoint = ledger.checkpoint else {
            return writer.empty("ledger", attributes + [("checkpoint", "none")])
        }
        writer.open(
            "ledger",
            attributes + [
                ("checkpoint", checkpoint.size == ledger.size ? "present" : "older"),
                ("checkpointSize", String(checkpoint.size)),
                ("checkpointSizeText", grouped(checkpoint.size)),
            ])
        writer.element("note", text: checkpoint.note)
        writer.close("ledger")
    }

    private func sources(
        _ definition: ReportDefinition, _ request: ReportRequest, _ writer: inout XMLWriter
    ) throws {
        writer.open("sources")
        for (path, sha256) in try templates.sources(of: definition, language: request.language) {
            writer.empty("source", [("path", path), ("sha256", sha256)])
        }
        writer.close("sources")
    }

    private func table(
        _ table: ReportDefinition.Table, _ facts: FactTable, _ wording: Wording,
        _ sets: inout RecordSets, _ writer: inout XMLWriter
    ) throws {
        writer.open("table", [("id", table.id)])
        for column in table.columns {
            writer.empty("column", [("id", column.id), ("type", column.type.name)])
        }
        for row in facts.rows {
            writer.open("row", [("id", "\(table.id):\(row.key)")] + (try sets.trace(row.entries)))
            for (column, value) in zip(table.columns, row.cells) {
                cell(column, value, wording, &writer)
            }
            writer.close("row")
        }
        if let total = facts.total {
            writer.open("total", try sets.trace(total.entries))
            for (column, value) in zip(table.columns, total.cells) where column.measure.isReckoned {
                cell(column, value, wording, &writer)
            }
            writer.close("total")
        }
        writer.close("table")
        if let chart = table.chart, !facts.rows.isEmpty {
            ChartXML(table: table, chart: chart, rows: facts.rows, wording: wording)
                .write(&writer)
        }
    }

    private func cell(
        _ column: ReportDefinition.Column, _ value: QueryValue, _ wording: Wording,
        _ writer: inout XMLWriter
    ) {
        var attributes = [("column", column.id)]
        if value != .null { attributes.append(("value", value.keyText)) }
        if let text = wording.text(value, column.type) { attributes.append(("text", text)) }
        writer.empty("cell", attributes)
    }

    private func engineFacts(
        _ facts: ReportDefinition.EngineFacts, _ ledger: ReportedLedger, _ writer: inout XMLWriter
    ) {
        guard facts == .verification else {
            return writer.empty("facts", [("of", facts.rawValue)])
        }
        let isBroken = ledger.checks.contains { $0.outcome == .broken }
        writer.open(
            "verification",
            [
                ("outcome", isBroken ? "broken" : "sound"),
                ("entries", String(ledger.entriesVerified)),
                ("entriesText", grouped(ledger.entriesVerified)),
            ])
        for check in ledger.checks {
            writer.empty(
                "check",
                [
                    ("id", check.id), ("outcome", check.outcome.rawValue),
                    ("count", String(check.count)), ("countText", grouped(check.count)),
                ])
        }
        for problem in ledger.problems {
            writer.empty(
                "problem",
                [("text", problem.text)] + (problem.seq.map { [("seq", String($0))] } ?? []))
        }
        writer.close("verification")
    }
}

/// Names sets of entries by hash: SHA-256 over their leaf hashes, sorted.
private struct RecordSets {
    let runner: any QueryRunner
    private var known: [Int64: LeafHash] = [:]

    init(_ runner: any QueryRunner) { self.runner = runner }

    mutating func trace(_ entries: [Int64]) throws -> [(String, String)] {
        var hashes: [LeafHash] = []
        hashes.reserveCapacity(entries.count)
        for seq in entries { hashes.append(try leafHash(seq)) }
        hashes.sort { first, second in
            first.withUnsafeBytes { first in
                second.withUnsafeBytes { first.lexicographicallyPrecedes($0) }
            }
        }
        var hash = SHA256()
        for leaf in hashes { leaf.withUnsafeBytes { hash.update(bufferPointer: $0) } }
        return [
            ("entries", String(entries.count)), ("entriesText", grouped(entries.count)),
            ("recordSet", Hex.encode(hash.finalize())),
        ]
    }

    private mutating func leafHash(_ seq: Int64) throws -> LeafHash {
        if let hash = known[seq] { return hash }
        let hash = try runner.leafHash(of: seq)
        known[seq] = hash
        return hash
    }
}

/// The points of a chart, as shares of the greatest value.
private struct ChartXML {
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
        writer.open(
            "chart",
            [
                ("of", table.id), ("kind", chart.kind), ("label", chart.label),
                ("max", most.keyText),
                ("maxText", wording.text(most, table.columns[first].type) ?? ""),
            ])
        for index in columns where !isEmpty(index) {
            writer.open("series", [("column", table.columns[index].id)])
            for row in rows { point(row, index, Int64(clamping: greatest), &writer) }
            writer.close("series")
        }
        writer.close("chart")
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
                ("text", wording.text(value, table.columns[index].type) ?? ""),
                ("share", String(BasisPoints(amount, of: greatest)?.value ?? 0)),
            ])
    }
}
