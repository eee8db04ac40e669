import AidRecords

/// What the aid fund owes for one claim, given what the insurers pay.
struct ClaimAid {
    let at: ClaimCase

    private var setting: Setting { at.setting }
    private var claim: Claim { at.claim }

    /// All that one reckoning comes to.
    struct Outcome {
        var base: Int64
        /// Whether the visit is one that is aided, so that its base counts in the year's.
        var isInScope = true
        /// Medical aid before the cap, applications apart; why it cannot be said.
        var entitlement: Result<Due, Gap>
        var medical: Due
        var second: Due
        var tilt: Due
        /// Medical aid that another fund advances, so that it is not due at the counter.
        var advanced: Int64 = 0
        var breach: Breach?
        var byCategory: [String: YearCourse.CategoryCourse]

        var whole: Due { medical + second + tilt }
    }

    private var paid: ClaimAmounts { claim.amounts }
    private var area: AreaRuling { setting.area }
    private var matter: Matter {
        setting.matter(category: claim.category, scheme: claim.scheme, visit: claim.visitType)
    }

    /// - Parameter year: how the year went, with this claim's insurance in it already.
    func reckon(
        basicPaid: Int64, majorIllnessPaid: Int64, _ year: YearCourse, _ pen: inout Pen
    ) throws(Gap) -> Outcome {
        let baseOfAid = AidBase(at: at)
        let base = try baseOfAid.base(
            basicPaid: basicPaid, majorIllnessPaid: majorIllnessPaid, &pen)
        var outcome = Outcome(
            base: base, entitlement: .success(.nothing), medical: .nothing, second: .nothing,
            tilt: .nothing, byCategory: year.byCategory)
        if let gap = setting.nobody, paid.aidPaid > 0 { throw gap }
        if setting.categories.isEmpty {
            pen.write(TraceStep("aid.no-category", result: 0), rule: setting.unheld)
            outcome.breach = breach(.category, setting.unheld ?? "")
            return outcome
        }
        // Whether the care had to be referred matters only where aid was paid, or would be due.
        var undecided: Gap?
        do {
            if let rule = try Conditions(at: at).missingReferral() {
                pen.write(TraceStep("aid.no-referral", result: 0), rule: rule)
                outcome.breach = breach(.referral, rule)
                return outcome
            }
        } catch {
            if paid.aidPaid > 0 { throw error }
            undecided = error
            outcome.entitlement = .failure(error)
        }
        guard baseOfAid.isInScope() else {
            guard paid.aidPaid == 0 else {
                throw area.missing("aid-ratio", matter)
            }
            outcome.isInScope = false
            outcome.entitlement = .failure(area.missing("aid-ratio", matter))
            pen.write(TraceStep("aid.out-of-scope", result: 0, details: ["visit": claim.visitType]))
            return outcome
        }
        try reckonMedical(base, year, &outcome, &pen)
        try reckonSecond(basicPaid + majorIllnessPaid, year, &outcome, &pen)
        try reckonTilt(base, year, &outcome, &pen)
        if let undecided, outcome.whole.least > 0 { throw undecided }
        return outcome
    }

    /// Only what was paid can be in breach.
    private func breach(_ condition: Breach.Condition, _ rule: String) -> Breach? {
        paid.aidPaid > 0 ? Breach(condition: condition, rule: rule) : nil
    }

    // MARK: Medical aid

    private func reckonMedical(
        _ base: Int64, _ year: YearCourse, _ outcome: inout Outcome, _ pen: inout Pen
    ) throws(Gap) {
        if base == 0, paid.medicalAidPaid == 0 { return }
        let results: [MedicalAid.Result]
        do {
            results = try medicalByCategory(base, year, pen)
        } catch {
            // Whatever it would come to, nothing is due before an application.
            guard paid.medicalAidPaid == 0, setting.categories.allSatisfy(isOnApplication) else {
                throw error
            }
            outcome.entitlement = .failure(error)
            return
        }
        guard let best = results.first else { return }
        for result in results { outcome.byCategory[result.category] = result.course }
        outcome.entitlement = outcome.entitlement.map { _ in best.entitlement }
        let direct =
            paid.medicalAidPaid > 0 ? best : results.first { !isOnApplication($0.category) }
        guard let direct else {
            pen = best.pen
            pen.write(
                TraceStep("aid.on-application", result: 0, details: ["category": best.category]),
                rule: setting.stack.category(best.category).first?.rule)
            return
        }
        pen = direct.pen
        if results.count > 1 {
            let sums = results.map { TraceStep.Term($0.category, $0.due.least) }
            pen.write(
                TraceStep("aid.highest", .greatest(sums), result: direct.due.least),
                rule: setting.stack.clause(\.aid.highestRule))
        }
        if paid.medicalAidPaid == 0, direct.due.least > 0, let rule = advanceRule {
            pen.write(TraceStep("whole.aid-advanced", result: 0), rule: rule)
            outcome.advanced = direct.due.least
            return
        }
        outcome.medical = direct.due
        try passCap(direct, year, &outcome, &pen)
    }

    /// The highest first.
    ///
    /// - Throws: `Gap` where a category that might be higher cannot be reckoned.
    private func medicalByCategory(
        _ base: Int64, _ year: YearCourse, _ pen: Pen
    ) throws(Gap) -> [MedicalAid.Result] {
        var results: [MedicalAid.Result] = []
        var gap: Gap?
        for category in setting.categories {
            do {
                let aid = try MedicalAid(at, category)
                results.append(try aid.reckon(base, year, pen))
            } catch {
                gap = gap ?? error
            }
        }
        results.sort {
            if $0.due == $1.due { return $0.category == claim.category }
            return $0.due.isHigher(than: $1.due)
        }
        if let gap, (results.first?.due.least ?? -1) < base { throw gap }
        return results
    }

    private func isOnApplication(_ category: String) -> Bool {
        if at.isAppliedFor { return true }
        let rules = setting.stack.category(category)
        return !rules.isEmpty && rules.allSatisfy(\.isOnApplication)
    }

    /// Aid above the cap but not above the entitlement needs a resolution.
    private func passCap(
        _ result: MedicalAid.Result, _ year: YearCourse, _ outcome: inout Outcome,
        _ pen: inout Pen
    ) throws(Gap) {
        let actual = paid.medicalAidPaid
        let passed = try AboveCap(
            setting: setting, history: at.history, named: nil, day: claim.settledOn
        ).pass(
            result.due, of: result.entitlement, paying: actual, after: year.aidPaid, matter, &pen)
        outcome.medical = passed.due
        outcome.breach = passed.breach
    }

    /// The clause by which the fund of a whole settlement advances medical aid.
    private var advanceRule: String? {
        let whole = WholeSettlementReckoning(at)
        return whole?.isFor == true ? whole?.terms.advanceRule : nil
    }

    // MARK: Second and tilt aid

    private func reckonSecond(
        _ insurance: Int64, _ year: YearCourse, _ outcome: inout Outcome, _ pen: inout Pen
    ) throws(Gap) {
        guard paid.secondAidPaid > 0 else { return }
        let medical = outcome.medical.nearest(to: paid.medicalAidPaid)
        let others =
            claim.otherInsurance + paid.targetedFundPaid + paid.charityPaid
            + paid.supplementPaid + paid.hospitalBorne
        let residual = max(0, paid.total - insurance - medical - others)
        let due = try SecondAid(setting: setting, matter: matter).due(
            residual: residual, total: paid.total, paid: 0, &pen)
        outcome.second = due.limited(
            to: try room(after: year.aidPaid + medical) ?? due.least)
    }

    private func reckonTilt(
        _ base: Int64, _ year: YearCourse, _ outcome: inout Outcome, _ pen: inout Pen
    ) throws(Gap) {
        let tilt = TiltAid(setting: setting, matter: matter)
        guard let provision = try tilt.provision() else {
            if paid.tiltAidPaid == 0 { return }
            throw Gap(text: "no rulebook in force speaks of tilt aid")
        }
        let mode = try tilt.mode()
        if let mode, mode != .cumulativePerVisit {
            guard paid.tiltAidPaid > 0 else { return }
            pen.write(
                TraceStep("tilt.not-at-counter", result: 0, details: ["mode": mode.rawValue]),
                rule: provision.rule)
            return
        }
        let aid =
            outcome.medical.nearest(to: paid.medicalAidPaid)
            + outcome.second.nearest(to: paid.secondAidPaid)
        let left = max(0, year.leftInScope + base - year.aidPaid - aid)
        if mode == nil, paid.tiltAidPaid == 0 {
            var aside = pen
            let due = try? tilt.due(left: left, paid: year.tiltPaid, &aside)
            guard let due, due != .nothing else { return }
        }
        guard mode != nil else { throw tilt.missingMode(provision) }
        outcome.tilt = try tilt.due(left: left, paid: year.tiltPaid, &pen)
    }

    /// What the annual cap of the recorded category leaves; nil where there is none.
    private func room(after paid: Int64) throws(Gap) -> Int64? {
        let terms = try setting.aidTerms(matter)
        return terms.cap.map { max(0, $0 - paid) }
    }
}
