internal import Foundation
internal import Synchronization

/// Divides work among a few threads, of which the caller's is one.
package enum Workers {
    /// One for each core, four at most: more would only wait for the disk, and each takes memory.
    package static var count: Int { max(1, min(4, ProcessInfo.processInfo.activeProcessorCount)) }

    /// Runs `worker` on each thread. It takes numbers from the function that it is given until
    /// there are no more.
    /// - Throws: what the first worker threw that failed; the others then get no more numbers.
    package static func share(
        _ items: Int,
        among worker: @escaping @Sendable (_ isCaller: Bool, _ next: () -> Int?) throws -> Void
    ) throws {
        let queue = WorkQueue(items)
        var others: [BackgroundThread] = []
        // Where there is no room for more threads, fewer do the work.
        while others.count + 1 < min(count, items),
            let thread = try? BackgroundThread({
                queue.guarding { try worker(false, queue.next) }
            })
        {
            others.append(thread)
        }
        queue.guarding { try worker(true, queue.next) }
        for thread in others { thread.join() }
        if let failure = queue.failure { throw failure }
    }
}

/// Gives out the numbers from 0, each once, to whoever asks.
private final class WorkQueue: Sendable {
    private struct State {
        var next = 0
        var failure: (any Error)?
    }

    private let items: Int
    private let state = Mutex(State())

    init(_ items: Int) { self.items = items }

    var failure: (any Error)? { state.withLock(\.failure) }

    func next() -> Int? {
        state.withLock { state in
            guard state.next < items, state.failure == nil else { return nil }
            defer { state.next += 1 }
            return state.next
        }
    }

    func guarding(_ work: () throws -> Void) {
        do { try work() } catch { state.withLock { $0.failure = $0.failure ?? error } }
    }
}
