/// Running sums of a person's benefit year.
struct BenefitYear {
    var year = 0
    /// Compliant cost left after basic insurance, before major-illness insurance.
    var burden = 0
    var basicPaid = 0
    var majorIllnessPaid = 0
    var aid = 0
    var tilt = 0
    var aidDeductibleUsed = 0
    /// Last day with a service; stays must not overlap.
    var lastService = 0
    var isWarned = false
    /// Chosen for a bill that passes the cap: no other bill of the year may disturb the sums.
    var isReserved = false

    mutating func enter(_ newYear: Int) {
        guard year != newYear else { return }
        self = BenefitYear(year: newYear, lastService: lastService)
    }

    /// Takes one settlement back; the person was reserved, so none has come in between.
    mutating func undo(_ amounts: Amounts) {
        burden -= amounts.majorIllnessBase
        basicPaid -= amounts.basic
        majorIllnessPaid -= amounts.majorIllness + amounts.employeeLarge
        aid -= amounts.medicalAid
        aidDeductibleUsed -= amounts.aidDeductible
        isReserved = false
    }
}

/// Settles one bill in layers: basic insurance, major-illness insurance, medical aid, the rest.
struct Settlement {
    let standards: Standards
    let category: Category
    let visit: VisitType
    let level: Int
    let isEmployee: Bool
    var ownExpenseShare: Int?

    func settle(
        _ total: Int, year: inout BenefitYear, random: inout RandomSource
    ) -> Amounts {
        var amounts = components(of: total, random: &random)
        payBasic(&amounts, &year)
        payMajorIllness(&amounts, &year)
        payAid(&amounts, &year)
        payTargeted(&amounts)
        payOthers(&amounts, random: &random)
        return amounts
    }

    private func components(of total: Int, random: inout RandomSource) -> Amounts {
        var amounts = Amounts(total: total)
        let outside = [400, 250, 420, 850][level]
        amounts.ownExpense = share(total, ownExpenseShare ?? random.below(outside))
        if level >= 2 { amounts.overLimit = share(total, random.below(70)) }
        amounts.advanceSelfPay = share(total, visit == .inpatient ? random.below(800) : 0)
        return amounts
    }

    private func payBasic(_ amounts: inout Amounts, _ year: inout BenefitYear) {
        let deductible = standards.basicDeductible(
            visit: visit, level: level, isEmployee: isEmployee)
        amounts.deductible = min(deductible, amounts.compliant)
        let ratio = standards.basicRatio(visit: visit, level: level, isEmployee: isEmployee)
        let due = share(amounts.compliant - amounts.deductible, ratio)
        amounts.basic = min(due, max(0, standards.basicCap - year.basicPaid))
        year.basicPaid += amounts.basic
    }

    /// Inpatient and special-outpatient cost counts, cumulatively over the year.
    private func payMajorIllness(_ amounts: inout Amounts, _ year: inout BenefitYear) {
        guard visit == .inpatient || visit == .specialOutpatient else { return }
        let before = year.burden
        year.burden += amounts.compliantLeft
        let deductible = standards.majorIllnessDeductible(for: category)
        amounts.majorIllnessBase = amounts.compliantLeft
        amounts.majorIllnessDeductible = max(0, min(deductible - before, amounts.compliantLeft))
        let ratio = standards.majorIllnessRatio(for: category)
        let due = share(max(0, year.burden - deductible), ratio)
        let paid = max(0, due - year.majorIllnessPaid)
        year.majorIllnessPaid += paid
        if isEmployee { amounts.employeeLarge = paid } else { amounts.majorIllness = paid }
    }

    private func payAid(_ amounts: inout Amounts, _ year: inout BenefitYear) {
        guard visit != .outpatient, visit != .pharmacy else { return }
        let isInpatient = visit == .inpatient
        if isInpatient {
            let left = standards.aidDeductible(for: category) - year.aidDeductibleUsed
            amounts.aidDeductible = max(0, min(left, amounts.compliantLeft))
            year.aidDeductibleUsed += amounts.aidDeductible
        }
        let ratio = standards.aidRatio(for: category, isInpatient: isInpatient)
        let due = share(amounts.compliantLeft - amounts.aidDeductible, ratio)
        let room = standards.annualCap(for: category).map { max(0, $0 - year.aid) }
        amounts.medicalAid = min(due, room ?? due)
        year.aid += amounts.medicalAid
    }

    /// The targeted fund takes what is left in scope and four fifths of the rest, the hospital
    /// the last fifth; it also advances the medical aid.
    private func payTargeted(_ amounts: inout Amounts) {
        guard standards.hasTargetedFund(for: category) else { return }
        let outside = amounts.ownExpense + amounts.overLimit
        let fundShare = share(outside, 8_000)
        amounts.targetedFund = amounts.compliantLeft + amounts.advanceSelfPay + fundShare
        amounts.hospitalBorne = outside - fundShare
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
