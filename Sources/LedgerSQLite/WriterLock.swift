internal import Glibc
internal import Logging

/// Admits one writer at a time, across programs: `flock` on `LEDGER.lock`.
///
/// SQLite before 3.51.3 can lose data when two connections checkpoint a WAL at once, so the
/// lock is taken for each transaction and each checkpoint.
final class WriterLock {
    private let descriptor: Int32
    private let path: String
    /// How long to wait for another writer.
    var patienceMillis = 10_000
    private var isHeld = false

    init(_ paths: LedgerPaths) throws {
        path = paths.ledger
        descriptor = open(paths.lock, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw FileSystem.failure(paths.lock) }
    }

    deinit { close(descriptor) }

    /// Runs `body` as the only writer. Within `body` it may be called again.
    func hold<Result>(_ body: () throws -> Result) throws -> Result {
        if isHeld { return try body() }
        try acquire()
        isHeld = true
        defer {
            isHeld = false
            flock(descriptor, LOCK_UN)
        }
        return try body()
    }

    private func acquire() throws {
        try WriterLock.acquire(
            descriptor, LOCK_EX, for: path, patienceMicros: patienceMillis * 1_000,
            stepMicros: WriterLock.stepMicros)
    }

    private static let stepMicros: UInt32 = 20_000

    /// Takes `flock` in the given mode, waiting for whoever holds it.
    /// - Throws: `StoreError.locked` when the patience is at its end, or why there can be no lock.
    static func acquire(
        _ descriptor: Int32, _ mode: Int32, for path: String, patienceMicros: Int,
        stepMicros: UInt32
    ) throws {
        var waitedMicros = 0
        while flock(descriptor, mode | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else { throw FileSystem.failure(path) }
            guard waitedMicros < patienceMicros else { throw StoreError.locked(path) }
            if waitedMicros == 1_000_000 {
                Logger(label: "aidledger.store").notice(
                    "waiting for another program that writes to \(path)")
            }
            usleep(stepMicros)
            waitedMicros += Int(stepMicros)
        }
    }
}
