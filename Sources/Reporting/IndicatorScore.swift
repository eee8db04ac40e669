/// How an actual value and a target make a score.
package enum ScoringRule: String, CaseIterable, Sendable {
    /// All the points from the target on, below it in proportion.
    case proportional
    /// All the points up to the target, above it in inverse proportion.
    case atMost = "at-most"
    /// All the points from the target on, below it none.
    case yesNo = "yes-no"
    /// Filled in by hand.
    case blank

    /// The score in hundredths of a point, rounded half up; nil for a blank.
    /// - Parameters:
    ///   - weight: the points to be had, in hundredths.
    ///   - actual: in the unit of `target`; of a share, rounded to basis points before.
    package func score(weight: Int64, actual: Int64, target: Int64) -> Int64? {
        switch self {
        case .proportional: actual >= target ? weight : Points.part(actual, of: target, of: weight)
        case .atMost: actual <= target ? weight : Points.part(target, of: actual, of: weight)
        case .yesNo: actual >= target ? weight : 0
        case .blank: nil
        }
    }
}

/// Points, in hundredths.
package enum Points {
    /// `4.89`
    package static func text(_ hundredths: Int64) -> String {
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
    }

    /// `part / whole` of the points, rounded half up; none where the part is below zero.
    /// - Parameter whole: more than the part.
    static func part(_ part: Int64, of whole: Int64, of points: Int64) -> Int64 {
        guard part > 0 else { return 0 }
        let (high, low) = part.magnitude.multipliedFullWidth(by: points.magnitude)
        let (sum, carry) = low.addingReportingOverflow(whole.magnitude / 2)
        let product = (high: high + (carry ? 1 : 0), low: sum)
        return Int64(whole.magnitude.dividingFullWidth(product).quotient)
    }
}

/// Which points make which grade.
package struct GradeScale: Sendable {
    package struct Grade: Sendable {
        package let id: String
        /// Hundredths of a point, from which on.
        package let from: Int64

        package init(id: String, from: Int64) {
            self.id = id
            self.from = from
        }
    }

    private let grades: [Grade]

    /// - Parameter grades: from the highest to the lowest, which is from 0.
    package init(_ grades: [Grade]) { self.grades = grades }

    package func grade(_ points: Int64) -> String {
        grades.first { points >= $0.from }?.id ?? ""
    }
}

/// What several indicators come to: only what was measured has a score.
package struct PointTotals: Hashable, Sendable {
    /// Hundredths of a point.
    package private(set) var weight: Int64 = 0
    /// The weight of those that have a score.
    package private(set) var measured: Int64 = 0
    package private(set) var score: Int64 = 0

    package init() {}

    /// - Parameter score: nil where the indicator has none.
    package mutating func add(weight: Int64, score: Int64?) {
        self.weight += weight
        guard let score else { return }
        measured += weight
        self.score += score
    }

    /// The weight of those that have none.
    package var open: Int64 { weight - measured }
    /// The score if all that is open were given in full.
    package var most: Int64 { score + open }
}
