import PolicyRules

/// Reckons the steps of a trace once more, by another way than the program's.
enum TraceArithmetic {
    /// What the formula gives; nil where it is only words.
    static func value(_ formula: TraceStep.Formula) -> Int64? {
        switch formula {
        case .words: nil
        case .sum(let terms): terms.map(\.fen).reduce(0, +)
        case .least(let terms): terms.map(\.fen).sorted().first
        case .greatest(let terms): terms.map(\.fen).sorted().last
        case .share(let term, let basisPoints, let rounding):
            rounded(term.fen * basisPoints, rounding)
        case .tiers(let term, let tiers, let rounding):
            rounded(tiers.reduce(0) { $0 + slice(of: term.fen, $1) * $1.basisPoints }, rounding)
        }
    }

    /// How much of the amount lies in the tier.
    private static func slice(of fen: Int64, _ tier: Parameter.Tier) -> Int64 {
        max(0, min(fen, tier.to ?? .max) - tier.from)
    }

    /// Ten-thousandths of a fen as whole fen; no reckoning of benefits rounds a negative amount.
    private static func rounded(_ tenThousandths: Int64, _ rounding: Rounding) -> Int64 {
        let whole = tenThousandths / 10_000
        let isUp = rounding == .halfUp && tenThousandths % 10_000 * 2 >= 10_000
        return isUp ? whole + 1 : whole
    }
}
