internal import AidRecords

/// A trace for a terminal: lines of text, columns aligned.
package struct TraceText {
    private let trace: SubjectTrace
    private let word: TraceWording
    private var lines: [String] = []

    /// More pairs than these are counted, not shown.
    private static let pairsMax = 40

    private init(_ trace: SubjectTrace, _ word: TraceWording) {
        self.trace = trace
        self.word = word
    }

    /// The lines, each without a line feed and without anything that gives orders to a terminal.
    package static func lines(_ trace: SubjectTrace, _ word: TraceWording) -> [String] {
        var text = TraceText(trace, word)
        text.head()
        text.timeline()
        text.findings()
        text.links()
        return text.lines
    }

    private mutating func head() {
        var title = word.title(trace.start)
        if case .subject(let subject) = trace.start, let label = trace.labels[subject] {
            title += "  \(printable(label))"
        }
        lines.append(title)
        lines.append(
            "  " + word("账本", "ledger") + " \(printable(trace.origin.name)), "
                + word(
                    "共 \(grouped(trace.origin.size)) 条记录",
                    "\(grouped(trace.origin.size)) entries")
                + ", \(trace.origin.rootHash.prefix(16))…")
        if trace.merged.count > 1 {
            lines.append(
                "  "
                    + word("合并为一人的代号：", "one person, merged: ")
                    + trace.merged.joined(separator: ", "))
        }
        for (pseudonym, fields) in trace.revealed.sorted(by: { $0.key < $1.key }) {
            let shown = fields.map { "\($0.field) \(printable($0.value))" }
            lines.append("  \(word.short(pseudonym))  " + shown.joined(separator: "  "))
        }
        for note in trace.notes { lines.append("  " + word(note)) }
        lines.append("")
    }

    private mutating func timeline() {
        let header = [
            word("记录", "entry"), word("日期", "day"), word("种类", "kind"),
            word("地区", "area"), word("金额（元）", "yuan"), word("判定", "verdict"),
            word("所涉", "names"), word("疑点", "findings"),
        ]
        var cells = trace.entries.map(TraceText.cells(trace, word))
        cells.insert(header, at: 0)
        lines += TraceText.table(cells, alignedRight: [0, 4])
        lines.append(
            word("共 \(grouped(trace.entries.count)) 条", "\(grouped(trace.entries.count)) entries"))
    }

    /// The cells of one entry's line.
    private static func cells(
        _ trace: SubjectTrace, _ word: TraceWording
    ) -> (TraceEntry) -> [String] {
        var own: Set<TraceSubject> = Set(trace.merged.map { TraceSubject(.person, $0) })
        if case .subject(let subject) = trace.start { own.insert(subject) }
        return { entry in
            var kind = word.kind(entry.kind)
            if entry.isReversed { kind = word("（已冲正）", "(reversed) ") + kind }
            if let through = entry.through { kind += " → \(through)" }
            let names = entry.subjects.filter { !own.contains($0) }.map {
                word.brief($0, trace.labels)
            }
            return [
                String(entry.seq), entry.day.description, kind, printable(entry.area),
                word.amount(entry.amountFen), entry.verdict.map { word.verdict($0) } ?? "",
                names.joined(separator: ", "),
                entry.findings.map { printable($0.id) }.joined(separator: " "),
            ]
        }
    }

    /// Lines of cells, two columns apart; trailing blanks are left out.
    package static func table(_ rows: [[String]], alignedRight: Set<Int>) -> [String] {
        let sizes = rows.map { $0.map(terminalWidth(of:)) }
        var widths: [Int] = []
        for row in sizes {
            for (column, size) in row.enumerated() {
                if column == widths.count { widths.append(0) }
                widths[column] = max(widths[column], size)
            }
        }
        return zip(rows, sizes).map { row, sizes in
            var line = ""
            // Blanks stand in front of what comes next, so that none trail.
            var blanks = 0
            for (column, cell) in row.enumerated() where widths[column] > 0 {
                if column > 0, !line.isEmpty || blanks > 0 { blanks += 2 }
                let gap = widths[column] - sizes[column]
                if alignedRight.contains(column) { blanks += gap }
                if !cell.isEmpty {
                    line += String(repeating: " ", count: blanks)
                    line += cell
                    blanks = 0
                }
                if !alignedRight.contains(column) { blanks += gap }
            }
            while line.last == " " { line.removeLast() }
            return line
        }
    }

    private mutating func findings() {
        guard trace.hasFindings else {
            lines.append(word("未查疑点", "findings were not looked up"))
            return
        }
        guard !trace.findings.isEmpty else {
            lines.append(word("没有疑点", "no findings"))
            return
        }
        lines += ["", word("疑点", "Findings")]
        let rows = trace.findings.map { finding, entries in
            [
                "", printable(finding.id), word.grade(finding.grade), word(finding.state.words),
                printable(word(finding.title)),
                word("记录 ", "entries ") + word.entries(entries),
            ]
        }
        lines += TraceText.table(rows, alignedRight: []).map { "  " + $0 }
    }

    private mutating func links() {
        let pairs = TracePair.all(trace.links.links)
        for step in Set(pairs.map(\.step)).sorted() {
            let ofStep = pairs.filter { $0.step == step }
            lines += [
                "", step == 1 ? word("直接关联", "Linked") : word("隔一层关联", "Linked at two steps"),
            ]
            for pair in ofStep.prefix(TraceText.pairsMax) { lines += told(pair) }
            if ofStep.count > TraceText.pairsMax {
                let rest = grouped(ofStep.count - TraceText.pairsMax)
                lines.append(
                    "  … "
                        + word(
                            "另有 \(rest) 对，--format json 全部列出",
                            "and \(rest) more pairs; --format json lists all"))
            }
        }
        guard !trace.links.hubs.isEmpty else { return }
        lines += ["", word("人数过多、未展开", "Shared by too many to be followed")]
        lines += TraceText.table(trace.links.hubs.map(cells), alignedRight: []).map { "  " + $0 }
    }

    private func told(_ pair: TracePair) -> [String] {
        let from =
            pair.step == 1 ? "" : "\(word.brief(pair.first, trace.labels)) ― "
        let head =
            "  \(from)\(word.kind(pair.second.kind)) \(word.full(pair.second, trace.labels))"
        return [head]
            + pair.links.map { link in
                let what = link.shared.map { " " + word.brief($0, trace.labels) } ?? ""
                let entries = [link.firstEntries, link.secondEntries].filter { !$0.isEmpty }
                    .map { word.entries($0) }.joined(separator: " | ")
                return "    \(word.shared(link.shared?.kind))\(what): "
                    + word("记录 ", "entries ") + entries
            }
    }

    private func cells(_ hub: TraceHub) -> [String] {
        [
            hub.from.map { word.brief($0, trace.labels) } ?? "",
            "\(word.kind(hub.shared.kind)) \(word.brief(hub.shared, trace.labels))",
            word.several(hub.count, hub.of),
        ]
    }
}
