internal import Foundation
internal import Synchronization

/// Divides work among threads, one for each core, of which the caller's is one.
enum Workers {
    /// How many threads there will be: more than a few would only wait for the disk, and each
    /// takes memory.
    static var count: Int { max(1, min(4, ProcessInfo.processInfo.activeProcessorCount)) }

    /// Runs `worker` on each thread. It takes numbers from the function that it is given until
    /// there are no more.
    /// - Throws: what the first worker threw that failed; the others then get no more numbers.
    static func share(
        _ items: Int, threads: Int = count,
        among worker: @escaping (_ isCaller: Bool, _ next: () -> Int?) throws -> Void
    ) throws {
        let queue = WorkQueue(items)
        // Safe: the threads have ended when this function returns.
        nonisolated(unsafe) let worker = worker
        let ended = DispatchSemaphore(value: 0)
        var others = 0
        // Where there is no room for more threads, fewer do the work.
        while others + 1 < min(threads, items),
            (try? BackgroundThread.start {
                queue.guarding { try worker(false, queue.next) }
                ended.signal()
            }) != nil
        {
            others += 1
        }
        queue.guarding { try worker(true, queue.next) }
        for _ in 0..<others { ended.wait() }
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
