internal import AidRecords

/// A trace for programs: one JSON object, its members in the order of their names. What is not known
/// is left out.
package enum TraceJSON {
    package static func bytes(_ trace: SubjectTrace, _ word: TraceWording) -> [UInt8] {
        var writer = CanonicalWriter()
        writer.object { writer in
            writer.name("entries")
            writer.array(trace.entries) { write($1, trace.labels, word, to: &$0) }
            writer.member("findings", trace.hasFindings ? "looked-up" : "not-looked-up")
            writer.name("hubs")
            writer.array(trace.links.hubs) { $0.value(hub($1, trace.labels)) }
            writer.name("ledger")
            writer.value(origin(trace.origin))
            writer.name("links")
            writer.array(trace.links.links) { write($1, trace.labels, to: &$0) }
            if trace.merged.count > 1 {
                writer.name("merged")
                writer.array(trace.merged) { $0.value($1) }
            }
            if !trace.notes.isEmpty {
                writer.name("notes")
                writer.array(trace.notes) { $0.value(word($1)) }
            }
            if !trace.revealed.isEmpty {
                writer.name("revealed")
                writer.value(revealed(trace.revealed))
            }
            writer.name("start")
            writer.value(start(trace.start, trace.labels))
        }
        return writer.bytes + [UInt8(ascii: "\n")]
    }

    private static func revealed(
        _ revealed: [String: [(field: String, value: String)]]
    ) -> CanonicalValue {
        .object(
            revealed.mapValues { fields in
                .object(
                    Dictionary(
                        fields.map { ($0.field, CanonicalValue.string($0.value)) },
                        uniquingKeysWith: { first, _ in first }))
            })
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

    private static func write(
        _ subject: TraceSubject, _ labels: [TraceSubject: String],
        to writer: inout CanonicalWriter
    ) {
        writer.object { writer in
            writer.member("id", subject.id)
            writer.member("kind", subject.kind.rawValue)
            writer.member("label", labels[subject])
        }
    }

    private static func write(
        _ entry: TraceEntry, _ labels: [TraceSubject: String], _ word: TraceWording,
        to writer: inout CanonicalWriter
    ) {
        writer.object { writer in
            writer.member("actualFen", entry.verdict?.actualFen)
            writer.member("amountFen", entry.amountFen)
            writer.member("area", entry.area)
            writer.member("day", entry.day.description)
            writer.member("expectedFen", entry.verdict?.leastFen)
            writer.member("expectedMostFen", entry.verdict?.mostFen)
            writer.name("findings")
            writer.array(entry.findings) { $0.value(finding($1, word)) }
            writer.member("id", entry.id)
            writer.member("kind", entry.kind)
            writer.member("operator", entry.enteredBy)
            writer.member("seq", entry.seq)
            writer.member("source", entry.source)
            writer.member("state", entry.isReversed ? "reversed" : "stands")
            writer.name("subjects")
            writer.array(entry.subjects) { write($1, labels, to: &$0) }
            writer.member("through", entry.through)
            writer.member("title", word.kind(entry.kind))
            writer.member("verdict", entry.verdict?.code)
        }
    }

    private static func finding(_ finding: EntryFinding, _ word: TraceWording) -> CanonicalValue {
        .object([
            "id": .string(finding.id), "grade": .string(finding.grade),
            "title": .string(word(finding.title)), "state": .string(finding.state.rawValue),
        ])
    }

    private static func write(
        _ link: TraceLink, _ labels: [TraceSubject: String], to writer: inout CanonicalWriter
    ) {
        writer.object { writer in
            writer.name("first")
            write(link.first, labels, to: &writer)
            writer.name("firstEntries")
            writer.array(link.firstEntries) { $0.value($1) }
            writer.name("second")
            write(link.second, labels, to: &writer)
            writer.name("secondEntries")
            writer.array(link.secondEntries) { $0.value($1) }
            if let shared = link.shared {
                writer.name("shared")
                write(shared, labels, to: &writer)
            }
            writer.member("step", Int64(link.step))
        }
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
