internal import AidRecords

/// A trace for programs: one JSON object, its members in the order of their names. What is not known
/// is left out.
package enum TraceJSON {
    package static func bytes(_ trace: SubjectTrace, _ word: TraceWording) -> [UInt8] {
        var members: [String: CanonicalValue] = [
            "ledger": origin(trace.origin), "start": start(trace.start, trace.labels),
            "entries": .array(trace.entries.map { entry($0, trace.labels, word) }),
            "links": .array(trace.links.links.map { link($0, trace.labels) }),
            "hubs": .array(trace.links.hubs.map { hub($0, trace.labels) }),
            "findings": .string(trace.hasFindings ? "looked-up" : "not-looked-up"),
        ]
        if trace.merged.count > 1 { members["merged"] = .array(trace.merged.map { .string($0) }) }
        if !trace.notes.isEmpty {
            members["notes"] = .array(trace.notes.map { .string(word($0)) })
        }
        if !trace.revealed.isEmpty {
            members["revealed"] = .object(
                trace.revealed.mapValues { fields in
                    .object(
                        Dictionary(
                            fields.map { ($0.field, CanonicalValue.string($0.value)) },
                            uniquingKeysWith: { first, _ in first }))
                })
        }
        return CanonicalValue.object(members).canonicalBytes + [UInt8(ascii: "\n")]
    }

    static func origin(_ origin: SubjectTrace.Origin) -> CanonicalValue {
        .object([
            "origin": .string(origin.name), "size": .integer(origin.size),
            "rootHash": .string(origin.rootHash),
            "tables": .string(origin.isVerified ? "verified" : "not-verified"),
        ])
    }

    private static func start(
        _ start: SubjectTrace.Start, _ labels: [TraceSubject: String]
    ) -> CanonicalValue {
        switch start {
        case .subject(let subject): self.subject(subject, labels)
        case .entry(let seq, let source, let id):
            .object([
                "kind": .string("entry"), "seq": .integer(seq), "source": .string(source),
                "id": .string(id),
            ])
        }
    }

    static func subject(
        _ subject: TraceSubject, _ labels: [TraceSubject: String]
    ) -> CanonicalValue {
        var members: [String: CanonicalValue] = [
            "kind": .string(subject.kind.rawValue), "id": .string(subject.id),
        ]
        members["label"] = labels[subject].map { .string($0) }
        return .object(members)
    }

    private static func entry(
        _ entry: TraceEntry, _ labels: [TraceSubject: String], _ word: TraceWording
    ) -> CanonicalValue {
        var members: [String: CanonicalValue] = [
            "seq": .integer(entry.seq), "kind": .string(entry.kind),
            "title": .string(word.kind(entry.kind)), "source": .string(entry.source),
            "id": .string(entry.id), "area": .string(entry.area),
            "day": .string(entry.day.description), "operator": .string(entry.enteredBy),
            "state": .string(entry.isReversed ? "reversed" : "stands"),
            "subjects": .array(entry.subjects.map { subject($0, labels) }),
            "findings": .array(entry.findings.map { finding($0, word) }),
        ]
        members["amountFen"] = entry.amountFen.map { .integer($0) }
        members["through"] = entry.through.map { .integer($0) }
        members["verdict"] = entry.verdict.map { .string($0.code) }
        members["actualFen"] = entry.verdict.map { .integer($0.actualFen) }
        members["expectedFen"] = entry.verdict?.leastFen.map { .integer($0) }
        members["expectedMostFen"] = entry.verdict?.mostFen.map { .integer($0) }
        return .object(members)
    }

    private static func finding(_ finding: EntryFinding, _ word: TraceWording) -> CanonicalValue {
        .object([
            "id": .string(finding.id), "grade": .string(finding.grade),
            "title": .string(word(finding.title)), "state": .string(finding.state.rawValue),
        ])
    }

    private static func link(
        _ link: TraceLink, _ labels: [TraceSubject: String]
    ) -> CanonicalValue {
        var members: [String: CanonicalValue] = [
            "step": .integer(Int64(link.step)), "first": subject(link.first, labels),
            "second": subject(link.second, labels),
            "firstEntries": .array(link.firstEntries.map { .integer($0) }),
            "secondEntries": .array(link.secondEntries.map { .integer($0) }),
        ]
        members["shared"] = link.shared.map { subject($0, labels) }
        return .object(members)
    }

    private static func hub(_ hub: TraceHub, _ labels: [TraceSubject: String]) -> CanonicalValue {
        var members: [String: CanonicalValue] = [
            "step": .integer(Int64(hub.step)), "shared": subject(hub.shared, labels),
            "count": .integer(Int64(hub.count)), "of": .string(hub.of.rawValue),
        ]
        members["from"] = hub.from.map { subject($0, labels) }
        return .object(members)
    }
}
