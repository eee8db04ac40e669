/// A kind of wrong payment that a sample can be made to hold.
package enum Mistake: String, CaseIterable {
    case subsidyTooLow = "subsidy-too-low"
    case subsidyTooHigh = "subsidy-too-high"
    case subsidyBelowFloor = "subsidy-below-floor"
    case subsidyTwice = "subsidy-twice"
    case subsidyFromOtherFund = "subsidy-from-other-fund"
    case subsidyAfterEnd = "subsidy-after-end"

    case aidOneFenOver = "aid-one-fen-over"
    case aidOneFenUnder = "aid-one-fen-under"
    case aidTooLarge = "aid-too-large"
    case capPassed = "cap-passed"
    case deductibleNotApplied = "deductible-not-applied"
    case deductibleTwice = "deductible-twice"
    case wrongRatio = "wrong-ratio"
    case lowerCategory = "lower-category"
    case aidAfterEnd = "aid-after-end"
    case noReferral = "no-referral"
    case wrongSplit = "wrong-split"
    case noReview = "no-review"
    case basicLayer = "layer.basic"
    case majorIllnessLayer = "layer.majorIllness"

    case approvalTooHigh = "approval-too-high"
    case secondAidTier = "second-aid-tier"
    case tiltAboveCap = "tilt-above-cap"
    case offsetNotDeducted = "offset-not-deducted"
    case noResolution = "no-resolution"
    case resolutionTooLate = "resolution-too-late"
    case resolutionOfOtherYear = "resolution-of-other-year"
    case resolutionTooSmall = "resolution-too-small"
}

/// What a wrong payment is to be found out as; money in fen.
struct Wrong {
    let mistake: Mistake
    let verdict: String
    let expected: Int
    let actual: Int
}

/// One wrong payment of a sample.
package struct PlantedMistake {
    let wrong: Wrong
    package let reference: Reference
    /// How many records had been written with it.
    let position: Int

    package static let header = [
        "source", "id", "kind", "mistake", "expectedVerdict", "expectedFen", "actualFen",
    ].joined(separator: "\t")

    /// A line of the truth file, without its end.
    package var line: String {
        [
            reference.source, reference.id, reference.kind.name, wrong.mistake.rawValue,
            wrong.verdict, String(wrong.expected), String(wrong.actual),
        ].joined(separator: "\t")
    }
}

/// Which wrong payments are still to be planted, and which are.
struct MistakePlan {
    private(set) var planted: [PlantedMistake] = []
    /// By kind: how many are to come, and how many occasions are let pass before the next.
    private var left: [Mistake: Int] = [:]
    private var passed: [Mistake: Int] = [:]
    /// Of its own, so that a sample without mistakes does not depend on it.
    private var random: RandomSource

    init(ofEachKind count: Int, seed: UInt64) {
        random = RandomSource(seed: ~seed)
        guard count > 0 else { return }
        for mistake in Mistake.allCases { left[mistake] = count }
    }

    var isActive: Bool { !left.isEmpty }

    /// Whether the mistake is made on this occasion, which must allow it.
    mutating func takes(_ mistake: Mistake) -> Bool {
        guard let count = left[mistake] else { return false }
        if let pass = passed[mistake], pass > 0 {
            passed[mistake] = pass - 1
            return false
        }
        passed[mistake] = random.below(3)
        left[mistake] = count > 1 ? count - 1 : nil
        return true
    }

    mutating func plant(_ wrong: Wrong, in reference: Reference, at position: Int) {
        planted.append(PlantedMistake(wrong: wrong, reference: reference, position: position))
    }
}

extension Simulation {
    /// Whether a rulebook is in force for the city on the day.
    func isJudged(_ city: Int, on day: Day) -> Bool {
        Adoption.all.contains {
            $0.city == city && $0.effectiveFrom <= day && $0.rulebook != "jiangmen-2019"
        }
    }
}
