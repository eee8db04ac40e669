internal import AidRecords
internal import Drawings

/// A money trace as one HTML file that needs nothing else.
package struct MoneyHTML {
    private let trace: MoneyTrace
    private let word: TraceWording
    private let money: MoneyWording
    private var html = HTMLWriter()

    package static func text(_ trace: MoneyTrace, _ word: TraceWording) -> String {
        var page = MoneyHTML(
            trace: trace, word: word, money: MoneyWording(word: word, labels: trace.labels))
        page.head()
        page.drawing()
        for leg in trace.legs { page.write(leg) }
        page.receipts()
        page.html.end()
        return page.html.text
    }

    private mutating func head() {
        let title = money.title(trace)
        html.begin(title: title, language: word.language)
        html.element("h1", [:], title)
        let names = trace.entry.subjects.map { word.full($0, trace.labels) }
        html.element(
            "p", ["class": "code"],
            "\(trace.entry.day)  \(trace.entry.area)  " + names.joined(separator: word("，", ", ")))
        html.element("p", ["class": "origin"], word.ledger(trace.origin))
        if trace.entry.isReversed {
            html.element("p", ["class": "note"], word("此记录已被冲正。", "This record was reversed."))
        }
        let total = word("总额 ", "Total ") + "\(Fen(trace.totalFen))"
        let balance = trace.payersFen == nil ? "" : word("；", "; ") + money.balance(trace)
        html.element("p", ["class": "strong"], total + balance)
        for total in money.totals(trace) { html.element("p", ["class": "strong"], total) }
    }

    private mutating func drawing() {
        html.open("figure")
        MoneyDrawing(trace, money).write(to: &html)
        html.element(
            "figcaption", [:],
            word(
                "左起：支付方及应付，经由账户，收款方及到账；虚线为没有到账或不追踪。",
                "From the left: who owes what, by which account, who received what; dashed: nothing arrived, or not followed."
            ))
        html.close("figure")
    }

    private mutating func write(_ leg: MoneyLeg) {
        html.element("h2", [:], "\(money.payer(leg))  \(Fen(leg.dueFen))")
        html.element("p", [:], money.arrival(leg))
        if leg.role != .afterwards {
            html.table(
                [(word("分项", "Component"), ""), (word("金额（元）", "Yuan"), "number")],
                leg.components.map { [word($0.words), "\(Fen($0.fen))"] })
        }
        if !leg.steps.isEmpty {
            html.table(
                [
                    (word("记录", "Entry"), "number"), (word("日期", "Day"), "day"),
                    (word("种类", "Kind"), ""), (word("金额（元）", "Yuan"), "number"),
                    (word("经由", "Way"), ""), (word("说明", "Details"), ""),
                ],
                leg.steps.map { step in
                    [
                        String(step.seq), step.day.description, money.kind(step),
                        "\(Fen(step.amountFen))", money.way(step), money.details(step),
                    ]
                })
        }
        for note in leg.notes { html.element("p", ["class": "note"], word(note)) }
    }

    private mutating func receipts() {
        guard !trace.receipts.isEmpty else { return }
        html.element(
            "h2", [:],
            word("资金当年收入（不对应到单笔）", "What the funds received that year (not divided among records)"))
        html.table(
            [
                (word("资金", "Fund"), ""), (word("来源", "Source"), ""),
                (word("地区", "Area"), "day"), (word("账户", "Account"), ""),
                (word("金额（元）", "Yuan"), "number"), (word("笔数", "Entries"), "number"),
            ], trace.receipts.map { MoneyText.cells($0, money) })
    }
}

/// Draws each payer's money from left to right.
struct MoneyDrawing {
    private let trace: MoneyTrace
    private let money: MoneyWording

    private static let boxWidth = 250
    private static let pitch = 52
    private static let columns = [2, 398, 792]

    init(_ trace: MoneyTrace, _ money: MoneyWording) {
        self.trace = trace
        self.money = money
    }

    func write(to html: inout HTMLWriter) {
        let height = trace.legs.count * MoneyDrawing.pitch + 6
        html.openDrawing(id: "money", width: 1046, height: height)
        html.element("title", ["id": "money-title"], money.word("资金流向", "Where the money went"))
        let text = trace.legs.map {
            "\(money.payer($0)) \(Fen($0.dueFen)): \(money.arrival($0))"
        }
        html.element("desc", ["id": "money-text"], text.joined(separator: "; "))
        for (row, leg) in trace.legs.enumerated() { write(leg, row, &html) }
        html.close("svg")
    }

    private func write(_ leg: MoneyLeg, _ row: Int, _ html: inout HTMLWriter) {
        let y = row * MoneyDrawing.pitch + 4
        let last = leg.steps.last {
            !$0.isReversed && !$0.to.isEmpty && $0.kind != "payment.returned"
        }
        box(0, y, money.payer(leg), "\(Fen(leg.dueFen))", &html)
        let arrives = (leg.arrivedMostFen ?? 0) > 0
        line(0, y, dashed: !arrives, &html)
        line(1, y, dashed: !arrives, &html)
        box(
            1, y, last.map { money.place($0.from) } ?? "–", last.map { money.kind($0) } ?? "", &html
        )
        box(2, y, last.map { money.place($0.to) } ?? "–", arrived(leg), &html)
    }

    private func arrived(_ leg: MoneyLeg) -> String {
        guard let least = leg.arrivedLeastFen, let most = leg.arrivedMostFen else {
            return money.word("不追踪", "not followed")
        }
        return least == most ? "\(Fen(least))" : "\(Fen(least))–\(Fen(most))"
    }

    private func box(
        _ column: Int, _ y: Int, _ first: String, _ second: String, _ html: inout HTMLWriter
    ) {
        let x = MoneyDrawing.columns[column]
        html.empty(
            "rect",
            [
                "class": "box", "x": "\(x)", "y": "\(y)", "width": "\(MoneyDrawing.boxWidth)",
                "height": "40",
            ])
        html.element(
            "text", ["x": "\(x + 10)", "y": "\(y + 17)"], first.cut(toWidth: 38))
        html.element(
            "text", ["class": "small", "x": "\(x + 10)", "y": "\(y + 32)"],
            second.cut(toWidth: 44))
    }

    private func line(_ column: Int, _ y: Int, dashed: Bool, _ html: inout HTMLWriter) {
        let x1 = MoneyDrawing.columns[column] + MoneyDrawing.boxWidth
        let x2 = MoneyDrawing.columns[column + 1]
        html.empty(
            "path",
            [
                "class": dashed ? "line many" : "line",
                "d": "M\(x1) \(y + 20) H\(x2 - 2) m-6 -4 l6 4 l-6 4",
            ])
    }
}
