/// Who paid what of one bill. The four components together, and all payers together, are the
/// total, exactly to the fen.
struct Amounts {
    var total = 0
    var ownExpense = 0
    var overLimit = 0
    var advanceSelfPay = 0
    var compliant: Int { total - ownExpense - overLimit - advanceSelfPay }

    /// The same bill before anybody has paid.
    var components: Amounts {
        Amounts(
            total: total, ownExpense: ownExpense, overLimit: overLimit,
            advanceSelfPay: advanceSelfPay)
    }

    var basic = 0
    var majorIllness = 0
    var employeeLarge = 0
    var medicalAid = 0
    var secondAid = 0
    var tiltAid = 0
    var targetedFund = 0
    var charity = 0
    var supplement = 0
    var hospitalBorne = 0
    var account = 0

    var deductible = 0
    var majorIllnessBase = 0
    var majorIllnessDeductible = 0
    var aidDeductible = 0
    var isAdvanced = false
    /// What the aid's own rules give for the bill, before the annual cap and within it, whether
    /// paid at the counter or not.
    var aidDue = 0
    var aidEntitled = 0

    /// What is left to the person: whatever no other payer took.
    var cash: Int {
        total - basic - majorIllness - employeeLarge - medicalAid - secondAid - tiltAid
            - targetedFund - charity - supplement - hospitalBorne - account
    }

    /// In policy scope and not yet paid by anybody.
    var compliantLeft: Int {
        compliant - basic - majorIllness - employeeLarge - medicalAid - secondAid - tiltAid
    }

    /// What the targeted fund and the hospital share.
    var outside: Int { ownExpense + overLimit + advanceSelfPay }

    /// What the aid fund owes for the bill.
    var aid: Int { medicalAid + secondAid + tiltAid }
}

/// `fen` · `basisPoints` / 10,000, half up.
func share(_ fen: Int, _ basisPoints: Int) -> Int {
    (fen * basisPoints + 5_000) / 10_000
}
