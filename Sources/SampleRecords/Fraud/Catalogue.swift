/// One round of every row of the catalogue of detectors (`ledger/detectors`). Of L1 a broken chain
/// is not planted: that is done to a ledger, and not to the records that come in.
extension Simulation {
    mutating func plantAll(_ number: Int) {
        plantEnrolment(number)
        plantSettlement(number)
        plantStays(number)
        plantMoney(number)
        plantPatterns(number)
    }

    private mutating func plantEnrolment(_ number: Int) {
        plantDoubleSubsidies(number)
        plantWrongRates(number)
        plantBelowFloor(number)
        plantInvalidIdentities(number)
        plantCharges(number)
        plantLateLists(number)
        plantCoverageGaps(number)
        plantWrongFunds(number)
    }

    private mutating func plantSettlement(_ number: Int) {
        plantImbalances(number)
        plantWrongAid(number)
        plantWrongOrder(number)
        plantAboveCap(number)
        plantMisusedConsent(number)
        plantMissingOffsets(number)
        plantDoubleClaims(number)
        plantDoubleIdentities(number)
        plantWrongSplits(number)
        plantWrongLayers(number)
        plantWrongSequence(number)
    }

    private mutating func plantStays(_ number: Int) {
        plantOverlaps(number)
        plantSplitStays(number)
        plantEmptyBeds(number)
        plantUnreferred(number)
        plantOutsideCatalogue(number)
        plantReviews(number)
        plantHugging(number)
        plantVelocity(number)
        plantNearCap(number)
    }

    private mutating func plantMoney(_ number: Int) {
        plantSharedAccounts(number)
        plantAfterDeath(number)
        plantLatePayments(number)
        plantOpenAdvances(number)
        plantWrongPaths(number)
        plantMatching(number)
        plantDoublePayments(number)
    }

    private mutating func plantPatterns(_ number: Int) {
        plantOneHand(number)
        plantApprovers(number)
        plantReversals(number)
        plantOutliers(number)
        plantDigits(number)
        plantSpikes(number)
        plantNetworks(number)
        plantWrongNumbers(number)
        plantLateRecords(number)
        plantIncomplete(number)
    }
}
