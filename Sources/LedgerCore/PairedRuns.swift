/// Entries that stand one after the other in both of two copies, though perhaps elsewhere.
package struct PairedRun: Hashable, Sendable {
    /// Number of the first in either copy.
    package let here: Int64
    package let there: Int64
    package private(set) var count: Int64

    package init(here: Int64, there: Int64, count: Int64 = 1) {
        self.here = here
        self.there = there
        self.count = count
    }

    /// The numbers after those of the last.
    package var hereEnd: Int64 { here &+ count }
    package var thereEnd: Int64 { there &+ count }

    fileprivate mutating func extend(_ here: Int64, _ there: Int64) -> Bool {
        guard here == hereEnd, there == thereEnd else { return false }
        count += 1
        return true
    }
}

/// The entries that two copies have in common, gathered into runs, and which of them stand in
/// another order.
///
/// Memory is that of the runs, which are few where a ledger was altered in few places.
package struct PairedRuns: Sendable {
    /// Bounds the memory: ten million entries in no order at all are as many runs.
    package static let most = 1_000_000

    private var runs: [PairedRun] = []
    /// How many entries are in none of the runs, since there were too many of them.
    package private(set) var dropped: Int64 = 0

    package init() {}

    /// Adds an entry that both have; each number of either copy comes once.
    package mutating func add(here: Int64, there: Int64) {
        if !runs.isEmpty, runs[runs.count - 1].extend(here, there) { return }
        guard runs.count < PairedRuns.most else {
            dropped += 1
            return
        }
        runs.append(PairedRun(here: here, there: there))
    }

    /// The runs that stand in the same order in both copies, as many entries as can be, and those
    /// that were therefore moved; each in the order of `here`.
    ///
    /// The heaviest increasing subsequence, by a Fenwick tree of the best weights: n log n.
    package func ordered() -> (inOrder: [PairedRun], moved: [PairedRun]) {
        let runs = self.runs.sorted { $0.here < $1.here }
        if zip(runs, runs.dropFirst()).allSatisfy({ $0.there < $1.there }) { return (runs, []) }
        let ranks = PairedRuns.ranks(runs)
        var best = BestPrefix(count: runs.count)
        var before = [Int](repeating: -1, count: runs.count)
        for (index, run) in runs.enumerated() {
            let previous = best.best(below: ranks[index])
            before[index] = previous.index
            best.note(previous.weight + run.count, index, at: ranks[index])
        }
        var isInOrder = [Bool](repeating: false, count: runs.count)
        var next = best.best(below: runs.count).index
        while next >= 0 {
            isInOrder[next] = true
            next = before[next]
        }
        return (
            runs.indices.filter { isInOrder[$0] }.map { runs[$0] },
            runs.indices.filter { !isInOrder[$0] }.map { runs[$0] }
        )
    }

    /// Which in the order of `there` each run is.
    private static func ranks(_ runs: [PairedRun]) -> [Int] {
        var ranks = [Int](repeating: 0, count: runs.count)
        let order = runs.indices.sorted { runs[$0].there < runs[$1].there }
        for (rank, index) in order.enumerated() { ranks[index] = rank }
        return ranks
    }
}

/// The greatest weight below a rank, where weights are only ever added.
private struct BestPrefix {
    private var nodes: [(weight: Int64, index: Int)]

    init(count: Int) { nodes = Array(repeating: (0, -1), count: count + 1) }

    func best(below rank: Int) -> (weight: Int64, index: Int) {
        var result: (weight: Int64, index: Int) = (0, -1)
        var node = rank
        while node > 0 {
            if nodes[node].weight > result.weight { result = nodes[node] }
            node &= node - 1
        }
        return result
    }

    mutating func note(_ weight: Int64, _ index: Int, at rank: Int) {
        var node = rank + 1
        while node < nodes.count {
            if weight > nodes[node].weight { nodes[node] = (weight, index) }
            node += node & -node
        }
    }
}
