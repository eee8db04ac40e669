internal import GRDB
internal import GRDBSQLite

/// What keeps a ledger from being opened, read or written, in words that say what to do next.
package enum StoreError: Error, Hashable, Sendable {
    case noLedger(String)
    case alreadyExists(String)
    case isDirectory(String)
    case notALedger(String)
    case newerFormat(path: String, found: Int, known: Int)
    case networkFileSystem(String)
    case locked(String)
    case readOnly(String)
    case diskFull(String)
    case damaged(path: String, message: String)
    case noVault(String)
    case missingKey(use: String, id: String, folder: String)
    case badKeyFile(path: String, reason: String)
    case otherKinds(String)
    case emptyLedger(String)
    case rebuilt(String)
    case failed(path: String, message: String)
}

extension StoreError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noLedger(let path): "there is no ledger at \(path); `aidledger init` makes one"
        case .alreadyExists(let path): "\(path) exists already; it has not been touched"
        case .isDirectory(let path): "\(path) is a folder, not a ledger"
        case .notALedger(let path): "\(path) is not a ledger"
        case .newerFormat(let path, let found, let known):
            "\(path) has format \(found); this program knows formats up to \(known): use a newer one"
        case .networkFileSystem(let path):
            "\(path) lies on a network file system, whose locks cannot be trusted; "
                + "move the ledger to a local disk"
        case .locked(let path):
            "another program is writing to \(path); try again when it has finished"
        case .readOnly(let path):
            "\(path) cannot be opened for writing: it, its folder or its disk is read-only, "
                + "or the disk is failing"
        case .diskFull(let path):
            "the disk that holds \(path) is full; nothing acknowledged is lost: "
                + "make room and run the command again"
        case .damaged(let path, let message):
            "\(path) is damaged (\(message)); `aidledger verify` says where"
        case .noVault(let path):
            "the vault \(path) is missing; without it nothing can be imported and no name shown"
        case .missingKey(let use, let id, let folder):
            "the \(use) key\(id.isEmpty ? "" : " \(id)") is not in \(folder); "
                + "say where it is with --keys DIR"
        case .badKeyFile(let path, let reason): "\(path): \(reason)"
        case .otherKinds(let path):
            "the tables of \(path) are not as the kinds declare them: the kinds have changed since "
                + "they were built, or somebody has altered them; `aidledger verify \(path)` names "
                + "them, `aidledger rebuild \(path)` makes them anew"
        case .emptyLedger(let path):
            "\(path) holds no entry, not even its first: its making was interrupted; "
                + "remove it and run `aidledger init` again"
        case .rebuilt(let path):
            "the read model of \(path) was made anew while it was being read; run the command again"
        case .failed(let path, let message): "\(path): \(message)"
        }
    }
}

extension StoreError {
    /// The error that an SQLite result code stands for.
    static func from(code: Int32, message: String, path: String) -> StoreError {
        switch code & 0xFF {
        case SQLITE_FULL: .diskFull(path)
        case SQLITE_IOERR where FileSystem.isFull(path): .diskFull(path)
        case SQLITE_BUSY, SQLITE_LOCKED: .locked(path)
        case SQLITE_READONLY, SQLITE_PERM: .readOnly(path)
        case SQLITE_NOTADB: .notALedger(path)
        case SQLITE_CORRUPT: .damaged(path: path, message: message)
        default: .failed(path: path, message: message)
        }
    }

    static func from(_ error: DatabaseError, path: String) -> StoreError {
        from(
            code: error.extendedResultCode.rawValue,
            message: error.message ?? "SQLite error \(error.resultCode.rawValue)", path: path)
    }

    /// Runs `body` and gives its SQLite errors in the words above.
    static func translated<Result>(
        _ path: String, _ body: () throws -> Result
    ) throws -> Result {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw from(error, path: path)
        }
    }
}

extension DatabaseQueue {
    /// Reads the database at `path`, with SQLite's errors in the words of `StoreError`.
    func read<Result>(at path: String, _ body: (Database) throws -> Result) throws -> Result {
        try StoreError.translated(path) { try read(body) }
    }
}
