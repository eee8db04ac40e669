internal import Foundation
internal import LedgerCore
internal import Synchronization

/// Produces values on a thread of its own, a little ahead of the one who takes them.
final class Pipeline<Value: Sendable>: Sendable {
    private struct State {
        var ready: Result<Value?, any Error>?
        var isCancelled = false
        var thread: BackgroundThread?
    }

    private let state = Mutex(State())
    /// Counts the values that are ready.
    private let filled = DispatchSemaphore(value: 0)
    /// Counts those that may still be made ready: it bounds the memory. It begins at 0, since
    /// libdispatch traps where a semaphore goes with less than it began with.
    private let room = DispatchSemaphore(value: 0)

    /// - Parameter produce: gives nil after the last value; it is called by one thread, and not
    ///   after an error. What it uses is nobody else's until `finish`.
    /// - Throws: `BackgroundThread.Unavailable`.
    init(_ produce: @escaping () throws -> Value?) throws {
        room.signal()
        // Safe: from here on only the thread calls it, and what it uses is the thread's.
        nonisolated(unsafe) let produce = produce
        let thread = try BackgroundThread { [self] in run(produce) }
        state.withLock { $0.thread = thread }
    }

    private func run(_ produce: () throws -> Value?) {
        while true {
            room.wait()
            if state.withLock(\.isCancelled) { return }
            let result = Result { try produce() }
            state.withLock { $0.ready = result }
            filled.signal()
            guard case .success(.some) = result else { return }
        }
    }

    /// The next value, or nil after the last. It must not be called again after nil or an error.
    func next() throws -> Value? {
        filled.wait()
        let result = state.withLock { $0.ready.take() }
        room.signal()
        return try result?.get()
    }

    /// Ends the producing, and returns when the thread has ended.
    func finish() {
        state.withLock { $0.isCancelled = true }
        room.signal()
        state.withLock { $0.thread.take() }?.join()
    }
}
