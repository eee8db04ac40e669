internal import Glibc
internal import Logging

/// Admits one writer at a time, across programs: `flock` on `LEDGER.lock`.
///
/// SQLite before 3.51.3 can lose data when two connections checkpoint a WAL at once, so the
/// lock is taken for each transaction and each checkpoint.
final class WriterLock {
    private let descriptor: Int32
    private let path: String
    private let logger = Logger(label: "aidledger.store")
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
        var waitedMillis = 0
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else { throw FileSystem.failure(path) }
            guard waitedMillis < patienceMillis else { throw StoreError.locked(path) }
            if waitedMillis == 1_000 {
                logger.notice("waiting for another program that writes to \(path)")
            }
            usleep(20_000)
            waitedMillis += 20
        }
    }
}
