internal import AidRecords
internal import Findings
internal import GRDB

/// Links and hubs, numbers having become names.
struct LinkNames {
    private(set) var links: [TraceLink] = []
    private(set) var hubs: [TraceHub] = []

    init(
        _ shared: SharedEdges, _ answer: (links: [LinkSearch.Found], hubs: [LinkSearch.FoundHub]),
        _ numbers: SubjectNumbers
    ) throws {
        var keys: Set<SubjectNumbers.Key> = []
        for link in answer.links {
            keys.insert(.init(kind: .person, number: link.first))
            keys.insert(.init(kind: .person, number: link.second))
        }
        for hub in answer.hubs { keys.insert(.init(kind: .person, number: hub.person)) }
        for number in Set(answer.links.map(\.shared) + answer.hubs.map(\.shared)) {
            let value = shared.shared[Int(number)]
            keys.insert(.init(kind: value.kind, number: value.number))
        }
        let names = try numbers.pseudonyms(of: keys)
        func person(_ number: Int64) -> TraceSubject {
            TraceSubject(.person, names[.init(kind: .person, number: number)] ?? "")
        }
        links = LinkNames.sorted(answer.links, shared, names).map { link in
            TraceLink(
                step: link.step, first: person(link.first), second: person(link.second),
                shared: LinkNames.subject(shared, link.shared, names),
                firstEntries: link.firstEntries, secondEntries: link.secondEntries)
        }
        // As the tables name them, one after the other.
        let inOrder = answer.hubs.sorted {
            let (first, second) = (shared.shared[Int($0.shared)], shared.shared[Int($1.shared)])
            return ($0.step, first.first, $0.person) < ($1.step, second.first, $1.person)
        }
        hubs = inOrder.map { hub in
            TraceHub(
                step: hub.step, from: person(hub.person),
                shared: LinkNames.subject(shared, hub.shared, names), count: hub.personCount,
                of: .person)
        }
    }

    /// In the order of `TraceLink.isStronger`, by numbers that stand in the same order as the names:
    /// there are many links of a few persons.
    private static func sorted(
        _ links: [LinkSearch.Found], _ shared: SharedEdges, _ names: [SubjectNumbers.Key: String]
    ) -> [LinkSearch.Found] {
        let persons = ranks(Set(links.flatMap { [$0.first, $0.second] })) {
            names[.init(kind: .person, number: $0)] ?? ""
        }
        let things = Dictionary(
            uniqueKeysWithValues: Set(links.map(\.shared)).map {
                ($0, LinkNames.subject(shared, $0, names))
            })
        let thingRanks = ranks(Set(things.keys)) { things[$0]?.id ?? "" }
        let keys = links.map { link in
            (
                link.step, TraceLink.weakness(of: things[link.shared]?.kind),
                persons[link.first, default: 0], persons[link.second, default: 0],
                thingRanks[link.shared, default: 0]
            )
        }
        return links.indices.sorted { keys[$0] < keys[$1] }.map { links[$0] }
    }

    private static func ranks<Number: Hashable>(
        _ numbers: Set<Number>, _ name: (Number) -> String
    ) -> [Number: Int] {
        let named = numbers.map { (name($0), $0) }.sorted { $0.0 < $1.0 }
        return Dictionary(
            uniqueKeysWithValues: named.enumerated().map { ($0.element.1, $0.offset) })
    }

    private static func subject(
        _ shared: SharedEdges, _ number: Int32, _ names: [SubjectNumbers.Key: String]
    ) -> TraceSubject {
        let value = shared.shared[Int(number)]
        switch value.kind {
        case .visitDay:
            let day = CivilDate(dayNumber: Int(value.day))
            return TraceSubject(.visitDay, "\(shared.codes[Int(value.number)]) \(day)")
        case .operator, .institution:
            return TraceSubject(value.kind, shared.codes[Int(value.number)])
        default:
            let name = names[.init(kind: value.kind, number: value.number)]
            return TraceSubject(value.kind, name ?? "")
        }
    }
}

/// Those whom the entries of a subject name beside it.
struct Beside {
    private let entriesOf: [TraceRows.Named: [Int64]]
    private let limit: Int

    init(_ rows: [TraceRow], persons: MergedPersons, limit: Int) {
        var entriesOf: [TraceRows.Named: [Int64]] = [:]
        for row in rows {
            for named in Set(row.subjects.map { Beside.kept($0, persons) }) {
                entriesOf[named, default: []].append(row.entry.seq)
            }
            let enteredBy = TraceSubject(.operator, row.entry.enteredBy)
            if !row.subjects.contains(.code(enteredBy)) {
                entriesOf[.code(enteredBy), default: []].append(row.entry.seq)
            }
        }
        self.entriesOf = entriesOf
        self.limit = limit
    }

    private static func kept(
        _ named: TraceRows.Named, _ persons: MergedPersons
    ) -> TraceRows.Named {
        guard case .numbered(let key) = named, key.kind == .person else { return named }
        return .numbered(.init(kind: .person, number: persons.root(of: key.number)))
    }

    /// The persons, where they are not too many to be followed.
    var persons: Set<Int64> {
        let all = entriesOf.keys.compactMap { named -> Int64? in
            if case .numbered(let key) = named, key.kind == .person { key.number } else { nil }
        }
        return all.count > limit ? [] : Set(all)
    }

    func told(
        of subject: TraceSubject, _ names: [SubjectNumbers.Key: String]
    ) -> (links: [TraceLink], hubs: [TraceHub]) {
        var byKind: [TraceSubject.Kind: [(TraceSubject, [Int64])]] = [:]
        for (named, entries) in entriesOf {
            let other: TraceSubject? =
                switch named {
                case .numbered(let key): names[key].map { TraceSubject(key.kind, $0) }
                case .code(let subject): subject
                }
            guard let other, other != subject else { continue }
            byKind[other.kind, default: []].append((other, entries.sorted()))
        }
        var (links, hubs): ([TraceLink], [TraceHub]) = ([], [])
        for (kind, others) in byKind.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            guard others.count <= limit else {
                hubs.append(
                    TraceHub(step: 1, from: nil, shared: subject, count: others.count, of: kind))
                continue
            }
            links += others.map {
                TraceLink(
                    step: 1, first: subject, second: $0.0, shared: nil, firstEntries: $0.1,
                    secondEntries: [])
            }
        }
        return (links, hubs)
    }
}
