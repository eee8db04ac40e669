/// What basic and major-illness insurance owe for a claim.
struct InsuranceLayers {
    let at: ClaimCase

    private var setting: Setting { at.setting }
    private var claim: Claim { at.claim }
    private var entitlements: [Entitlement] { at.history.entitlements }
    private var area: AreaRuling { setting.area }

    // MARK: Basic insurance

    /// By the held category that gives most; without any, by what holds for everybody.
    func basic(_ year: YearCourse, _ pen: inout Pen) throws(Gap) -> Due {
        if let gap = setting.nobody { throw gap }
        return try setting.highest(&pen) { category, pen throws(Gap) in
            try basic(category, year, &pen)
        }
    }

    private func basic(
        _ category: String?, _ year: YearCourse, _ pen: inout Pen
    ) throws(Gap) -> Due {
        let matter = setting.matter(
            category: category, scheme: claim.scheme, visit: claim.visitType)
        let held = entitlements.filter { $0.covers(setting.day) }.map(\.entitlement)
        let terms = try setting.basicTerms(matter, entitlements: held)
        let compliant = claim.amounts.compliant
        let (deductible, ratio) = (terms.deductible, terms.ratio)
        let above = max(0, compliant - deductible)
        let gross = try area.rounded(Unrounded(above, ratio), matter)
        pen.write(
            TraceStep(
                "basic.above-deductible",
                .sum([.init("compliant", compliant), .init("basic.deductible", -deductible)]),
                result: compliant - deductible, details: ["category": category ?? ""]),
            rule: terms.rule)
        pen.write(
            TraceStep(
                "basic.share",
                .share(
                    of: .init("basic.above-deductible", above), basisPoints: ratio,
                    rounding: area.shownRounding(matter)),
                result: gross, details: ["laidDown": "\(terms.laidDown)"]),
            rule: terms.rule)
        guard let cap = terms.cap else { return Due(gross) }
        let room = max(0, cap - year.basicPaid)
        let paid = min(gross, room)
        pen.write(
            TraceStep(
                "basic.cap",
                .least([.init("basic.share", gross), .init("basic.room", room)]), result: paid))
        return Due(paid)
    }

    // MARK: Major-illness insurance

    /// Given what basic insurance pays, over the year so far.
    func majorIllness(
        basicPaid: Int64, _ year: YearCourse, _ pen: inout Pen
    ) throws(Gap) -> Due {
        if let gap = setting.nobody { throw gap }
        guard try at.isInMajorIllnessScope.get() else { return .nothing }
        return try setting.highest(&pen) { category, pen throws(Gap) in
            try majorIllness(category, basicPaid, year, &pen)
        }
    }

    private func majorIllness(
        _ category: String?, _ basicPaid: Int64, _ year: YearCourse, _ pen: inout Pen
    ) throws(Gap) -> Due {
        let matter = setting.matter(
            category: category, scheme: claim.scheme, visit: claim.visitType)
        let terms = try setting.majorIllnessTerms(matter)
        pen.cite(terms.floorRule)
        let left = max(0, claim.amounts.compliant - basicPaid)
        let soFar = year.majorIllness[terms.regime] ?? YearCourse.MajorIllnessCourse()
        let burden = soFar.burden + left
        pen.write(
            TraceStep(
                "major.burden",
                .sum([
                    .init("major.burden-before", soFar.burden), .init("major.this-claim", left),
                ]), result: burden))
        let due = try terms.due(of: burden, paid: soFar.paid, &pen)
        return Due(due, floor: terms.isRaisedToFloor ? due : nil)
    }

    /// By which terms this claim counts.
    func regime() -> String {
        let categories: [String?] = setting.categories.isEmpty ? [nil] : setting.categories
        for category in categories {
            let matter = setting.matter(
                category: category, scheme: claim.scheme, visit: claim.visitType)
            // Which clause governs is known also where the terms are not.
            let regime =
                (try? setting.majorIllnessTerms(matter).regime)
                ?? (try? setting.stack.find(matter, \.layers.majorIllness)?.regime) ?? ""
            if !regime.isEmpty { return regime }
        }
        return ""
    }
}

extension Provision<MajorIllnessRule> {
    /// The clause, where it lays down a ratio of its own; what was settled before it was in force
    /// is not governed by it.
    var regime: String { value.ratio == nil ? "" : rule }
}

extension AreaRuling {
    /// For display, where no fraction arose and so no rounding was asked for.
    func shownRounding(_ matter: Matter) -> Rounding { code("rounding", matter) ?? .down }
}
