import Findings
import Testing

@Suite struct LinkSearchTests {
    /// Two who share something, a third who shares something else with the second, and a fourth
    /// beyond.
    private static let chain: [LinkSearch.Edge] = [
        .init(person: 1, shared: 0, seq: 10), .init(person: 2, shared: 0, seq: 11),
        .init(person: 2, shared: 1, seq: 12), .init(person: 3, shared: 1, seq: 13),
        .init(person: 3, shared: 2, seq: 14), .init(person: 4, shared: 2, seq: 15),
    ]

    private func search(
        _ edges: [LinkSearch.Edge], hubLimit: Int = 20
    ) -> LinkSearch { LinkSearch(edges, sharedCount: 3, hubLimit: hubLimit) }

    @Test(arguments: [(1, [2]), (2, [2, 3]), (3, [2, 3, 4])])
    func eachStepReachesOneFurther(steps: Int, reached: [Int64]) {
        let found = search(LinkSearchTests.chain).from([1], steps: steps)
        #expect(found.links.map(\.second) == reached)
        #expect(found.links.map(\.step) == Array(1...steps))
    }

    @Test func linkNamesTheEntriesOfBoth() {
        let edges = LinkSearchTests.chain + [.init(person: 1, shared: 0, seq: 9)]
        let link = search(edges).from([1], steps: 1).links[0]
        #expect(link.firstEntries == [9, 10])
        #expect(link.secondEntries == [11])
        #expect(link.shared == 0)
    }

    @Test func whatTwoShareTwiceIsTwoLinks() {
        let edges =
            LinkSearchTests.chain + [
                .init(person: 1, shared: 2, seq: 20), .init(person: 2, shared: 2, seq: 21),
            ]
        let found = search(edges).from([1], steps: 1)
        #expect(found.links.filter { $0.second == 2 }.map(\.shared) == [0, 2])
    }

    @Test func whatMoreShareThanTheLimitIsNamedAndNotFollowed() {
        let edges = (1...4).map { LinkSearch.Edge(person: $0, shared: 0, seq: $0) }
        #expect(search(edges, hubLimit: 4).from([1], steps: 1).links.count == 3)
        let found = search(edges, hubLimit: 3).from([1], steps: 2)
        #expect(found.links.isEmpty)
        #expect(found.hubs.map(\.shared) == [0])
        #expect(found.hubs.map(\.personCount) == [4])
    }

    @Test func nobodyIsLinkedWithHimself() {
        let edges: [LinkSearch.Edge] = [
            .init(person: 1, shared: 0, seq: 1), .init(person: 1, shared: 0, seq: 2),
        ]
        let found = search(edges).from([1], steps: 2)
        #expect(found.links.isEmpty && found.hubs.isEmpty)
    }

    @Test func startsThatAreLinkedWithEachOtherAreSaidOnce() {
        let found = search(LinkSearchTests.chain).from([1, 2], steps: 1)
        #expect(found.links.map { [$0.first, $0.second] } == [[1, 2], [2, 3]])
    }
}
