/// Whole numbers (fen, days, basis points) in order, for what is said of their spread.
///
/// What comes out is a statistic and no amount: it may lie between two fen.
package struct OrderedSample: Hashable, Sendable {
    package let values: [Int64]

    /// - Returns: nil where there are no values.
    package init?(_ values: [Int64]) {
        guard !values.isEmpty else { return nil }
        self.values = values.sorted()
    }

    /// The value below which a share of the values lies, by linear interpolation between the two
    /// that are nearest: definition 7 of R. J. Hyndman and Y. Fan, "Sample Quantiles in
    /// Statistical Packages" (1996), the default of R, numpy and spreadsheets.
    /// - Parameter share: 0 to 1.
    package func quantile(_ share: Double) -> Double {
        precondition((0...1).contains(share))
        let place = share * Double(values.count - 1)
        let lower = Int(place)
        let upper = min(lower + 1, values.count - 1)
        let (low, high) = (Double(values[lower]), Double(values[upper]))
        return low + (high - low) * (place - Double(lower))
    }

    package var median: Double { quantile(0.5) }

    /// Tukey's fences: so many times the distance of the quartiles below the first and above the
    /// third. What lies outside is an outlier at 1.5, far out at 3.
    package func fences(times: Double = 1.5) -> ClosedRange<Double> {
        let (first, third) = (quantile(0.25), quantile(0.75))
        let reach = times * (third - first)
        return first - reach...third + reach
    }

    /// The median of the distances from the median.
    package var medianAbsoluteDeviation: Double {
        let median = median
        let distances = values.map { abs(Double($0) - median) }.sorted()
        let half = distances.count / 2
        return distances.count.isMultiple(of: 2)
            ? (distances[half - 1] + distances[half]) / 2 : distances[half]
    }

    /// Modified z scores, 0.6745·|x − median| / median absolute deviation, after B. Iglewicz and
    /// D. Hoaglin, "How to Detect and Handle Outliers" (1993), who look beyond 3.5.
    ///
    /// The score of a value; nil of every value where more than half of the sample are alike, as
    /// nothing can be measured against a deviation of 0.
    package var modifiedZScore: (Int64) -> Double? {
        let (median, deviation) = (median, medianAbsoluteDeviation)
        return { deviation > 0 ? 0.6745 * abs(Double($0) - median) / deviation : nil }
    }
}
