/// Settles one bill in layers: basic insurance, major-illness insurance, medical aid, the rest.
struct Settlement {
    let standards: Standards
    let category: Category
    let visit: VisitType
    let level: Int
    let isEmployee: Bool
    var ownExpenseShare: Int?
    /// Own expense beyond it is left out of the bill.
    var ownExpenseLimit = Int.max
    /// By so much insurance pays at too low a ratio.
    var basicShortfall = 0
    var majorIllnessShortfall = 0
    /// The components of a bill that is not left to chance.
    var preset: Amounts?

    func settle(
        _ total: Int, year: inout BenefitYear, random: inout RandomSource
    ) -> Amounts {
        var amounts = preset ?? components(of: total, random: &random)
        pay(&amounts, &year)
        payOthers(&amounts, random: &random)
        return amounts
    }

    /// What the documents say, of a bill whose components are known.
    func pay(_ amounts: inout Amounts, _ year: inout BenefitYear) {
        payBasic(&amounts, &year)
        payMajorIllness(&amounts, &year)
        payAid(&amounts, &year)
        year.left += amounts.compliantLeft
        payTargeted(&amounts)
    }

    private func components(of total: Int, random: inout RandomSource) -> Amounts {
        var amounts = Amounts(total: total)
        let outside = [400, 250, 420, 850][level]
        amounts.ownExpense = share(total, ownExpenseShare ?? random.below(outside))
        if level >= 2 { amounts.overLimit = share(total, random.below(70)) }
        amounts.advanceSelfPay = share(total, visit == .inpatient ? random.below(800) : 0)
        if amounts.outside > ownExpenseLimit {
            amounts.ownExpense = 0
            amounts.overLimit = 0
        }
        return amounts
    }

    private func payBasic(_ amounts: inout Amounts, _ year: inout BenefitYear) {
        let deductible = standards.basicDeductible(
            visit: visit, level: level, isEmployee: isEmployee)
        amounts.deductible = min(deductible, amounts.compliant)
        amounts.basic = basic(amounts, paidBefore: year.basicPaid)
        year.basicPaid += amounts.basic
    }

    func basic(_ amounts: Amounts, paidBefore: Int) -> Int {
        let ratio = standards.basicRatio(visit: visit, level: level, isEmployee: isEmployee)
        let due = share(amounts.compliant - amounts.deductible, ratio - basicShortfall)
        return min(due, max(0, standards.basicCap - paidBefore))
    }

    private func payMajorIllness(_ amounts: inout Amounts, _ year: inout BenefitYear) {
        guard standards.majorIllnessScope.contains(visit) else { return }
        let before = year.burden
        year.burden += amounts.compliantLeft
        let deductible = standards.majorIllnessDeductible(for: category, isEmployee: isEmployee)
        amounts.majorIllnessBase = amounts.compliantLeft
        amounts.majorIllnessDeductible = max(0, min(deductible - before, amounts.compliantLeft))
        let paid = majorIllness(burden: year.burden, paidBefore: year.majorIllnessPaid)
        year.majorIllnessPaid += paid
        if isEmployee { amounts.employeeLarge = paid } else { amounts.majorIllness = paid }
    }

    /// Cumulatively over the year: the cumulative amount is rounded, then what was paid is taken
    /// off.
    func majorIllness(burden: Int, paidBefore: Int) -> Int {
        let deductible = standards.majorIllnessDeductible(for: category, isEmployee: isEmployee)
        let ratio = standards.majorIllnessRatio(for: category, isEmployee: isEmployee)
        let due = share(max(0, burden - deductible), ratio - majorIllnessShortfall)
        let cap = standards.majorIllnessCap(for: category, isEmployee: isEmployee) ?? Int.max
        return max(0, min(due, cap) - paidBefore)
    }

    private func payAid(_ amounts: inout Amounts, _ year: inout BenefitYear) {
        let base = amounts.compliantLeft
        guard let ratio = standards.aidRatio(for: category, visit: visit) else {
            year.uncovered += base
            return
        }
        let deductible = standards.aidDeductible(for: category, visit: visit)
        let applied = max(0, min(deductible - year.aidDeductibleUsed, base))
        let due = share(base - applied, ratio)
        let room = standards.annualCap(for: category).map { max(0, $0 - year.aid) }
        year.aidDeductibleUsed += applied
        year.aidBases += base
        amounts.aidDue = due
        amounts.aidEntitled = min(due, room ?? due)
        amounts.aidDeductible = applied
        guard !standards.isAidedOnApplication(category) else { return }
        amounts.medicalAid = amounts.aidEntitled
        year.aid += amounts.medicalAid
    }

    /// The targeted fund takes what is left in scope and four fifths of the rest, the hospital
    /// the last fifth; it also advances the medical aid.
    private func payTargeted(_ amounts: inout Amounts) {
        guard standards.settlesWhole(category, visit) else { return }
        let fundShare = share(amounts.outside, 8_000)
        amounts.targetedFund = amounts.compliantLeft + fundShare
        amounts.hospitalBorne = amounts.outside - fundShare
        amounts.isAdvanced = amounts.medicalAid > 0
    }

    private func payOthers(_ amounts: inout Amounts, random: inout RandomSource) {
        if isEmployee {
            amounts.account = min(amounts.cash, random.below(200_00))
        } else if amounts.cash > 1_000_00, random.chance(80) {
            amounts.charity = min(amounts.cash, 500_00)
        } else if amounts.cash > 1_000_00, random.chance(120) {
            amounts.supplement = share(amounts.cash, 2_000)
        }
    }
}
