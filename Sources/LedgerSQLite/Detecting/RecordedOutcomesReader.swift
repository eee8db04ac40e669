internal import AidRecords
internal import Findings
internal import GRDB
internal import PolicyRules

/// Reads what cases, inspections and exceptions say of findings.
struct RecordedOutcomesReader {
    private let database: Database
    private let rows: LiveRows

    init(_ database: Database) throws {
        self.database = database
        rows = try LiveRows(database)
    }

    func outcomes() throws -> RecordedOutcomes {
        var outcomes = RecordedOutcomes()
        try readExceptions(&outcomes)
        try readCases(&outcomes)
        try readInspections(&outcomes)
        return outcomes
    }

    private func readExceptions(_ outcomes: inout RecordedOutcomes) throws {
        let find = try RawStatement(
            database, "SELECT seq FROM entry WHERE ledger = 1 AND source = ? AND id = ?")
        try rows.forEach(
            of: "exception_granted", ["subject_source", "subject_id", "rule", "occurredOnDay"]
        ) { row in
            find.bind(1, row.text(0))
            find.bind(2, row.text(1))
            defer { find.reset() }
            guard try find.step() else { return }
            outcomes.except(
                GrantedException(
                    seq: row.seq, rule: row.text(2), entry: find.integer(0), day: row.date(3)))
        }
    }

    /// The last closing or reopening of a case counts, in the order of the ledger. What it closed
    /// is what was opened before it.
    private func readCases(_ outcomes: inout RecordedOutcomes) throws {
        var ends: [String: (seq: Int64, isDismissed: Bool)] = [:]
        try rows.forEach(of: "case_closed", ["case", "outcome"]) {
            ends[$0.text(0)] = ($0.seq, $0.text(1) == "dismissed")
        }
        try rows.forEach(of: "case_reopened", ["case"]) { row in
            if let end = ends[row.text(0)], end.seq < row.seq { ends[row.text(0)] = nil }
        }
        try rows.forEach(of: "case_opened", ["case"]) { row in
            let names = try rows.items(of: "case_opened__findings", ["value"], seq: row.seq) {
                $0.text(0)
            }
            let end = ends[row.text(0)]
            let isDismissed = end.map { $0.isDismissed && $0.seq > row.seq } ?? false
            for finding in names.compactMap({ FindingID($0) }) {
                outcomes.open(case: finding, isDismissed: isDismissed)
            }
        }
    }

    /// A problem that an inspection found, as its answer and its rectification name it.
    private struct Problem: Hashable {
        let inspection, number: String

        init(_ row: LiveRows.Row) {
            inspection = row.text(0)
            number = row.text(1)
        }
    }

    private func readInspections(_ outcomes: inout RecordedOutcomes) throws {
        var findings: [Problem: [(seq: Int64, id: FindingID)]] = [:]
        // What was said of a problem was said of what had been found by then.
        func found(_ row: LiveRows.Row) -> [FindingID] {
            (findings[Problem(row)] ?? []).filter { $0.seq < row.seq }.map(\.id)
        }
        try rows.forEach(of: "inspection_found", ["inspection", "number", "finding"]) { row in
            if let finding = row.optionalText(2).flatMap({ FindingID($0) }) {
                findings[Problem(row), default: []].append((row.seq, finding))
            }
        }
        try rows.forEach(of: "inspection_answered", ["inspection", "number"]) { row in
            for finding in found(row) { outcomes.answer(finding) }
        }
        try rows.forEach(
            of: "inspection_rectified", ["inspection", "number", "acceptedBy", "acceptedOn"]
        ) { row in
            let isAccepted = row.optionalText(2) != nil && row.optionalText(3) != nil
            for finding in found(row) {
                outcomes.rectify(finding, seq: row.seq, isAccepted: isAccepted)
            }
        }
    }
}
