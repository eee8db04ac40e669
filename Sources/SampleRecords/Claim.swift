/// A settled claim with everything that its record says, whether written as JSON or as CSV.
struct Claim {
    let person: Person
    let idType: Person.IDType
    var category: Category
    let scheme: String
    let visit: Visit
    let institution: Institution
    var admissionNo: String?
    var invoiceNo: String
    /// The number of the settlement, where it is not the record's own.
    var settlementNo: String?
    var stage = "final"
    /// When the person was there, where the claim does not say what the visit was.
    var stay: ClosedRange<Day>?
    let settledSecond: Int
    var amounts: Amounts
    var payee: Payee?
    var misstatement = Misstatement()
    let identityShown: [String]
    /// What insurance paid wrongly.
    var wrong: Wrong?
    /// Elsewhere without a referral or an emergency.
    var isUnreferred = false

    var isManual: Bool { visit.isManual }
    var benefitYear: Int { visit.discharged.year }

    /// How the referral stands; one filed is named by `visit.referral`.
    var referral: String {
        if isUnreferred { return "none" }
        if visit.isEmergency { return "emergency" }
        return visit.referral == nil ? "not-needed" : "filed"
    }
}

extension JSONLine {
    mutating func claim(_ claim: Claim, reference: Reference, settledOn: Day) {
        person("person", claim.person, as: claim.idType)
        text("category", claim.category.rawValue)
        text("scheme", claim.scheme)
        code("enrolledArea", digits: claim.person.place.code, 6)
        number("benefitYear", claim.benefitYear)
        text("institution", claim.institution.code)
        visit(claim, reference: reference)
        text("invoiceNo", claim.invoiceNo)
        time("settledAt", settledOn, second: claim.settledSecond)
        text("channel", claim.isManual ? "manual" : "one-stop")
        if claim.isManual { date("claimedOn", settledOn - 6) }
        text("referral", claim.referral)
        if let referral = claim.visit.referral { self.reference("referralRef", referral) }
        if claim.visit.type == .inpatient, !claim.isManual { flag("payLaterSigned", true) }
        if !claim.identityShown.isEmpty { texts("identityShown", claim.identityShown) }
        amounts(claim.amounts, claim.misstatement)
        if let payee = claim.payee { self.payee(payee) }
    }

    private mutating func visit(_ claim: Claim, reference: Reference) {
        let visit = claim.visit
        open("visit")
        text("type", visit.type.rawValue)
        if let admissionNo = claim.admissionNo { text("admissionNo", admissionNo) }
        date("admittedOn", claim.stay?.lowerBound ?? visit.admitted)
        date("dischargedOn", claim.stay?.upperBound ?? visit.discharged)
        text("diagnosis", visit.diagnosis)
        if visit.type == .specialOutpatient { month("month", Month(visit.discharged)) }
        text("settlement", claim.stage)
        text("settlementNo", claim.settlementNo ?? reference.id)
        close()
    }

    private mutating func amounts(_ amounts: Amounts, _ misstatement: Misstatement) {
        open("amounts")
        number("totalFen", amounts.total + misstatement.total)
        number("compliantFen", amounts.compliant)
        number("ownExpenseFen", amounts.ownExpense)
        number("overLimitFen", amounts.overLimit + misstatement.overLimit)
        number("advanceSelfPayFen", amounts.advanceSelfPay)
        number("basicPaidFen", amounts.basic)
        number("majorIllnessPaidFen", amounts.majorIllness)
        amount("employeeLargePaidFen", amounts.employeeLarge)
        number("medicalAidPaidFen", amounts.medicalAid)
        amount("secondAidPaidFen", amounts.secondAid)
        amount("tiltAidPaidFen", amounts.tiltAid)
        amount("targetedFundPaidFen", amounts.targetedFund)
        amount("charityPaidFen", amounts.charity)
        amount("supplementPaidFen", amounts.supplement)
        amount("hospitalBorneFen", amounts.hospitalBorne)
        amount("accountPaidFen", amounts.account)
        number("cashPaidFen", amounts.cash + misstatement.cash)
        shares(amounts)
        close()
    }

    private mutating func shares(_ amounts: Amounts) {
        number("deductibleAppliedFen", amounts.deductible)
        amount("majorIllnessBaseFen", amounts.majorIllnessBase)
        amount("majorIllnessDeductibleAppliedFen", amounts.majorIllnessDeductible)
        if amounts.medicalAid > 0 { amount("aidDeductibleAppliedFen", amounts.aidDeductible) }
        guard amounts.isAdvanced else { return }
        number("medicalAidAdvancedFen", amounts.medicalAid)
        text("medicalAidAdvancedBy", "targeted-poverty")
    }
}
