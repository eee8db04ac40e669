/// The reckoning of one record, step by step, as a person would write it on paper.
package struct Trace: Sendable {
    package var steps: [TraceStep] = []

    package init() {}
}

/// One line of a reckoning.
package struct TraceStep: Hashable, Sendable {
    /// Which line it is; its words in Chinese and English stand under this name in
    /// `ledger/steps.yaml`.
    package var name: String
    package var formula: Formula
    /// In fen where the formula is one of money, else nil.
    package var result: Int64?
    /// The clause that it follows.
    package var rule: String?
    /// The words that it rests on, where they are others than the rule's own.
    package var quote: String?
    /// What fills the places in the words: codes, days, parameter names.
    package var details: [String: String]

    package init(
        _ name: String, _ formula: Formula = .words, result: Int64? = nil, rule: String? = nil,
        details: [String: String] = [:]
    ) {
        self.name = name
        self.formula = formula
        self.result = result
        self.rule = rule
        self.details = details
    }

    /// How a result comes about; terms are named by steps or by fields of the record.
    package enum Formula: Hashable, Sendable {
        /// Only words: a condition, a choice.
        case words
        /// The sum; what is taken away is negative.
        case sum([Term])
        /// A share, rounded.
        case share(of: Term, basisPoints: Int64, rounding: Rounding)
        /// The sum of each slice at its own ratio, rounded once.
        case tiers(of: Term, [Parameter.Tier], rounding: Rounding)
        case least([Term])
        case greatest([Term])
    }

    package struct Term: Hashable, Sendable {
        package var name: String
        package var fen: Int64

        package init(_ name: String, _ fen: Int64) {
            self.name = name
            self.fen = fen
        }
    }
}

/// What happens to a fraction of a fen.
package enum Rounding: String, CaseIterable, Sendable {
    case halfUp = "half-up"
    case down
}
