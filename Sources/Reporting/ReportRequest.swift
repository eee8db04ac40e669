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
    /// Of the report's own parameters, those that are not as its `report.yaml` has them.
    package var settings: [String: Int64] = [:]
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

    /// The parameters of every query, and the report's own.
    func parameters(of report: ReportDefinition) -> [String: QueryValue] {
        let own = report.parameters.map {
            ($0.id, QueryValue.integer(settings[$0.id] ?? $0.standard))
        }
        return common.merging(own) { common, _ in common }
    }

    /// What no report can call a parameter of its own.
    static let parameterNames: Set = [
        "ledger", "year", "fromDay", "toDay", "areaFrom", "areaTo", "area", "size",
    ]

    private var common: [String: QueryValue] {
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

/// The ledger that a report is drawn from.
package struct ReportedLedger {
    package let origin: String
    package let size: Int64
    /// Hex.
    package let rootHash: String
    package let verifierKey: String
    package let checkpoint: (size: Int64, note: String)?
    /// What was found when the ledger was verified; nil where it was not. It is asked for last, so
    /// that ledgers can be verified while their reports are drawn.
    package let verification: () throws -> ReportedVerification?

    package init(
        origin: String, size: Int64, rootHash: String, verifierKey: String,
        checkpoint: (size: Int64, note: String)?,
        verification: @escaping () throws -> ReportedVerification?
    ) {
        self.origin = origin
        self.size = size
        self.rootHash = rootHash
        self.verifierKey = verifierKey
        self.checkpoint = checkpoint
        self.verification = verification
    }
}

/// What was found when a ledger was verified.
package struct ReportedVerification: Sendable {
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

    package let entries: Int64
    package let checks: [Check]
    package let problems: [(text: String, seq: Int64?)]

    package init(entries: Int64, checks: [Check], problems: [(text: String, seq: Int64?)]) {
        self.entries = entries
        self.checks = checks
        self.problems = problems
    }

    var isSound: Bool { !checks.contains { $0.outcome == .broken } }
}
