internal import CPlatform
package import GRDB
internal import GRDBSQLite
internal import Logging

/// How the databases of a ledger are opened.
package enum Connection {
    /// The number that marks a file as one of ours (`PRAGMA application_id`).
    package enum Application: Int32 {
        /// "AIDL"
        case ledger = 0x4149_444C
        /// "AIDV"
        case vault = 0x4149_4456
    }

    /// Settings of SQLite as a whole, made once and before anything else.
    private static let isPrepared: Bool = {
        aidledger_no_memory_statistics()
        return true
    }()

    /// The newest format that this program knows (`PRAGMA user_version`).
    static let format = 1

    /// How long to wait for another connection.
    fileprivate static let busySeconds = 10.0

    /// The one connection that writes; its file exists already.
    ///
    /// What the file is, is looked at by a connection that only reads, so that a file which is
    /// none of ours, or of a newer format, stays as it is to the last byte.
    static func writer(_ path: String, _ application: Application) throws -> DatabaseQueue {
        try reader(path, application).close()
        return try StoreError.translated(path) {
            try DatabaseQueue(path: path, configuration: writerConfiguration(application))
        }
    }

    /// Makes a database file; there must be none.
    package static func make(_ path: String, _ application: Application, _ ddl: [String]) throws
        -> DatabaseQueue
    {
        guard try !FileSystem.exists(path) else { throw StoreError.alreadyExists(path) }
        guard !FileSystem.isOnNetwork(FileSystem.folder(of: path)) else {
            throw StoreError.networkFileSystem(path)
        }
        // Pseudonymous health data is not for every user of the machine.
        let mask = FileSystem.setMask(0o077)
        defer { _ = FileSystem.setMask(mask) }
        return try StoreError.translated(path) {
            let queue = try DatabaseQueue(
                path: path, configuration: writerConfiguration(application))
            // Not by GRDB's setting, which writes to the file at every opening.
            try queue.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA journal_mode = WAL")
            }
            try queue.write { database in
                try database.execute(sql: "PRAGMA application_id = \(application.rawValue)")
                try database.execute(sql: "PRAGMA user_version = \(format)")
                for statement in ddl { try database.execute(sql: statement) }
            }
            return queue
        }
    }

    /// A connection that only reads, while a writer may be at work.
    ///
    /// Where the folder cannot be written, SQLite cannot make the shared memory that WAL needs;
    /// then, and only where no write-ahead log is pending, the file is read as unchangeable.
    static func reader(_ path: String, _ application: Application) throws -> DatabaseQueue {
        try check(path)
        guard !FileSystem.isOnNetwork(path) else { throw StoreError.networkFileSystem(path) }
        do {
            let queue = try DatabaseQueue(path: path, configuration: readerConfiguration())
            try queue.read { try check($0, path, application) }
            return queue
        } catch let error as DatabaseError {
            let isUnwritable = [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode)
            guard try isUnwritable && isLogEmpty(path) else {
                throw StoreError.from(error, path: path)
            }
            Logger(label: "aidledger.store").info(
                "\(path) lies where nothing can be written; it is read as unchangeable")
            return try unchangeable(path, application)
        }
    }

    /// A connection to a file that nobody writes to: it takes no lock and leaves no file beside
    /// it, and a write-ahead log that may lie there is not looked at.
    static func unchangeable(_ path: String, _ application: Application) throws -> DatabaseQueue {
        try check(path)
        return try StoreError.translated(path) {
            let queue = try DatabaseQueue(
                path: uri(path, "immutable=1"), configuration: readerConfiguration())
            try queue.read { try check($0, path, application) }
            return queue
        }
    }

    /// The name by which SQLite opens a file with an option.
    static func uri(_ path: String, _ option: String) -> String {
        "file:\(path.hasPrefix("/") ? "//" : "")\(escaped(path))?\(option)"
    }

    static func isLogEmpty(_ path: String) throws -> Bool {
        switch try FileSystem.look("\(path)-wal") {
        case .nothing, .file(size: 0): true
        default: false
        }
    }

    /// Percent-encodes what a URI file name cannot hold.
    private static func escaped(_ path: String) -> String {
        var result = ""
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "%"), 0...0x20, 0x7F...:
                let hex = String(byte, radix: 16, uppercase: true)
                result += "%" + (hex.count == 1 ? "0" : "") + hex
            default: result.unicodeScalars.append(Unicode.Scalar(byte))
            }
        }
        return result
    }

    private static func readerConfiguration() -> Configuration {
        _ = isPrepared
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(busySeconds)
        configuration.prepareDatabase { database in
            // The second is for the tables that a report keeps: else they go through a file.
            try database.execute(
                sql: "PRAGMA cache_size = -16384; PRAGMA temp.cache_size = -32768")
        }
        return configuration
    }

    /// Debian's SQLite overwrites what is deleted (secure_delete). The vault's destroyed keys need
    /// that; of a ledger only the read model is ever deleted, which says nothing that the entries
    /// do not, and overwriting it took as much memory as it was long.
    private static func writerConfiguration(_ application: Application) -> Configuration {
        _ = isPrepared
        var configuration = Configuration()
        configuration.busyMode = .timeout(busySeconds)
        configuration.foreignKeysEnabled = false
        configuration.prepareDatabase { database in
            try database.execute(
                sql: """
                    PRAGMA synchronous = FULL;
                    PRAGMA wal_autocheckpoint = 0;
                    PRAGMA cache_size = -\(cacheKiB(application));
                    PRAGMA temp_store = MEMORY;
                    PRAGMA secure_delete = \(application == .vault ? "ON" : "OFF");
                    """)
            if let connection = database.sqliteConnection {
                _ = aidledger_no_checkpoint_on_close(UnsafeMutableRawPointer(connection))
            }
        }
        return configuration
    }

    /// The vault's pages are hit at random, whatever is kept of them; the ledger's at its end.
    private static func cacheKiB(_ application: Application) -> Int {
        switch application {
        case .ledger: 49_152
        case .vault: 16_384
        }
    }

    private static func check(_ path: String) throws {
        switch try FileSystem.look(path) {
        case .nothing: throw StoreError.noLedger(path)
        case .folder: throw StoreError.isDirectory(path)
        case .file(size: 0): throw StoreError.notALedger(path)
        case .file: if !FileSystem.mayRead(path) { throw FileSystem.unreadable(path) }
        case .other: throw StoreError.notALedger(path)
        }
    }

    private static func check(
        _ database: Database, _ path: String, _ application: Application
    ) throws {
        let found = try Int32.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        guard found == application.rawValue else { throw StoreError.notALedger(path) }
        let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        guard version >= 1 else {
            throw StoreError.damaged(path: path, message: "its format number is \(version)")
        }
        guard version <= format else {
            throw StoreError.newerFormat(path: path, found: version, known: format)
        }
    }
}

extension Database {
    /// Copies the write-ahead log into the database as far as no reader stands in the way, and
    /// does not wait for one: a report or a backup may read for minutes, and this is done under
    /// the lock that every other writer waits for. What is left is copied by a later writer.
    func checkpointQuietly(_ mode: CheckpointMode) {
        try? execute(sql: "PRAGMA busy_timeout = 0")
        _ = try? checkpoint(mode)
        try? execute(sql: "PRAGMA busy_timeout = \(Int(Connection.busySeconds * 1_000))")
    }
}

extension DatabaseQueue {
    package func checkpointQuietly() { writeWithoutTransaction { $0.checkpointQuietly(.truncate) } }
}
