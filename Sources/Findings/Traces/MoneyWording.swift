internal import AidRecords

/// The words of a money trace in one language.
package struct MoneyWording {
    let word: TraceWording
    let labels: [TraceSubject: String]

    package init(word: TraceWording, labels: [TraceSubject: String]) {
        self.word = word
        self.labels = labels
    }

    func title(_ trace: MoneyTrace) -> String {
        let name = printable("\(trace.entry.source) / \(trace.entry.id)")
        let kind = word.kind(trace.entry.kind)
        return word(
            "资金追踪：记录 \(trace.entry.seq)（\(name)），\(kind)",
            "Money of entry \(trace.entry.seq) (\(name)): \(kind)")
    }

    /// Who owes it.
    package func payer(_ leg: MoneyLeg) -> String {
        if let fund = leg.fund, leg.role == .fund { return word.code(fund, of: "fund") }
        switch leg.role {
        case .fund: return word("资金", "Fund")
        case .borne: return word("个人及医疗机构", "The person, and the hospital itself")
        case .other: return word("其他支付方", "Other payers")
        case .afterwards: return leg.components.first.map { word($0.words) } ?? ""
        }
    }

    /// A place that money went from or to: an account by its words, else as the record has it.
    func place(_ code: String) -> String {
        for list in ["account", "fund", "payment-channel"] {
            let words = word.code(code, of: list)
            if words != printable(code) { return words }
        }
        if let label = labels[TraceSubject(.institution, code)] { return printable(label) }
        return word.short(code)
    }

    /// From where to where.
    package func way(_ step: MoneyStep) -> String {
        guard !step.to.isEmpty else { return step.from.isEmpty ? "" : place(step.from) }
        return "\(place(step.from)) → \(place(step.to))"
    }

    func kind(_ step: MoneyStep) -> String {
        (step.isReversed ? word("（已冲正）", "(reversed) ") : "") + word.kind(step.kind)
    }

    /// What else a step says.
    package func details(_ step: MoneyStep) -> String {
        step.details.map { printable(word($0)) }.joined(separator: word("，", ", "))
    }

    /// What arrived, in one sentence.
    func arrival(_ leg: MoneyLeg) -> String {
        guard let least = leg.arrivedLeastFen, let most = leg.arrivedMostFen else {
            return leg.role == .borne
                ? word("以记录为准，不另追踪", "as the record says; not followed")
                : word("不追踪", "not followed")
        }
        if least > leg.dueFen {
            let excess = Fen(least - leg.dueFen)
            return word(
                "到账 \(Fen(least))，多到 \(excess)", "arrived \(Fen(least)), \(excess) too much")
        }
        if least == most {
            let rest = leg.dueFen - least
            return rest == 0
                ? word("已全部到账", "arrived in full")
                : word(
                    "到账 \(Fen(least))，未到账 \(Fen(rest))",
                    "arrived \(Fen(least)), not arrived \(Fen(rest))")
        }
        if most > leg.dueFen {
            return word(
                "到账 \(Fen(least)) 至 \(Fen(most))：申报合并拨付且有多付，账本未载明多付在哪一笔",
                "arrived \(Fen(least)) to \(Fen(most)): paid together with others and too much; "
                    + "nothing says for which of them")
        }
        return word(
            "到账 \(Fen(least)) 至 \(Fen(most))：申报合并拨付且有短少，账本未载明由哪一笔承担",
            "arrived \(Fen(least)) to \(Fen(most)): paid together with others and short; "
                + "nothing says which of them went short")
    }

    func balance(_ trace: MoneyTrace) -> String {
        guard let payers = trace.payersFen else { return "" }
        let difference = payers - trace.totalFen
        return difference == 0
            ? word("各支付方合计与总额相符", "the payers come to the total")
            : word(
                "各支付方合计 \(Fen(payers))，与总额相差 \(Fen(difference))",
                "the payers come to \(Fen(payers)), which differs from the total by \(Fen(difference))"
            )
    }

    /// What did not arrive, and what is paid too much where anything is, a line each.
    func totals(_ trace: MoneyTrace) -> [String] {
        let missing = range(trace.missingLeastFen, trace.missingMostFen)
        let excess = range(trace.excessLeastFen, trace.excessMostFen)
        let lines = [word("尚未到账：\(missing)", "Not arrived: \(missing)")]
        guard trace.excessMostFen > 0 else { return lines }
        return lines + [word("多付：\(excess)", "Paid too much: \(excess)")]
    }

    private func range(_ least: Int64, _ most: Int64) -> String {
        least == most ? "\(Fen(least))" : "\(Fen(least))–\(Fen(most))"
    }
}
