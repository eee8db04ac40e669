package import AidRecords
package import Findings
internal import Foundation
internal import GRDB
package import LedgerCore
package import TransparencyLog

/// One state of a ledger: its first so many entries, and the read model that they give.
package final class LedgerSnapshot: QueryRunner {
    package let identity: LedgerIdentity
    package let head: TreeHead
    /// The newest checkpoint that the ledger holds of this state or an earlier one.
    package let checkpoint: (size: Int64, note: String)?
    let database: Database
    /// Where further connections find the same tables; nil where they were made for this one.
    let file: LedgerPaths?
    package let leafHashes: any LeafHashSource

    private init(
        _ database: Database, of ledger: LedgerPaths, in file: LedgerPaths?,
        identity: LedgerIdentity, head: TreeHead, checkpoint: (size: Int64, note: String)?
    ) {
        self.database = database
        self.file = file
        leafHashes = LedgerLeafHashes(paths: ledger)
        self.identity = identity
        self.head = head
        self.checkpoint = checkpoint
    }

    /// Runs `body` on a state of the ledger.
    ///
    /// Of an earlier state, the read model and the verdicts are made anew in a temporary file. So
    /// are the verdicts of the present one where they are stale.
    /// - Parameters:
    ///   - size: how many entries; nil for all there are.
    ///   - policies: where rulebooks are looked for that are adopted and not kept yet.
    /// - Throws: `StoreError`; `QueryFailure` where the ledger has not so many entries.
    package static func read<Result>(
        _ paths: LedgerPaths, catalogue: KindCatalogue, size: Int64?,
        policies: PolicyFolder? = nil, _ body: (LedgerSnapshot) throws -> Result
    ) throws -> Result {
        let queue = try Connection.reader(paths.ledger, .ledger)
        return try StoreError.translated(paths.ledger) {
            try queue.read { database in
                let present = try Int64.fetchOne(database, sql: "SELECT size FROM head") ?? 0
                let wanted = size ?? present
                guard (1...max(present, 1)).contains(wanted) else {
                    throw QueryFailure(
                        "--size cannot be \(grouped(wanted)): the ledger has \(grouped(present)) entries"
                    )
                }
                let identity = try LedgerIdentity.read(database, paths.ledger)
                let frontier = try TreeFrontier(size: TreeSize(wanted)) { subtree in
                    try NodeHash.stored(subtree, in: database)
                }
                let checkpoint = try newestCheckpoint(database, wanted)
                func run(_ source: Database, in file: LedgerPaths? = nil) throws -> Result {
                    try body(
                        LedgerSnapshot(
                            source, of: paths, in: file, identity: identity, head: frontier.head,
                            checkpoint: checkpoint))
                }
                guard wanted < present else {
                    try LedgerSchema.requireReadModel(database, paths.ledger, catalogue)
                    if try !JudgingState.isPresent(database) {
                        try TemporaryVerdicts.make(database, catalogue, policies: policies)
                    }
                    return try run(database, in: paths)
                }
                return try withEarlierState(database, wanted, catalogue) { earlier in
                    try TemporaryVerdicts.fill(
                        earlier, catalogue, schema: "main", policies: policies)
                    return try run(earlier)
                }
            }
        }
    }

    private static func newestCheckpoint(
        _ database: Database, _ size: Int64
    ) throws -> (size: Int64, note: String)? {
        let row = try Row.fetchOne(
            database,
            sql: "SELECT size, note FROM checkpoint WHERE size <= ? ORDER BY size DESC LIMIT 1",
            arguments: [size])
        return row.map { ($0["size"], $0["note"]) }
    }

    /// Makes a database of the first `size` entries, for as long as `body` runs.
    private static func withEarlierState<Result>(
        _ database: Database, _ size: Int64, _ catalogue: KindCatalogue,
        _ body: (Database) throws -> Result
    ) throws -> Result {
        let copy = try DatabaseQueue(path: "")
        return try copy.write { target in
            try EarlierState.fill(target, from: database, size: size, catalogue)
            return try body(target)
        }
    }

    /// Whose state this is, and which.
    package var origin: SubjectTrace.Origin {
        SubjectTrace.Origin(
            name: identity.origin, size: head.size.value, rootHash: head.rootHash.hex)
    }

    /// The area of entry 0: whose ledger it is.
    package func area() throws -> String {
        try String.fetchOne(database, sql: "SELECT area FROM ledger_created WHERE seq = 0") ?? ""
    }

    /// The areas whose records are here, by their GB/T 2260 codes.
    package func areasWithRecords(_ catalogue: KindCatalogue) throws -> Set<String> {
        try RecordedAreas.own(database, catalogue)
    }

    /// Runs `body`, and drops what is kept meanwhile.
    package func forgetting<Result>(_ body: () throws -> Result) throws -> Result {
        var result: Result?
        try database.inSavepoint {
            result = try body()
            return .rollback
        }
        guard let result else { preconditionFailure("a body that did not throw gave its result") }
        return result
    }

    /// All pseudonyms of the person whose kept one this is: merged persons are one.
    package func pseudonyms(of person: Int64) throws -> [Int64] {
        try CaseRecords(database).persons.members(of: person)
    }

    /// The departments whose signatures hold, by the resolution's `seq`, of those not reversed.
    package func resolutionSigners() throws -> [Int64: [String]] {
        var signers: [Int64: [String]] = [:]
        try ResolutionInForce.forEach(in: database, origin: identity.origin) {
            signers[$0.seq] = $0.signers
        }
        return signers
    }

    package func forEachRow(
        of sql: String, _ parameters: [String: QueryValue],
        _ body: (_ columns: [String], _ values: [QueryValue]) throws -> Void
    ) throws {
        do {
            let statement = try database.makeStatement(sql: sql)
            try statement.setArguments(LedgerSnapshot.arguments(sql, parameters))
            let columns = statement.columnNames
            let rows = try RawStatement(database, of: statement)
            while try rows.step() { try body(columns, columns.indices.map(rows.queryValue)) }
        } catch let error as DatabaseError {
            throw QueryFailure(error.message ?? "SQLite error \(error.resultCode.rawValue)")
        }
    }

    package func keep(
        _ name: String, _ sql: String, indexes: [[String]], _ parameters: [String: QueryValue]
    ) throws {
        do {
            let table = SQLName.quoted(name)
            try database.execute(
                sql: "CREATE TEMP TABLE \(table) AS\n\(sql)",
                arguments: LedgerSnapshot.arguments(sql, parameters))
            for (number, columns) in indexes.enumerated() {
                let index = SQLName.quoted("\(name)_\(number)")
                let list = columns.map(SQLName.quoted).joined(separator: ", ")
                try database.execute(sql: "CREATE INDEX temp.\(index) ON \(table) (\(list))")
            }
        } catch let error as DatabaseError {
            throw QueryFailure(error.message ?? "SQLite error \(error.resultCode.rawValue)")
        }
    }

    package var guarded: any QueryRunner { GuardedQueries(self) }

    private static func arguments(
        _ sql: String, _ parameters: [String: QueryValue]
    ) -> StatementArguments {
        var arguments = StatementArguments()
        for (name, value) in parameters where sql.contains(":\(name)") {
            arguments += [name: databaseValue(value)]
        }
        return arguments
    }

    static func databaseValue(_ value: QueryValue) -> DatabaseValue {
        switch value {
        case .null: .null
        case .integer(let number): number.databaseValue
        case .text(let text): text.databaseValue
        }
    }

    /// The bytes of an entry.
    package func bytes(of seq: Int64) throws -> [UInt8] {
        let sql = "SELECT bytes FROM entry WHERE ledger = 1 AND seq = ?"
        guard let bytes = try Data.fetchOne(database, sql: sql, arguments: [seq]) else {
            throw QueryFailure("there is no entry \(seq)")
        }
        return Array(bytes)
    }
}
