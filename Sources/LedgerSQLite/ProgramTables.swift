internal import AidRecords
internal import Foundation
internal import GRDB
internal import LedgerCore
internal import TransparencyLog

/// Entries that the program itself has to understand. The read model says where they are; what
/// they say is read from their bytes.
enum ProgramTables {
    /// An entry of a kind, with its body.
    struct Found<Body: Decodable & Sendable>: Sendable {
        let seq: Int64
        let body: Body
    }

    private struct Read<Body: Decodable>: Decodable {
        let kind: String
        let body: Body
    }

    /// The entries that a table is made of, in order; none where the table is not there, as in a
    /// ledger whose read model has to be made anew.
    static func seqs(of table: String, in database: Database) throws -> [Int64] {
        guard try database.tableExists(table) else { return [] }
        return try Int64.fetchAll(
            database, sql: "SELECT seq FROM \(table) WHERE ledger = 1 ORDER BY seq")
    }

    /// The entries of a kind that can be read. That others cannot is told by `verify`.
    static func entries<Body: Decodable & Sendable>(
        of kind: String, as type: Body.Type, in database: Database
    ) throws -> [Found<Body>] {
        let table = kind.replacing(".", with: "_")
        return try seqs(of: table, in: database).compactMap { seq in
            let bytes = try Data.fetchOne(
                database, sql: "SELECT bytes FROM entry WHERE seq = ?", arguments: [seq])
            guard let bytes, let entry = try? JSONDecoder().decode(Read<Body>.self, from: bytes),
                entry.kind == kind
            else { return nil }
            return Found(seq: seq, body: entry.body)
        }
    }
}

extension RegisteredKey {
    static func all(in database: Database) throws -> [RegisteredKey] {
        struct Body: Decodable {
            let holder, vkey, validFrom: String
        }
        return try ProgramTables.entries(of: "key.registered", as: Body.self, in: database)
            .compactMap { found in
                guard let key = try? VerifierKey(parsing: found.body.vkey),
                    let validFrom = CivilDate(found.body.validFrom)
                else { return nil }
                return RegisteredKey(
                    seq: found.seq, holder: found.body.holder, key: key, validFrom: validFrom)
            }
    }
}

/// A checkpoint that stands in an entry: one of the ledger's own with cosignatures or a timestamp,
/// or one of another ledger.
struct KeptCheckpoint: Decodable, Sendable {
    let origin: String
    let size: Int64
    let rootHash: String
    let note: String

    /// - Throws: `NoteFormatError`, `CheckpointError` where there is no checkpoint in it.
    func parsed() throws -> (note: SignedNote, checkpoint: Checkpoint) {
        let parsed = try SignedNote(parsing: Array(note.utf8))
        return (parsed, try Checkpoint(parsing: parsed.text))
    }

    /// Whether the entry's other members say the same as the note.
    func agrees(with checkpoint: Checkpoint) -> Bool {
        checkpoint.origin.text == origin && checkpoint.size.value == size
            && checkpoint.rootHash.hex == rootHash
    }
}
