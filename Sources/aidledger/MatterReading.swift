internal import AidRecords
internal import Findings
internal import LedgerCore
internal import LedgerSQLite
internal import Reporting

/// Puts together what a ledger knows of one matter, for the queries of a report: traces of its
/// subjects, what detectors found, and where the money went.
struct MatterReading {
    let snapshot: LedgerSnapshot
    let catalogue: KindCatalogue
    let word: TraceWording
    /// Nil where the vault is not at hand.
    let names: VaultNames?
    /// What was shown to whoever gave a reason for it, by pseudonym.
    let revealed: [String: [(field: String, value: String)]]

    /// The money of more records than these is followed by `trace money`, one by one.
    private static let followedMost = 200
    /// More links than these are for `trace`.
    private static let linksMost = 300

    /// Whom the matter is about.
    /// - Throws: `UsageError` where no such case was opened.
    static func subjects(
        of matter: ReportMatter, _ snapshot: LedgerSnapshot
    ) throws -> [TraceSubject] {
        switch matter.kind {
        case .person: return [TraceSubject(.person, matter.id)]
        case .institution: return [TraceSubject(.institution, matter.id)]
        case .account: return [TraceSubject(.account, matter.id)]
        case .operator: return [TraceSubject(.operator, matter.id)]
        case .case:
            guard let found = try snapshot.recordedCase(matter.id) else {
                throw UsageError(
                    "no case \(printable(matter.id)) was opened on this ledger (`case.opened`)")
            }
            return found.subjects
        }
    }

    /// - Parameter findings: gives those that name the entries.
    func rows(
        of matter: ReportMatter, _ findings: any FindingLookup
    ) throws -> MatterRows {
        let subjects = try MatterReading.subjects(of: matter, snapshot)
        let reader = try TraceReader(snapshot, catalogue)
        // A case may be about somebody whom no other record names.
        let isCase = matter.kind == .case
        var traces: [(subject: TraceSubject, trace: SubjectTrace)] = []
        for subject in subjects {
            do {
                guard let target = MatterReading.target(subject) else { continue }
                traces.append((subject, try reader.trace(target)))
            } catch TraceRefusal.unknown(let unknown) where isCase {
                let empty = SubjectTrace(origin: reader.origin, start: .subject(unknown))
                traces.append((subject, empty))
            }
        }
        for index in traces.indices { try traces[index].trace.mask(by: names) }
        var rows = MatterRows()
        rows.isCase = isCase
        rows.cases = isCase ? [matter.id] : try subjects.flatMap(cases)
        rows.subjects = try traces.map { try told($0, $1) }
        let entries = try merged(traces.map(\.trace), findings)
        rows.entries = entries.map(\.told)
        rows.legs = try legs(of: entries.map(\.entry))
        let links = traces.flatMap { _, trace in
            TracePair.all(trace.links.links).flatMap { pair in
                pair.links.map { told($0, trace.labels) }
            }
        }
        rows.links = Array(links.prefix(MatterReading.linksMost))
        rows.hubs = traces.flatMap { _, trace in trace.links.hubs.map { told($0, trace.labels) } }
        return rows
    }

    private static func target(_ subject: TraceSubject) -> TraceTarget? {
        switch subject.kind {
        case .person: .person(subject.id)
        case .institution: .institution(subject.id)
        case .account: .account(subject.id)
        case .operator: .operator(subject.id)
        default: nil
        }
    }

    private func cases(on subject: TraceSubject) throws -> [String] {
        try snapshot.cases(on: subject, persons: persons(of: subject))
    }

    private func persons(of subject: TraceSubject) throws -> [Int64] {
        subject.kind == .person ? try snapshot.persons(with: subject.id) : []
    }

    private func told(
        _ subject: TraceSubject, _ trace: SubjectTrace
    ) throws -> MatterRows.Subject {
        let shown = (trace.merged.isEmpty ? [subject.id] : trace.merged)
            .flatMap { revealed[$0] ?? [] }
        return MatterRows.Subject(
            kind: .init(subject.kind.rawValue, word.kind(subject.kind)), id: subject.id,
            name: trace.labels[subject].map(printable) ?? word("不明", "not known"),
            particulars: shown.isEmpty
                ? word("未显示", "not shown")
                : shown.map { printable($0.value) }.joined(separator: word("，", ", ")),
            persons: try persons(of: subject), entries: trace.entries.map(\.seq))
    }

    // MARK: Entries

    private struct Line {
        let entry: TraceEntry
        let told: MatterRows.Entry
    }

    /// The entries of all traces, each once, in time order.
    private func merged(
        _ traces: [SubjectTrace], _ findings: any FindingLookup
    ) throws -> [Line] {
        var labels: [TraceSubject: String] = [:]
        var entries: [Int64: TraceEntry] = [:]
        for trace in traces {
            labels.merge(trace.labels) { one, _ in one }
            for entry in trace.entries { entries[entry.seq] = entry }
        }
        let found = try findings.findings(naming: Set(entries.keys))
        return entries.values.sorted(by: TraceEntry.isEarlier).map { entry in
            var entry = entry
            entry.findings = found[entry.seq, default: []].sorted()
            return Line(entry: entry, told: told(entry, labels))
        }
    }

    private func told(
        _ entry: TraceEntry, _ labels: [TraceSubject: String]
    ) -> MatterRows.Entry {
        MatterRows.Entry(
            seq: entry.seq, kind: entry.kind, area: entry.area, day: entry.day,
            amountFen: entry.amountFen, isReversed: entry.isReversed, through: entry.through,
            verdict: entry.verdict.map { .init($0.code, word.verdict($0)) },
            named: .init(
                entry.subjects.map(\.id).joined(separator: " "),
                entry.subjects.map { word.brief($0, labels) }.joined(separator: word("，", ", "))),
            enteredBy: entry.enteredBy,
            findings: entry.findings.map(\.id).joined(separator: " "))
    }

    // MARK: Money

    /// The money of records: those that detectors object to come first, then the greatest amounts.
    private func legs(of entries: [TraceEntry]) throws -> [MatterRows.Leg] {
        let kinds: Set = ["claim.settled", "enrolment.subsidised", "aid.approved"]
        func order(_ entry: TraceEntry) -> (Int, Int64, Int64) {
            (entry.findings.isEmpty ? 1 : 0, -(entry.amountFen ?? 0), entry.seq)
        }
        let wanted = entries.filter { kinds.contains($0.kind) && !$0.isReversed }
            .sorted { order($0) < order($1) }
        let reader = try MoneyReader(snapshot, catalogue)
        return try wanted.prefix(MatterReading.followedMost).flatMap { entry in
            let trace = try reader.trace(.seq(entry.seq))
            let money = MoneyWording(word: word, labels: trace.labels)
            return trace.legs.map { told($0, of: entry.seq, money) }
        }
    }

    private func told(
        _ leg: MoneyLeg, of entry: Int64, _ money: MoneyWording
    ) -> MatterRows.Leg {
        MatterRows.Leg(
            entry: entry, payer: .init(leg.fund ?? "\(leg.role)", money.payer(leg)),
            dueFen: leg.dueFen, leastFen: leg.arrivedLeastFen, mostFen: leg.arrivedMostFen,
            steps: leg.steps.map { step in
                MatterRows.Step(
                    seq: step.seq, kind: step.kind, day: step.day, amountFen: step.amountFen,
                    way: .init("\(step.from) \(step.to)", money.way(step)),
                    details: money.details(step), isReversed: step.isReversed)
            })
    }

    // MARK: Links

    private func told(
        _ link: TraceLink, _ labels: [TraceSubject: String]
    ) -> MatterRows.Link {
        MatterRows.Link(
            step: link.step, first: told(link.first, labels), second: told(link.second, labels),
            by: .init(link.shared?.kind.rawValue ?? "entry", word.shared(link.shared?.kind)),
            shared: link.shared.map { told($0, labels) },
            entries: link.firstEntries + link.secondEntries)
    }

    private func told(_ hub: TraceHub, _ labels: [TraceSubject: String]) -> MatterRows.Hub {
        MatterRows.Hub(
            step: hub.step, first: hub.from.map { told($0, labels) },
            shared: .init(
                hub.shared.id, "\(word.kind(hub.shared.kind)) \(word.brief(hub.shared, labels))"),
            count: .init("\(hub.count) \(hub.of.rawValue)", word.several(hub.count, hub.of)))
    }

    private func told(
        _ subject: TraceSubject, _ labels: [TraceSubject: String]
    ) -> MatterRows.Worded {
        .init(subject.id, word.brief(subject, labels))
    }
}
