internal import AidRecords
internal import LedgerCore
internal import LedgerSQLite
internal import TransparencyLog

/// What was found about the times of a ledger's entries, for people and for programs.
struct TimesTelling {
    let report: TimeReport
    let evidence: LedgerTimeEvidence
    let origin: String
    let entries: Int64
    /// Where each entry is told of.
    let csv: String?

    /// More lines of one list are not printed.
    private static let linesMax = 20

    // MARK: For people

    var lines: [String] {
        [
            ["times of \(grouped(entries)) entries of \(origin), by the clocks of others"],
            sources, intervals, summary, late, contradictions, faults,
        ].flatMap { $0 }
    }

    private var sources: [String] {
        var lines = evidence.counts.map { source, count in
            switch source {
            case .witness(let key, let holder):
                "  \(key.name) (\(holder), key \(key.id)): "
                    + TimesTelling.count(count, "cosignature")
            case .authority(let chain):
                "  authorities under \(chain): " + TimesTelling.count(count, "time-stamp")
            }
        }.sorted()
        if lines.isEmpty {
            lines = ["  nobody's: the ledger holds no cosignature or time-stamp to use"]
        }
        if evidence.unverified > 0 {
            let count = TimesTelling.count(evidence.unverified, "time-stamp")
            lines.append(
                "  \(count) not verified and not used: say whom you trust by --tsa-chain FILE")
        }
        return lines
    }

    private var intervals: [String] {
        let rows = report.bounds.intervals.map { interval in
            (
                TimesTelling.range(interval.entries), TimesTelling.time(interval.notBefore),
                TimesTelling.time(interval.notAfter)
            )
        }
        let width = max("entries".count, rows.map(\.0.count).max() ?? 0)
        func line(_ row: (String, String, String)) -> String {
            "  \(TimesTelling.padded(row.0, width))  \(TimesTelling.padded(row.1, 20))  \(row.2)"
        }
        return ["", line(("entries", "not before", "not after"))] + rows.map(line)
    }

    private var summary: [String] {
        let summary = report.bounds.summary
        var line = "both bounds: \(grouped(summary.withBoth)) entries"
        if let median = summary.medianWidthSeconds, let greatest = summary.greatestWidthSeconds {
            line +=
                ", which lie apart by \(TimesTelling.span(median)) (median), "
                + "\(TimesTelling.span(greatest)) at most"
        }
        return [
            "", line,
            "one bound: \(grouped(summary.withNotBeforeOnly + summary.withNotAfterOnly)); "
                + "none: \(grouped(summary.withNone))",
        ]
    }

    private var late: [String] {
        let late = report.late
        let days = TimesTelling.count(report.rules.lateDays, "day")
        guard late.entryCount > 0 else {
            return ["recorded more than \(days) after they happened: none"]
        }
        return [
            "recorded more than \(days) after they happened: \(grouped(late.entryCount)), "
                + "\(grouped(report.lateProved)) of them by others' clocks too"
        ] + runs(late) { "up to \(TimesTelling.count(Int($0), "day"))" }
    }

    private var contradictions: [String] {
        let intervals = report.contradictoryBounds
        guard report.hasContradictions else {
            return ["contradictions: none beyond \(report.rules.toleranceSeconds) s"]
        }
        return section(
            report.tooEarly, "CONTRADICTED: said to be recorded before they can have been")
            + section(report.tooLate, "CONTRADICTED: said to be recorded after they were seen")
            + (intervals.isEmpty
                ? []
                : ["CONTRADICTED: bounds that exclude each other, so one of these clocks is wrong"])
            + shortened(
                intervals.map {
                    "  \(TimesTelling.range($0.entries))  not before \(TimesTelling.time($0.notBefore)), "
                        + "not after \(TimesTelling.time($0.notAfter))"
                }, of: intervals.count)
    }

    private func section(_ runs: TimeReport.Runs, _ title: String) -> [String] {
        guard runs.entryCount > 0 else { return [] }
        return ["\(title): \(grouped(runs.entryCount))"]
            + self.runs(runs) { "by up to \(TimesTelling.span($0))" }
    }

    private func runs(_ runs: TimeReport.Runs, _ text: (Int64) -> String) -> [String] {
        shortened(
            runs.kept.map { "  \(TimesTelling.range($0.entries))  \(text($0.greatest))" },
            of: runs.runCount)
    }

    private func shortened(_ lines: [String], of count: Int) -> [String] {
        guard count > TimesTelling.linesMax else { return lines }
        let more = "  … and \(grouped(count - TimesTelling.linesMax)) more"
        return lines.prefix(TimesTelling.linesMax) + [csv == nil ? "\(more) (--csv FILE)" : more]
    }

    private var faults: [String] {
        evidence.faults.map { "entry \($0.seq): \($0.text)" }
    }

    private static func range(_ entries: Range<Int64>) -> String {
        entries.count == 1
            ? grouped(entries.lowerBound)
            : "\(grouped(entries.lowerBound))–\(grouped(entries.upperBound - 1))"
    }

    private static func time(_ moment: Moment?) -> String { moment?.description ?? "-" }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private static func count(_ number: Int, _ unit: String) -> String {
        "\(grouped(number)) \(unit)\(number == 1 ? "" : "s")"
    }

    /// Of the two largest units that are not 0.
    static func span(_ seconds: Int64) -> String {
        guard seconds >= 0 else { return "-\(span(-seconds))" }
        let parts = [
            (seconds / 86_400, "d"), (seconds / 3_600 % 24, "h"), (seconds / 60 % 60, "min"),
            (seconds % 60, "s"),
        ]
        let first = parts.firstIndex { $0.0 > 0 } ?? 3
        return parts[first...].prefix(2).filter { $0.0 > 0 || first == 3 }
            .map { "\($0.0) \($0.1)" }.joined(separator: " ")
    }

    // MARK: For programs

    var json: [String: Any] {
        let summary = report.bounds.summary
        var object: [String: Any] = [
            "sound": true, "origin": origin, "entries": entries,
            "sources": sourcesJSON, "timeStampsNotVerified": evidence.unverified,
            "faults": evidence.faults.map { ["seq": $0.seq, "text": $0.text] as [String: Any] },
            "intervals": report.bounds.intervals.map(json),
            "withBoth": summary.withBoth, "withNone": summary.withNone,
            "withNotBeforeOnly": summary.withNotBeforeOnly,
            "withNotAfterOnly": summary.withNotAfterOnly,
            "lateDays": report.rules.lateDays, "toleranceSeconds": report.rules.toleranceSeconds,
            "late": json(report.late, "days"), "lateProved": report.lateProved,
            "atBeforeBounds": json(report.tooEarly, "seconds"),
            "atAfterBounds": json(report.tooLate, "seconds"),
            "contradictoryBounds": report.contradictoryBounds.map(json),
        ]
        object["medianWidthSeconds"] = summary.medianWidthSeconds
        object["greatestWidthSeconds"] = summary.greatestWidthSeconds
        return object
    }

    private var sourcesJSON: [[String: Any]] {
        evidence.counts.map { source, count in
            switch source {
            case .witness(let key, let holder):
                ["vkey": key.formatted, "holder": holder, "count": count]
            case .authority(let chain): ["chain": chain, "count": count]
            }
        }
    }

    private func json(_ interval: TimeBounds.Interval) -> [String: Any] {
        var object = TimesTelling.json(interval.entries)
        object["notBefore"] = interval.notBefore?.description
        object["notAfter"] = interval.notAfter?.description
        return object
    }

    private func json(_ runs: TimeReport.Runs, _ unit: String) -> [String: Any] {
        [
            "entries": runs.entryCount, "runCount": runs.runCount,
            "runs": runs.kept.map { run in
                TimesTelling.json(run.entries).merging([unit: run.greatest]) { $1 }
            },
        ]
    }

    private static func json(_ entries: Range<Int64>) -> [String: Any] {
        ["first": entries.lowerBound, "last": entries.upperBound - 1]
    }
}
