internal import GRDB
internal import Glibc

/// One state of a ledger and the state of its vault that belongs to it.
enum PairedSnapshot {
    /// Runs `body` on both; they do not change while it runs, whoever writes meanwhile.
    ///
    /// Writers are kept out only while the two states are fixed: between the two commits of a
    /// batch, or of an erasure, there is no moment at which both fit. The ledger's is fixed first,
    /// so that even where no lock can be had the vault holds all that the entries name.
    /// - Parameter body: is given no vault where none is wanted.
    static func read<Result>(
        _ paths: LedgerPaths, withVault: Bool,
        _ body: (_ ledger: Database, _ vault: Database?) throws -> Result
    ) throws -> Result {
        let ledger = try Connection.reader(paths.ledger, .ledger)
        let vault = withVault ? try Connection.reader(paths.vault, .vault) : nil
        let pause = try WriterPause(paths)
        return try ledger.read { ledger in
            try fix(ledger)
            guard let vault else {
                pause.end()
                return try body(ledger, nil)
            }
            return try vault.read { vault in
                try fix(vault)
                pause.end()
                return try body(ledger, vault)
            }
        }
    }

    /// A transaction that reads sees the state of its first look.
    private static func fix(_ database: Database) throws {
        _ = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema")
    }
}

/// Keeps writers out for a moment, by a shared `flock` on `LEDGER.lock`.
///
/// Nothing is made or written: where there is no such file no writer has been, and a folder that
/// cannot be written can still be backed up.
private final class WriterPause {
    private var descriptor: Int32

    init(_ paths: LedgerPaths) throws {
        descriptor = open(paths.lock, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            guard errno == ENOENT else { throw FileSystem.failure(paths.lock) }
            return
        }
        try WriterLock.acquire(
            descriptor, LOCK_SH, for: paths.ledger, patienceMicros: WriterPause.patienceMicros,
            stepMicros: WriterPause.stepMicros)
    }

    deinit { end() }

    /// Long enough for a `rebuild`, which is one transaction.
    private static let patienceMicros = 600_000_000
    /// Short, since an import lets go of the lock only for a moment after each batch.
    private static let stepMicros: UInt32 = 200

    func end() {
        guard descriptor >= 0 else { return }
        close(descriptor)
        descriptor = -1
    }
}
