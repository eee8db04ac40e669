/// What a record is found to be; ledger/policies/README.md says when.
package enum Verdict: String, CaseIterable, Sendable {
    case exact, within, under, over
    case belowFloor = "below-floor"
    case inBreach = "in-breach"
    case excused
    case cannotBeJudged = "cannot-be-judged"
}

/// A condition that was not met, whatever the sum.
package struct Breach: Hashable, Sendable {
    package enum Condition: String, CaseIterable, Sendable {
        /// No category was held on the day, or nobody certified it who may.
        case category
        /// It was paid from a fund that the clause does not name.
        case fund
        /// Care was not referred.
        case referral
        /// Aid passed the cap without a resolution that covers it.
        case resolution
        /// Fund and hospital did not bear what a whole settlement gives to each.
        case split
    }

    package let condition: Condition
    /// The clause; empty where the documents in force name none.
    package let rule: String
}

/// What one record should have paid, and whether it did. Money in fen.
package struct Judgement: Hashable, Sendable {
    package var seq: Int64
    package var key: RecordKey
    /// The year whose limits it was counted against.
    package var year: Int
    package var verdict: Verdict
    /// The least that was due, as recorded; nil where it cannot be said.
    package var expected: Int64?
    /// The most that was lawful, as recorded.
    package var expectedMost: Int64?
    /// The least that was due with every layer reckoned anew; nil where it cannot be said.
    package var reperformed: Int64?
    package var actual: Int64
    package var components: Components
    package var layers: Layers
    /// The condition that was not met, where what was paid does not decide alone.
    package var breach: Breach?
    /// The rulebooks in force, in order of their names.
    package var rulebooks: [String]
    /// The rules that it rests on, in the order in which they were applied.
    package var rules: [String]
    /// What is missing for the verdict, in words: `parameter aid-ratio for category …`.
    package var missing: [String]

    package init(
        seq: Int64, key: RecordKey, year: Int, verdict: Verdict, expected: Int64? = nil,
        expectedMost: Int64? = nil, reperformed: Int64? = nil, actual: Int64,
        components: Components = Components(), layers: Layers = Layers(), breach: Breach? = nil,
        rulebooks: [String] = [], rules: [String] = [], missing: [String] = []
    ) {
        self.seq = seq
        self.key = key
        self.year = year
        self.verdict = verdict
        self.expected = expected
        self.expectedMost = expectedMost
        self.reperformed = reperformed
        self.actual = actual
        self.components = components
        self.layers = layers
        self.breach = breach
        self.rulebooks = rulebooks
        self.rules = rules
        self.missing = missing
    }

    /// What was due by component, as recorded; nil where it does not arise or cannot be said.
    package struct Components: Hashable, Sendable {
        package var medicalAid: Int64?
        package var secondAid: Int64?
        package var tiltAid: Int64?
        package var targetedFund: Int64?
        package var hospital: Int64?
        package var basic: Int64?
        package var majorIllness: Int64?

        package init() {}
    }

    /// Verdicts on the insurers' layers; nil where clauses and parameters do not say.
    package struct Layers: Hashable, Sendable {
        package var basic: Verdict?
        package var majorIllness: Verdict?

        package init() {}
    }
}
