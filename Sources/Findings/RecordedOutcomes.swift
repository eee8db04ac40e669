package import AidRecords

/// What the record says of findings: cases, inspections and exceptions.
package struct RecordedOutcomes: Sendable {
    /// By the entries that they name.
    private var exceptions: [Int64: [GrantedException]] = [:]
    /// Matters with a case that is not closed as dismissed.
    private var inCase: Set<String> = []
    /// Findings, evidence and all.
    private var dismissed: Set<FindingID> = []
    private var answered: Set<String> = []
    private var rectified: Set<FindingID> = []
    /// Reported as put right and accepted by nobody, with the entries that report it.
    private var reported: [FindingID: [Int64]] = [:]

    package init() {}

    package mutating func except(_ exception: GrantedException) {
        exceptions[exception.entry, default: []].append(exception)
    }

    package mutating func open(case finding: FindingID, isDismissed: Bool) {
        if isDismissed { dismissed.insert(finding) } else { inCase.insert(finding.matter) }
    }

    package mutating func answer(_ finding: FindingID) { answered.insert(finding.matter) }

    /// - Parameters:
    ///   - seq: the entry that says so.
    ///   - isAccepted: whether it says who accepted it, and when.
    package mutating func rectify(_ finding: FindingID, seq: Int64, isAccepted: Bool) {
        if isAccepted {
            rectified.insert(finding)
        } else {
            reported[finding, default: []].append(seq)
        }
    }

    /// Gives the finding its state, and tells what of the record does not reach so far.
    ///
    /// What was dismissed or put right was so on the evidence of its time: more evidence opens it
    /// again. A case or an answer is about the matter.
    package func settle(_ finding: inout Finding) {
        finding.notes = notes(finding)
        finding.state = state(finding)
    }

    private func state(_ finding: Finding) -> FindingState {
        if finding.notes.contains(where: { $0.code == .excused }) { return .excused }
        if inCase.contains(finding.id.matter) { return rectifiedOr(finding, .inCase) }
        if dismissed.contains(finding.id) { return .dismissed }
        return rectifiedOr(finding, .open)
    }

    private func rectifiedOr(_ finding: Finding, _ state: FindingState) -> FindingState {
        if rectified.contains(finding.id) { return .rectified }
        return answered.contains(finding.id.matter) ? .answered : state
    }

    private func notes(_ finding: Finding) -> [FindingNote] {
        var notes: [FindingNote] = []
        if !exceptions.isEmpty {
            notes = finding.notes(of: finding.entries.flatMap { exceptions[$0] ?? [] })
        }
        if let seqs = reported[finding.id], !rectified.contains(finding.id) {
            notes.append(FindingNote(.rectificationNotAccepted, seqs))
        }
        return notes
    }
}

/// An exception to one rule for one entry.
package struct GrantedException: Hashable, Sendable {
    /// The entry that grants it.
    package let seq: Int64
    /// A rule, or a detector's id.
    package let rule: String
    /// The entry that it is for.
    package let entry: Int64
    /// On which it was granted.
    package let day: CivilDate

    package init(seq: Int64, rule: String, entry: Int64, day: CivilDate) {
        self.seq = seq
        self.rule = rule
        self.entry = entry
        self.day = day
    }
}

extension Finding {
    /// A contradiction cannot be excused, nor what rests on no clause; of clauses those alone that
    /// bind in principle.
    private var admitsExceptions: Bool {
        !isContradiction && !provisions.isEmpty && provisions.allSatisfy(\.admitsExceptions)
            && rules.allSatisfy { rule in provisions.contains { $0.rule == rule } }
    }

    /// Granted no later than the day of the finding; nothing shows it of one that has no day.
    private func isTimely(_ exception: GrantedException) -> Bool {
        day.map { exception.day <= $0 } ?? false
    }

    /// What exceptions for its entries say of it.
    fileprivate func notes(of exceptions: [GrantedException]) -> [FindingNote] {
        let broken = Set([rule] + rules + provisions.map(\.rule))
        let meant = exceptions.filter { broken.contains($0.rule) }
        guard !meant.isEmpty else { return [] }
        guard admitsExceptions else {
            return [FindingNote(.admitsNoException, meant.map(\.seq))]
        }
        let timely = meant.filter(isTimely)
        if isCovered(by: timely) { return [FindingNote(.excused, timely.map(\.seq))] }
        let late = meant.filter { !isTimely($0) }
        return [
            FindingNote(.excusedInPart, timely.map(\.seq)),
            FindingNote(.grantedAfterwards, late.map(\.seq)),
        ].filter { !$0.entries.isEmpty }
    }

    /// Whether each rule that was broken is excepted for each entry that the finding is about.
    private func isCovered(by exceptions: [GrantedException]) -> Bool {
        provisions.allSatisfy { provision in
            decisive.allSatisfy { entry in
                exceptions.contains {
                    $0.entry == entry && [rule, provision.rule].contains($0.rule)
                }
            }
        }
    }
}
