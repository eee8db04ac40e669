/// What has become of findings between two states of a ledger.
package enum FindingChange: String, CaseIterable, Sendable {
    case new
    /// The same matter on other evidence.
    case changed
    case unchanged
    /// Found in the earlier state only.
    case gone
}

package struct FindingComparison: Sendable {
    package struct Compared: Sendable {
        package let change: FindingChange
        /// As it is now; where it is gone, as it was.
        package let finding: Finding
    }

    /// Those of now in their order, then those gone in theirs.
    package let all: [Compared]

    package init(earlier: [Finding], now: [Finding]) {
        let before = Dictionary(
            earlier.map { ($0.id.matter, $0.id) }, uniquingKeysWith: { first, _ in first })
        let present = Set(now.map(\.id.matter))
        let compared = now.map { finding in
            let change: FindingChange =
                switch before[finding.id.matter] {
                case nil: .new
                case finding.id: .unchanged
                default: .changed
                }
            return Compared(change: change, finding: finding)
        }
        let gone = earlier.filter { !present.contains($0.id.matter) }
        all = compared + gone.map { Compared(change: .gone, finding: $0) }
    }
}
