import LedgerCore
import Testing

@Suite struct PairedRunsTests {
    private func runs(_ order: [Int64]) -> PairedRuns {
        var runs = PairedRuns()
        for (here, there) in order.enumerated() { runs.add(here: Int64(here), there: there) }
        return runs
    }

    @Test func entriesInOneOrderAreOneRun() {
        let (inOrder, moved) = runs([7, 8, 9, 10]).ordered()
        #expect(inOrder == [PairedRun(here: 0, there: 7, count: 4)])
        #expect(moved.isEmpty)
    }

    @Test func gapsAreNoOtherOrder() {
        var runs = PairedRuns()
        for (here, there) in [(3, 3), (4, 4), (6, 5), (7, 9)] as [(Int64, Int64)] {
            runs.add(here: here, there: there)
        }
        let (inOrder, moved) = runs.ordered()
        #expect(
            inOrder == [
                PairedRun(here: 3, there: 3, count: 2), PairedRun(here: 6, there: 5),
                PairedRun(here: 7, there: 9),
            ])
        #expect(moved.isEmpty)
    }

    @Test func oneOfTwoNeighboursWasMoved() {
        let (inOrder, moved) = runs([0, 1, 3, 2, 4, 5]).ordered()
        #expect(moved.count == 1)
        #expect(moved.first?.count == 1)
        #expect(inOrder.reduce(0) { $0 + $1.count } == 5)
    }

    @Test func theLighterOfTwoBlocksWasMoved() {
        #expect(
            runs([2, 3, 4, 5, 0, 1]).ordered().moved == [PairedRun(here: 4, there: 0, count: 2)])
    }

    @Test func runsMayBeAddedInAnyOrder() {
        var runs = PairedRuns()
        for (here, there) in [(5, 5), (6, 6), (0, 0), (1, 1), (3, 9)] as [(Int64, Int64)] {
            runs.add(here: here, there: there)
        }
        #expect(runs.ordered().moved == [PairedRun(here: 3, there: 9)])
    }

    /// The greatest number of entries that can stand in order, by the definition.
    private func longestIncreasing(_ values: [Int64]) -> Int64 {
        var best: [Int64] = []
        for (index, value) in values.enumerated() {
            best.append(1 + ((0..<index).filter { values[$0] < value }.map { best[$0] }.max() ?? 0))
        }
        return best.max() ?? 0
    }

    @Test(arguments: 1...60)
    func asFewAsCanBeWereMoved(seed: UInt64) {
        var random = LinearCongruential(state: seed)
        // Blocks that were shuffled, and a few single swaps.
        var blocks = (0..<6).map { block in (0..<7).map { Int64(block * 7 + $0) } }
        blocks.shuffle(using: &random)
        var order = blocks.flatMap { $0 }
        for _ in 0..<Int(seed % 5) {
            order.swapAt(
                Int.random(in: 0..<42, using: &random), Int.random(in: 0..<42, using: &random))
        }
        let (inOrder, moved) = runs(order).ordered()
        let entries = inOrder.flatMap { run in (0..<run.count).map { run.there + $0 } }
        #expect(entries == entries.sorted())
        #expect(Int64(entries.count) == longestIncreasing(order), "seed \(seed)")
        #expect(entries.count + Int(moved.reduce(0) { $0 + $1.count }) == 42)
    }
}

private struct LinearCongruential: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 31)
    }
}
