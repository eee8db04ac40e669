internal import Foundation

/// Whether the first two digits of a set of amounts are spread as those of grown, unguided
/// amounts are (Benford's law).
///
/// Amounts that people invent, split, or push under a limit are not. Neither are those of fixed
/// rates and caps: what sticks out is a reason to look, and proves nothing.
package struct BenfordTest: Hashable, Sendable {
    package let digits: FirstTwoDigits

    /// With fewer amounts nothing is concluded.
    package static let leastTotal = 1_000
    /// Of the chi-square statistic: 90 pairs less one.
    package static let degreesOfFreedom = FirstTwoDigits.pairs.count - 1

    /// - Returns: nil where there are no amounts.
    package init?(_ digits: FirstTwoDigits) {
        guard digits.total > 0 else { return nil }
        self.digits = digits
    }

    package var isConclusive: Bool { digits.total >= BenfordTest.leastTotal }

    /// The share of amounts that begin with a pair: log10(1 + 1/pair).
    package static func expectedShare(of pair: Int) -> Double { log10(1 + 1 / Double(pair)) }

    /// The mean over the 90 pairs of |share − expected share|.
    package var meanAbsoluteDeviation: Double {
        mean { abs(share(of: $0) - BenfordTest.expectedShare(of: $0)) }
    }

    /// What the mean absolute deviation would be about, if the amounts followed the law to the
    /// letter: chance alone makes the more of it, the fewer amounts there are.
    ///
    /// By the normal approximation to each pair's count, after B. Barney and K. Schulzke,
    /// "Moderating 'Cry Wolf' Events with Excess MAD in Benford's Law Research and Practice",
    /// Journal of Forensic Accounting Research 1 (2016).
    package var meanAbsoluteDeviationByChance: Double {
        let total = Double(digits.total)
        return mean { pair in
            let expected = BenfordTest.expectedShare(of: pair)
            return (2 * expected * (1 - expected) / (Double.pi * total)).squareRoot()
        }
    }

    package var conformity: BenfordConformity { BenfordConformity(meanAbsoluteDeviation) }

    /// Pearson's statistic over the 90 pairs. It grows with the number of amounts: of very many,
    /// a deviation of no consequence is enough.
    package var chiSquare: Double {
        let total = Double(digits.total)
        return FirstTwoDigits.pairs.reduce(0) { sum, pair in
            let expected = total * BenfordTest.expectedShare(of: pair)
            let difference = Double(digits[pair]) - expected
            return sum + difference * difference / expected
        }
    }

    /// How likely a chi-square statistic at least so great is, if the amounts follow the law.
    package var probability: Double {
        chiSquareTail(chiSquare, degreesOfFreedom: BenfordTest.degreesOfFreedom)
    }

    func share(of pair: Int) -> Double { Double(digits[pair]) / Double(digits.total) }

    private func mean(_ value: (Int) -> Double) -> Double {
        FirstTwoDigits.pairs.reduce(0) { $0 + value($1) } / Double(FirstTwoDigits.pairs.count)
    }
}

/// What a mean absolute deviation of first-two digits is called, after M. Nigrini, "Benford's
/// Law: Applications for Forensic Accounting, Auditing, and Fraud Detection" (Wiley, 2012).
package enum BenfordConformity: String, Hashable, Sendable, CaseIterable {
    case close
    case acceptable
    case marginal
    case nonconforming

    package init(_ meanAbsoluteDeviation: Double) {
        self =
            BenfordConformity.allCases.first { meanAbsoluteDeviation < $0.end } ?? .nonconforming
    }

    /// The deviation at which the class ends; none of the last.
    package var end: Double {
        switch self {
        case .close: 0.0012
        case .acceptable: 0.0018
        case .marginal: 0.0022
        case .nonconforming: .infinity
        }
    }
}
