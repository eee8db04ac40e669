/// Judges persons' records by the rulebooks and parameters of a ledger.
///
/// It is a pure function of what it was made with and of the history that it is given.
package struct Adjudicator: Sendable {
    /// Grows when the same records may be judged differently than by an earlier program.
    package static let version: Int64 = 1

    package let ruling: Ruling

    package init(_ ruling: Ruling) { self.ruling = ruling }

    /// Judges all records of a person, in the order in which they count.
    package func judge(_ history: PersonHistory) -> [Judgement] {
        []
    }

    /// Judges the person's records up to the one with this `seq`, and says how it was reckoned.
    ///
    /// nil where the history has no such record. The second trace is the reckoning with every
    /// layer re-performed.
    package func explain(
        _ history: PersonHistory, seq: Int64
    ) -> (judgement: Judgement, asRecorded: Trace, reperformed: Trace)? {
        nil
    }
}

/// All that decides how records are judged, apart from the persons' own: what is in force.
package struct Ruling: Sendable {
    package init(
        rulebooks: [String: Rulebook], adoptions: [Adoption], parameters: [Parameter],
        institutions: [String: Institution]
    ) {}
}
