package import AidRecords

/// What came of one detector, counted.
package struct FindingSummary: Sendable {
    package let detector: Detector
    /// How many records it has looked at.
    package let examined: Int64
    package let counts: [Detector.Grade: Int]
    /// Of all findings together, in fen; nil where none has an amount.
    package let amount: Int64?
    /// What could not be found out for lack of something.
    package let missing: [Lack]
    package let failure: DeclarationError?

    package init(
        _ detector: Detector, examined: Int64, findings: [Finding],
        missing: [Lack], failure: DeclarationError?
    ) {
        self.detector = detector
        self.examined = examined
        counts = findings.reduce(into: [:]) { $0[$1.grade, default: 0] += 1 }
        let amounts = findings.compactMap(\.amount)
        // A sum past what an integer holds is shown as the most that it holds.
        amount =
            amounts.isEmpty
            ? nil
            : amounts.reduce(0) { sum, amount in
                let (total, overflow) = sum.addingReportingOverflow(amount)
                return overflow ? (amount > 0 ? .max : .min) : total
            }
        self.missing = missing
        self.failure = failure
    }
}
