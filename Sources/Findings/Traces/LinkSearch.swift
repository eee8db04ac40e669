/// Finds who is linked with whom: persons by what they share, an account, a household, a phone, an
/// address, an institution on one day, an approver.
///
/// Nodes are numbers that the caller gives out: of persons (merged ones have one) and of
/// what they share. It goes over all edges once for each half step, without any index.
package struct LinkSearch: Sendable {
    /// An entry that names a person together with what others may share.
    package struct Edge: Hashable, Sendable {
        package let person: Int64
        package let shared: Int32
        package let seq: Int64

        package init(person: Int64, shared: Int32, seq: Int64) {
            self.person = person
            self.shared = shared
            self.seq = seq
        }
    }

    /// Two persons who share something; `first` is the one nearer to what is traced.
    package struct Found: Hashable, Sendable {
        package let step: Int
        package let first: Int64
        package let second: Int64
        package let shared: Int32
        /// The entries that say so of the one and of the other, in order.
        package let firstEntries: [Int64]
        package let secondEntries: [Int64]
    }

    /// Something that more persons share than are followed.
    package struct FoundHub: Hashable, Sendable {
        package let step: Int
        package let person: Int64
        package let shared: Int32
        package let personCount: Int
    }

    /// The links by what the parties are called.
    package struct Answer: Sendable {
        package var links: [TraceLink] = []
        package var hubs: [TraceHub] = []

        package init() {}
    }

    private let edges: [Edge]
    private let sharedCount: Int
    private let hubLimit: Int

    /// - Parameters:
    ///   - sharedCount: one more than the greatest number of what is shared.
    ///   - hubLimit: what more persons than this share is not followed.
    package init(_ edges: [Edge], sharedCount: Int, hubLimit: Int) {
        self.edges = edges
        self.sharedCount = sharedCount
        self.hubLimit = hubLimit
    }

    /// - Parameters:
    ///   - starts: the persons from whom the search begins.
    ///   - steps: how many things shared lie at most between a start and a person found.
    ///   - firstStep: what to call the first step, where the starts lie one away already.
    package func from(
        _ starts: Set<Int64>, steps: Int, firstStep: Int = 1
    ) -> (links: [Found], hubs: [FoundHub]) {
        var (links, hubs): ([Found], [FoundHub]) = ([], [])
        var (known, outermost) = (starts, starts)
        var followed: Set<Int32> = []
        for step in stride(from: firstStep, through: steps, by: 1) where !outermost.isEmpty {
            let shared = groups(of: outermost, without: followed)
            let reached = follow(
                step, outermost: outermost, known: known, shared, &links, &hubs)
            followed.formUnion(shared.keys)
            outermost = reached.subtracting(known)
            known.formUnion(reached)
        }
        return (links, hubs)
    }

    /// The persons of one thing shared, with the entries that say so.
    private typealias Group = [Int64: [Int64]]

    /// What these persons share with anybody, and all who share it.
    private func groups(
        of persons: Set<Int64>, without followed: Set<Int32>
    ) -> [Int32: Group] {
        var isWanted = [Bool](repeating: false, count: sharedCount)
        // Most edges are nobody's: a table of their last digits says so without a hash.
        var isPerhaps = [Bool](repeating: false, count: 1 << 16)
        func digits(_ person: Int64) -> Int { Int(truncatingIfNeeded: person & 0xFFFF) }
        for person in persons { isPerhaps[digits(person)] = true }
        for edge in edges where isPerhaps[digits(edge.person)] && persons.contains(edge.person) {
            isWanted[Int(edge.shared)] = true
        }
        for shared in followed { isWanted[Int(shared)] = false }
        var groups: [Int32: Group] = [:]
        for edge in edges where isWanted[Int(edge.shared)] {
            groups[edge.shared, default: [:]][edge.person, default: []].append(edge.seq)
        }
        return groups
    }

    private func follow(
        _ step: Int, outermost: Set<Int64>, known: Set<Int64>, _ groups: [Int32: Group],
        _ links: inout [Found], _ hubs: inout [FoundHub]
    ) -> Set<Int64> {
        var reached: Set<Int64> = []
        for (shared, group) in groups.sorted(by: { $0.key < $1.key }) where group.count > 1 {
            let near = group.keys.filter(outermost.contains).sorted()
            guard group.count <= hubLimit else {
                hubs += near.map {
                    FoundHub(step: step, person: $0, shared: shared, personCount: group.count)
                }
                continue
            }
            for first in near {
                for second in group.keys.sorted()
                where second != first && (!outermost.contains(second) || first < second) {
                    // What lies nearer was said when it was reached.
                    guard !known.contains(second) || outermost.contains(second) else { continue }
                    links.append(
                        Found(
                            step: step, first: first, second: second, shared: shared,
                            firstEntries: group[first, default: []].sorted(),
                            secondEntries: group[second, default: []].sorted()))
                    reached.insert(second)
                }
            }
        }
        return reached
    }
}

/// Two subjects that are linked, by what, and the entries that say so.
package struct TraceLink: Hashable, Sendable {
    /// 1 for what is linked with the subject itself.
    package let step: Int
    package let first: TraceSubject
    package let second: TraceSubject
    /// What they share; an operator is the approver of both. Nil where one entry names both.
    package let shared: TraceSubject?
    package let firstEntries: [Int64]
    package let secondEntries: [Int64]

    package init(
        step: Int, first: TraceSubject, second: TraceSubject, shared: TraceSubject?,
        firstEntries: [Int64], secondEntries: [Int64]
    ) {
        self.step = step
        self.first = first
        self.second = second
        self.shared = shared
        self.firstEntries = firstEntries
        self.secondEntries = secondEntries
    }

    /// What says more of two persons comes first: an account before a day at a hospital.
    package static func isStronger(_ first: TraceLink, _ second: TraceLink) -> Bool {
        (first.step, first.weakness, first.first, first.second, first.shared?.id ?? "")
            < (second.step, second.weakness, second.first, second.second, second.shared?.id ?? "")
    }

    var weakness: Int { TraceLink.weakness(of: shared?.kind) }

    /// How little it says of two that they share something of this kind, from 0; nil where one entry
    /// names both.
    package static func weakness(of shared: TraceSubject.Kind?) -> Int {
        switch shared {
        case .account?: 0
        case .household?: 1
        case .phone?: 2
        case .address?: 3
        case nil: 4
        case .operator?: 5
        default: 6
        }
    }
}

/// What so many share that it says little of any two: named, and not followed.
package struct TraceHub: Hashable, Sendable {
    package let step: Int
    /// Whom the trace came from.
    package let from: TraceSubject?
    package let shared: TraceSubject
    /// How many subjects share it, and of what kind they are.
    package let count: Int
    package let of: TraceSubject.Kind

    package init(
        step: Int, from: TraceSubject?, shared: TraceSubject, count: Int, of: TraceSubject.Kind
    ) {
        self.step = step
        self.from = from
        self.shared = shared
        self.count = count
        self.of = of
    }
}
