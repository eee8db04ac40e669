package import AidRecords

/// What is known of one matter, as the queries of a report read it. Words are of one language.
package struct MatterRows: Sendable {
    /// Text in one language beside what it stands for.
    package struct Worded: Hashable, Sendable {
        package let value: String
        package let words: String

        package init(_ value: String, _ words: String) {
            self.value = value
            self.words = words
        }
    }

    package struct Subject: Sendable {
        package let kind: Worded
        package let id: String
        /// Its name, masked unless it was revealed.
        package let name: String
        /// What else of it was revealed.
        package let particulars: String
        /// Of a person, the numbers of all its pseudonyms.
        package let persons: [Int64]
        package let entries: [Int64]

        package init(
            kind: Worded, id: String, name: String, particulars: String, persons: [Int64],
            entries: [Int64]
        ) {
            self.kind = kind
            self.id = id
            self.name = name
            self.particulars = particulars
            self.persons = persons
            self.entries = entries
        }
    }

    /// A line of the timeline.
    package struct Entry: Sendable {
        package let seq: Int64
        package let kind: String
        package let area: String
        package let day: CivilDate
        package let amountFen: Int64?
        package let isReversed: Bool
        package let through: Int64?
        package let verdict: Worded?
        /// The subjects that it names.
        package let named: Worded
        package let enteredBy: String
        /// Ids, with spaces between them.
        package let findings: String

        package init(
            seq: Int64, kind: String, area: String, day: CivilDate, amountFen: Int64?,
            isReversed: Bool, through: Int64?, verdict: Worded?, named: Worded,
            enteredBy: String, findings: String
        ) {
            self.seq = seq
            self.kind = kind
            self.area = area
            self.day = day
            self.amountFen = amountFen
            self.isReversed = isReversed
            self.through = through
            self.verdict = verdict
            self.named = named
            self.enteredBy = enteredBy
            self.findings = findings
        }
    }

    /// What one payer of a record owes, and what arrived.
    package struct Leg: Sendable {
        package let entry: Int64
        package let payer: Worded
        package let dueFen: Int64
        /// Nil where it is not followed.
        package let leastFen: Int64?
        package let mostFen: Int64?
        package let steps: [Step]

        package init(
            entry: Int64, payer: Worded, dueFen: Int64, leastFen: Int64?, mostFen: Int64?,
            steps: [Step]
        ) {
            self.entry = entry
            self.payer = payer
            self.dueFen = dueFen
            self.leastFen = leastFen
            self.mostFen = mostFen
            self.steps = steps
        }
    }

    package struct Step: Sendable {
        package let seq: Int64
        package let kind: String
        package let day: CivilDate
        package let amountFen: Int64
        package let way: Worded
        package let details: String
        package let isReversed: Bool

        package init(
            seq: Int64, kind: String, day: CivilDate, amountFen: Int64, way: Worded,
            details: String, isReversed: Bool
        ) {
            self.seq = seq
            self.kind = kind
            self.day = day
            self.amountFen = amountFen
            self.way = way
            self.details = details
            self.isReversed = isReversed
        }
    }

    package struct Link: Sendable {
        package let step: Int
        package let first: Worded
        package let second: Worded
        /// What sort of thing they share.
        package let by: Worded
        /// Nil where one entry names both.
        package let shared: Worded?
        package let entries: [Int64]

        package init(
            step: Int, first: Worded, second: Worded, by: Worded, shared: Worded?,
            entries: [Int64]
        ) {
            self.step = step
            self.first = first
            self.second = second
            self.by = by
            self.shared = shared
            self.entries = entries
        }
    }

    /// What too many share to be followed.
    package struct Hub: Sendable {
        package let step: Int
        package let first: Worded?
        package let shared: Worded
        package let count: Worded

        package init(step: Int, first: Worded?, shared: Worded, count: Worded) {
            self.step = step
            self.first = first
            self.shared = shared
            self.count = count
        }
    }

    /// The case that it is, or those opened on the subject that it is.
    package var cases: [String] = []
    package var isCase = false
    package var subjects: [Subject] = []
    package var entries: [Entry] = []
    package var legs: [Leg] = []
    package var links: [Link] = []
    package var hubs: [Hub] = []

    package init() {}
}
