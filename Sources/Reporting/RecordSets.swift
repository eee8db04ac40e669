internal import Foundation
internal import LedgerCore
internal import Synchronization

/// A set of entries, named by hash: SHA-256 over their leaf hashes, sorted.
final class RecordSet: Sendable {
    private enum State {
        case entries([Int64])
        case hash(Result<String, any Error>)
    }

    /// How many entries there are.
    let count: Int
    private let state: Mutex<State>
    private let isReckoned = DispatchSemaphore(value: 0)

    /// - Parameter entries: their `seq`, ascending.
    fileprivate init(_ entries: [Int64]) {
        count = entries.count
        state = Mutex(.entries(entries))
    }

    /// In hex; whoever asks waits until it has been reckoned.
    /// - Throws: what reading the leaf hashes threw.
    func hash() throws -> String {
        isReckoned.wait()
        isReckoned.signal()
        guard case .hash(let result) = state.withLock({ $0 }) else {
            preconditionFailure("what has been reckoned is known")
        }
        return try result.get()
    }

    fileprivate func reckon(_ hash: ([Int64]) throws -> String) {
        guard case .entries(let entries) = state.withLock({ $0 }) else { return }
        let result = Result { try hash(entries) }
        state.withLock { $0 = .hash(result) }
        isReckoned.signal()
    }
}

/// Reckons the hashes of sets on a thread of its own, while the next questions are asked.
final class RecordSets: Sendable {
    private struct State {
        /// Those that came last, in their order.
        var added: [RecordSet] = []
        /// Those that came before them, the next one last.
        var waiting: [RecordSet] = []
        /// In all of them.
        var entries = 0
        /// Whether there was a set that is not empty.
        var isAnyFilled = false
        var isEnded = false

        mutating func next() -> RecordSet? {
            if waiting.isEmpty {
                waiting = added.reversed()
                added.removeAll(keepingCapacity: true)
            }
            let set = waiting.popLast()
            entries -= set?.count ?? 0
            return set
        }
    }

    private let state = Mutex(State())
    /// Counts those that wait; one more than there are ends the thread.
    private let more = DispatchSemaphore(value: 0)

    /// Beyond so many entries, whoever adds a set waits for it. It bounds the memory.
    private static let mostEntries = 4_000_000

    private init() {}

    /// Runs `body` with sets whose leaf hashes are read from the source.
    /// - Throws: `BackgroundThread.Unavailable`, and what `body` throws.
    static func with<Result>(
        _ source: any LeafHashSource, _ body: (RecordSets) throws -> Result
    ) throws -> Result {
        let sets = RecordSets()
        let thread = try BackgroundThread { sets.run(source) }
        defer {
            sets.state.withLock { $0.isEnded = true }
            sets.more.signal()
            thread.join()
        }
        return try body(sets)
    }

    /// Begins with a set, after those that wait.
    func begin(_ entries: [Int64]) -> RecordSet {
        let set = RecordSet(entries)
        let waiting = state.withLock { state in
            state.added.append(set)
            state.entries += set.count
            if set.count > 0 { state.isAnyFilled = true }
            return state.entries
        }
        more.signal()
        if waiting > RecordSets.mostEntries { _ = try? set.hash() }
        return set
    }

    /// Whether there was a set with an entry.
    var isAnyFilled: Bool { state.withLock(\.isAnyFilled) }

    // MARK: The thread

    private func run(_ source: any LeafHashSource) {
        do {
            try source.read { leafHash in
                var hashing = RecordSetHashing()
                while let set = next() { set.reckon { try hashing.hash($0, leafHash) } }
            }
        } catch {
            while let set = next() { set.reckon { _ in throw error } }
        }
    }

    private func next() -> RecordSet? {
        if state.withLock(\.isEnded) { return nil }
        more.wait()
        return state.withLock { $0.isEnded ? nil : $0.next() }
    }
}
