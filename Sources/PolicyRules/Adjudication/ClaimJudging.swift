import AidRecords

extension PersonJudge {
    mutating func judge(_ claim: Claim) -> Opinion {
        var pen = Pen(isTracing: isTracing)
        let setting: Setting
        do {
            setting = try SettingFinder(ruling: ruling, history: history).setting(of: claim, &pen)
        } catch {
            rememberUnjudged(claim, error)
            return cannotBeJudged(
                claim.head, claim.benefitYear, claim.amounts.aidPaid, error, pen)
        }
        let at = ClaimCase(
            setting, claim, history, isAppliedFor: appliedFor.contains(claim.head.key))
        let first = ClaimReckoning(at, &recorded, pen)
        let second = reperform(at, first, pen)
        return opinion(claim, setting, first, second)
    }

    /// As long as everything of a year was paid as it was due, the two worlds are one, and the
    /// second reckoning would be the first again.
    private mutating func reperform(
        _ at: ClaimCase, _ first: ClaimReckoning, _ pen: Pen
    ) -> ClaimReckoning {
        let year = at.setting.year
        guard !isTracing, !partedYears.contains(year), first.isAsPaid(at.claim) else {
            partedYears.insert(year)
            return ClaimReckoning(at, &reperformed, pen)
        }
        reperformed[year] = recorded[year]
        let key = at.claim.head.key
        if reperformed.remembersClaims { reperformed.claims[key] = recorded.claims[key] }
        return first
    }

    /// The year goes on with what was paid.
    private mutating func rememberUnjudged(_ claim: Claim, _ gap: Gap) {
        let paid = claim.amounts
        var year = recorded[claim.benefitYear]
        let left = max(0, paid.compliant - paid.basicPaid)
        year.basicPaid += paid.basicPaid
        let area = ruling.area(claim.head.area)
        let scope = area.codes("major-illness-scope", area.probe(claim))
        year.addMajorIllness(
            burden: scope?.contains(claim.visitType) ?? true ? left : 0,
            paid: claim.majorIllnessPaid, under: "")
        let base = max(0, left - claim.majorIllnessPaid - claim.otherInsurance)
        year.bases += base
        year.leftInScope += base
        year.add(medical: paid.medicalAidPaid, second: paid.secondAidPaid, tilt: paid.tiltAidPaid)
        recorded[claim.benefitYear] = year
        reperformed.years[claim.benefitYear, default: YearCourse()].gap = gap
        partedYears.insert(claim.benefitYear)
        recorded.unreckoned[claim.head.key] = gap
        reperformed.unreckoned[claim.head.key] = gap
    }

    // MARK: The judgement

    private func opinion(
        _ claim: Claim, _ setting: Setting, _ first: ClaimReckoning, _ second: ClaimReckoning
    ) -> Opinion {
        var judgement = Judgement(
            seq: claim.head.seq, key: claim.head.key, year: setting.year,
            verdict: .cannotBeJudged, actual: claim.amounts.aidPaid,
            rulebooks: setting.stack.names, rules: first.pen.rules)
        judgement.reperformed = (try? second.aid.get())?.whole.least
        judgement.components = first.components
        judgement.layers = first.layerVerdicts(claim)
        switch first.aid {
        case .failure(let gap): judgement.lacks(gap)
        case .success(let aid):
            judgement.expected = aid.whole.least
            judgement.expectedMost = aid.whole.most
            let (verdict, breach) = verdict(claim, aid, first)
            judgement.verdict = verdict
            judgement.breach = breach
            judgement.cite(breach?.rule)
            if case .failure(let gap)? = first.whole, verdict.isSound { judgement.lacks(gap) }
        }
        return Opinion(
            judgement: judgement, asRecorded: first.concludedTrace(claim),
            reperformed: second.concludedTrace(claim))
    }

    private func verdict(
        _ claim: Claim, _ aid: ClaimAid.Outcome, _ reckoning: ClaimReckoning
    ) -> (Verdict, Breach?) {
        let exceptions = claim.head.exceptions
        let rules = reckoning.pen.rules
        let actual = claim.amounts.aidPaid
        let onSum = verdict(
            aid.whole, actual, breach: aid.breach, exceptions: exceptions, rules: rules)
        guard onSum.isSound else { return (onSum, aid.breach) }
        let parts: [(Due, Int64)] = [
            (aid.medical, claim.amounts.medicalAidPaid), (aid.second, claim.amounts.secondAidPaid),
            (aid.tilt, claim.amounts.tiltAidPaid),
        ]
        for (due, paid) in parts {
            let onPart = verdict(due, paid, breach: nil, exceptions: exceptions, rules: rules)
            if !onPart.isSound { return (onPart, nil) }
        }
        guard case .success(let whole)? = reckoning.whole else { return (onSum, nil) }
        let isSplitRight =
            whole.fund == claim.amounts.targetedFundPaid
            && whole.hospital == claim.amounts.hospitalBorne
        let breach = isSplitRight ? nil : Breach(condition: whole.condition, rule: whole.rule)
        let onSplit = verdict(
            aid.whole, actual, breach: breach, exceptions: exceptions, rules: rules)
        return (onSplit, breach)
    }
}

extension Judgement {
    fileprivate mutating func lacks(_ gap: Gap) {
        verdict = .cannotBeJudged
        expected = nil
        expectedMost = nil
        missing = [gap.text]
        breach = nil
        cite(gap.rule)
    }

    mutating func cite(_ rule: String?) {
        guard let rule, !rule.isEmpty, !rules.contains(rule) else { return }
        rules.append(rule)
    }
}

extension Verdict {
    /// Whether nothing speaks against what was paid.
    package var isSound: Bool { self == .exact || self == .within || self == .excused }
}

extension YearCourse {
    mutating func addMajorIllness(burden: Int64, paid: Int64, under regime: String) {
        self.burden += burden
        majorIllness[regime, default: MajorIllnessCourse()].burden += burden
        majorIllness[regime, default: MajorIllnessCourse()].paid += paid
    }

    mutating func add(medical: Int64, second: Int64, tilt: Int64) {
        aidPaid += medical + second
        medicalAidPaid += medical
        tiltPaid += tilt
    }
}
