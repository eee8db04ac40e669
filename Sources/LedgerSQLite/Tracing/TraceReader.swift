package import AidRecords
package import Findings
internal import GRDB
internal import LedgerCore
internal import PolicyRules
internal import TransparencyLog

/// Reads traces from a state of a ledger.
package final class TraceReader {
    /// How far links are followed.
    package struct Reach: Sendable {
        package let steps: Int
        /// What more subjects than this share is named, and not followed.
        package let hubLimit: Int

        package init(steps: Int = 2, hubLimit: Int = 20) {
            self.steps = steps
            self.hubLimit = hubLimit
        }
    }

    private let snapshot: LedgerSnapshot
    private let catalogue: KindCatalogue
    private let columns: [TraceColumns]
    private let rows: TraceRows
    private let persons: MergedPersons
    private let numbers: SubjectNumbers
    private let textHash = TextHash()
    private var database: Database { snapshot.database }

    package init(_ snapshot: LedgerSnapshot, _ catalogue: KindCatalogue) throws {
        self.snapshot = snapshot
        self.catalogue = catalogue
        columns = TraceColumns.all(of: catalogue)
        rows = try TraceRows(snapshot.database, catalogue, columns)
        var merges: [(from: Int64, into: Int64)] = []
        try LiveRows(snapshot.database).forEach(of: "person_merged", ["from", "into"]) {
            merges.append(($0.integer(0), $0.integer(1)))
        }
        persons = MergedPersons(merges)
        numbers = SubjectNumbers(snapshot.database)
    }

    /// - Throws: `TraceRefusal`, `StoreError`.
    package func trace(_ target: TraceTarget, _ reach: Reach = Reach()) throws -> SubjectTrace {
        switch target {
        case .person(let pseudonym): try person(pseudonym, reach)
        case .account(let pseudonym): try account(pseudonym, reach)
        case .institution(let code):
            try named(TraceSubject(.institution, code), [.text(code)], follow: 1, reach)
        case .operator(let id):
            try named(TraceSubject(.operator, id), [.text(id)], follow: 0, reach)
        case .entry(let name): try entry(name, reach)
        }
    }

    package var origin: SubjectTrace.Origin { snapshot.origin }

    // MARK: What is traced

    /// - Throws: `TraceRefusal` where no entry names this person or institution.
    package func requireNamed(_ subject: TraceSubject) throws {
        if subject.kind == .person {
            _ = try number(of: subject, letter: .person)
        } else if try scan([], naming: .init(kind: subject.kind, values: [.text(subject.id)]))
            .naming.isEmpty
        {
            throw TraceRefusal.unknown(subject)
        }
    }

    private func person(_ pseudonym: String, _ reach: Reach) throws -> SubjectTrace {
        let subject = TraceSubject(.person, pseudonym)
        let number = try number(of: subject, letter: .person)
        let root = persons.root(of: number)
        let members = persons.members(of: root)
        let found = try naming(persons: members)
        let scan = try scan(reach.steps > 0 ? [.references, .shared] : .references)
        let all = try speaking(of: found, .person, times: .max, scan.references)
        let shared = reach.steps > 0 ? scan.shared : nil
        var trace = SubjectTrace(origin: origin, start: .subject(subject))
        try fill(&trace, all, shared, search(shared, from: [root], reach))
        if members.count > 1 {
            let names = try numbers.pseudonyms(of: keys(members))
            trace.merged = members.compactMap { names[.init(kind: .person, number: $0)] }.sorted()
        }
        return trace
    }

    private func account(_ pseudonym: String, _ reach: Reach) throws -> SubjectTrace {
        let subject = TraceSubject(.account, pseudonym)
        let number = try number(of: subject, letter: .account)
        return try named(subject, [.number(number)], follow: 1, reach)
    }

    /// Of a subject that is no person: it is linked with those whom the same entry names.
    private func named(
        _ subject: TraceSubject, _ values: [TraceRows.Value], follow: Int, _ reach: Reach
    ) throws -> SubjectTrace {
        let naming = try scan(
            follow > 0 ? .references : [], naming: .init(kind: subject.kind, values: values))
        let found = try naming.naming.compactMap {
            try rows.row(of: catalogue.kinds[$0.kind], seq: $0.seq)
        }.sorted { $0.entry.seq < $1.entry.seq }
        guard !found.isEmpty else { throw TraceRefusal.unknown(subject) }
        let beside = Beside(found, persons: persons, limit: reach.hubLimit)
        let starts = beside.persons
        let all = try speaking(of: found, subject.kind, times: follow, naming.references)
        let shared = reach.steps > 1 && !starts.isEmpty ? try scan(.shared).shared : nil
        var trace = SubjectTrace(origin: origin, start: .subject(subject))
        try fill(&trace, all, shared, search(shared, from: starts, reach, firstStep: 2))
        if reach.steps > 0 {
            let (links, hubs) = beside.told(of: subject, try pseudonyms(of: found))
            trace.links.links = (links + trace.links.links).sorted(by: TraceLink.isStronger)
            trace.links.hubs = hubs + trace.links.hubs
        }
        return trace
    }

    private func entry(_ name: TraceTarget.EntryName, _ reach: Reach) throws -> SubjectTrace {
        let (seq, bytes) = try name.find(database)
        guard let kind = TraceTarget.EntryName.kind(of: bytes, catalogue),
            let row = try rows.row(of: kind, seq: seq)
        else { throw TraceRefusal.noEntry("\(seq)", size: origin.size) }
        let spokenOf = try SpokenOf(database, columns, rows, catalogue).chain(from: row)
        let starts = Set(row.persons.map(persons.root))
        let isLinked = reach.steps > 0 && !starts.isEmpty
        let scan = try scan(isLinked ? [.references, .shared] : .references)
        let all = try speaking(of: [row] + spokenOf, .person, times: .max, scan.references)
        let shared = isLinked ? scan.shared : nil
        var trace = SubjectTrace(
            origin: origin,
            start: .entry(seq: seq, source: row.entry.source, id: row.entry.id))
        try fill(&trace, all, shared, search(shared, from: starts, reach))
        return trace
    }

    private func number(of subject: TraceSubject, letter: SubjectClass) throws -> Int64 {
        var id = subject.id
        guard id.withUTF8({ letter.isPseudonym($0) }) else {
            throw TraceRefusal.notAPseudonym(subject.kind, subject.id)
        }
        guard let number = try numbers.number(of: subject.id) else {
            throw TraceRefusal.unknown(subject)
        }
        return number
    }

    // MARK: Entries

    /// The records that name a person themselves; most tables have an index of persons.
    private func naming(persons: [Int64]) throws -> [TraceRow] {
        let marks = persons.map { _ in "?" }.joined(separator: ", ")
        var found: [Int64: TraceRow] = [:]
        for table in columns {
            let names = table.subjects(.person).map { SQLName.quoted($0.column) }
            guard !names.isEmpty else { continue }
            let condition = names.map { "\($0) IN (\(marks))" }.joined(separator: " OR ")
            let touched =
                table.table.isList
                ? "seq IN (SELECT seq FROM \(table.table.name) WHERE \(condition))" : condition
            let values = names.flatMap { _ in persons.map(TraceRows.Value.number) }
            for row in try rows.rows(of: table.kind, where: touched, values) {
                found[row.entry.seq] = row
            }
        }
        return found.values.sorted { $0.entry.seq < $1.entry.seq }
    }

    /// With them, those that speak of them, and so on so many times.
    ///
    /// What speaks of one such record alone, and names neither a person nor another of the kind
    /// that is traced, is about that record; a kind that lists records stands for many.
    private func speaking(
        of found: [TraceRow], _ kind: TraceSubject.Kind, times: Int, _ references: ReferenceScan
    ) throws -> [TraceRow] {
        guard times > 0 else { return found }
        let listing = Set(
            columns.filter { $0.table.isList && !$0.references.isEmpty }.map(\.kind.ordinal))
        var all = Dictionary(found.map { ($0.entry.seq, $0) }, uniquingKeysWith: { one, _ in one })
        var newest = found
        for _ in 0..<times where !newest.isEmpty {
            let keys = Dictionary(
                newest.map { ($0.key, $0.entry.seq) }, uniquingKeysWith: { one, _ in one })
            newest = []
            for (entry, spokenOf) in references.entries(speakingOf: keys)
            where all[entry.seq] == nil {
                guard var row = try rows.row(of: catalogue.kinds[entry.kind], seq: entry.seq)
                else { continue }
                row.entry.through = spokenOf
                row.entry.isOwn =
                    all[spokenOf]?.entry.isOwn == true && !listing.contains(entry.kind)
                    && !row.names(kind) && !row.names(.person)
                all[entry.seq] = row
                newest.append(row)
            }
            if newest.isEmpty { break }
        }
        return Array(all.values)
    }

    // MARK: Putting it together

    private func scan(
        _ wanted: TableScan.Wanted, naming subject: TableScan.Named? = nil
    ) throws -> TableScan {
        var whole = TableScan(persons: persons, textHash)
        let empty = whole
        let columns = columns
        let parts = try snapshot.inRanges { database, next in
            var part = empty
            let statements = try columns.enumerated().compactMap {
                try TableStatement(database, $0.element, number: $0.offset, wanted, subject)
            }
            while let range = next() { try part.read(statements, range) }
            return part
        }
        for part in parts { whole.append(part) }
        return whole
    }

    private func search(
        _ shared: SharedEdges?, from starts: Set<Int64>, _ reach: Reach, firstStep: Int = 1
    ) -> (links: [LinkSearch.Found], hubs: [LinkSearch.FoundHub]) {
        guard let shared else { return ([], []) }
        let search = LinkSearch(
            shared.edges, sharedCount: shared.shared.count, hubLimit: reach.hubLimit)
        return search.from(starts, steps: reach.steps, firstStep: firstStep)
    }

    private func keys(_ persons: [Int64]) -> Set<SubjectNumbers.Key> {
        Set(persons.map { SubjectNumbers.Key(kind: .person, number: $0) })
    }

    private func pseudonyms(of rows: [TraceRow]) throws -> [SubjectNumbers.Key: String] {
        let named = rows.flatMap { row in
            row.subjects.compactMap { named -> SubjectNumbers.Key? in
                if case .numbered(let key) = named { key } else { nil }
            }
        }
        let roots = named.filter { $0.kind == .person }.map {
            SubjectNumbers.Key(kind: .person, number: persons.root(of: $0.number))
        }
        return try numbers.pseudonyms(of: Set(named + roots))
    }

    private func fill(
        _ trace: inout SubjectTrace, _ found: [TraceRow], _ shared: SharedEdges?,
        _ answer: (links: [LinkSearch.Found], hubs: [LinkSearch.FoundHub])
    ) throws {
        let names = try pseudonyms(of: found)
        let times = found.map { ($0.entry.day, $0.entry.seq) }
        trace.entries = try found.indices.sorted { times[$0] < times[$1] }.map { index in
            let row = found[index]
            var entry = row.entry
            entry.subjects = TraceReader.subjects(of: row, names)
            for person in Set(row.persons.map(persons.root)).sorted() where entry.verdict == nil {
                entry.verdict = try rows.verdict(of: entry.seq, person: person)
            }
            return entry
        }
        if let shared {
            let linked = try LinkNames(shared, answer, numbers)
            trace.links.links = linked.links
            trace.links.hubs = linked.hubs
        }
        trace.labels = try InstitutionNames.read(database, of: trace)
    }

    static func subjects(
        of row: TraceRow, _ names: [SubjectNumbers.Key: String]
    ) -> [TraceSubject] {
        var seen: Set<TraceSubject> = []
        return row.subjects.compactMap { named in
            let subject: TraceSubject? =
                switch named {
                case .numbered(let key): names[key].map { TraceSubject(key.kind, $0) }
                case .code(let subject): subject
                }
            guard let subject, seen.insert(subject).inserted else { return nil }
            return subject
        }
    }
}
