internal import AidRecords
internal import ArgumentParser
internal import Foundation
internal import LedgerCore
internal import LedgerSQLite
internal import Reporting
internal import TransparencyLog

struct ReportAllCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report-all", abstract: "Draw a year's reports of all areas, with an index.",
        discussion: """
            Draws every report that is of a year, for the ledger's area and each area below it that \
            has records: DIR/AREA/REPORT.html. DIR/index.html (of xml, index.xml) leads to them; DIR/SHA256SUMS has the \
            SHA-256 of every file. The ledger is verified once.
            """)

    @OptionGroup var ledger: LedgerOptions

    @Option(help: "The year reported on.")
    var year: Int

    @Option(
        name: .shortAndLong, help: "A new or empty folder to write to.", completion: .directory)
    var output: String

    @Option(
        name: .customLong("report"),
        help: ArgumentHelp("Draw this report only; may be given several times.", valueName: "NAME"))
    var names: [String] = []

    @Option(
        name: .customLong("area"),
        help: ArgumentHelp(
            """
            Draw this area only, a GB/T 2260 code; may be given several times (default: all in \
            scope).
            """, valueName: "CODE"))
    var areas: [String] = []

    @Option(
        help: ArgumentHelp(
            "The narrowest areas drawn: country, province, city or county (default: county).",
            valueName: "LEVEL"))
    var downTo: AreaLevel?

    @Option(help: "html, pdf, xlsx, csv (a folder a report) or xml.")
    var format = ReportFormat.html

    @Option(help: "What makes PDFs: weasyprint or chromium (default: as `report` has it).")
    var pdfEngine: PDFEngine?

    @Option(help: "Draw them as of so many entries (default: all there are).")
    var size: Int64?

    @Flag(help: "Do not verify the ledger; the reports say so.")
    var noVerify = false

    @OptionGroup var language: LanguageOption
    @OptionGroup var templates: TemplateOptions
    @OptionGroup var home: HomeOptions
    @OptionGroup var json: JSONOption

    func validate() throws {
        guard CivilDate.years.contains(Int64(year)) else {
            throw ValidationError("--year must be from 1900 to 2999.")
        }
        if output == "-" { throw ValidationError("report-all writes a folder: name one by -o.") }
        if downTo != nil && !areas.isEmpty {
            throw ValidationError("--area names the areas; --down-to goes without it.")
        }
        if pdfEngine != nil && format != .pdf {
            throw ValidationError("--pdf-engine goes with --format pdf.")
        }
    }

    func run() throws {
        let reports = try ReportHome(home, layers: templates.folders)
        let names = try names(reports.drawing)
        let chosen = Set(try areas.map(AreaOption.checked)).sorted()
        try requireEmpty()
        if format == .pdf { try PDFEngine.require(pdfEngine) }
        // Begins at once, and goes on beside all that follows.
        let verification =
            noVerify ? nil : try ReportVerification(ledger, reports.catalogue, isQuiet: true)
        let batch = ReportBatch(
            reports: reports, ledger: ledger, names: names, year: year, language: language.name,
            drawnAt: Surroundings.system.now(), format: format, pdfEngine: pdfEngine,
            folder: output, verification: verification)
        let drawn = try ReportVerification.explaining(verification) { try draw(chosen, batch) }
        try FolderSums.write(to: output)
        try conclude(drawn.documents, drawn.size, drawn.rootHash, verification)
    }

    // MARK: What is drawn

    /// - Parameter chosen: areas; none for all in scope.
    /// - Returns: the reports, and the state that they were drawn from.
    private func draw(
        _ chosen: [String], _ batch: ReportBatch
    ) throws -> (documents: [ReportIndex.Document], size: Int64, rootHash: String) {
        let (own, scope, size) = try batch.readFirst(size: size) { snapshot in
            let own = try snapshot.area()
            let scope = try areasInScope(within: own, snapshot, batch.reports)
            return (own, scope, snapshot.head.size.value)
        }
        let wanted = chosen.isEmpty ? scope : chosen
        tellOfUnknown(wanted, batch.reports)
        let documents = try batch.draw(areas: wanted, size: size)
        return (documents, size, try writeIndex(documents, of: own, size, batch))
    }

    private func names(_ drawing: ReportDrawing) throws -> [String] {
        let known = try drawing.reportNames.filter {
            try drawing.description(of: $0).scope == .year
        }
        for name in names where !known.contains(name) {
            throw UsageError(
                "\(name) is no report of a year; those are: \(known.joined(separator: ", "))")
        }
        return names.isEmpty ? known : known.filter(names.contains)
    }

    /// The ledger's own area, and all below it that have records or lie above those that have.
    private func areasInScope(
        within own: String, _ snapshot: LedgerSnapshot, _ reports: ReportHome
    ) throws -> [String] {
        let recorded = try snapshot.areasWithRecords(reports.catalogue)
        let known = recorded.flatMap(AreaLevel.chain).filter {
            recorded.contains($0) || !reports.areas.isUnknown($0)
        }
        let areas = Set(known).filter {
            AreaLevel.chain($0).contains(own) && AreaLevel($0) <= downTo ?? .county
        }
        return areas.union([own]).sorted()
    }

    private func tellOfUnknown(_ areas: [String], _ reports: ReportHome) {
        let unknown = areas.filter(reports.areas.isUnknown)
        guard !unknown.isEmpty else { return }
        Console.error(
            "aidledger: ledger/areas.tsv has no area \(unknown.joined(separator: ", ")); shown by "
                + "number")
    }

    private func requireEmpty() throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: output, isDirectory: &isFolder) else { return }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: output)) ?? []
        guard isFolder.boolValue, names.isEmpty else {
            throw UsageError(
                "\(output) is no empty folder: name a new one by -o, or delete it (an interrupted "
                    + "run leaves what it has drawn)")
        }
    }

    // MARK: What is told of it

    private var indexName: String { "index.\(format == .xml ? "xml" : "html")" }

    /// - Returns: the root hash of the state that was drawn.
    private func writeIndex(
        _ documents: [ReportIndex.Document], of area: String, _ size: Int64, _ batch: ReportBatch
    ) throws -> String {
        let drawing = batch.reports.drawing
        let index = ReportIndex(documents, sums: FolderSums.name)
        return try batch.reports.read(ledger, size: size, for: nil) { snapshot in
            let xml = try drawing.xml(
                index, batch.request(ReportIndex.name, area: area),
                of: ReportedLedger(snapshot, ledger.paths, batch.verification))
            try TextFile.write(
                format == .xml ? xml : page(xml, drawing), to: "\(output)/\(indexName)")
            return snapshot.head.rootHash.hex
        }
    }

    /// Whatever a folder laid over our templates does wrong, an index there is.
    private func page(_ xml: [UInt8], _ drawing: ReportDrawing) throws -> [UInt8] {
        do {
            return try drawing.html(xml, of: ReportIndex.name)
        } catch let error as ReportError where !templates.folders.isEmpty {
            Console.error("aidledger: the index is drawn without --templates: \(error)")
            return try ReportHome(home).drawing.html(xml, of: ReportIndex.name)
        }
    }

    private func conclude(
        _ documents: [ReportIndex.Document], _ size: Int64, _ rootHash: String,
        _ verification: ReportVerification?
    ) throws {
        let failures = documents.compactMap { document -> (ReportIndex.Document, String)? in
            guard case .failure(let problem) = document.outcome else { return nil }
            return (document, problem.text)
        }
        let isSound = try verification?.verification().isSound
        for (document, problem) in failures {
            Console.error("aidledger: \(document.report) of \(document.area): \(problem)")
        }
        if isSound == false {
            Console.error(
                "aidledger: the ledger is NOT SOUND, and the reports say so; `aidledger verify` "
                    + "tells what is wrong")
        }
        let blank = documents.count { (try? $0.outcome.get())?.isBlank == true }
        if blank > 0 {
            Console.error(
                "aidledger: \(grouped(blank)) of them \(blank == 1 ? "is" : "are") blank: no record "
                    + "stands behind any figure")
        }
        let drawn = documents.count - failures.count
        json.say(
            "drew \(grouped(drawn)) of \(grouped(documents.count)) "
                + "\(documents.count == 1 ? "report" : "reports"); "
                + "\(output)/\(indexName) leads to them",
            [
                "folder": output, "year": year, "size": size, "rootHash": rootHash,
                "isSound": Console.value(isSound), "reports": documents.map(\.json),
            ])
        if isSound == false { throw ExitCode(Status.answerIsNo.rawValue) }
        if !failures.isEmpty { throw ExitCode(Status.couldNotDo.rawValue) }
    }
}

extension AreaLevel: ExpressibleByArgument {}

extension ReportIndex.Document {
    fileprivate var json: [String: Any] {
        switch outcome {
        case .success(let drawn):
            ["area": area, "report": report, "file": drawn.file, "isBlank": drawn.isBlank]
        case .failure(let problem): ["area": area, "report": report, "problem": problem.text]
        }
    }
}
