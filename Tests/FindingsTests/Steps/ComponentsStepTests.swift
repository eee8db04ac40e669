import Findings
import LedgerCore
import Testing

struct ComponentsStepTests {
    private typealias Found = (node: Int64?, component: QueryValue, nodes: QueryValue)

    private func run(_ pairs: [(Int64?, String?)], size: Int64) throws -> [Found] {
        let rows = DetectorRows(
            columns: ["node", "link"],
            rows: pairs.map {
                [$0.map(QueryValue.integer) ?? .null, $1.map(QueryValue.text) ?? .null]
            })
        let found = try ComponentsStep.run(rows, ["size": size])
        #expect(found.columns == ["node", "link", "component", "nodes"])
        return found.rows.map { row in
            guard case .integer(let node) = row[0] else { return (nil, row[2], row[3]) }
            return (node, row[2], row[3])
        }
    }

    @Test func aChainOfLinksIsOneGroupNamedByItsLeastNode() throws {
        let found = try run(
            [(9, "tel 1"), (4, "tel 1"), (4, "acct 7"), (6, "acct 7"), (5, "tel 2"), (8, "tel 2")],
            size: 3)
        #expect(found.map(\.node) == [9, 4, 4, 6])
        #expect(found.allSatisfy { $0.component == .integer(4) && $0.nodes == .integer(3) })
    }

    @Test(arguments: [(2, 2), (3, 0)])
    func aGroupCountsItsNodesAndNotItsRows(size: Int64, kept: Int) throws {
        let found = try run([(1, "a"), (2, "a"), (1, "b"), (1, "c")], size: size)
        #expect(Set(found.map(\.node)).count == kept)
    }

    @Test func nodesAndLinksOfTheSameNumberAreNotTheSame() throws {
        let rows = DetectorRows(
            columns: ["node", "link"],
            rows: [[.integer(1), .integer(2)], [.integer(2), .integer(3)]])
        #expect(try ComponentsStep.run(rows, ["size": 2]).rows.isEmpty)
    }

    @Test func rowsWithoutNodeAreLeftOutAndThoseWithoutLinkJoinNobody() throws {
        let found = try run([(nil, "a"), (1, "a"), (2, nil), (3, nil)], size: 1)
        #expect(found.map(\.node) == [1, 2, 3])
        #expect(found.map(\.component) == [1, 2, 3].map(QueryValue.integer))
    }

    @Test func theOrderOfRowsIsOfNoMatter() throws {
        var pairs: [(Int64?, String?)] = []
        for node in Int64(0)..<60 {
            pairs.append((node, "seven \(node / 7)"))
            pairs.append((node, "twenty \(node / 20)"))
        }
        func groups() throws -> [Int64?: QueryValue] {
            Dictionary(
                try run(pairs, size: 1).map { ($0.node, $0.component) }, uniquingKeysWith: { $1 })
        }
        let expected = try groups()
        // 14…20 join the first twenty to the second, 35…41 the second to the third.
        #expect(Set(expected.values) == [.integer(0)])
        var random = SystemRandomNumberGenerator()
        for _ in 0..<20 {
            pairs.shuffle(using: &random)
            #expect(try groups() == expected)
        }
    }

    /// Against the transitive closure, written out by repetition.
    @Test func groupsAreThoseOfTheClosure() throws {
        var state: UInt64 = 20_180_314
        func random(_ bound: UInt64) -> Int64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int64((state >> 33) % bound)
        }
        for _ in 0..<50 {
            let pairs = (0..<40).map { _ in (random(40), random(45)) }
            var least = Dictionary(pairs.map { ($0.0, $0.0) }, uniquingKeysWith: { $1 })
            for _ in 0..<40 {
                for (node, link) in pairs {
                    let linked = pairs.filter { $0.1 == link }.compactMap { least[$0.0] }
                    least[node] = min(least[node] ?? node, linked.min() ?? node)
                }
            }
            for row in try run(pairs.map { ($0, String($1)) }, size: 1) {
                let node = try #require(row.node)
                #expect(row.component == least[node].map(QueryValue.integer))
            }
        }
    }

    /// A ring of 200,000 takes a fraction of a second; compared in pairs it would take hours.
    @Test(.timeLimit(.minutes(1))) func aLongRingIsOneGroup() throws {
        let count = Int64(200_000)
        let ring = (0..<count).flatMap { node -> [(Int64?, String?)] in
            [(node, String(node)), (node, String((node + 1) % count))]
        }
        let found = try run(ring, size: count)
        #expect(found.count == 400_000)
        #expect(found.allSatisfy { $0.component == .integer(0) && $0.nodes == .integer(count) })
    }

    @Test func whatIsMissingIsNamed() {
        let rows = DetectorRows(columns: ["node"], rows: [])
        #expect(throws: StepFailure("the query gives no column `link`, which its step takes")) {
            try ComponentsStep.run(rows, ["size": 2])
        }
        let whole = DetectorRows(columns: ["node", "link"], rows: [])
        #expect(throws: StepFailure("the step asks for a parameter `size`")) {
            try ComponentsStep.run(whole, [:])
        }
        let taken = DetectorRows(columns: ["node", "link", "nodes"], rows: [])
        #expect(throws: StepFailure("the query gives a column `nodes`, which its step adds")) {
            try ComponentsStep.run(taken, ["size": 2])
        }
    }
}
