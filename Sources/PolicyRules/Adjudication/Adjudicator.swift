/// Judges persons' records by the rulebooks and parameters of a ledger.
///
/// It is a pure function of what it was made with and of the history that it is given;
/// `ledger/policies/README.md` says how it judges.
package struct Adjudicator: Sendable {
    /// Grows when the same records may be judged differently than by an earlier program.
    package static let version: Int64 = 2

    package let ruling: Ruling

    package init(_ ruling: Ruling) { self.ruling = ruling }

    /// Judges all records of a person, in the order in which they count.
    package func judge(_ history: PersonHistory) -> [Judgement] {
        let history = history.inOrder
        var person = PersonJudge(ruling, history)
        return history.records.map { person.judge($0).judgement }
    }

    /// Judges the person's records up to the one with this `seq`, and says how it was reckoned.
    ///
    /// nil where the history has no such record. The second trace is the reckoning with every
    /// layer re-performed.
    package func explain(
        _ history: PersonHistory, seq: Int64
    ) -> (judgement: Judgement, asRecorded: Trace, reperformed: Trace)? {
        let history = history.inOrder
        guard let index = history.records.firstIndex(where: { $0.head.seq == seq }) else {
            return nil
        }
        var person = PersonJudge(ruling, history)
        for record in history.records[..<index] { _ = person.judge(record) }
        person.isTracing = true
        let opinion = person.judge(history.records[index])
        return (opinion.judgement, opinion.asRecorded, opinion.reperformed)
    }
}

extension PersonHistory {
    fileprivate var inOrder: PersonHistory {
        var history = self
        if records.count > 1 {
            // The records are large: their places are sorted, and each is moved once.
            let keys = records.map { (seconds: $0.head.orderSeconds, key: $0.head.key) }
            let order = records.indices.sorted {
                let (one, other) = (keys[$0], keys[$1])
                return one.seconds != other.seconds
                    ? one.seconds < other.seconds : one.key < other.key
            }
            history.records = order.map { records[$0] }
        }
        return history
    }
}
