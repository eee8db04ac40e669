/// Wrong settlements. The person's further bills of the year are left out, so that one mistake
/// makes no other record wrong.
extension Simulation {
    /// Makes a sound claim wrong where there is occasion.
    mutating func spoil(
        _ claim: inout Claim, by settlement: Settlement, before: BenefitYear,
        _ state: inout BenefitYear
    ) -> Wrong? {
        guard mistakes.isActive, maySpoil(claim, settlement, before) else { return nil }
        let paid = claim.amounts.medicalAid
        let wrong =
            claim.visit.isAfterEnd
            ? lastAid(claim)
            : spoilWhole(&claim) ?? spoilCondition(&claim, settlement.standards)
                ?? spoilCategory(&claim, settlement.standards, before)
                ?? spoilAid(&claim, settlement, before)
        guard let wrong else { return nil }
        state.aid += claim.amounts.medicalAid - paid
        state.left -= claim.amounts.medicalAid - paid
        state.isReserved = true
        return wrong
    }

    func maySpoil(_ claim: Claim, _ settlement: Settlement, _ before: BenefitYear) -> Bool {
        claim.visit.newborn == nil && claim.visit.corrects == nil && !claim.visit.isHuge
            && !before.isReserved && today < plan.lastDay
            && isJudged(settlement.standards.city, on: claim.visit.discharged)
    }

    private mutating func lastAid(_ claim: Claim) -> Wrong? {
        guard claim.amounts.medicalAid > 0 else { return nil }
        return Wrong(
            mistake: .aidAfterEnd, verdict: "in-breach", expected: 0,
            actual: claim.amounts.medicalAid)
    }

    // MARK: Whole settlement

    private mutating func spoilWhole(_ claim: inout Claim) -> Wrong? {
        let amounts = claim.amounts
        guard amounts.hospitalBorne > 0 else { return nil }
        let isLarge = amounts.outside > Standards.reviewedAbove
        let mistake: Mistake = isLarge ? .noReview : .wrongSplit
        guard mistakes.takes(mistake) else { return nil }
        if !isLarge {
            claim.amounts.targetedFund += 1
            claim.amounts.hospitalBorne -= 1
        }
        // The amounts are those of the aid, which is as it should be.
        return Wrong(
            mistake: mistake, verdict: "in-breach", expected: amounts.aid, actual: amounts.aid)
    }

    // MARK: Conditions

    private mutating func spoilCondition(_ claim: inout Claim, _ standards: Standards) -> Wrong? {
        guard claim.visit.isEmergency, standards.hasTiltAid, claim.amounts.medicalAid > 0,
            mistakes.takes(.noReferral)
        else { return nil }
        claim.isUnreferred = true
        return Wrong(
            mistake: .noReferral, verdict: "in-breach", expected: 0,
            actual: claim.amounts.medicalAid)
    }

    /// The person is destitute since the day of admission, and is still paid as before.
    private mutating func spoilCategory(
        _ claim: inout Claim, _ standards: Standards, _ before: BenefitYear
    ) -> Wrong? {
        let amounts = claim.amounts
        let base = amounts.compliantLeft + amounts.medicalAid
        let room = standards.annualCap(for: .tekun).map { max(0, $0 - before.aid) }
        let due = min(share(base, 10_000), room ?? Int.max)
        guard claim.category == .dibao, claim.visit.type == .inpatient,
            standards.city != City.liupanshui, joins(claim.person) < claim.visit.admitted - 20,
            amounts.medicalAid > 0, due > amounts.medicalAid, mistakes.takes(.lowerCategory)
        else { return nil }
        writeCertification(
            of: claim.person, .tekun, at: claim.visit.member.county, from: claim.visit.admitted,
            to: Day(claim.visit.discharged.year, 12, 31))
        return Wrong(
            mistake: .lowerCategory, verdict: "under", expected: due, actual: amounts.medicalAid)
    }

    // MARK: Amounts

    private mutating func spoilAid(
        _ claim: inout Claim, _ settlement: Settlement, _ before: BenefitYear
    ) -> Wrong? {
        let amounts = claim.amounts
        let paid = amounts.medicalAid
        guard paid > 0, amounts.targetedFund == 0,
            let reckoned = Reckoned(claim, settlement, before)
        else { return nil }
        for (mistake, fen) in reckoned.wrongAmounts {
            // What is too much must be there to be paid.
            let isPossible = fen != paid && fen > 0 && fen - paid <= amounts.cash
            guard isPossible, mistakes.takes(mistake) else { continue }
            claim.amounts.medicalAid = fen
            return Wrong(
                mistake: mistake,
                verdict: fen > paid ? "over" : fen < reckoned.floor ? "below-floor" : "under",
                expected: paid, actual: fen)
        }
        return nil
    }
}

/// How a claim's aid was reckoned, and how it may be reckoned wrongly.
private struct Reckoned {
    let claim: Claim
    let standards: Standards
    let before: BenefitYear
    let base: Int
    let ratio: Int

    init?(_ claim: Claim, _ settlement: Settlement, _ before: BenefitYear) {
        guard
            let ratio = settlement.standards.aidRatio(
                for: claim.category, visit: claim.visit.type)
        else { return nil }
        self.claim = claim
        self.before = before
        self.ratio = ratio
        standards = settlement.standards
        base = claim.amounts.compliantLeft + claim.amounts.medicalAid
    }

    private var room: Int {
        standards.annualCap(for: claim.category).map { max(0, $0 - before.aid) } ?? Int.max
    }

    private func aid(deductible: Int, ratio: Int) -> Int {
        min(share(base - min(deductible, base), ratio), room)
    }

    /// The least that the document itself demands.
    var floor: Int {
        aid(
            deductible: claim.amounts.aidDeductible,
            ratio: standards.aidRatioFloor(for: claim.category, visit: claim.visit.type))
    }

    /// The rarer occasions first.
    var wrongAmounts: [(Mistake, Int)] {
        let amounts = claim.amounts
        let paid = amounts.medicalAid
        if amounts.aidDue > paid {
            return standards.isGuangdong ? [] : [(.capPassed, amounts.aidDue)]
        }
        var list: [(Mistake, Int)] = []
        let deductible = standards.aidDeductible(for: claim.category, visit: claim.visit.type)
        if amounts.aidDeductible < min(deductible, base) {
            list.append((.deductibleTwice, aid(deductible: deductible, ratio: ratio)))
        }
        if amounts.aidDeductible > 0 {
            list.append((.deductibleNotApplied, aid(deductible: 0, ratio: ratio)))
        }
        list += [(.aidOneFenOver, paid + 1), (.aidOneFenUnder, paid - 1)]
        if paid > 20_000 {
            let lower = aid(deductible: amounts.aidDeductible, ratio: ratio - 700)
            list += [(.wrongRatio, lower), (.aidTooLarge, paid + share(paid, 1_500))]
        }
        return list.filter { $0.1 <= room }
    }
}

// MARK: Insurance

extension Simulation {
    /// What insurance is to pay too little of, if the sound amounts give occasion.
    mutating func wrongLayer(
        _ amounts: Amounts, by settlement: Settlement, _ visit: Visit, before: BenefitYear
    ) -> Settlement? {
        let standards = settlement.standards
        var wrong = settlement
        guard mistakes.isActive, visit.newborn == nil, visit.corrects == nil, !visit.isHuge,
            !visit.isAfterEnd, !before.isReserved, today < plan.lastDay, !settlement.isEmployee,
            amounts.targetedFund == 0, isJudged(standards.city, on: visit.discharged)
        else { return nil }
        if standards.city == City.liupanshui, visit.type == .inpatient, amounts.basic > 10_000,
            before.basicPaid + amounts.basic < standards.basicCap, mistakes.takes(.basicLayer)
        {
            wrong.basicShortfall =
                standards.basicRatio(visit: visit.type, level: settlement.level, isEmployee: false)
                - standards.baseRatio(visit: visit.type, level: settlement.level, isEmployee: false)
            return wrong
        }
        let ratio = standards.majorIllnessRatio(for: settlement.category, isEmployee: false)
        if amounts.majorIllness > 10_000, ratio > Standards.majorIllness.ratio,
            mistakes.takes(.majorIllnessLayer)
        {
            wrong.majorIllnessShortfall = ratio - Standards.majorIllness.ratio
            return wrong
        }
        return nil
    }

    /// - Parameters:
    ///   - before, after: the person's year without and with the claim.
    func wrong(
        _ amounts: Amounts, by settlement: Settlement, before: BenefitYear, after: BenefitYear
    ) -> Wrong {
        var sound = settlement
        sound.basicShortfall = 0
        sound.majorIllnessShortfall = 0
        if settlement.basicShortfall > 0 {
            return Wrong(
                mistake: .basicLayer, verdict: "under",
                expected: sound.basic(amounts, paidBefore: before.basicPaid),
                actual: amounts.basic)
        }
        return Wrong(
            mistake: .majorIllnessLayer, verdict: "under",
            expected: sound.majorIllness(
                burden: after.burden, paidBefore: before.majorIllnessPaid),
            actual: amounts.majorIllness)
    }
}
