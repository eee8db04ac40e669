import AidRecords

/// What a fund and the hospital owe of what insurance and aid leave.
struct WholeSettlementReckoning {
    let at: ClaimCase
    let terms: WholeSettlement

    private var setting: Setting { at.setting }
    private var claim: Claim { at.claim }
    private var history: PersonHistory { at.history }
    private var area: AreaRuling { setting.area }
    private var matter: Matter {
        setting.matter(category: claim.category, scheme: claim.scheme, visit: claim.visitType)
    }

    struct Result {
        var fund: Int64
        var hospital: Int64
        /// The clause to name when something else was paid, and the condition that it makes.
        var rule: String
        var condition = Breach.Condition.split
    }

    /// nil where the settlement is not for such a claim.
    init?(_ at: ClaimCase) {
        guard let terms = at.setting.stack.wholeSettlement else { return nil }
        self.at = at
        self.terms = terms
    }

    /// Whether the person and the visit are ones that it is for.
    var isFor: Bool {
        setting.categories.contains { category in
            var matter = matter
            matter.category = category
            return terms.selector.admits(matter)
        }
    }

    /// - Parameter left: what is in scope and not paid by insurance or aid.
    func reckon(left: Int64, _ pen: inout Pen) throws(Gap) -> Result {
        guard isFor else { return Result(fund: 0, hospital: 0, rule: terms.inScopeRule) }
        if let rule = try missingReferral() {
            pen.write(TraceStep("whole.no-referral", result: 0), rule: rule)
            return Result(fund: 0, hospital: 0, rule: rule, condition: .referral)
        }
        pen.write(
            TraceStep("whole.in-scope", .sum([.init("whole.left", left)]), result: left),
            rule: terms.inScopeRule)
        let own = try ownExpense(of: claim)
        let payable = try payable(of: own, &pen)
        let share = Unrounded(payable.accepted, terms.fundShare).rounded(terms.rounding)
        let hospital = payable.accepted - share + payable.hospitalBears
        pen.write(
            TraceStep(
                "whole.fund-share",
                .share(
                    of: .init("whole.payable", payable.accepted), basisPoints: terms.fundShare,
                    rounding: terms.rounding), result: share), rule: terms.ownExpenseRule)
        pen.write(
            TraceStep(
                "whole.hospital",
                .sum([
                    .init("whole.payable", payable.accepted), .init("whole.fund-share", -share),
                    .init("whole.rejected", payable.hospitalBears),
                ]), result: hospital), rule: terms.ownExpenseRule)
        pen.write(
            TraceStep(
                "whole.fund",
                .sum([.init("whole.in-scope", left), .init("whole.fund-share", share)]),
                result: left + share), rule: terms.inScopeRule)
        return Result(fund: left + share, hospital: hospital, rule: payable.rule)
    }

    /// Of own expense, what counts as in scope is not in it again.
    private func ownExpense(of claim: Claim) throws(Gap) -> Int64 {
        let amounts = claim.amounts
        let parts = [
            ("ownExpense", amounts.ownExpense), ("overLimit", amounts.overLimit),
            ("advanceSelfPay", amounts.advanceSelfPay),
        ].filter { $0.1 > 0 }
        guard !parts.isEmpty else { return 0 }
        guard let components = area.codes(terms.components, matter) else {
            throw area.missing(terms.components, matter, rule: terms.ownExpenseRule)
        }
        let known = ["ownExpense", "overLimit", "advanceSelfPay"]
        guard components.allSatisfy(known.contains) else {
            throw Gap(
                text: "parameter \(terms.components) is laid down with a code that is none of "
                    + known.joined(separator: ", "), rule: terms.ownExpenseRule)
        }
        return parts.reduce(0) { $0 + (components.contains($1.0) ? $1.1 : 0) }
    }

    // MARK: Referral

    /// The clause by which nothing is paid for care outside the person's county; nil where it is
    /// inside, or its own referral was filed and approved.
    private func missingReferral() throws(Gap) -> String? {
        guard let type = terms.referralType, let rule = terms.referralRule else { return nil }
        guard let institution = setting.institution else {
            throw Gap(text: "institution \(claim.institution) is not on record")
        }
        if institution.area == claim.head.area { return nil }
        let isReferred = history.referrals.contains { referral in
            referral.type == type && referral.toInstitution == claim.institution
                && (referral.approvedOn.map { $0 <= claim.dischargedOn } ?? false)
                && (referral.validTo.map { claim.admittedOn <= $0 } ?? true)
        }
        return isReferred ? nil : rule
    }

    // MARK: Review

    private struct Payable {
        var accepted: Int64
        var hospitalBears: Int64 = 0
        var rule: String
    }

    private func payable(of own: Int64, _ pen: inout Pen) throws(Gap) -> Payable {
        guard let review = terms.review else {
            return Payable(accepted: own, rule: terms.ownExpenseRule)
        }
        let together = claimsCountedTogether(review)
        let sum = try sum(of: together)
        guard sum > review.above else {
            return Payable(accepted: own, rule: terms.ownExpenseRule)
        }
        pen.write(
            TraceStep(
                "whole.review-needed", result: sum, details: ["aboveFen": "\(review.above)"]),
            rule: review.rule)
        guard let held = claim.review else {
            return try unreviewed(own, together, review, &pen)
        }
        return try reviewed(own, held, review, &pen)
    }

    private func unreviewed(
        _ own: Int64, _ together: [Claim], _ review: ReviewRule, _ pen: inout Pen
    ) throws(Gap) -> Payable {
        let pays: String
        switch area.codes(review.unreviewed, matter)?.first {
        case let code?: pays = code
        case nil: throw area.missing(review.unreviewed, matter, rule: review.rule)
        }
        guard pays == "up-to-threshold" else {
            pen.write(TraceStep("whole.unreviewed-nothing", result: 0), rule: review.rule)
            return Payable(accepted: 0, rule: review.rule)
        }
        let earlier = together.prefix { $0.head.key != claim.head.key }
        let used = try sum(of: Array(earlier))
        let accepted = min(own, max(0, review.above - used))
        pen.write(
            TraceStep(
                "whole.unreviewed-threshold",
                .least([
                    .init("whole.own", own), .init("whole.threshold", max(0, review.above - used)),
                ]), result: accepted), rule: review.rule)
        return Payable(accepted: accepted, rule: review.rule)
    }

    private func reviewed(
        _ own: Int64, _ held: Review, _ review: ReviewRule, _ pen: inout Pen
    ) throws(Gap) -> Payable {
        let named = claims.filter { held.claims.contains($0.head.key) }
        let earlier = try sum(of: Array(named.prefix { $0.head.key != claim.head.key }))
        let accepted = min(own, max(0, held.accepted - earlier))
        pen.write(
            TraceStep(
                "whole.accepted",
                .least([.init("whole.own", own), .init("whole.review-accepted", accepted)]),
                result: accepted), rule: review.paysRule)
        let rejected = own - accepted
        guard rejected > 0 else { return Payable(accepted: accepted, rule: review.paysRule) }
        switch area.codes(review.rejected, matter)?.first {
        case "hospital":
            return Payable(accepted: accepted, hospitalBears: rejected, rule: review.paysRule)
        case nil: throw area.missing(review.rejected, matter, rule: review.paysRule)
        default: return Payable(accepted: accepted, rule: review.paysRule)
        }
    }

    /// The bills whose own expense counts together, in their order: of the stay, or of the month.
    private func claimsCountedTogether(_ review: ReviewRule) -> [Claim] {
        if review.monthly.contains(claim.visitType) {
            return claims.filter {
                $0.visitType == claim.visitType && $0.monthOfCosts == claim.monthOfCosts
            }
        }
        return [claim]
    }

    private var claims: [Claim] { history.claims }

    private func sum(of claims: [Claim]) throws(Gap) -> Int64 {
        var sum: Int64 = 0
        for claim in claims { sum += try ownExpense(of: claim) }
        return sum
    }
}

extension Claim {
    /// `YYYY-MM`
    var monthOfCosts: String { month ?? String(dischargedOn.description.prefix(7)) }
}

extension PersonHistory {
    /// In the order of the records.
    var claims: [Claim] {
        records.compactMap { if case .claim(let claim) = $0 { claim } else { nil } }
    }
}
