internal import AidRecords
internal import Foundation
internal import GRDB
internal import LedgerCore
internal import TransparencyLog

/// A state of a ledger made anew from its first so many entries: chain, read model and verdicts.
enum EarlierState {
    /// Fills an empty database with the first `size` entries and the read model that they give.
    static func fill(
        _ target: Database, from database: Database, size: Int64, _ catalogue: KindCatalogue
    ) throws {
        for item in LedgerSchema.chain where !item.sql.hasPrefix("CREATE TRIGGER") {
            try target.execute(sql: item.sql)
        }
        for item in LedgerSchema.readModel(catalogue) { try target.execute(sql: item.sql) }
        let writer = try ReadModelWriter(target, catalogue)
        let insert = try RawStatement(target, LedgerSchema.insertEntry)
        let entries = try RawStatement(
            database,
            """
            SELECT seq, source, id, bytes, leafHash, subtreeHashes FROM entry
            WHERE seq < ? ORDER BY seq
            """)
        entries.bind(1, size)
        while try entries.step() {
            insert.bind(1, entries.integer(0))
            insert.bindText(2, entries.blob(1))
            insert.bindText(3, entries.blob(2))
            for column in 3...5 {
                insert.bind(
                    Int32(column + 1), blob: UnsafeRawBufferPointer(entries.blob(column)))
            }
            try insert.run()
            try writer.add(entries.blob(3))
        }
        for kept in try KeptRulebooks(database).all {
            try target.execute(
                sql: "INSERT INTO rulebook (ledger, sha256, name, bytes) VALUES (1, ?, ?, ?)",
                arguments: [kept.sha256, kept.name, Data(kept.bytes)])
        }
    }

    /// Makes the state with its verdicts in a file of its own for as long as `body` runs, so that
    /// several connections can read it. Nobody else can enter its folder.
    static func withFile<Result>(
        _ database: Database, _ head: TreeHead, _ catalogue: KindCatalogue,
        policies: PolicyFolder?, _ body: (_ path: String, _ state: DatabaseQueue) throws -> Result
    ) throws -> Result {
        try TemporaryFolder.with { folder in
            let path = "\(folder)/state.db"
            let queue = try DatabaseQueue(path: path)
            try queue.writeWithoutTransaction { target in
                try target.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
                try target.inTransaction {
                    try fill(target, from: database, size: head.size.value, catalogue)
                    try target.execute(
                        sql: "INSERT INTO head (ledger, size, rootHash) VALUES (1, ?, ?)",
                        arguments: [
                            head.size.value, Data(head.rootHash.withUnsafeBytes(Array.init)),
                        ])
                    try TemporaryVerdicts.fill(
                        target, catalogue, schema: "main", policies: policies)
                    return .commit
                }
            }
            return try body(path, queue)
        }
    }
}
