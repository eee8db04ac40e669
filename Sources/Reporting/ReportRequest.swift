package import AidRecords
internal import LedgerCore

/// What report is wanted: about what, in which language.
package struct ReportRequest: Sendable {
    package let name: String
    package let scope: ReportScope
    /// `zh-Hans` or `en`.
    package let language: String
    /// Of the report's own parameters, those that are not as its `report.yaml` has them.
    package var settings: [String: Int64] = [:]
    package let drawnAt: Moment
    package let drawnBy: String

    package init(
        name: String, scope: ReportScope, language: String, drawnAt: Moment, drawnBy: String
    ) {
        self.name = name
        self.scope = scope
        self.language = language
        self.drawnAt = drawnAt
        self.drawnBy = drawnBy
    }

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
        guard case .year(let year, let area) = scope else { return ["ledger": .integer(1)] }
        let days = ReportRequest.days(of: year)
        let (from, to) = ReportRequest.range(of: area)
        return [
            "ledger": .integer(1), "year": .integer(Int64(year)),
            "fromDay": .integer(Int64(days.first.dayNumber)),
            "toDay": .integer(Int64(days.last.dayNumber)),
            "areaFrom": .text(from), "areaTo": .text(to),
        ]
    }

    static func days(of year: Int) -> (first: CivilDate, last: CivilDate) {
        func day(_ month: Int, _ day: Int) -> CivilDate {
            CivilDate(year: year, month: month, day: day) ?? CivilDate(dayNumber: 0)
        }
        return (day(1, 1), day(12, 31))
    }

    /// A province's code ends in four zeros, a city's in two; theirs are all codes below.
    private static func range(of area: String) -> (from: String, to: String) {
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
    /// Proves entries against the checkpoint, where the report wants that.
    package let proofs: (_ entries: [Int64]) throws -> [ReportedProof]

    package init(
        origin: String, size: Int64, rootHash: String, verifierKey: String,
        checkpoint: (size: Int64, note: String)?,
        verification: @escaping () throws -> ReportedVerification?,
        proofs: @escaping (_ entries: [Int64]) throws -> [ReportedProof] = { _ in [] }
    ) {
        self.origin = origin
        self.size = size
        self.rootHash = rootHash
        self.verifierKey = verifierKey
        self.checkpoint = checkpoint
        self.verification = verification
        self.proofs = proofs
    }
}

/// That an entry is in the tree of the checkpoint.
package struct ReportedProof: Sendable {
    package let seq: Int64
    /// Hex.
    package let leafHash: String
    /// The audit path from the leaf to the root (RFC 6962, section 2.1.1), in hex; nil where the
    /// checkpoint does not cover the entry.
    package let path: [String]?

    package init(seq: Int64, leafHash: String, path: [String]?) {
        self.seq = seq
        self.leafHash = leafHash
        self.path = path
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

    /// What is wrong, in the verifier's own words, which are English.
    package struct Problem: Sendable {
        /// What it concerns: entries, chain, tree, checkpoints, read-model, verdicts, guards, vault,
        /// resolutions or format.
        package let area: String
        package let seq: Int64?
        package let text: String

        package init(area: String, seq: Int64?, text: String) {
            self.area = area
            self.seq = seq
            self.text = text
        }
    }

    package let entries: Int64
    package let checks: [Check]
    /// How many problems there are; `problems` are the first of them.
    package let problemCount: Int
    package let problems: [Problem]

    package init(entries: Int64, checks: [Check], problemCount: Int, problems: [Problem]) {
        self.entries = entries
        self.checks = checks
        self.problemCount = problemCount
        self.problems = problems
    }

    var isSound: Bool { !checks.contains { $0.outcome == .broken } }
}
