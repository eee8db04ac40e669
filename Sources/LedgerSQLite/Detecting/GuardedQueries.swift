internal import AidRecords
internal import Foundation
internal import GRDB
internal import GRDBSQLite
internal import LedgerCore
internal import TransparencyLog

/// Answers questions that anybody may have written: each is looked at behind a detector's gate
/// before it is asked, and may take what a detector may.
final class GuardedQueries: QueryRunner {
    private let snapshot: LedgerSnapshot

    init(_ snapshot: LedgerSnapshot) { self.snapshot = snapshot }

    private static let secondsMax = 60

    var guarded: any QueryRunner { self }

    var leafHashes: any LeafHashSource { snapshot.leafHashes }

    func forEachRow(
        of sql: String, _ parameters: [String: QueryValue],
        _ body: (_ columns: [String], _ values: [QueryValue]) throws -> Void
    ) throws {
        let used = try QueryGate(snapshot.database).parameters(of: sql, known: parameters)
        var count = 0
        try limited {
            try snapshot.forEachRow(of: sql, used) { columns, values in
                count += 1
                try require(count)
                try body(columns, values)
            }
        }
    }

    /// A name that a table has would stand before that table in every question after this.
    func keep(
        _ name: String, _ sql: String, indexes: [[String]], _ parameters: [String: QueryValue]
    ) throws {
        let taken = """
            SELECT 1 FROM main.sqlite_schema WHERE lower(name) = lower(?1)
            UNION ALL SELECT 1 FROM temp.sqlite_schema WHERE lower(name) = lower(?1)
            """
        guard try Int.fetchOne(snapshot.database, sql: taken, arguments: [name]) == nil else {
            throw QueryFailure("there is a table `\(name)` already: call the file otherwise")
        }
        let used = try QueryGate(snapshot.database).parameters(of: sql, known: parameters)
        try limited {
            let most = DetectorConnection.mostRows
            try snapshot.keep(
                name, "SELECT * FROM (\n\(sql)\n) LIMIT \(most + 1)", indexes: indexes, used)
            let count = "SELECT count(*) FROM temp.\(SQLName.quoted(name))"
            try require(Int.fetchOne(snapshot.database, sql: count) ?? 0)
        }
    }

    private func require(_ rows: Int) throws {
        guard rows <= DetectorConnection.mostRows else {
            throw QueryFailure(
                "the query gives more than \(grouped(DetectorConnection.mostRows)) rows")
        }
    }

    /// Runs `body` on the ledger's connection while texts are short and time is limited.
    private func limited(_ body: () throws -> Void) throws {
        guard let connection = snapshot.database.sqliteConnection else { return try body() }
        let gate = DetectorConnection.Gate()
        gate.deadline = .now + .seconds(GuardedQueries.secondsMax)
        let context = Unmanaged.passUnretained(gate).toOpaque()
        let length = sqlite3_limit(connection, SQLITE_LIMIT_LENGTH, 1_000_000)
        sqlite3_progress_handler(connection, 20_000, lookAtClock, context)
        defer {
            sqlite3_progress_handler(connection, 0, nil, nil)
            sqlite3_limit(connection, SQLITE_LIMIT_LENGTH, length)
        }
        do {
            try withExtendedLifetime(gate, body)
        } catch  where gate.isLate {
            throw QueryFailure("the query took longer than \(GuardedQueries.secondsMax) s")
        }
    }
}

/// A connection that has the tables of a ledger's, and nothing in them, behind a detector's gate:
/// what it prepares can do nothing but read.
private final class QueryGate {
    private let handle: OpaquePointer
    private let gate = DetectorConnection.Gate()

    init(_ database: Database) throws {
        var handle: OpaquePointer?
        guard sqlite3_open_v2(":memory:", &handle, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK,
            let handle
        else {
            sqlite3_close_v2(handle)
            throw QueryFailure("out of memory")
        }
        self.handle = handle
        for schema in ["main", "temp"] {
            let declared = try String.fetchAll(
                database,
                sql: """
                    SELECT sql FROM \(schema).sqlite_schema
                    WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
                    ORDER BY rowid
                    """)
            // A temporary table may have the name of another, and then its columns.
            for sql in declared { sqlite3_exec(handle, sql, nil, nil, nil) }
        }
        DetectorConnection.close(handle, gate)
    }

    deinit { sqlite3_close_v2(handle) }

    /// Those parameters that a question names.
    /// - Throws: `QueryFailure` for what is no single `SELECT`, or does more than reading.
    func parameters(
        of sql: String, known: [String: QueryValue]
    ) throws -> [String: QueryValue] {
        let text = Array(sql.utf8)
        let bytes = text + [0]
        var statement: OpaquePointer?
        var used = 0
        let code = bytes.withUnsafeBytes { raw in
            let start = raw.baseAddress?.assumingMemoryBound(to: CChar.self)
            var tail: UnsafePointer<CChar>?
            let code = sqlite3_prepare_v2(handle, start, Int32(raw.count), &statement, &tail)
            if let start, let tail { used = tail - start }
            return code
        }
        defer { sqlite3_finalize(statement) }
        guard code == SQLITE_OK else {
            let offset = sqlite3_error_offset(handle)
            let reason =
                gate.refusal.map { "a query only reads: \($0) is refused" }
                ?? String(cString: sqlite3_errmsg(handle))
            throw QueryFailure(reason, line: line(offset < 0 ? 0 : Int(offset), text))
        }
        guard let statement, sqlite3_stmt_readonly(statement) != 0,
            sqlite3_stmt_isexplain(statement) == 0, sqlite3_column_count(statement) > 0,
            used == text.count, text.last(where: { $0 > 0x20 }) != UInt8(ascii: ";")
        else {
            throw QueryFailure(
                "a query is one SELECT without a semicolon after it",
                line: line(max(used - 1, 0), text))
        }
        var found: [String: QueryValue] = [:]
        for index in 1..<(sqlite3_bind_parameter_count(statement) + 1) {
            let name = sqlite3_bind_parameter_name(statement, index).map { String(cString: $0) }
            guard let name, name.hasPrefix(":"), let value = known[String(name.dropFirst())]
            else {
                throw QueryFailure(
                    "there is no parameter \(name ?? "?"); there are: "
                        + known.keys.sorted().map { ":\($0)" }.joined(separator: ", "),
                    line: name.flatMap { sql.range(of: $0) }.map {
                        line(sql.utf8.distance(from: sql.startIndex, to: $0.lowerBound), text)
                    })
            }
            found[String(name.dropFirst())] = value
        }
        return found
    }

    private func line(_ offset: Int, _ bytes: [UInt8]) -> Int {
        1 + bytes.prefix(offset).count { $0 == UInt8(ascii: "\n") }
    }
}
