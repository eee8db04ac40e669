package import AidRecords

/// One line of a timeline: an entry that touches what is traced.
package struct TraceEntry: Hashable, Sendable {
    /// What judging found of the record; money in fen.
    package struct Verdict: Hashable, Sendable {
        /// The verdict's code: `exact`, `over` …
        package let code: String
        package let actualFen: Int64
        /// The least and the most that was due; nil where it cannot be said.
        package let leastFen: Int64?
        package let mostFen: Int64?

        package init(code: String, actualFen: Int64, leastFen: Int64?, mostFen: Int64?) {
            self.code = code
            self.actualFen = actualFen
            self.leastFen = leastFen
            self.mostFen = mostFen
        }
    }

    package let seq: Int64
    package let kind: String
    package let source: String
    package let id: String
    package let area: String
    /// The business day.
    package let day: CivilDate
    package let enteredBy: String
    package var amountFen: Int64?
    /// The subjects that the record names, but for whoever entered it.
    package var subjects: [TraceSubject] = []
    /// The entry that this one speaks of, where it names what is traced through that one only.
    package var through: Int64?
    /// Whether its amount concerns what is traced and nobody else, as far as the record shows.
    package var isOwn = true
    package var isReversed = false
    package var verdict: Verdict?
    package var findings: [EntryFinding] = []

    package init(
        seq: Int64, kind: String, source: String, id: String, area: String, day: CivilDate,
        enteredBy: String
    ) {
        self.seq = seq
        self.kind = kind
        self.source = source
        self.id = id
        self.area = area
        self.day = day
        self.enteredBy = enteredBy
    }

    /// By business day, then by number.
    package static func isEarlier(_ first: TraceEntry, _ second: TraceEntry) -> Bool {
        (first.day, first.seq) < (second.day, second.seq)
    }
}
