package import AidRecords

/// A category of persons that a document speaks of.
package struct CategoryRule: Hashable, Sendable {
    package let category: String
    /// The offices that may certify it; nil where the document does not say.
    package let certifiedBy: Set<String>?
    /// Aided only after an application, so that nothing is due at the counter.
    package let isOnApplication: Bool
    package let rule: String
}

package struct SubsidyRule: Hashable, Sendable {
    package let amount: SubsidyAmount
    /// The funds that may pay; nil where no clause says.
    package let funds: Set<String>?
    package let fundRule: String?
}

/// Medical aid.
package struct AidRules: Sendable {
    package var base: [Provision<Bool>] = []
    package var mode: [Provision<Choice<BaseMode>>] = []
    package var scope: [Provision<Bool>] = []
    package var deductible: [Provision<Deductible>] = []
    package var ratio: [Provision<Ratio>] = []
    package var cap: [Provision<Limit>] = []
    package var sharedRule: String?
    package var highestRule: String?
    package var offset: [Provision<Choice<OffsetMode>>] = []
}

/// From what earlier aid is taken off.
package enum OffsetMode: String, CaseIterable, Sendable {
    case amount, base
}

package struct SecondAidRule: Hashable, Sendable {
    package let base: Choice<SecondAidBase>
    /// The parameter that holds the tiers.
    package let tiers: String
}

package enum SecondAidBase: String, CaseIterable, Sendable {
    case residual, total
}

package struct TiltRule: Hashable, Sendable {
    package let deductible: Limit
    package let ratio: Ratio
    package let cap: Limit
    package let mode: Choice<TiltMode>
    /// The clause by which tilt aid is summed apart from other aid.
    package let apartRule: String?
}

package enum TiltMode: String, CaseIterable, Sendable {
    case cumulativePerVisit = "cumulative-per-visit"
    case yearEnd = "year-end"
    case onApplication = "on-application"
}

/// Who may allow aid above the annual cap.
package struct AboveCapRule: Hashable, Sendable {
    package let body: String
    /// The parameter that may demand a number of departments.
    package let quorum: String?
}

package struct ReferralRule: Hashable, Sendable {
    /// The parameters that say where a referral is needed, and whether an emergency counts as one.
    package let required: String
    package let emergency: String
}

/// Whose standards hold for care elsewhere.
package enum StandardArea: String, CaseIterable, Sendable {
    case hukou, certification
}

/// What a document changes in basic insurance.
package struct BasicRule: Hashable, Sendable {
    package let isWithoutDeductible: Bool
    /// Added to the ratio, in basis points.
    package let added: Int64
    /// The ratio with the addition at most, in basis points.
    package let atMost: Int64?
    /// Only for persons who hold this entitlement.
    package let entitlement: String?
}

/// What a document lays down or changes in major-illness insurance.
package struct MajorIllnessRule: Hashable, Sendable {
    package let isWithoutDeductible: Bool
    /// What is left of the deductible, in basis points.
    package let deductibleTimes: Int64?
    package let ratio: Int64?
    package let added: Int64
    package let isWithoutCap: Bool
}

package struct LayerRules: Sendable {
    package var basic: [Provision<BasicRule>] = []
    package var majorIllness: [Provision<MajorIllnessRule>] = []
    /// The least ratio of major-illness insurance, in basis points.
    package var majorIllnessFloor: [Provision<Int64>] = []
}

/// All that is left after insurance and aid is settled between a fund and the hospital.
package struct WholeSettlement: Sendable {
    package let selector: Selector
    package let fund: String
    package let inScopeRule: String
    /// The fund's share of own expense in basis points, rounded so; the hospital takes the rest.
    package let fundShare: Int64
    package let rounding: Rounding
    package let components: String
    package let ownExpenseRule: String
    package let review: ReviewRule?
    /// The type of referral that care outside the person's county needs.
    package let referralType: String?
    package let referralRule: String?
    package let advanceRule: String?
}

package struct ReviewRule: Hashable, Sendable {
    package let above: Int64
    /// The types of visit that are counted by the month; all others by the stay.
    package let monthly: Set<String>
    package let unreviewed: String
    package let rejected: String
    package let rule: String
    /// The clause that only accepted cost is paid.
    package let paysRule: String
}

/// A clause that is not reckoned with here: a deadline, a limit, an account, a duty.
package struct OtherProvision: Hashable, Sendable {
    package let topic: String
    package let selector: Selector
    package let rule: String
    /// Numbers by name: `fen`, `basisPoints`, `workingDays` …
    package let figures: [String: Int64]
    package let dates: [String: CivilDate]
    package let codes: [String: [String]]
}
