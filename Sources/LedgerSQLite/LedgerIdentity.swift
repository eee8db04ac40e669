internal import Foundation
internal import GRDB
package import LedgerCore
internal import TransparencyLog

/// Whose ledger it is: what entry 0 says, and which keys have replaced the one that it names.
package struct LedgerIdentity: Sendable {
    package let origin: String
    package let area: String
    package private(set) var keys: KeySuccession
    /// Entries that should replace the signing key, and do not.
    private(set) var faults: [(seq: Int64, error: KeyRotationError)] = []
    /// The heads that rotations speak of.
    private(set) var rotations: [(seq: Int64, head: TreeHead)] = []

    init(origin: String, foundingKey: VerifierKey, area: String = "") {
        self.origin = origin
        self.area = area
        keys = KeySuccession(founding: foundingKey)
    }

    /// - Throws: `StoreError` where there is no entry 0, or it or a later rotation of the key is
    ///   not what it must be.
    static func read(_ database: Database, _ path: String) throws -> LedgerIdentity {
        let identity = try examined(database, path)
        if let (seq, error) = identity.faults.first {
            throw StoreError.damaged(path: path, message: "entry \(seq), key.rotated: \(error)")
        }
        return identity
    }

    /// Reads the same, and keeps what is wrong with rotations in `faults`.
    /// - Throws: `StoreError` where entry 0 is missing or is not what it must be.
    static func examined(_ database: Database, _ path: String) throws -> LedgerIdentity {
        guard let bytes = try LedgerIdentity.bytes(0, in: database) else {
            let entries = try Int.fetchOne(database, sql: "SELECT count(*) FROM entry") ?? 0
            guard entries > 0 else { throw StoreError.emptyLedger(path) }
            throw StoreError.damaged(path: path, message: "entry 0 is missing")
        }
        guard let entry = FoundingEntry(bytes), let key = try? VerifierKey(parsing: entry.vkey)
        else { throw StoreError.damaged(path: path, message: "entry 0 is not ledger.created") }
        var identity = LedgerIdentity(
            origin: entry.origin, foundingKey: key, area: entry.area)
        for seq in try ProgramTables.seqs(of: "key_rotated", in: database) {
            do { try identity.follow(seq, database) } catch let error as KeyRotationError {
                identity.faults.append((seq, error))
            }
        }
        return identity
    }

    private static func bytes(_ seq: Int64, in database: Database) throws -> Data? {
        try Data.fetchOne(database, sql: "SELECT bytes FROM entry WHERE seq = ?", arguments: [seq])
    }

    private mutating func follow(_ seq: Int64, _ database: Database) throws {
        guard let bytes = try LedgerIdentity.bytes(seq, in: database),
            let recorded = RecordedRotation(entry: bytes)
        else { throw KeyRotationError.unreadable }
        let frontier = try TreeFrontier(size: TreeSize(seq)) {
            try NodeHash.stored($0, in: database)
        }
        rotations.append((seq, frontier.head))
        guard let name = try? KeyName(origin) else { throw KeyRotationError.unreadable }
        let rotation = try KeyRotation(
            origin: name, head: frontier.head, old: recorded.old, new: recorded.new)
        try keys.follow(rotation, recorded.signatures)
    }
}

extension LedgerIdentity {
    /// Sees that the newest stored checkpoint is signed by the key in force, and that the ledger
    /// still has what was signed: nobody shall sign a second history, or with a key that was
    /// replaced, because the file was tampered with.
    /// - Throws: `StoreError.damaged`.
    func requireSignedHistory(_ database: Database, _ path: String) throws {
        guard let newest = try KeptCheckpoint.newest(in: database, path, keys) else { return }
        let size = try Int64.fetchOne(database, sql: "SELECT size FROM head") ?? 0
        guard newest.size.value <= size else {
            throw StoreError.damaged(
                path: path, message: "its newest checkpoint is of more entries than it has")
        }
        let frontier = try TreeFrontier(size: newest.size) {
            try NodeHash.stored($0, in: database)
        }
        guard frontier.rootHash == newest.rootHash else {
            throw StoreError.damaged(
                path: path,
                message: "the first \(newest.size) entries are not those that were signed; "
                    + "nothing more is signed over them")
        }
    }
}
