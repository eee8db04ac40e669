internal import AidRecords

/// A trace as one HTML file that needs nothing else: what is traced, a drawn timeline and network,
/// and every entry and link they are made from.
package struct TraceHTML {
    private let trace: SubjectTrace
    private let word: TraceWording
    private var html = HTMLWriter()

    private init(_ trace: SubjectTrace, _ word: TraceWording) {
        self.trace = trace
        self.word = word
    }

    package static func text(_ trace: SubjectTrace, _ word: TraceWording) -> String {
        var page = TraceHTML(trace, word)
        page.head()
        page.overview()
        page.findings()
        page.timeline()
        page.network()
        page.html.end()
        return page.html.text
    }

    private mutating func head() {
        let title = word("追踪：", "Trace: ") + word.title(trace.start)
        html.begin(title: title, language: word.language)
        html.element("h1", [:], title)
        if case .subject(let subject) = trace.start, let label = trace.labels[subject] {
            html.element("p", ["class": "strong"], label)
        }
        if trace.merged.count > 1 {
            html.element(
                "p", ["class": "code"],
                word("合并为一人的代号：", "One person, merged: ")
                    + trace.merged.joined(separator: ", "))
        }
        html.element("p", ["class": "origin"], word.ledger(trace.origin))
        revealed()
        for note in trace.notes { html.element("p", ["class": "note"], word(note)) }
        html.element(
            "p", ["class": "note"],
            word(
                "关联和疑点说明何处需要查看，并不证明任何人有过错。人员以代号表示；本件含有健康信息，仅供履行职责的人员使用。",
                "Links and findings say where to look; they prove nobody's guilt. Persons stand under pseudonyms; this page holds health data and is for those on duty only."
            ))
    }

    private mutating func revealed() {
        guard !trace.revealed.isEmpty else { return }
        html.element(
            "h2", [:], word("已查看的身份资料（查看已记入账本）", "Particulars shown (recorded on the ledger)"))
        let rows = trace.revealed.sorted { $0.key < $1.key }.flatMap { pseudonym, fields in
            fields.map { [pseudonym, $0.field, $0.value] }
        }
        html.table(
            [
                (word("代号", "Pseudonym"), "code"), (word("项目", "Particular"), ""),
                (word("内容", "Value"), ""),
            ], rows)
    }

    private mutating func overview() {
        html.element("h2", [:], word("概览", "Overview"))
        let rows = trace.totals.map { total in
            [
                word.kind(total.kind), grouped(total.count),
                total.ofOthers == 0 ? "" : grouped(total.ofOthers),
                total.reversed == 0 ? "" : grouped(total.reversed),
                total.amountFen == 0 ? "" : "\(Fen(total.amountFen))",
            ]
        }
        html.table(
            [
                (word("种类", "Kind"), ""), (word("有效", "Standing"), "number"),
                (word("兼涉他人", "Of others too"), "number"),
                (word("已冲正", "Reversed"), "number"), (word("金额（元）", "Yuan"), "number"),
            ], rows)
        html.element(
            "p", ["class": "note"],
            word(
                "金额为有效记录中只涉及该对象的数额合计；经其他记录关联而涉及多笔记录或他人的（如同批清算、转诊后在他处的结算），另行计数，不计金额。",
                "Amounts are those of standing entries that concern it alone; entries reached "
                    + "through others that stand for many or for somebody else, as a clearing of "
                    + "many claims or a settlement elsewhere after a referral, are counted apart "
                    + "and without their amounts."))
    }

    private mutating func findings() {
        html.element("h2", [:], word("疑点", "Findings"))
        guard trace.hasFindings else {
            html.element("p", [:], word("未查疑点。", "They were not looked up."))
            return
        }
        guard !trace.findings.isEmpty else {
            html.element("p", [:], word("没有疑点。", "None."))
            return
        }
        html.table(
            [
                (word("编号", "Id"), "code"), (word("等级", "Grade"), ""),
                (word("状态", "State"), ""), (word("名称", "Title"), ""),
                (word("记录", "Entries"), ""),
            ],
            trace.findings.map { finding, entries in
                [
                    finding.id, word.grade(finding.grade), word(finding.state.words),
                    word(finding.title),
                    entries.map(String.init).joined(separator: ", "),
                ]
            })
    }

    private mutating func timeline() {
        html.element("h2", [:], word("时间线", "Timeline"))
        if let drawing = TimelineDrawing(trace, word) {
            html.open("figure")
            drawing.write(to: &html)
            html.element(
                "figcaption", [:],
                word(
                    "每一竖线为有记录的一日，越高记录越多；虚线为已冲正；黑三角为有疑点。",
                    "A stroke is a day with entries, taller for more; dashed: reversed; a black triangle: findings."
                ))
            html.close("figure")
        }
        let heads = [
            (word("记录", "Entry"), "number"), (word("日期", "Day"), "day"),
            (word("种类", "Kind"), ""), (word("地区", "Area"), "day"),
            (word("金额（元）", "Yuan"), "number"), (word("判定", "Verdict"), ""),
            (word("所涉", "Names"), ""), (word("经办人", "Entered by"), "code"),
            (word("疑点", "Findings"), "code"),
        ]
        html.table(heads, trace.entries.map(cells))
    }

    private func cells(_ entry: TraceEntry) -> [String] {
        var kind = word.kind(entry.kind)
        if entry.isReversed { kind = word("（已冲正）", "(reversed) ") + kind }
        if let through = entry.through { kind += " → \(through)" }
        let own = Set(trace.merged)
        let names = entry.subjects.filter { subject in
            trace.start != .subject(subject) && !own.contains(subject.id)
        }
        return [
            String(entry.seq), entry.day.description, kind, entry.area,
            word.amount(entry.amountFen), entry.verdict.map { word.verdict($0) } ?? "",
            names.map { word.brief($0, trace.labels) }.joined(separator: ", "), entry.enteredBy,
            entry.findings.map(\.id).joined(separator: " "),
        ]
    }

    private mutating func network() {
        html.element("h2", [:], word("关联", "Links"))
        let pairs = TracePair.all(trace.links.links)
        if let drawing = NetworkDrawing(trace, word) {
            html.open("figure")
            drawing.write(to: &html)
            var caption = word(
                "左起：追踪对象，共有的事物，关联者；再右为隔一层的关联。",
                "From the left: the subject, what is shared, those who share it; then the second step."
            )
            if drawing.left > 0 {
                let rest = grouped(drawing.left)
                caption += word(
                    "另有 \(rest) 对未画出，见下表。", " \(rest) more pairs are not drawn; the table has them."
                )
            }
            html.element("figcaption", [:], caption)
            html.close("figure")
        } else {
            html.element("p", [:], word("没有关联者。", "Nobody is linked."))
        }
        if !pairs.isEmpty { table(pairs) }
        hubs()
    }

    /// More rows than these are for programs.
    private static let rowsMax = 1_000

    private mutating func table(_ pairs: [TracePair]) {
        let rows = pairs.prefix(TraceHTML.rowsMax).flatMap { pair in
            pair.links.map { link in
                [
                    String(pair.step), word.brief(pair.first, trace.labels),
                    word.full(pair.second, trace.labels),
                    word.shared(link.shared?.kind),
                    link.shared.map { word.brief($0, trace.labels) } ?? "",
                    word.entries(link.firstEntries), word.entries(link.secondEntries),
                ]
            }
        }
        html.table(
            [
                (word("层", "Step"), "number"), (word("从", "From"), ""),
                (word("关联者", "Linked"), "code"), (word("关联", "By"), ""),
                (word("共有", "Shared"), ""), (word("前者的记录", "Entries of the one"), ""),
                (word("后者的记录", "Entries of the other"), ""),
            ], Array(rows))
        if pairs.count > TraceHTML.rowsMax {
            let rest = grouped(pairs.count - TraceHTML.rowsMax)
            html.element(
                "p", ["class": "note"],
                word(
                    "另有 \(rest) 对未列出；--format json 全部列出。",
                    "\(rest) more pairs are not listed; --format json lists all."))
        }
    }

    private mutating func hubs() {
        guard !trace.links.hubs.isEmpty else { return }
        html.element("h2", [:], word("人数过多、未展开", "Shared by too many to be followed"))
        html.table(
            [
                (word("层", "Step"), "number"), (word("从", "From"), ""),
                (word("共有", "Shared"), ""), (word("数量", "How many"), "number"),
            ],
            trace.links.hubs.map { hub in
                [
                    String(hub.step), hub.from.map { word.brief($0, trace.labels) } ?? "",
                    "\(word.kind(hub.shared.kind)) \(word.brief(hub.shared, trace.labels))",
                    word.several(hub.count, hub.of),
                ]
            })
    }
}
