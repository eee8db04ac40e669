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
            annexes beside it. The ledger is verified meanwhile. Status 0 where all stands, 1 where \
            not, or where the ledger is not sound.
            """)

    @Argument(help: "The report's file.", completion: .file())
    var report: String

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var templates: TemplateOptions
    @OptionGroup var home: HomeOptions
    @OptionGroup var json: JSONOption

    @Flag(help: "Do not verify the ledger.")
    var noVerify = false

    @Flag(help: "Do not look at the pages of annexes beside the report.")
    var noAnnexes = false

    func run() throws {
        let reports = try ReportHome(home, layers: templates.folders)
        let bytes = try DrawnReportFile.bytes(report)
        let drawn = DrawnReportFile.isXML(bytes) ? try reports.drawing.read(bytes) : nil
        var answer = Answer()
        let sha256 = FileDigest.sha256(bytes)
        answer.sha256 = sha256
        answer.issues = try reports.read(ledger, size: nil, for: nil) { snapshot in
            if let drawn { try DrawnReportFile.requireLedger(drawn, snapshot) }
            return try IssuedReport.all(ofFile: sha256, snapshot)
        }
        let verification = noVerify ? nil : try ReportVerification(ledger, reports.catalogue)
        if let drawn {
            templates.tellOfMissing(drawn)
            try ReportVerification.explaining(verification) {
                try compare(bytes, drawn, reports, verification, &answer)
            }
            answer.statedOutcome = drawn.outcome
            answer.isPage = drawn.page != nil
            if case .matter = drawn.scope { answer.mayNameNames = true }
        }
        answer.isSound = try verification?.verification().isSound
        json.isWanted ? Console.output(json: answer.object) : answer.lines.forEach(Console.output)
        guard answer.stands else { throw ExitCode(Status.answerIsNo.rawValue) }
    }

    /// Draws the report again, and compares the figures, all else that it says, and its annexes.
    private func compare(
        _ bytes: [UInt8], _ drawn: DrawnReport, _ reports: ReportHome,
        _ verification: ReportVerification?, _ answer: inout Answer
    ) throws {
        let drawing = reports.drawing
        let library = try drawing.stylesheets()
        try reports.read(
            ledger, size: drawn.size, for: ReportDemand(drawn), verification
        ) { snapshot in
            try DrawnReportFile.requireHistory(drawn, snapshot)
            try TemporaryFolder.with { folder in
                let isApart = drawn.hasAnnexes || drawn.page != nil
                let again = try drawing.draw(
                    drawn.request, of: ReportedLedger(snapshot, ledger.paths, nil), snapshot,
                    annexes: isApart
                        ? AnnexFolder(beside: report).place(.joined, pages: folder) : nil)
                answer.figures = FigureComparison(drawn, try drawing.read(again.bytes, library))
                let whole = try drawn.pageFile.map { try again.page($0) } ?? again.bytes
                answer.contents = try whole.map {
                    try drawing.comparison(of: bytes, with: $0, library)
                }
                if !noAnnexes {
                    answer.annexes = try AnnexCheck(
                        of: drawn, at: report, with: again, drawing, library)
                }
            }
        }
    }

    /// What is told.
    private struct Answer {
        var sha256 = ""
        var issues: [IssuedReport] = []
        /// Nil for what is no XML.
        var figures: FigureComparison?
        /// Nil too where a page is not drawn again.
        var contents: ContentComparison?
        var annexes: AnnexCheck?
        /// Of a page its cells are told, not its hash.
        var isPage = false
        /// Whether words of it may come from the vault.
        var mayNameNames = false
        /// What the report says came of verifying.
        var statedOutcome: String?
        /// Nil where the ledger was not verified.
        var isSound: Bool?

        var stands: Bool {
            guard isSound != false else { return false }
            guard let figures else { return !issues.isEmpty }
            return figures.stands && otherParts.isEmpty && annexes?.stands != false
                && !isOutcomeFalse
        }

        private var figureTexts: [String] {
            isPage && contents != nil ? [] : (figures?.differences ?? []).map(\.text)
        }

        /// It says that the ledger was not sound, and it is.
        private var isOutcomeFalse: Bool { statedOutcome == "broken" && isSound == true }

        /// What is not as it is drawn again, beside the figures that are told.
        private var otherParts: [ContentComparison.Difference] {
            let told = Set((figures?.differences ?? []).map(\.id))
            return (contents?.differences ?? []).filter { part in
                !told.contains {
                    part.element.hasPrefix("\($0) ") || part.element.hasSuffix(" \($0)")
                }
            }
        }

        var lines: [String] {
            var lines = issues.map {
                "issued in entry \(grouped($0.seq)) at \($0.recordedAt) by \($0.operator): "
                    + "\($0.report) \($0.parameters), of \(grouped($0.size)) entries"
            }
            if issues.isEmpty {
                lines.append("not issued: no `report.issued` names this file (SHA-256 \(sha256))")
            }
            guard let figures else {
                lines.append(
                    "only a report's XML (--format xml) has figures that can be compared")
                return (lines + [soundness]).map(printable)
            }
            lines += figures.sources.map { "drawn with another \($0)" }
            lines += ContentComparison.told(figureTexts)
            lines += ContentComparison.told(otherParts.map(\.text))
            lines.append(
                figures.stands
                    ? "all \(grouped(Int64(figures.count))) figures stand"
                    : isPage
                        ? "the page's figures do not stand"
                        : "\(grouped(Int64(figures.differences.count))) of "
                            + "\(grouped(Int64(figures.count))) figures do not stand")
            if !otherParts.isEmpty {
                lines.append(
                    "\(grouped(otherParts.count)) other "
                        + (otherParts.count == 1 ? "part is" : "parts are")
                        + " not what the ledger gives")
            }
            if mayNameNames {
                lines.append("names, which come from the vault, were not compared")
            }
            lines += annexes?.lines ?? []
            if isOutcomeFalse { lines.append("the report says that the ledger was not sound") }
            lines.append(soundness)
            if !stands { lines.append("the report DOES NOT STAND") }
            return lines.map(printable)
        }

        private var soundness: String {
            switch isSound {
            case true?: "the ledger is sound"
            case false?: "the ledger is NOT SOUND: `aidledger verify` says more"
            case nil: "the ledger was not verified"
            }
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
                object["differences"] =
                    figureTexts + otherParts.map(\.text)
                object["otherSources"] = figures.sources
            }
            return object
        }
    }
}
