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
        let provision = try provision(for: matter)
        guard let laidDown = area.basisPoints("basic-ratio", matter) else {
            throw area.missing("basic-ratio", matter)
        }
        let compliant = claim.amounts.compliant
        let deductible = try basicDeductible(provision?.value, matter)
        let raised = laidDown + (provision?.value.added ?? 0)
        let ratio = min(raised, provision?.value.atMost ?? 10_000)
        let above = max(0, compliant - deductible)
        let gross = try area.rounded(Unrounded(above, ratio), matter)
        pen.write(
            TraceStep(
                "basic.above-deductible",
                .sum([.init("compliant", compliant), .init("basic.deductible", -deductible)]),
                result: compliant - deductible, details: ["category": category ?? ""]),
            rule: provision?.rule)
        pen.write(
            TraceStep(
                "basic.share",
                .share(
                    of: .init("basic.above-deductible", above), basisPoints: ratio,
                    rounding: area.shownRounding(matter)),
                result: gross, details: ["laidDown": "\(laidDown)"]),
            rule: provision?.rule)
        guard let cap = area.fen("basic-cap", matter) else { return Due(gross) }
        let room = max(0, cap - year.basicPaid)
        let paid = min(gross, room)
        pen.write(
            TraceStep(
                "basic.cap",
                .least([.init("basic.share", gross), .init("basic.room", room)]), result: paid))
        return Due(paid)
    }

    private func provision(for matter: Matter) throws(Gap) -> Provision<BasicRule>? {
        let day = setting.day
        return try setting.stack.find(matter) { rulebook in
            rulebook.layers.basic.filter { provision in
                guard let needed = provision.value.entitlement else { return true }
                return entitlements.contains { $0.entitlement == needed && $0.covers(day) }
            }
        }
    }

    private func basicDeductible(_ rule: BasicRule?, _ matter: Matter) throws(Gap) -> Int64 {
        if rule?.isWithoutDeductible == true { return 0 }
        guard let fen = area.fen("basic-deductible", matter) else {
            throw area.missing("basic-deductible", matter)
        }
        return fen
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
        let provision = try setting.stack.find(matter, \.layers.majorIllness)
        let terms = try MajorIllnessTerms(
            setting: setting, matter: matter, provision: provision, &pen)
        let left = max(0, claim.amounts.compliant - basicPaid)
        let soFar = year.majorIllness[regime(provision)] ?? YearCourse.MajorIllnessCourse()
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

    private func regime(_ provision: Provision<MajorIllnessRule>?) -> String {
        provision?.value.ratio == nil ? "" : provision?.rule ?? ""
    }

    /// By which terms this claim counts.
    func regime() -> String {
        let categories: [String?] = setting.categories.isEmpty ? [nil] : setting.categories
        for category in categories {
            let matter = setting.matter(
                category: category, scheme: claim.scheme, visit: claim.visitType)
            let provision = try? setting.stack.find(matter, \.layers.majorIllness)
            if let provision, !regime(provision).isEmpty { return regime(provision) }
        }
        return ""
    }
}

extension AreaRuling {
    /// For display, where no fraction arose and so no rounding was asked for.
    func shownRounding(_ matter: Matter) -> Rounding { code("rounding", matter) ?? .down }
}
