internal import CPlatform
internal import Glibc

/// Admits one who judges at a time, across programs, while others append.
///
/// It is a lock on the first byte of `LEDGER.lock`, which has nothing to do with the `flock` on
/// the whole of it that admits one writer: judging a province takes minutes, and nobody's records
/// should wait for that.
enum JudgingLock {
    /// - Throws: `StoreError.locked` where somebody else judges for longer than the patience.
    static func hold<Result>(
        _ paths: LedgerPaths, patienceMicros: Int = 10_000_000, _ body: () throws -> Result
    ) throws -> Result {
        let descriptor = open(paths.lock, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw FileSystem.failure(paths.lock) }
        defer { close(descriptor) }
        var waitedMicros = 0
        while true {
            let code = aidledger_lock_first_byte(descriptor)
            if code == 0 { break }
            guard code == EAGAIN || code == EACCES || code == EINTR else {
                throw FileSystem.failure(paths.lock, code)
            }
            guard waitedMicros < patienceMicros else { throw StoreError.locked(paths.ledger) }
            usleep(stepMicros)
            waitedMicros += Int(stepMicros)
        }
        return try body()
    }

    private static let stepMicros: UInt32 = 20_000
}
