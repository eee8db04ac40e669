package import AidRecords
internal import LedgerCore

/// What report is wanted: of which area and year, in which language.
package struct ReportRequest: Sendable {
    package let name: String
    package let year: Int
    /// Six digits; `000000` is everything.
    package let area: String
    /// `zh-Hans` or `en`.
    package let language: String
    package let drawnAt: Moment
    package let drawnBy: String

    package init(
        name: String, year: Int, area: String, language: String, drawnAt: Moment, drawnBy: String
    ) {
        self.name = name
        self.year = year
        self.area = area
        self.language = language
        self.drawnAt = drawnAt
        self.drawnBy = drawnBy
    }

    var firstDay: CivilDate { CivilDate(year: year, month: 1, day: 1) ?? CivilDate(dayNumber: 0) }
    var lastDay: CivilDate { CivilDate(year: year, month: 12, day: 31) ?? CivilDate(dayNumber: 0) }

    /// The parameters of every query.
    var parameters: [String: QueryValue] {
        let (from, to) = areaRange
        return [
            "ledger": .integer(1), "year": .integer(Int64(year)),
            "fromDay": .integer(Int64(firstDay.dayNumber)),
            "toDay": .integer(Int64(lastDay.dayNumber)),
            "areaFrom": .text(from), "areaTo": .text(to),
        ]
    }

    /// A province's code ends in four zeros, a city's in two; theirs are all codes below.
    private var areaRange: (from: String, to: String) {
        guard area != "000000", let code = Int(area) else { return ("000000", "999999") }
        let span = code % 10_000 == 0 ? 10_000 : code % 100 == 0 ? 100 : 1
        let end = String(code + span)
        return (area, String(repeating: "0", count: max(6 - end.count, 0)) + end)
    }
}

/// The ledger that a report is drawn from, and what was found when it was verified.
package struct ReportedLedger: Sendable {
    package struct Check: Sendable {
        package enum Outcome: String, Sendable {
            case sound
            case broken
            case notChecked = "not-checked"
        }

        package let id: String
        package let outcome: Outcome
        package let count: Int64

        package init(id: String, outcome: Outcome, count: Int64) {
            self.id = id
            self.outcome = outcome
            self.count = count
        }
    }

    package var origin: String
    package var size: Int64
    /// Hex.
    package var rootHash: String
    package var verifierKey: String
    package var checkpoint: (size: Int64, note: String)?
    package var entriesVerified: Int64
    package var checks: [Check]
    package var problems: [(text: String, seq: Int64?)]

    package init(
        origin: String, size: Int64, rootHash: String, verifierKey: String,
        checkpoint: (size: Int64, note: String)?, entriesVerified: Int64, checks: [Check],
        problems: [(text: String, seq: Int64?)]
    ) {
        self.origin = origin
        self.size = size
        self.rootHash = rootHash
        self.verifierKey = verifierKey
        self.checkpoint = checkpoint
        self.entriesVerified = entriesVerified
        self.checks = checks
        self.problems = problems
    }
}
