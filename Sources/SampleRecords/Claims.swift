/// Settling a visit, and what follows from it.
extension Simulation {
    /// - Parameter change: what is wrong with a planted claim.
    @discardableResult
    mutating func settle(_ visit: Visit, change: ((inout Claim) -> Void)? = nil) -> SettledClaim {
        let county = visit.member.county
        let person = patient(of: visit)
        var state =
            visit.newborn == nil ? benefitYears[self.state(of: visit.member)] : BenefitYear()
        state.enter(visit.discharged.year)
        if hasNewMajorIllnessTerms(person, on: visit.discharged) { state.enterNewTerms() }
        let before = state
        var claim = makeClaim(visit, person, &state)
        if let change { alter(&claim, &state, change) }
        state.lastService = max(state.lastService, visit.discharged.number)
        state.readmission.leave(visit)
        if visit.newborn == nil { benefitYears[self.state(of: visit.member)] = state }
        let reference = write(claim, at: county)
        if let wrong = claim.wrong { mistakes.plant(wrong, in: reference, at: emitted) }
        let settled = SettledClaim(
            reference: reference, member: visit.member, slot: visit.slot, day: today,
            category: claim.category, amounts: claim.amounts)
        guard today < plan.lastDay else { return settled }
        book(settled, claim)
        guard visit.newborn == nil, claim.wrong == nil, person.period == nil else {
            return settled
        }
        if claim.amounts.aid > 0 { counties[county].recentClaim = settled }
        follow(settled, claim, before)
        return settled
    }

    /// Liupanshui's plan laid down terms of its own for residents, in the middle of a year.
    private func hasNewMajorIllnessTerms(_ person: Person, on day: Day) -> Bool {
        person.place.city == City.liupanshui && !person.isEmployee && day.year == 2017
            && day >= Day(2017, 8, 24)
    }

    private func patient(of visit: Visit) -> Person {
        guard let born = visit.newborn else { return person(visit.member) }
        return Person(
            seed: plan.seed, place: counties[visit.member.county].place,
            newborn: visit.member.index - Person.firstNewborn, born: born)
    }

    private mutating func makeClaim(
        _ visit: Visit, _ person: Person, _ state: inout BenefitYear
    ) -> Claim {
        let category = person.group.category(in: visit.discharged.year)
        let institution = counties[visit.member.county].institutions[visit.slot]
        let standards = standards(visit.member.county, in: visit.discharged.year)
        let isEmployee = person.isEmployee
        let isTargeted = standards.hasTargetedFund(for: category)
        var settlement = Settlement(
            standards: standards, category: category, visit: visit.type,
            level: institution.level, isEmployee: isEmployee,
            ownExpenseShare: visit.ownExpenseShare)
        settlement.preset = visit.components
        settlement.basicShortfall = visit.basicShortfall
        settlement.majorIllnessShortfall = visit.majorIllnessShortfall
        if isTargeted, visit.type == .specialOutpatient, visit.components == nil {
            settlement.ownExpenseLimit = ownExpenseLimit(in: visit.discharged.month, &state)
        }
        let before = (state: state, random: random)
        var amounts = settlement.settle(visit.totalFen, year: &state, random: &random)
        var wrong: Wrong?
        if let other = wrongLayer(amounts, by: settlement, visit, before: before.state) {
            (state, random) = before
            amounts = other.settle(visit.totalFen, year: &state, random: &random)
            wrong = self.wrong(amounts, by: other, before: before.state, after: state)
            state.isReserved = true
        }
        if isTargeted, visit.type == .specialOutpatient { state.ownExpense += amounts.outside }
        let serial = nextReference(.claimSettled, at: visit.member.county).serial
        let number = String(institution.code.suffix(5)) + "-" + String(year * 10_000_000 + serial)
        var claim = Claim(
            person: person, idType: visit.newborn == nil ? person.idType : .birthCertificate,
            category: category, scheme: isEmployee ? "employee" : "resident", visit: visit,
            institution: institution,
            admissionNo: visit.type == .inpatient ? "ZY" + number : nil,
            invoiceNo: "YL" + String(person.place.code) + "-" + number,
            settledSecond: settledSecond(&state), amounts: amounts,
            payee: visit.isManual ? Payee(of: person, on: today) : nil,
            identityShown: isTargeted ? ["social-security-card", "targeted-certificate"] : [],
            wrong: wrong)
        if wrong == nil {
            claim.wrong = spoil(&claim, by: settlement, before: before.state, &state)
        }
        return claim
    }

    /// A month's special outpatient bills together stay below what experts must look at.
    private func ownExpenseLimit(in month: Int, _ state: inout BenefitYear) -> Int {
        if state.ownExpenseMonth != month {
            state.ownExpenseMonth = month
            state.ownExpense = 0
        }
        return Standards.reviewedAbove - state.ownExpense
    }

    /// A second of today after the person's last settlement.
    private mutating func settledSecond(_ state: inout BenefitYear) -> Int {
        let drawn = 28_800 + random.below(36_000)
        let isAgain = state.lastSettled == today.number
        state.lastSettledSecond = isAgain ? max(drawn, state.lastSettledSecond + 60) : drawn
        state.lastSettled = today.number
        return state.lastSettledSecond
    }

    private mutating func write(_ claim: Claim, at county: Int) -> Reference {
        let next = nextReference(.claimSettled, at: county)
        let day = fraud.occurredOn ?? today
        let reference = record(
            .claimSettled, at: county, by: .hospital,
            amount: claim.amounts.total + claim.misstatement.total,
            corrects: claim.visit.corrects
        ) { line in
            line.claim(claim, reference: next, settledOn: day)
        }
        if form == .settlements { writeRow(of: claim) }
        return reference
    }

    /// One-stop aid is advanced by the hospital; by hand it is paid to the person.
    private mutating func book(_ claim: SettledClaim, _ details: Claim) {
        let amounts = claim.amounts
        if details.isManual {
            // Who is paid of a planted case, and when, belongs to it.
            if amounts.aid > 0, let payee = details.payee, details.person.period == nil {
                let step = AidCase(payment: claim, payee: payee)
                agenda.add(.aid(step), on: (today + 4 + random.below(12)).officeDay)
            }
            return
        }
        let fund: Fund = amounts.targetedFund > 0 || amounts.isAdvanced ? .targeted : .medicalAid
        let fen = fund == .targeted ? amounts.medicalAid + amounts.targetedFund : amounts.aid
        guard fen > 0 else { return }
        counties[claim.member.county].advanced[claim.slot * 2 + fund.rawValue]
            .add(fen, claim.reference)
        if amounts.isAdvanced {
            counties[claim.member.county].toOffset.add(amounts.medicalAid, claim.reference)
        }
    }

    // MARK: What follows

    /// - Parameter before: the person's year before the claim.
    private mutating func follow(
        _ claim: SettledClaim, _ details: Claim, _ before: BenefitYear
    ) {
        warn(about: claim, details.person)
        if details.visit.isHuge {
            applyAboveCap(for: claim)
        } else if claim.amounts.targetedFund > 0,
            claim.amounts.outside > Standards.reviewedAbove
        {
            review(claim)
        } else if mayBeReversed(details), random.chance(120) {
            scheduleReversal(of: claim, details, before)
        } else if claim.amounts.cash > 60_000, claim.amounts.targetedFund == 0,
            !details.isManual, random.chance(isLikelyToApply(claim) ? 8_000 : 2_200)
        {
            apply(for: claim, visit: details.visit.type)
        }
    }

    /// So much is left that tilt aid is to be had, or nothing was paid at the counter.
    private func isLikelyToApply(_ claim: SettledClaim) -> Bool {
        let standards = standards(claim.member.county, in: claim.day.year)
        let left = benefitYears[state(of: claim.member)].left
        return standards.hasTiltAid && left > standards.tiltDeductible
            || claim.amounts.aidEntitled > claim.amounts.medicalAid
    }

    private func mayBeReversed(_ claim: Claim) -> Bool {
        !claim.isManual && claim.visit.referral == nil && claim.visit.corrects == nil
            && today.civil.day <= 18
    }

    private mutating func scheduleReversal(
        of claim: SettledClaim, _ details: Claim, _ before: BenefitYear
    ) {
        let state = state(of: claim.member)
        benefitYears[state].isReserved = true
        reversals += 1
        let reversal = Reversal(
            claim: claim, visit: details.visit, before: before,
            isResubmitted: reversals % 3 != 0)
        agenda.add(.reverse(reversal), on: today + 1 + random.below(9))
    }

    /// Experts look at large own-expense cost before the targeted fund pays it.
    private mutating func review(_ claim: SettledClaim) {
        agenda.add(
            .supervise(.review(claim)), on: (today + 5 + random.below(10)).officeDay)
    }
}

/// A settlement that will be taken back.
struct Reversal {
    let claim: SettledClaim
    var visit: Visit
    /// The person's year without the settlement.
    let before: BenefitYear
    let isResubmitted: Bool
}

extension Simulation {
    mutating func reverse(_ reversal: Reversal) {
        let claim = reversal.claim
        record(.entryReversed, at: claim.member.county, by: .hospital) { line in
            line.reference("reverses", claim.reference)
            line.text("reason", Reversal.reason)
        }
        if form == .settlements { writeRefundRow(of: claim) }
        unbook(claim)
        benefitYears[state(of: claim.member)].restore(reversal.before)
        guard reversal.isResubmitted else { return }
        var visit = reversal.visit
        visit.corrects = claim.reference
        visit.totalFen = share(visit.totalFen, 9_200)
        settle(visit)
    }

    mutating func unbook(_ claim: SettledClaim) {
        let amounts = claim.amounts
        let fund: Fund = amounts.targetedFund > 0 || amounts.isAdvanced ? .targeted : .medicalAid
        let fen = fund == .targeted ? amounts.medicalAid + amounts.targetedFund : amounts.aid
        guard fen > 0 else { return }
        counties[claim.member.county].advanced[claim.slot * 2 + fund.rawValue]
            .remove(fen, claim.reference)
        if amounts.isAdvanced {
            counties[claim.member.county].toOffset.remove(amounts.medicalAid, claim.reference)
        }
        if counties[claim.member.county].recentClaim?.reference == claim.reference {
            counties[claim.member.county].recentClaim = nil
        }
    }
}

extension Reversal {
    static let reason = "费用明细录入有误，退费重结"
}

extension Advances {
    mutating func add(_ fen: Int, _ claim: Reference) {
        self.fen += fen
        count += 1
        if count <= Self.namedAtMost { claims.append(claim) }
    }

    mutating func remove(_ fen: Int, _ claim: Reference) {
        self.fen -= fen
        count -= 1
        claims.removeAll { $0 == claim }
    }

    /// The claims, when all of them are named.
    var allClaims: [Reference]? { claims.count == count ? claims : nil }
}
