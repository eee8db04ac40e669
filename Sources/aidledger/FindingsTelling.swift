internal import AidRecords
internal import Findings
internal import LedgerCore
internal import LedgerSQLite

/// What detectors found, for people and for programs.
struct FindingsTelling {
    private let result: DetectorRun.Result
    private let filter: FindingFilter
    private let since: Int64?
    private let wording: FigureWording
    private let isVerified: Bool
    private let hasTimings: Bool
    /// By the detector's id: its findings after filters, and those that are gone.
    private let told: [(outcome: DetectorRun.Outcome, compared: [FindingComparison.Compared])]

    init(
        _ result: DetectorRun.Result, _ filter: FindingFilter, since: Int64?, earlier: [Finding]?,
        _ wording: FigureWording, isVerified: Bool, hasTimings: Bool
    ) {
        self.result = result
        self.filter = filter
        self.since = since
        self.wording = wording
        self.isVerified = isVerified
        self.hasTimings = hasTimings
        let before = Dictionary(grouping: earlier ?? [], by: \.rule)
        told = result.outcomes.map { outcome in
            let compared = FindingComparison(
                earlier: before[outcome.detector.id] ?? [], now: outcome.yield.findings)
            return (outcome, compared.admitted(by: filter))
        }
    }

    /// Whether one of this grade or a worse one is open.
    func hasOpen(_ grade: Detector.Grade) -> Bool {
        told.contains { _, compared in
            compared.contains {
                isPresent($0) && $0.finding.state == .open && $0.finding.grade <= grade
            }
        }
    }

    /// Found now, and by the filter as it is now.
    private func isPresent(_ compared: FindingComparison.Compared) -> Bool {
        compared.change != .gone && filter.admits(compared.finding)
    }

    func tell(_ format: FindingsCommand.Format) {
        switch format {
        case .json: tellJSON()
        case .csv: tellCSV()
        case .table: tellTable()
        }
    }

    private func summary(
        _ outcome: DetectorRun.Outcome, _ compared: [FindingComparison.Compared]
    ) -> FindingSummary {
        FindingSummary(
            outcome.detector, examined: outcome.examined,
            findings: compared.filter(isPresent).map(\.finding),
            missing: outcome.yield.missing, failure: outcome.failure)
    }

    // MARK: For programs

    private func tellJSON() {
        for (outcome, compared) in told {
            for one in compared {
                Console.output(
                    bytes: FindingLine.text(
                        one.finding, outcome.detector, outcome.parameters,
                        compared: since == nil ? nil : one, wording.pick))
            }
        }
        for (outcome, compared) in told {
            let spent = outcome.duration.components
            let milliseconds = spent.seconds * 1_000 + spent.attoseconds / 1_000_000_000_000_000
            Console.output(
                bytes: FindingLine.text(
                    summary(outcome, compared), wording, isVerified: isVerified,
                    milliseconds: hasTimings ? milliseconds : nil))
        }
    }

    private func tellCSV() {
        let table = FindingTable(isComparing: since != nil, wording.pick)
        Console.output(bytes: table.head)
        for (outcome, compared) in told {
            for one in compared {
                Console.output(
                    bytes: table.row(
                        one.finding, outcome.detector, outcome.parameters, one))
            }
        }
    }

    // MARK: For people

    private func tellTable() {
        let width = told.map(\.outcome.detector.id.count).max() ?? 0
        for (outcome, compared) in told {
            let id = outcome.detector.id
            let padding = String(repeating: " ", count: width - id.count)
            Console.output("\(id)\(padding)  \(summaryText(summary(outcome, compared), outcome))")
        }
        for (outcome, compared) in told {
            for one in compared where since == nil || one.change != .unchanged {
                Console.output("")
                text.lines(one, outcome.detector).forEach(Console.output)
            }
        }
        Console.output("")
        Console.output(total)
    }

    /// What a filter leaves out was found all the same.
    private func nothing(_ found: Int) -> String {
        found == 0
            ? say("未发现", "nothing found")
            : say(
                "发现 \(grouped(Int64(found))) 项，均不在筛选范围内",
                "none of \(grouped(Int64(found))) passes the filter")
    }

    private func say(_ chinese: String, _ english: String) -> String {
        wording.isChinese ? chinese : english
    }

    private var text: FindingText { FindingText(wording: wording, isComparing: since != nil) }

    private var comma: String { say("；", "; ") }

    private func summaryText(
        _ summary: FindingSummary, _ outcome: DetectorRun.Outcome
    ) -> String {
        let title = wording.pick(summary.detector.title)
        if summary.failure != nil {
            return printable("\(title): ") + say("无法运行", "could not be run")
        }
        var parts = [
            say("查 \(grouped(summary.examined)) 条", "looked at \(grouped(summary.examined))")
        ]
        parts += Detector.Grade.allCases.compactMap { grade in
            summary.counts[grade].map { "\(wording.pick(grade.words)) \(grouped($0))" }
        }
        if summary.counts.isEmpty { parts.append(nothing(outcome.yield.findings.count)) }
        if let amount = summary.amount {
            parts.append(say("涉及 \(Fen(amount)) 元", "\(Fen(amount)) yuan"))
        }
        parts += summary.missing.prefix(3).map { missing in
            say("缺", "lacking ") + printable(LackWording.text(missing.code, wording))
                + (missing.count > 1 ? " (\(grouped(missing.count)))" : "")
        }
        if summary.missing.count > 3 {
            parts.append(
                say(
                    "另缺 \(grouped(summary.missing.count - 3)) 项",
                    "and \(grouped(summary.missing.count - 3)) more"))
        }
        return printable(title) + say("：", ": ") + parts.joined(separator: comma)
    }

    private var total: String {
        let all = told.flatMap(\.compared)
        guard let since else {
            return say("共 ", "") + wording.counted(Int64(all.count), zh: "项", "finding", "findings")
                + say("（", " at ")
                + wording.counted(result.size, zh: "条记录时）", "entry", "entries")
        }
        let counts = FindingChange.allCases.map { change in
            "\(text.change(change)) \(grouped(all.count { $0.change == change }))"
        }
        return say(
            "自 \(grouped(since)) 条记录以来：",
            "since \(wording.counted(since, zh: "", "entry", "entries")): ")
            + counts.joined(separator: say("，", ", "))
    }
}
