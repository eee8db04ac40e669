internal import GRDB
internal import LedgerCore
internal import TransparencyLog

/// Reads the leaf hashes of a ledger's entries by a connection of its own. What was appended never
/// changes: a later state gives the same.
struct LedgerLeafHashes: LeafHashSource {
    let paths: LedgerPaths

    func read<Result>(
        _ body: (_ hash: (_ seq: Int64) throws -> LeafHash) throws -> Result
    ) throws -> Result {
        try Connection.reader(paths.ledger, .ledger).read { database in
            let statement = try RawStatement(
                database, "SELECT leafHash FROM entry WHERE ledger = 1 AND seq = ?")
            return try body { seq in
                defer { statement.reset() }
                statement.bind(1, seq)
                guard try statement.step() else {
                    throw StoreError.damaged(
                        path: paths.ledger,
                        message: "its tables name entry \(seq), which is not there")
                }
                return try LeafHash(statement.blob(0))
            }
        }
    }
}
