internal import LedgerCore
internal import Statistics

/// The step `benford`: rows say of a group how many of its amounts begin with a pair of digits.
package enum BenfordStep {
    package static let takes = ["groupKey", "firstTwo", "count"]
    /// The mean absolute deviation in hundred-thousandths, the chi-square statistic in thousandths,
    /// and the pairs of digits that stick out even among ninety, the farthest first.
    package static let adds = ["mad", "chiSquare", "digits"]

    /// The rows of groups of at least `n` amounts whose mean absolute deviation is at least `mad`
    /// hundred-thousandths.
    ///
    /// Of a thousand amounts that follow the law to the letter the deviation is about 0.0025 by
    /// chance alone. So a head may name a parameter `chance`, in hundred-thousandths: then a group
    /// is left out where so great a chi-square statistic is more likely than that.
    package static func run(
        _ rows: DetectorRows, _ parameters: [String: Int64]
    ) throws(StepFailure) -> DetectorRows {
        let (least, deviation) = (try parameters.required("n"), try parameters.required("mad"))
        let key = try rows.required("groupKey")
        let values = try digits(of: rows, key: key).compactMapValues { digits in
            digits.total < least
                ? nil
                : BenfordTest(digits).flatMap {
                    figures(of: $0, deviation: deviation, chance: parameters["chance"])
                }
        }
        let kept = rows.rows.compactMap { row in values[row[key]].map { (row: row, values: $0) } }
        return try rows.adding(adds, to: kept)
    }

    private static func digits(
        of rows: DetectorRows, key: Int
    ) throws(StepFailure) -> [QueryValue: FirstTwoDigits] {
        let (pair, count) = (try rows.required("firstTwo"), try rows.required("count"))
        var groups: [QueryValue: FirstTwoDigits] = [:]
        for row in rows.rows {
            guard case .integer(let pairValue) = row[pair],
                let digits = Int(exactly: pairValue), FirstTwoDigits.pairs.contains(digits)
            else { throw StepFailure("`firstTwo` of a row is no whole number from 10 to 99") }
            guard case .integer(let countValue) = row[count], (0...most).contains(countValue)
            else { throw StepFailure("`count` of a row is no whole number from 0 to \(most)") }
            groups[row[key], default: FirstTwoDigits()].add(digits, times: Int(countValue))
        }
        return groups
    }

    /// No ledger has more entries, and sums of rows stay far from what an integer holds.
    private static let most: Int64 = 1 << 40

    private static func figures(
        of test: BenfordTest, deviation: Int64, chance: Int64?
    ) -> [QueryValue]? {
        let found = test.meanAbsoluteDeviation * 100_000
        guard found >= Double(deviation) else { return nil }
        if let chance, test.probability * 100_000 > Double(chance) { return nil }
        let pairs = test.noticeable.filter(\.isNoticeableAmongAll).map { String($0.pair) }
        return [
            .integer(Int64(found.rounded())), .integer(Int64((test.chiSquare * 1_000).rounded())),
            .text(pairs.joined(separator: " ")),
        ]
    }
}
