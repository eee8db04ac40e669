/// Running sums of a person's benefit year.
struct BenefitYear {
    var year = 0
    /// Compliant cost left after basic insurance, before major-illness insurance.
    var burden = 0
    var basicPaid = 0
    var majorIllnessPaid = 0
    /// Major-illness insurance's terms changed within the year: what came before does not count.
    var isUnderNewTerms = false
    /// All aid that counts against the annual cap.
    var aid = 0
    /// What aid was reckoned on, over all bills.
    var aidBases = 0
    /// In scope of insurance, but no aid is laid down for the type of visit.
    var uncovered = 0
    var aidDeductibleUsed = 0
    var tilt = 0
    /// In policy scope and left to the person after three layers.
    var left = 0
    /// Own expense of the targeted fund's special outpatients in `ownExpenseMonth`.
    var ownExpense = 0
    var ownExpenseMonth = 0
    /// Aid at discretion or on the total cost was granted: what is left is no longer simple.
    var hasOtherAid = false
    /// Last day with a service; stays must not overlap.
    var lastService = 0
    var readmission = Readmission()
    /// Day and second of the last settlement: later ones must be later.
    var lastSettled = 0
    var lastSettledSecond = 0
    var isWarned = false
    /// Waits for a decision, or was chosen for something that no other bill of the year may
    /// disturb.
    var isReserved = false

    mutating func enter(_ newYear: Int) {
        guard year != newYear else { return }
        self = BenefitYear(
            year: newYear, lastService: lastService, readmission: readmission,
            lastSettled: lastSettled, lastSettledSecond: lastSettledSecond)
    }

    mutating func enterNewTerms() {
        guard !isUnderNewTerms else { return }
        burden = 0
        majorIllnessPaid = 0
        isUnderNewTerms = true
    }

    /// Takes one settlement back; the person was reserved, so none has come in between.
    mutating func restore(_ before: BenefitYear) {
        let present = self
        self = before
        lastService = present.lastService
        readmission = present.readmission
        lastSettled = present.lastSettled
        lastSettledSecond = present.lastSettledSecond
        isWarned = present.isWarned
        isReserved = false
    }
}
