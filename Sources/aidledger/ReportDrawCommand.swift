internal import AidRecords
internal import ArgumentParser
internal import Foundation
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

    @Option(
        name: .customLong("format"),
        help: """
            html, pdf, xlsx, csv (a folder, with a file for each table) or xml (default: what the \
            ending of -o says, else html).
            """)
    var chosenFormat: ReportFormat?

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
        if let ending, ending != format {
            throw ValidationError(
                "-o ends in .\(ending.rawValue), and --format is \(format.rawValue).")
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

    private var format: ReportFormat { chosenFormat ?? ending ?? .html }

    /// What the output's name says that it is.
    private var ending: ReportFormat? {
        guard let output else { return nil }
        let ending = URL(fileURLWithPath: output).pathExtension.lowercased()
        return ReportFormat(rawValue: ending == "htm" ? "html" : ending)
    }

    func run() throws {
        let reports = try ReportHome(home, layers: templates.folders)
        let telling = ReportTelling(reports.drawing, language, isJSON: json.isWanted)
        if list { return try telling.list() }
        if let explain { return try telling.explain(explain) }
        guard let name, let ledger, let output else { return }
        // A dossier holds health data, and perhaps names.
        let file = ReportFile(
            path: output, format: format, pdfEngine: pdfEngine,
            mode: matterOptions.isGiven ? 0o600 : 0o644)
        try file.requireRoom()
        let options = try LedgerOptions.of(ledger, keys: keyFolder)
        let description = try reports.drawing.description(of: name)
        let settings = try ReportSettings.read(values, description)
        var demand = ReportDemand(name, language.name, try matter(description))
        demand.revealed = try matterOptions.revealed(demand, options, reports)
        let verification = noVerify ? nil : try ReportVerification(options, reports.catalogue)
        let (drawn, bytes) = try ReportVerification.explaining(verification) {
            try draw(demand, settings, options, reports, verification, to: file)
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

    /// What a report was drawn from.
    private struct Drawn {
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
        _ reports: ReportHome, _ verification: ReportVerification?, to file: ReportFile
    ) throws -> (Drawn, [UInt8]) {
        try reports.read(ledger, size: size, for: demand, verification) { snapshot in
            var request = ReportRequest(
                name: demand.name, scope: try scope(demand, snapshot, reports),
                language: language.name, drawnAt: Surroundings.system.now(),
                drawnBy: "aidledger \(Program.version)")
            request.settings = settings
            let described = ReportedLedger(snapshot, ledger.paths, verification)
            let bytes = try file.write(of: demand.name, reports.drawing) {
                let report = try reports.drawing.draw(
                    request, of: described, snapshot, annexes: $0)
                if report.isBlank { tellBlank(request.scope) }
                return report
            }
            let drawn = Drawn(
                request: request, size: described.size, rootHash: described.rootHash)
            return (drawn, bytes)
        }
    }

    /// Another year or area may have been meant.
    private func tellBlank(_ scope: ReportScope) {
        guard case .year(let year, let area) = scope else { return }
        Console.error(
            "aidledger: the report is blank: no record stands behind any figure of \(year) and area "
                + "\(area)")
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
