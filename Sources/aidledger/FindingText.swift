internal import AidRecords
internal import Findings
internal import LedgerCore

/// One finding in words.
struct FindingText {
    let wording: FigureWording
    /// Whether two states of the ledger are compared.
    let isComparing: Bool

    private func say(_ chinese: String, _ english: String) -> String {
        wording.isChinese ? chinese : english
    }

    private var comma: String { say("；", "; ") }

    func lines(_ one: FindingComparison.Compared, _ detector: Detector) -> [String] {
        let finding = one.finding
        var about = finding.subjects.map { "\(wording.pick($0.type.words)) \($0.text)" }
        about += zip(detector.figures, finding.figures).filter { $1.value != .null }
            .map { "\(wording.pick($0.words)) \(wording.text($1, as: $0))" }
        var lines = [
            head(one, detector), "    " + about.joined(separator: comma),
            "    " + wording.entries(finding.entries),
        ]
        if let earlier = one.earlier { lines.append("    " + was(finding, earlier)) }
        lines += finding.notes.map { note in
            "    \(wording.pick(note.words))" + say("（", " (") + wording.entries(note.entries)
                + say("）", ")")
        }
        lines += finding.provisions.map { "    \($0.rulebook) \($0.rule) 「\($0.quote)」" }
        return lines.filter { $0 != "    " }.map(printable)
    }

    private func head(_ one: FindingComparison.Compared, _ detector: Detector) -> String {
        let finding = one.finding
        var head = [
            "\(finding.id)", wording.pick(finding.grade.words), wording.pick(detector.title),
            finding.area, finding.day?.description ?? "-",
        ]
        if let amount = finding.amount { head.append(yuan(amount)) }
        head.append(wording.pick(finding.state.words))
        if isComparing { head.append(change(one.change)) }
        return head.joined(separator: "  ")
    }

    private func yuan(_ amount: Int64) -> String { say("\(Fen(amount))元", "\(Fen(amount)) yuan") }

    /// What was told otherwise.
    private func was(_ finding: Finding, _ earlier: Finding) -> String {
        var was: [String] = []
        if finding.grade != earlier.grade { was.append(wording.pick(earlier.grade.words)) }
        if finding.amount != earlier.amount {
            was.append(earlier.amount.map(yuan) ?? say("无金额", "no amount"))
        }
        if finding.state != earlier.state { was.append(wording.pick(earlier.state.words)) }
        if finding.id != earlier.id { was.append(wording.entries(earlier.entries)) }
        return say("此前：", "before: ") + was.joined(separator: comma)
    }

    func change(_ change: FindingChange) -> String {
        switch change {
        case .new: say("新增", "new")
        case .changed: say("有变", "changed")
        case .unchanged: say("未变", "unchanged")
        case .gone: say("不再存在", "gone")
        }
    }
}
