internal import AidRecords
package import GRDB
internal import GRDBSQLite
internal import LedgerCore
internal import TransparencyLog

/// A prepared statement used row by row where there are millions of rows: values go from and to
/// SQLite without a copy in between.
///
/// It belongs to the connection that prepared it, and is used where that connection is.
final class RawStatement {
    private let handle: OpaquePointer
    private let connection: OpaquePointer
    /// Whose statement it is, where it is not our own.
    private let owner: Statement?

    init(_ database: Database, _ sql: String) throws {
        guard let connection = database.sqliteConnection else {
            throw DatabaseError(resultCode: .SQLITE_MISUSE, message: "the connection is closed")
        }
        var handle: OpaquePointer?
        let code = sqlite3_prepare_v3(
            connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
        guard code == SQLITE_OK, let handle else {
            throw RawStatement.error(code, connection, sql)
        }
        self.handle = handle
        self.connection = connection
        owner = nil
    }

    /// The same statement, for its rows; nothing else is to be done with it meanwhile.
    init(_ database: Database, of statement: Statement) throws {
        guard let connection = database.sqliteConnection else {
            throw DatabaseError(resultCode: .SQLITE_MISUSE, message: "the connection is closed")
        }
        handle = statement.sqliteStatement
        self.connection = connection
        owner = statement
    }

    deinit {
        if owner == nil { sqlite3_finalize(handle) } else { sqlite3_reset(handle) }
    }

    private static func error(
        _ code: Int32, _ connection: OpaquePointer, _ sql: String? = nil
    ) -> DatabaseError {
        DatabaseError(
            resultCode: ResultCode(rawValue: code),
            message: String(cString: sqlite3_errmsg(connection)), sql: sql)
    }

    // MARK: Binding; parameters count from 1

    func bind(_ index: Int32, _ value: Int64) { sqlite3_bind_int64(handle, index, value) }

    func bindNull(_ index: Int32) { sqlite3_bind_null(handle, index) }

    /// The bytes must stay where they are until the statement is reset.
    func bindText(_ index: Int32, _ bytes: UnsafeBufferPointer<UInt8>) {
        bytes.withMemoryRebound(to: CChar.self) { characters in
            _ = sqlite3_bind_text(
                handle, index, characters.baseAddress, Int32(characters.count), nil)
        }
    }

    /// The text is copied.
    func bind(_ index: Int32, _ text: String) {
        var text = text
        text.withUTF8 { bind(index, textCopied: $0) }
    }

    func bind(_ index: Int32, textCopied bytes: UnsafeBufferPointer<UInt8>) {
        bytes.withMemoryRebound(to: CChar.self) { characters in
            _ = sqlite3_bind_text(
                handle, index, characters.baseAddress, Int32(characters.count),
                RawStatement.transient)
        }
    }

    /// The bytes must stay where they are until the statement is reset.
    func bindBlob(_ index: Int32, _ bytes: UnsafeRawBufferPointer) {
        if bytes.isEmpty {
            sqlite3_bind_zeroblob(handle, index, 0)
        } else {
            sqlite3_bind_blob(handle, index, bytes.baseAddress, Int32(bytes.count), nil)
        }
    }

    /// The bytes are copied.
    func bind(_ index: Int32, blob: UnsafeRawBufferPointer) {
        if blob.isEmpty {
            sqlite3_bind_zeroblob(handle, index, 0)
        } else {
            sqlite3_bind_blob(
                handle, index, blob.baseAddress, Int32(blob.count), RawStatement.transient)
        }
    }

    func bind(_ index: Int32, blob: [UInt8]) {
        blob.withUnsafeBytes { bind(index, blob: $0) }
    }

    /// SQLITE_TRANSIENT: tells SQLite to copy before the call returns.
    private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    // MARK: Running

    /// Whether there is a row.
    func step() throws -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default:
            let code = sqlite3_extended_errcode(connection)
            let error = RawStatement.error(code, connection)
            sqlite3_reset(handle)
            throw error
        }
    }

    func reset() { sqlite3_reset(handle) }

    /// Runs a statement that gives no rows.
    func run() throws {
        defer { reset() }
        _ = try step()
    }

    // MARK: Columns of the present row, from 0; texts and blobs are valid until the next step

    func isNull(_ column: Int) -> Bool {
        sqlite3_column_type(handle, Int32(column)) == SQLITE_NULL
    }

    func integer(_ column: Int) -> Int64 { sqlite3_column_int64(handle, Int32(column)) }

    func blob(_ column: Int) -> UnsafeBufferPointer<UInt8> {
        let start = sqlite3_column_blob(handle, Int32(column))
        let count = Int(sqlite3_column_bytes(handle, Int32(column)))
        return UnsafeBufferPointer(
            start: start?.assumingMemoryBound(to: UInt8.self), count: count)
    }

    /// Whether the column holds this number, and holds it as a number.
    func holds(_ number: Int64, _ column: Int) -> Bool {
        sqlite3_column_type(handle, Int32(column)) == SQLITE_INTEGER && integer(column) == number
    }

    /// Whether the column holds this text, and holds it as a text.
    func holds(_ text: UnsafeBufferPointer<UInt8>, _ column: Int) -> Bool {
        sqlite3_column_type(handle, Int32(column)) == SQLITE_TEXT && blob(column).isSame(as: text)
    }

    func bytes(_ column: Int) -> [UInt8] { Array(blob(column)) }

    func text(_ column: Int) -> String { String(decoding: blob(column), as: UTF8.self) }

    /// A number with a fraction as a text, a blob in hex: neither should be there.
    func queryValue(_ column: Int) -> QueryValue {
        switch sqlite3_column_type(handle, Int32(column)) {
        case SQLITE_NULL: .null
        case SQLITE_INTEGER: .integer(integer(column))
        case SQLITE_TEXT: .text(text(column))
        case SQLITE_BLOB: .text(Hex.encode(blob(column)))
        default: .text(String(sqlite3_column_double(handle, Int32(column))))
        }
    }
}

/// Begins and ends transactions by statements that are prepared once: where each record is a
/// transaction, preparing them takes longer than running them.
package final class TransactionStatements {
    private let beginning: RawStatement
    private let committing: RawStatement

    package init(_ database: Database) throws {
        beginning = try RawStatement(database, "BEGIN IMMEDIATE")
        committing = try RawStatement(database, "COMMIT")
    }

    package func begin() throws { try beginning.run() }
    package func commit() throws { try committing.run() }
}
