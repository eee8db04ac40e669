/// Something that is wrong with a ledger, and where.
package struct LedgerProblem: Hashable, Sendable {
    package enum Area: String, Sendable, CaseIterable {
        case entries, chain, tree, checkpoints
        case readModel = "read-model"
        case verdicts, guards, vault, resolutions, format
    }

    package let area: Area
    /// The entry concerned, if it is one.
    package let seq: Int64?
    package let text: String

    package init(_ area: Area, seq: Int64? = nil, _ text: String) {
        self.area = area
        self.seq = seq
        self.text = text
    }
}

extension LedgerProblem: CustomStringConvertible {
    package var description: String { seq.map { "entry \($0): \(text)" } ?? text }
}
