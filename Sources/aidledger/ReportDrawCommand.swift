internal import AidRecords
internal import ArgumentParser
internal import Foundation
internal import Glibc
internal import LedgerCore
internal import LedgerSQLite
internal import Reporting
internal import TransparencyLog

struct ReportDrawCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "draw", abstract: "Draw a report.",
        discussion: """
            The ledger is verified while it is drawn, and the outcome stands in the report. The same \
            ledger, size and parameters give the same document, the time of drawing apart.
            """)

    enum Format: String, CaseIterable, ExpressibleByArgument {
        case html
        case csv
        case xlsx
        case pdf
        case xml
    }

    @Argument(help: "The report: a folder of templates/, like fund-use; `--list` names them.")
    var name: String?

    @Argument(help: "The ledger's database.", completion: .file())
    var ledger: String?

    @Option(
        name: .customLong("keys"), help: "Where the keys are (default: LEDGER.keys).",
        completion: .directory)
    var keyFolder: String?

    @OptionGroup var templates: TemplateOptions
    @OptionGroup var home: HomeOptions

    @Flag(help: "Say which reports there are.")
    var list = false

    @Option(help: ArgumentHelp("Say what a report tells.", valueName: "NAME"))
    var explain: String?

    @OptionGroup var json: JSONOption

    @Option(help: "The year reported on.")
    var year: Int?

    @OptionGroup(title: "What a dossier is about") var matterOptions: MatterOptions

    @Option(
        help: "GB/T 2260 code of province, city or county; 000000 is all (default: the ledger's).")
    var area: String?

    @Option(help: "Draw it as of so many entries (default: all there are).")
    var size: Int64?

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp(
            "A parameter of the report's own; `--explain` names them.", valueName: "NAME=VALUE"))
    var values: [String] = []

    @Option(help: "html, pdf, xlsx, csv (a folder, with a file for each table) or xml.")
    var format = Format.html

    @Option(
        help: """
            What makes the PDF: weasyprint or chromium (default: weasyprint, of long reports \
            chromium; else the one that is there).
            """)
    var pdfEngine: PDFEngine?

    @OptionGroup var language: LanguageOption

    @Flag(help: "Do not verify the ledger; the report says so.")
    var noVerify = false

    @Flag(help: "Write the finished report's SHA-256 to the ledger (`report.issued`).")
    var issue = false

    @OptionGroup var author: AuthorOption

    @Option(
        name: .shortAndLong,
        help: "Where to write it: a file, a folder for csv; - is standard output.",
        completion: .file())
    var output: String?

    func validate() throws {
        if list || explain != nil {
            guard name == nil, !(list && explain != nil) else {
                throw ValidationError("--list and --explain stand alone.")
            }
            return
        }
        if json.isWanted {
            throw ValidationError("--json goes with --list or --explain.")
        }
        guard name != nil, ledger != nil else {
            throw ValidationError(
                "NAME and LEDGER are missing: `aidledger report fund-use LEDGER --year 2023 -o FILE`."
            )
        }
        if let year, !CivilDate.years.contains(Int64(year)) {
            throw ValidationError("--year must be from 1900 to 2999.")
        }
        guard year == nil || !matterOptions.isGiven else {
            throw ValidationError("A report is of a year, or about a case or a subject.")
        }
        guard !matterOptions.reveal.isWanted || size == nil else {
            throw ValidationError("--reveal goes with no --size: it is recorded first.")
        }
        if output == nil {
            throw ValidationError("-o says where to write it; - is standard output.")
        }
        if let area, area.utf8.count != 6 || !area.utf8.allSatisfy({ (48...57).contains($0) }) {
            throw ValidationError("--area needs six digits (GB/T 2260), like 150500.")
        }
        if pdfEngine != nil && format != .pdf {
            throw ValidationError("--pdf-engine goes with --format pdf.")
        }
        if format == .csv, issue || output == "-" {
            throw ValidationError(
                issue
                    ? "A report is issued as one file: html, pdf, xlsx or xml."
                    : "--format csv writes a folder: name one by -o.")
        }
        if issue && noVerify {
            throw ValidationError("A report is issued of a ledger that was verified.")
        }
    }

    func run() throws {
        let reports = try ReportHome(home, layers: templates.folders)
        let telling = ReportTelling(reports.drawing, language, isJSON: json.isWanted)
        if list { return try telling.list() }
        if let explain { return try telling.explain(explain) }
        guard let name, let ledger, let output else { return }
        if format == .csv {
            try ReportFolder(path: output).requireFolder()
        } else {
            try OutputGuard.check(output)
            if hasRoomBeside(output) { try annexes.requireOwn() }
        }
        let options = try LedgerOptions.of(ledger, keys: keyFolder)
        let description = try reports.drawing.description(of: name)
        let settings = try ReportSettings.read(values, description)
        var demand = ReportDemand(name, language.name, try matter(description))
        demand.revealed = try matterOptions.revealed(demand, options, reports)
        let verification = noVerify ? nil : try ReportVerification(options, reports.catalogue)
        let (drawn, bytes) = try TemporaryFolder.with { folder in
            let place = hasRoomBeside(output) ? annexes.place(annexFiles, pages: folder) : nil
            let drawn = try draw(demand, settings, options, reports, verification, place)
            return (drawn, try write(drawn.xml, of: name, reports, to: output))
        }
        if output != "-" { Console.error("wrote \(output)") }
        if let verification, try !verification.verification().isSound {
            Console.error(
                "aidledger: the ledger is NOT SOUND, and the report says so; `aidledger verify` tells "
                    + "what is wrong" + (issue ? ". The report was not issued." : ""))
            throw ExitCode(Status.answerIsNo.rawValue)
        }
        if issue { try record(drawn, sha256: FileDigest.sha256(bytes), options, reports) }
    }

    /// A report's XML, and what it was drawn from.
    private struct Drawn {
        let xml: ReportXML
        let request: ReportRequest
        let size: Int64
        let rootHash: String
    }

    /// What the report is about, where it is no year.
    private func matter(_ report: ReportDescription) throws -> ReportMatter? {
        switch report.scope {
        case .matter:
            guard year == nil, area == nil, let matter = matterOptions.matter else {
                throw UsageError(
                    "\(report.name) is about a case or a subject, and of no year or area: --case "
                        + "ID, or --subject person:p:…, institution:CODE, account:a:…, operator:ID")
            }
            return matter
        case .year:
            guard !matterOptions.isGiven, year != nil else {
                throw UsageError("\(report.name) is of a year: --year 2023")
            }
            return nil
        }
    }

    private func draw(
        _ demand: ReportDemand, _ settings: [String: Int64], _ ledger: LedgerOptions,
        _ reports: ReportHome, _ verification: ReportVerification?, _ place: AnnexPlace?
    ) throws -> Drawn {
        try reports.read(ledger, size: size, for: demand) { snapshot in
            var request = ReportRequest(
                name: demand.name, scope: try scope(demand, snapshot, reports),
                language: language.name, drawnAt: Surroundings.system.now(),
                drawnBy: "aidledger \(Program.version)")
            request.settings = settings
            let described = ReportedLedger(snapshot, ledger.paths, verification)
            return Drawn(
                xml: try reports.drawing.draw(
                    request, of: described, snapshot, annexes: place), request: request,
                size: described.size, rootHash: described.rootHash)
        }
    }

    private func scope(
        _ demand: ReportDemand, _ snapshot: LedgerSnapshot, _ reports: ReportHome
    ) throws -> ReportScope {
        if let matter = demand.matter { return .matter(matter) }
        let area = try area ?? snapshot.area()
        if reports.areas.isUnknown(area) {
            Console.error(
                "aidledger: ledger/areas.tsv has no area \(area); it is shown by its number")
        }
        return .year(year ?? 0, area: area)
    }

    /// Puts the finished report on the ledger, and signs where the key is at hand.
    private func record(
        _ drawn: Drawn, sha256: String, _ ledger: LedgerOptions, _ reports: ReportHome
    ) throws {
        let seq = try LedgerRegistrar(
            ledger.paths, catalogue: reports.catalogue, surroundings: .system
        ).issue(
            report: drawn.request.name, parameters: parameters(drawn.request), size: drawn.size,
            rootHash: drawn.rootHash, sha256: sha256, operator: author.name)
        Console.error("issued in entry \(grouped(seq))")
        do {
            _ = try LedgerSigner(ledger.paths).sign(with: try ledger.readableKeyRing())
        } catch StoreError.missingKey {
            Console.error(
                "aidledger: the signing key is not at hand; sign a checkpoint with `aidledger checkpoint`"
            )
        }
    }

    /// - Returns: the file's bytes; none where it is a folder.
    private func write(
        _ xml: ReportXML, of name: String, _ reports: ReportHome, to output: String
    ) throws -> [UInt8] {
        let drawing = reports.drawing
        let bytes: [UInt8]
        switch format {
        case .csv:
            try ReportFolder(path: output).write(
                drawing.csv(xml.bytes, of: name), mode: fileMode,
                others: xml.annexes.map { annex in
                    let write = { try drawing.writeCSV(annex, of: name, to: $0, mode: fileMode) }
                    return (drawing.csvName(of: annex), write)
                })
            return []
        case .html: bytes = try drawing.html(xml.bytes, of: name)
        case .pdf:
            bytes = try PDFEngine.pdf(of: drawing.html(xml.bytes, of: name), by: pdfEngine)
        case .xlsx: bytes = try drawing.xlsx(xml.bytes, of: name)
        case .xml: bytes = xml.bytes
        }
        if hasRoomBeside(output) { try writeAnnexes(xml.annexes, of: name, drawing) }
        try TextFile.write(bytes, to: output, mode: fileMode)
        return bytes
    }

    /// Not beside standard output, a device or a pipe.
    private func hasRoomBeside(_ output: String) -> Bool {
        var status = stat()
        guard output != "-", stat(output, &status) == 0 else { return output != "-" }
        return [S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT)
    }

    private var annexes: AnnexFolder { AnnexFolder(beside: output ?? "") }

    /// A PDF has its annexes as workbooks: nobody reads thousands of sheets of paper.
    private var annexFiles: AnnexPlace.Files {
        switch format {
        case .html, .xml: .pages(extension: format.rawValue)
        case .xlsx, .pdf: .whole(extension: "xlsx", isLinked: format == .xlsx)
        case .csv: .joined
        }
    }

    private func writeAnnexes(
        _ found: [Annex], of name: String, _ drawing: ReportDrawing
    ) throws {
        guard !found.isEmpty else { return try annexes.replace(with: nil) }
        let bar = ProgressBar("annexes")
        var done = 0
        let count = found.reduce(0) { $0 + $1.pages.count }
        try annexes.replace { folder in
            for annex in found {
                if case .whole(let ending, _) = annexFiles {
                    let path = "\(folder)/\(annex.table).\(ending)"
                    try AnnexPlace.write([], to: path, mode: fileMode)
                    try drawing.writeWorkbook(annex, of: name, to: path)
                    done += annex.pages.count
                    bar.show(Int64(done), of: Int64(count), count: done, unit: "pages")
                    continue
                }
                for page in annex.pages {
                    let xml = try annex.bytes(page)
                    let stem = URL(fileURLWithPath: page).deletingPathExtension().lastPathComponent
                    try AnnexPlace.write(
                        format == .html ? drawing.html(xml, of: name) : xml,
                        to: "\(folder)/\(stem).\(format.rawValue)", mode: fileMode)
                    done += 1
                    bar.show(Int64(done), of: Int64(count), count: done, unit: "pages")
                }
            }
        }
        bar.finish()
        Console.error("wrote \(annexes.path)")
    }

    /// A dossier holds health data, and perhaps names.
    private var fileMode: UInt32 { matterOptions.isGiven ? 0o600 : 0o644 }

    private func parameters(_ request: ReportRequest) -> [String: QueryValue] {
        let about: [String: QueryValue] =
            switch request.scope {
            case .year(let year, let area): ["year": .integer(Int64(year)), "area": .text(area)]
            case .matter(let matter): ["matter": .text(matter.description)]
            }
        let common: [String: QueryValue] = [
            "language": .text(request.language), "format": .text(format.rawValue),
            "drawnAt": .text(request.drawnAt.description),
        ]
        return common.merging(about) { first, _ in first }.merging(
            request.settings.mapValues { .integer($0) }
        ) { first, _ in first }
    }
}

extension PDFEngine: ExpressibleByArgument {}
