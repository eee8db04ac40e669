/// Two linked subjects, with all that links them.
package struct TracePair: Sendable {
    package let step: Int
    package let first: TraceSubject
    package let second: TraceSubject
    /// What says most comes first.
    package let links: [TraceLink]

    private struct Key: Hashable {
        let step: Int
        let first, second: TraceSubject
    }

    /// In the order in which they are worth looking at: the nearer first, then those whose strongest
    /// link says more, then those with more links.
    package static func all(_ links: [TraceLink]) -> [TracePair] {
        Dictionary(grouping: links) { Key(step: $0.step, first: $0.first, second: $0.second) }
            .map { key, links in
                TracePair(
                    step: key.step, first: key.first, second: key.second,
                    links: links.sorted(by: TraceLink.isStronger))
            }.sorted(by: isBefore)
    }

    private static func isBefore(_ first: TracePair, _ second: TracePair) -> Bool {
        let (one, other) = (first.links[0].weakness, second.links[0].weakness)
        return (first.step, one, -first.links.count, first.first, first.second)
            < (second.step, other, -second.links.count, second.first, second.second)
    }
}
