/// What the record says of findings: cases, inspections and exceptions.
package struct RecordedOutcomes: Sendable {
    /// An exception: the rule that is excepted, and for which entry.
    private struct Exception: Hashable {
        let rule: String
        let entry: Int64
    }

    private var exceptions: Set<Exception> = []
    /// Matters with a case that is not closed as dismissed.
    private var inCase: Set<String> = []
    /// Findings, evidence and all.
    private var dismissed: Set<FindingID> = []
    private var answered: Set<String> = []
    private var rectified: Set<FindingID> = []

    package init() {}

    package mutating func except(rule: String, entry: Int64) {
        exceptions.insert(Exception(rule: rule, entry: entry))
    }

    package mutating func open(case finding: FindingID, isDismissed: Bool) {
        if isDismissed { dismissed.insert(finding) } else { inCase.insert(finding.matter) }
    }

    package mutating func answer(_ finding: FindingID) { answered.insert(finding.matter) }

    package mutating func rectify(_ finding: FindingID) { rectified.insert(finding) }

    /// What was dismissed or put right was so on the evidence of its time: more evidence opens it
    /// again. A case or an answer is about the matter.
    package func state(of finding: Finding) -> FindingState {
        if isExcused(finding) { return .excused }
        if inCase.contains(finding.id.matter) { return rectifiedOr(finding, .inCase) }
        if dismissed.contains(finding.id) { return .dismissed }
        return rectifiedOr(finding, .open)
    }

    private func rectifiedOr(_ finding: Finding, _ state: FindingState) -> FindingState {
        if rectified.contains(finding.id) { return .rectified }
        return answered.contains(finding.id.matter) ? .answered : state
    }

    /// An exception names the detector, or a rule that the finding rests on, and one of its entries.
    private func isExcused(_ finding: Finding) -> Bool {
        guard !exceptions.isEmpty else { return false }
        let rules = [finding.rule] + finding.rules + finding.provisions.map(\.rule)
        return rules.contains { rule in
            finding.entries.contains { exceptions.contains(Exception(rule: rule, entry: $0)) }
        }
    }
}
