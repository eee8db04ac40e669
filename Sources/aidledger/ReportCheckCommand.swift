internal import AidRecords
internal import ArgumentParser
internal import LedgerCore
internal import LedgerSQLite
internal import Reporting

struct ReportCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Say whether a drawn report still stands.",
        discussion: """
            Any report's file: whether it is the one that was issued (`--issue`), by its SHA-256. \
            A report's XML: it is drawn again as of the size that it was drawn from, however far the \
            ledger has grown, and each figure is compared, in the report and in the pages of \
            annexes beside it. Status 0 where all stands, 1 where not.
            """)

    @Argument(help: "The report's file.", completion: .file())
    var report: String

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var templates: TemplateOptions
    @OptionGroup var home: HomeOptions
    @OptionGroup var json: JSONOption

    @Flag(help: "Do not verify the ledger first.")
    var noVerify = false

    func run() throws {
        let reports = try ReportHome(home, layers: templates.folders)
        let bytes = try DrawnReportFile.bytes(report)
        var answer = Answer()
        let sha256 = FileDigest.sha256(bytes)
        answer.sha256 = sha256
        answer.issues = try reports.read(ledger, size: nil, for: nil) {
            try IssuedReport.all(ofFile: sha256, $0)
        }
        if DrawnReportFile.isXML(bytes) {
            let verification = noVerify ? nil : try ReportVerification(ledger, reports.catalogue)
            let drawn = try reports.drawing.read(bytes)
            templates.tellOfMissing(drawn)
            answer.annexes = try AnnexCheck(of: drawn, at: report, reports.drawing)
            answer.figures = try comparison(drawn, reports)
            answer.isSound = try verification?.verification().isSound
        }
        json.isWanted ? Console.output(json: answer.object) : answer.lines.forEach(Console.output)
        guard answer.stands else { throw ExitCode(Status.answerIsNo.rawValue) }
    }

    private func comparison(
        _ drawn: DrawnReport, _ reports: ReportHome
    ) throws -> FigureComparison {
        try reports.read(ledger, size: drawn.size, for: ReportDemand(drawn)) {
            snapshot in
            try DrawnReportFile.requireSameLedger(drawn, snapshot)
            let again = try TemporaryFolder.with { folder in
                let isApart = drawn.hasAnnexes || drawn.page != nil
                return try reports.drawing.draw(
                    drawn.request, of: ReportedLedger(snapshot, ledger.paths, nil), snapshot,
                    annexes: isApart
                        ? AnnexFolder(beside: report).place(.joined, pages: folder) : nil)
            }
            return FigureComparison(drawn, try reports.drawing.read(again.bytes))
        }
    }

    /// What is told.
    private struct Answer {
        var sha256 = ""
        var issues: [IssuedReport] = []
        /// Nil for what is no XML.
        var figures: FigureComparison?
        /// Likewise.
        var annexes: AnnexCheck?
        /// Nil where the ledger was not verified.
        var isSound: Bool?

        var stands: Bool {
            guard let figures else { return !issues.isEmpty }
            return figures.stands && annexes?.stands != false && isSound != false
        }

        var lines: [String] {
            var lines = issues.map {
                "issued in entry \(grouped($0.seq)) at \($0.recordedAt) by \($0.operator): "
                    + "\($0.report) \($0.parameters), of \(grouped($0.size)) entries"
            }
            if issues.isEmpty {
                lines.append("not issued: no `report.issued` names this file (SHA-256 \(sha256))")
            }
            guard let figures else { return lines.map(printable) }
            lines += figures.sources.map { "drawn with another \($0)" }
            lines += figures.differences.map(\.text)
            lines.append(
                figures.stands
                    ? "all \(grouped(Int64(figures.count))) figures stand"
                    : "\(grouped(Int64(figures.differences.count))) of "
                        + "\(grouped(Int64(figures.count))) figures do not stand")
            lines += annexes?.lines ?? []
            switch isSound {
            case true?: lines.append("the ledger is sound")
            case false?: lines.append("the ledger is NOT SOUND: `aidledger verify` says more")
            case nil: lines.append("the ledger was not verified")
            }
            return lines.map(printable)
        }

        var object: [String: Any] {
            var object: [String: Any] = [
                "sha256": sha256, "stands": stands,
                "issues": issues.map { issue -> [String: Any] in
                    [
                        "seq": issue.seq, "recordedAt": issue.recordedAt,
                        "operator": issue.operator, "report": issue.report,
                        "parameters": issue.parameters, "size": issue.size,
                        "rootHash": issue.rootHash,
                    ]
                },
            ]
            if let isSound { object["sound"] = isSound }
            if let annexes, annexes.pages > 0 { object["annexes"] = annexes.object }
            if let figures {
                object["figures"] = figures.count
                object["differences"] = figures.differences.map(\.text)
                object["otherSources"] = figures.sources
            }
            return object
        }
    }
}
