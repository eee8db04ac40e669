/// One pair of first digits, against what was to be expected of it.
package struct BenfordDigit: Hashable, Sendable {
    /// 10 to 99.
    package let pair: Int
    package let count: Int
    package let share: Double
    package let expectedShare: Double
    /// Nigrini's z statistic with the continuity correction, negative where there are too few.
    package let z: Double

    /// Beyond what chance does once in 20 times. Of 90 pairs it does so to four or five.
    package static let noticeable = 1.96
    /// Beyond what chance does to any of the 90 once in 20 times: Bonferroni's correction, the
    /// normal quantile of 1 − 0.05/180.
    package static let noticeableAmongAll = 3.4524

    package var isNoticeable: Bool { abs(z) > BenfordDigit.noticeable }
    package var isNoticeableAmongAll: Bool { abs(z) > BenfordDigit.noticeableAmongAll }
}

extension BenfordTest {
    package func digit(_ pair: Int) -> BenfordDigit {
        let (share, expected) = (share(of: pair), BenfordTest.expectedShare(of: pair))
        let total = Double(digits.total)
        let difference = abs(share - expected)
        // The correction is left out where it is greater than the difference itself.
        let correction = 1 / (2 * total)
        let corrected = correction < difference ? difference - correction : difference
        let z = corrected / (expected * (1 - expected) / total).squareRoot()
        return BenfordDigit(
            pair: pair, count: digits[pair], share: share, expectedShare: expected,
            z: share < expected ? -z : z)
    }

    /// All pairs, from 10 to 99.
    package var all: [BenfordDigit] { FirstTwoDigits.pairs.map(digit) }

    /// Pairs that stick out, the farthest first.
    package var noticeable: [BenfordDigit] {
        all.filter(\.isNoticeable).sorted { (abs($0.z), $1.pair) > (abs($1.z), $0.pair) }
    }
}
