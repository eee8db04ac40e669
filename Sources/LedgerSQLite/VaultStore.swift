internal import AidRecords
internal import Crypto
internal import GRDB
internal import LedgerCore

/// The vault's database: identities, data keys and what is sealed under them.
final class VaultStore {
    let path: String
    let queue: DatabaseQueue
    let cipher: VaultCipher?
    private var statements: Statements?

    private struct Statements {
        let identity, addIdentity, dataKey, putDataKey, newest, version, putSealed: RawStatement
    }

    private init(path: String, queue: DatabaseQueue, cipher: VaultCipher?) {
        self.path = path
        self.queue = queue
        self.cipher = cipher
    }

    /// What the vault holds under a pseudonym.
    struct Sealed {
        let version: Int
        let bytes: [UInt8]
    }

    // MARK: Making and opening

    static func make(_ paths: LedgerPaths, _ keys: [VaultKey]) throws {
        let queue = try Connection.make(paths.vault, .vault, VaultSchema.statements)
        try queue.write { database in
            for key in keys {
                try database.execute(
                    sql: "INSERT INTO key (use, id) VALUES (?, ?)",
                    arguments: [key.use.rawValue, key.id])
            }
        }
        try queue.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
        try queue.close()
    }

    /// Opens the vault for writing; both of its keys are needed.
    static func open(
        _ paths: LedgerPaths, _ keys: KeyRing, _ surroundings: Surroundings
    ) throws -> VaultStore {
        guard try FileSystem.exists(paths.vault) else { throw StoreError.noVault(paths.vault) }
        let queue = try Connection.writer(paths.vault, .vault)
        let cipher = try cipher(queue, paths, keys, surroundings)
        return VaultStore(path: paths.vault, queue: queue, cipher: cipher)
    }

    /// Opens the vault for reading; without its keys, what is sealed stays so.
    static func openForReading(
        _ paths: LedgerPaths, _ keys: KeyRing, _ surroundings: Surroundings
    ) throws -> VaultStore {
        guard try FileSystem.exists(paths.vault) else { throw StoreError.noVault(paths.vault) }
        let queue = try Connection.reader(paths.vault, .vault)
        let cipher: VaultCipher?
        do { cipher = try self.cipher(queue, paths, keys, surroundings) } catch StoreError
            .missingKey
        {
            cipher = nil
        }
        return VaultStore(path: paths.vault, queue: queue, cipher: cipher)
    }

    private static func cipher(
        _ queue: DatabaseQueue, _ paths: LedgerPaths, _ keys: KeyRing, _ surroundings: Surroundings
    ) throws -> VaultCipher {
        func key(_ use: VaultKey.Use) throws -> VaultKey {
            let id = try queue.read(at: paths.vault) { database in
                try String.fetchOne(
                    database, sql: "SELECT id FROM key WHERE use = ?", arguments: [use.rawValue])
            }
            guard let id else { throw StoreError.notALedger(paths.vault) }
            guard let key = keys.vaultKey(use, id: id) else {
                throw StoreError.missingKey(use: use.rawValue, id: id, folder: paths.keys)
            }
            return key
        }
        return VaultCipher(
            vaultKey: try key(.vault), indexKey: try key(.index), surroundings: surroundings)
    }

    /// Lets go of the database.
    func close() throws {
        statements = nil
        try queue.close()
    }

    private func prepared(_ database: Database) throws -> Statements {
        if let statements { return statements }
        let made = Statements(
            identity: try RawStatement(database, "SELECT pseudonym FROM identity WHERE tag = ?"),
            addIdentity: try RawStatement(
                database, "INSERT INTO identity (tag, pseudonym) VALUES (?, ?)"),
            dataKey: try RawStatement(
                database, "SELECT wrapped FROM dataKey WHERE pseudonym = ?"),
            putDataKey: try RawStatement(
                database, "INSERT OR REPLACE INTO dataKey (pseudonym, wrapped) VALUES (?, ?)"),
            newest: try RawStatement(
                database,
                "SELECT version, bytes FROM sealed WHERE pseudonym = ? ORDER BY version DESC LIMIT 1"
            ),
            version: try RawStatement(
                database, "SELECT bytes FROM sealed WHERE pseudonym = ? AND version = ?"),
            putSealed: try RawStatement(
                database,
                "INSERT OR REPLACE INTO sealed (pseudonym, version, bytes) VALUES (?, ?, ?)"))
        statements = made
        return made
    }

    // MARK: Reading and writing, within a transaction

    func pseudonym(_ database: Database, tag: [UInt8]) throws -> String? {
        let statement = try prepared(database).identity
        defer { statement.reset() }
        statement.bind(1, blob: tag)
        return try statement.step() ? statement.text(0) : nil
    }

    func addIdentity(_ database: Database, tag: [UInt8], pseudonym: String) throws {
        let statement = try prepared(database).addIdentity
        statement.bind(1, blob: tag)
        statement.bind(2, pseudonym)
        try statement.run()
    }

    /// The wrapped data key, or nil where there is none: never made, or destroyed.
    func wrappedKey(_ database: Database, _ pseudonym: String) throws -> [UInt8]? {
        let statement = try prepared(database).dataKey
        defer { statement.reset() }
        statement.bind(1, pseudonym)
        return try statement.step() ? statement.bytes(0) : nil
    }

    func put(_ database: Database, wrappedKey: [UInt8], _ pseudonym: String) throws {
        let statement = try prepared(database).putDataKey
        statement.bind(1, pseudonym)
        statement.bind(2, blob: wrappedKey)
        try statement.run()
    }

    func newest(_ database: Database, _ pseudonym: String) throws -> Sealed? {
        let statement = try prepared(database).newest
        defer { statement.reset() }
        statement.bind(1, pseudonym)
        guard try statement.step() else { return nil }
        return Sealed(version: Int(statement.integer(0)), bytes: statement.bytes(1))
    }

    func sealed(_ database: Database, _ pseudonym: String, version: Int) throws -> [UInt8]? {
        let statement = try prepared(database).version
        defer { statement.reset() }
        statement.bind(1, pseudonym)
        statement.bind(2, Int64(version))
        return try statement.step() ? statement.bytes(0) : nil
    }

    func put(_ database: Database, sealed: Sealed, _ pseudonym: String) throws {
        let statement = try prepared(database).putSealed
        statement.bind(1, pseudonym)
        statement.bind(2, Int64(sealed.version))
        statement.bind(3, blob: sealed.bytes)
        try statement.run()
    }
}
