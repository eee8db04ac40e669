/// What has become of findings between two states of a ledger.
package enum FindingChange: String, CaseIterable, Sendable {
    case new
    /// The same matter, of which something else is told.
    case changed
    case unchanged
    /// Found in the earlier state only.
    case gone
}

/// Findings of two states of a ledger side by side, all of them: a filter chooses afterwards.
package struct FindingComparison: Sendable {
    package struct Compared: Sendable {
        package let change: FindingChange
        /// As it is now; where it is gone, as it was.
        package let finding: Finding
        /// As it was, where it has changed.
        package let earlier: Finding?
    }

    /// Those of now in their order, then those gone in theirs.
    package let all: [Compared]

    package init(earlier: [Finding], now: [Finding]) {
        let before = Dictionary(
            earlier.map { ($0.id.matter, $0) }, uniquingKeysWith: { first, _ in first })
        let present = Set(now.map(\.id.matter))
        let compared = now.map { finding in
            guard let earlier = before[finding.id.matter] else {
                return Compared(change: .new, finding: finding, earlier: nil)
            }
            guard finding.differs(from: earlier) else {
                return Compared(change: .unchanged, finding: finding, earlier: nil)
            }
            return Compared(change: .changed, finding: finding, earlier: earlier)
        }
        let gone = earlier.filter { !present.contains($0.id.matter) }
        all = compared + gone.map { Compared(change: .gone, finding: $0, earlier: nil) }
    }

    /// What a filter admits as it is now, or admitted as it was: what has left the filter is told
    /// as changed.
    package func admitted(by filter: FindingFilter) -> [Compared] {
        all.filter { filter.admits($0.finding) || ($0.earlier.map(filter.admits) ?? false) }
    }
}

extension Finding {
    /// Evidence, grade, state or amount.
    fileprivate func differs(from earlier: Finding) -> Bool {
        id != earlier.id || grade != earlier.grade || state != earlier.state
            || amount != earlier.amount
    }
}
