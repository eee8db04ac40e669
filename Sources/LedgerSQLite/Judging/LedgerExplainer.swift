package import AidRecords
internal import GRDB
package import PolicyRules

/// Says how the expected amount of one record was reckoned.
package enum LedgerExplainer {
    package struct Explanation: Sendable {
        package let kind: String
        package let judgement: Judgement
        package let asRecorded: Trace
        package let reperformed: Trace
        /// Those that a `policy.adopted` names and whose bytes are here.
        package let rulebooks: [Rulebook]
    }

    /// Why there is nothing to explain.
    package enum Refusal: Error, CustomStringConvertible {
        case noEntry(Int64)
        case notJudged(Int64)
        case reversed(Int64)

        package var description: String {
            switch self {
            case .noEntry(let seq): "there is no entry \(seq)"
            case .notJudged(let seq):
                "entry \(seq) is of a kind that is not judged: enrolment.subsidised, "
                    + "claim.settled and aid.approved are"
            case .reversed(let seq): "entry \(seq) was reversed, so it is not judged"
            }
        }
    }

    /// - Throws: `Refusal`, `StoreError`.
    package static func explain(
        _ seq: Int64, _ paths: LedgerPaths, catalogue: KindCatalogue, policies: PolicyFolder
    ) throws -> Explanation {
        let reader = try Connection.reader(paths.ledger, .ledger)
        return try reader.read(at: paths.ledger) { database in
            try LedgerSchema.requireReadModel(database, paths.ledger, catalogue)
            guard seq >= 0, try seq < JudgingState.headSize(database) else {
                throw Refusal.noEntry(seq)
            }
            guard let person = try BenefitTables.person(of: seq, database) else {
                throw Refusal.notJudged(seq)
            }
            let history = try HistoryReader(database, CaseRecords(database)).history(of: person)
            let rulebooks = try TemporaryVerdicts.rulebooks(
                database, catalogue, policies: policies)
            let adjudicator = Adjudicator(try RulingReader(database).ruling(rulebooks))
            guard let record = history.records.first(where: { $0.head.seq == seq }),
                let found = adjudicator.explain(history, seq: seq)
            else { throw Refusal.reversed(seq) }
            return Explanation(
                kind: record.kind, judgement: found.judgement, asRecorded: found.asRecorded,
                reperformed: found.reperformed,
                rulebooks: rulebooks.sorted { $0.key < $1.key }.map(\.value))
        }
    }
}
