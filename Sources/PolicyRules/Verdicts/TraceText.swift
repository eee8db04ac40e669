internal import AidRecords

/// Writes a reckoning as a person would on paper, line by line.
package struct TraceText: Sendable {
    package enum Language: Sendable { case chinese, english }

    private let wording: TraceWording
    private let language: Language

    package init(_ wording: TraceWording, _ language: Language) {
        self.wording = wording
        self.language = language
    }

    /// What the line is about.
    package func words(_ step: TraceStep) -> String {
        wording.line(step, language)
    }

    /// What the clause rests on: its nature in words.
    package func nature(_ nature: String) -> String {
        guard language == .chinese else { return nature.replacing("-", with: " ") }
        return TraceText.natures[nature] ?? nature
    }

    private static let natures = [
        "exact": "确定", "floor": "下限", "ceiling": "上限", "about": "约数",
        "in-principle": "原则性", "encouraged": "鼓励性", "left-to-the-locality": "由地方确定",
        "procedure": "程序", "deadline": "期限", "definition": "定义", "duty": "职责",
        "date": "日期", "precedence": "效力次序",
    ]

    /// How the result comes about, with amounts in yuan; nil where the line is one of words.
    package func formula(_ step: TraceStep) -> String? {
        guard let left = left(step) else { return step.result.map { yuan($0) } }
        guard let result = step.result else { return left }
        return "\(left) = \(yuan(result))"
    }

    private func left(_ step: TraceStep) -> String? {
        switch step.formula {
        case .words: nil
        case .sum(let terms): sum(terms)
        case .share(let term, let basisPoints, let rounding):
            "\(named(term)) × \(BasisPoints(basisPoints))"
                + note(rounding, isExact: isWhole(term.fen, basisPoints))
        case .tiers(let term, let tiers, let rounding): slices(term, tiers, rounding)
        case .least(let terms): choice(terms, zh: "取其小", en: "the least of ")
        case .greatest(let terms): choice(terms, zh: "取其大", en: "the greatest of ")
        }
    }

    // MARK: Amounts

    private func yuan(_ fen: Int64) -> String { Fen(fen).description }

    /// A term by its words and amount, by its amount alone where it has no words of its own.
    private func named(_ term: TraceStep.Term, fen: Int64? = nil) -> String {
        let amount = yuan(fen ?? term.fen)
        return wording.term(term.name, language).map { "\($0) \(amount)" } ?? amount
    }

    /// Nobody writes down that nothing is added.
    private func sum(_ terms: [TraceStep.Term]) -> String {
        var text = ""
        let some = terms.filter { $0.fen != 0 }
        for (index, term) in (some.isEmpty ? Array(terms.prefix(1)) : some).enumerated() {
            let isTaken = term.fen < 0
            if index > 0 { text += isTaken ? " − " : " + " } else if isTaken { text += "−" }
            // The least amount has no opposite.
            let fen = isTaken && term.fen != .min ? -term.fen : term.fen
            text += named(term, fen: fen)
        }
        return text
    }

    private func choice(
        _ terms: [TraceStep.Term], zh: String, en: String
    ) -> String {
        let list = terms.map { named($0) }
        return language == .chinese
            ? list.joined(separator: "、") + " " + zh : en + list.joined(separator: ", ")
    }

    /// Each slice of the amount at its own ratio, those that nothing falls into left out.
    private func slices(
        _ term: TraceStep.Term, _ tiers: [Parameter.Tier], _ rounding: Rounding
    ) -> String {
        var isExact = true
        let parts = tiers.compactMap { tier -> String? in
            let slice = min(term.fen, tier.to ?? term.fen) - tier.from
            guard slice > 0 else { return nil }
            isExact = isExact && isWhole(slice, tier.basisPoints)
            return "\(yuan(slice)) × \(BasisPoints(tier.basisPoints))"
        }
        let head = named(term)
        guard !parts.isEmpty else { return head }
        let separator = language == .chinese ? "：" : ": "
        return head + separator + parts.joined(separator: " + ")
            + note(rounding, isExact: isExact)
    }

    private func isWhole(_ fen: Int64, _ basisPoints: Int64) -> Bool {
        let (product, overflow) = fen.multipliedReportingOverflow(by: basisPoints)
        return !overflow && product % 10_000 == 0
    }

    /// What happened to the fraction of a fen, where there is one.
    private func note(_ rounding: Rounding, isExact: Bool) -> String {
        guard !isExact else { return "" }
        switch (rounding, language) {
        case (.halfUp, .chinese): return "（四舍五入到分）"
        case (.down, .chinese): return "（舍去不足一分）"
        case (.halfUp, .english): return " (half up to the fen)"
        case (.down, .english): return " (down to the fen)"
        }
    }
}
