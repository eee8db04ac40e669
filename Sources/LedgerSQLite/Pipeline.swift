internal import Foundation
internal import Synchronization

/// Prepares batches on a thread of its own, a little ahead of the one who takes them, so that
/// parsing goes on while SQLite writes.
final class BatchPipeline: Sendable {
    private struct State {
        var prepared: [Result<InputBatch, any Error>] = []
        var isCancelled = false
    }

    private let state = Mutex(State())
    /// Counts the batches that are prepared.
    private let filled = DispatchSemaphore(value: 0)
    /// Counts those that may still be prepared: it bounds the memory. It begins at 0, since
    /// libdispatch traps where a semaphore goes with less than it began with.
    private let room = DispatchSemaphore(value: 0)
    private let thread = Mutex<BackgroundThread?>(nil)

    /// - Parameter source: belongs to the pipeline from now on.
    /// - Throws: `StoreError.noThread`.
    init(_ source: BatchSource) throws {
        // Safe: nobody but the thread uses the source after this line.
        nonisolated(unsafe) let source = source
        room.signal()
        let started = try BackgroundThread { [self] in prepare(source) }
        thread.withLock { $0 = started }
    }

    private func prepare(_ source: BatchSource) {
        while true {
            room.wait()
            if state.withLock(\.isCancelled) { return }
            let result = Result { try source.next() }
            state.withLock { $0.prepared.append(result) }
            filled.signal()
            guard case .success(let batch) = result, batch.ending == nil else { return }
        }
    }

    /// The next batch. It must not be called after the last, or after an error.
    func next() throws -> InputBatch {
        filled.wait()
        let result = state.withLock { $0.prepared.removeFirst() }
        room.signal()
        return try result.get()
    }

    /// Ends the preparing, and returns when nothing is read any more.
    func finish() {
        state.withLock { $0.isCancelled = true }
        room.signal()
        thread.withLock { $0.take() }?.join()
    }
}
