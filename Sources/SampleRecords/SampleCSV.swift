/// The claims or the approvals of a sample as CSV, for trying the mappings. Each row maps to the
/// record that `SampleGenerator` writes for the same entries and seed; approvals that need
/// members for which the mapping has no column are left out.
package struct SampleCSV: ~Copyable {
    private var rows: SimulatedLines
    private var header: String?

    /// - Returns: nil when no sample is written for the mapping of this name.
    package init?(mapping: String, entries: Int, seed: UInt64) {
        let plan = Plan(entries: entries, seed: seed)
        switch mapping {
        case "settlement-5203":
            rows = SimulatedLines(plan, form: .settlements, rulebooks: [])
            header = SettlementColumn.header
        case "aid-approvals-zh":
            rows = SimulatedLines(plan, form: .approvals, rulebooks: [])
            header = ApprovalRow.header
        default: return nil
        }
    }

    /// Appends the header at first, then row after row, each with its newline; false when there
    /// are no more.
    package mutating func next(into bytes: inout [UInt8]) -> Bool {
        if let header {
            bytes.append(contentsOf: header.utf8)
            bytes.append(UInt8(ascii: "\n"))
            self.header = nil
            return true
        }
        return rows.next(into: &bytes)
    }
}
