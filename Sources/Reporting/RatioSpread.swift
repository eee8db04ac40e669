package import AidRecords

/// How far shares of few cases stray by chance: a part of a whole over all cases, and limits about
/// it for so many of them (control limits of a funnel plot). The standard error of a ratio of sums
/// is that of its linearisation: s(part − ratio × whole) ÷ (mean whole × √cases).
package struct RatioSpread {
    package init() {}

    private var cases: Int64 = 0
    private var part: Int128 = 0
    private var whole: Int128 = 0
    private var squares: (part: Int128, mixed: Int128, whole: Int128) = (0, 0, 0)

    /// One case. Sums are of whole numbers, so that their order makes no difference.
    package mutating func add(part: Int64, whole: Int64) {
        let (one, all) = (Int128(part), Int128(whole))
        cases += 1
        self.part += one
        self.whole += all
        squares.part &+= one * one
        squares.mixed &+= one * all
        squares.whole &+= all * all
    }

    /// The share of all cases, so many standard errors up or down, within 0 and 100%; nil where
    /// there is nothing to tell it by.
    package func limit(errors: Int, cases count: Int64) -> BasisPoints? {
        guard cases > 1, count > 0, whole > 0 else { return nil }
        let ratio = Double(part) / Double(whole)
        let sum =
            Double(squares.part) - 2 * ratio * Double(squares.mixed)
            + ratio * ratio * Double(squares.whole)
        let variance = max(sum, 0) / Double(cases - 1)
        let mean = Double(whole) / Double(cases)
        let error = (variance / Double(count)).squareRoot() / mean
        let limit = (ratio + Double(errors) * error) * 10_000
        return BasisPoints(Int64(min(max(limit, 0), 10_000).rounded()))
    }
}
