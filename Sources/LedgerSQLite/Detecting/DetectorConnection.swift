internal import AidRecords
internal import CPlatform
internal import Findings
internal import GRDBSQLite
internal import LedgerCore

/// A connection to a ledger's database on which a detector's query may run: it reads, and can do
/// nothing else.
///
/// A query may be anybody's (`--detectors DIR`). So SQLite asks before each thing that a statement
/// would do, and is told no for all but reading; what a statement may take of time, memory and text
/// is limited; and the file is opened for reading only. GRDB keeps SQLite's authorizer for itself,
/// hence a connection of our own.
///
/// All is read in one transaction, so that all detectors see one state.
package final class DetectorConnection {
    private let handle: OpaquePointer
    private let gate: Gate
    private let path: String

    /// What SQLite's callbacks look at.
    final class Gate {
        var isClosed = false
        /// What was refused last, in words.
        var refusal: String?
        var deadline: ContinuousClock.Instant?
        var isLate = false
    }

    /// - Parameters:
    ///   - path: of the database.
    ///   - isUnchangeable: where nobody writes to it, and no log beside it is to be looked at.
    /// - Throws: `StoreError`.
    init(_ path: String, isUnchangeable: Bool) throws {
        self.path = path
        var handle: OpaquePointer?
        let name = isUnchangeable ? Connection.uri(path, "immutable=1") : path
        let flags =
            SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | (isUnchangeable ? SQLITE_OPEN_URI : 0)
        let code = sqlite3_open_v2(name, &handle, flags, nil)
        guard code == SQLITE_OK, let handle else {
            sqlite3_close_v2(handle)
            throw StoreError.from(code: code, message: "it cannot be opened", path: path)
        }
        self.handle = handle
        gate = Gate()
        do {
            sqlite3_busy_timeout(handle, 10_000)
            try execute("PRAGMA cache_size = -65536; PRAGMA trusted_schema = OFF; BEGIN")
        } catch {
            sqlite3_close_v2(handle)
            throw error
        }
    }

    deinit { sqlite3_close_v2(handle) }

    // MARK: Before the gate is closed

    /// Runs statements of the program's own.
    func execute(_ sql: String) throws {
        precondition(!gate.isClosed, "a closed gate lets only detectors through")
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw storeError() }
    }

    /// Runs a statement of the program's own once for each row of values.
    func insert(_ sql: String, _ rows: some Sequence<[QueryValue]>) throws {
        let statement = try prepared(sql)
        defer { sqlite3_finalize(statement) }
        for row in rows {
            for (index, value) in row.enumerated() {
                DetectorConnection.bind(statement, Int32(index + 1), value)
            }
            guard sqlite3_step(statement) == SQLITE_DONE else { throw storeError() }
            sqlite3_reset(statement)
        }
    }

    /// The first column of the first row.
    func integer(_ sql: String) throws -> Int64? {
        let statement = try prepared(sql)
        defer { sqlite3_finalize(statement) }
        switch sqlite3_step(statement) {
        case SQLITE_ROW: return sqlite3_column_int64(statement, 0)
        case SQLITE_DONE: return nil
        default: throw storeError()
        }
    }

    private func prepared(_ sql: String) throws -> OpaquePointer {
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK, let statement
        else { throw storeError() }
        return statement
    }

    private func storeError() -> StoreError {
        StoreError.from(
            code: sqlite3_extended_errcode(handle), message: message, path: path)
    }

    private var message: String { String(cString: sqlite3_errmsg(handle)) }

    /// From now on there are only detectors' queries.
    func closeGate() throws {
        try execute("PRAGMA query_only = ON")
        DetectorConnection.close(handle, gate)
        sqlite3_progress_handler(
            handle, 20_000, lookAtClock, Unmanaged.passUnretained(gate).toOpaque())
    }

    /// Has SQLite ask the gate before each thing that a statement would do. It must live as long
    /// as the connection.
    static func close(_ handle: OpaquePointer, _ gate: Gate) {
        for (limit, most) in limits { sqlite3_limit(handle, limit, most) }
        gate.isClosed = true
        sqlite3_set_authorizer(handle, authorize, Unmanaged.passUnretained(gate).toOpaque())
    }

    /// What one statement may be and take; attached databases none.
    private static let limits: [(Int32, Int32)] = [
        (SQLITE_LIMIT_LENGTH, 1_000_000), (SQLITE_LIMIT_SQL_LENGTH, 200_000),
        (SQLITE_LIMIT_COLUMN, 200), (SQLITE_LIMIT_EXPR_DEPTH, 200),
        (SQLITE_LIMIT_COMPOUND_SELECT, 200), (SQLITE_LIMIT_VDBE_OP, 100_000),
        (SQLITE_LIMIT_FUNCTION_ARG, 20), (SQLITE_LIMIT_ATTACHED, 0),
        (SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 200), (SQLITE_LIMIT_VARIABLE_NUMBER, 100),
        (SQLITE_LIMIT_TRIGGER_DEPTH, 0), (SQLITE_LIMIT_WORKER_THREADS, 0),
    ]

    /// More rows than this no detector gives.
    static let mostRows = 2_000_000
    /// Nor more text: it is held in memory.
    static let mostBytes = 256_000_000

    // MARK: A detector's query

    /// Runs the detector's query.
    /// - Parameters:
    ///   - parameters: what its names are bound to; `ledger` comes of itself.
    ///   - timeLimit: how long it may take.
    /// - Throws: `DeclarationError` with file, line and reason.
    func rows(
        of detector: Detector, _ parameters: [String: Int64], timeLimit: Duration
    ) throws -> DetectorRows {
        precondition(gate.isClosed, "a detector's query runs behind a closed gate")
        gate.refusal = nil
        gate.isLate = false
        gate.deadline = .now + timeLimit
        defer { gate.deadline = nil }
        let statement = try statement(of: detector)
        defer { sqlite3_finalize(statement) }
        try bind(statement, parameters, detector)
        let count = sqlite3_column_count(statement)
        var result = DetectorRows(
            columns: (0..<count).map { String(cString: sqlite3_column_name(statement, $0)) },
            rows: [])
        var bytes = 0
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_DONE: return result
            case SQLITE_ROW:
                guard result.rows.count < DetectorConnection.mostRows else {
                    throw detector.fail(
                        line: detector.queryLine,
                        "the query gives more than \(grouped(DetectorConnection.mostRows)) rows")
                }
                let row = try (0..<count).map { try value(statement, $0, detector) }
                bytes += row.reduce(0) { $0 + $1.byteCount }
                guard bytes <= DetectorConnection.mostBytes else {
                    throw detector.fail(
                        line: detector.queryLine,
                        "the query gives more than \(grouped(DetectorConnection.mostBytes)) bytes "
                            + "of text")
                }
                result.rows.append(row)
            default: throw failure(detector, timeLimit)
            }
        }
    }

    private func statement(of detector: Detector) throws -> OpaquePointer {
        let bytes = Array(detector.text.utf8)
        var statement: OpaquePointer?
        var used = 0
        let code = bytes.withUnsafeBytes { raw in
            let start = raw.baseAddress?.assumingMemoryBound(to: CChar.self)
            var tail: UnsafePointer<CChar>?
            let code = sqlite3_prepare_v3(
                handle, start, Int32(raw.count), 0, &statement, &tail)
            if let start, let tail { used = tail - start }
            return code
        }
        guard code == SQLITE_OK else { throw failure(detector, .zero) }
        guard let statement else {
            throw detector.fail(line: detector.queryLine, "there is no query after the head")
        }
        let isQuery =
            sqlite3_stmt_readonly(statement) != 0 && sqlite3_stmt_isexplain(statement) == 0
            && sqlite3_column_count(statement) > 0
        guard isQuery, used >= bytes.count || bytes[used - 1] != UInt8(ascii: ";"),
            bytes.last(where: { $0 > 0x20 }) != UInt8(ascii: ";")
        else {
            sqlite3_finalize(statement)
            throw detector.fail(
                line: isQuery ? detector.line(ofByte: max(used - 1, 0)) : detector.queryLine,
                "a detector is one SELECT without a semicolon after it")
        }
        return statement
    }

    private func bind(
        _ statement: OpaquePointer, _ parameters: [String: Int64], _ detector: Detector
    ) throws {
        for index in 1..<(sqlite3_bind_parameter_count(statement) + 1) {
            let name = sqlite3_bind_parameter_name(statement, index).map { String(cString: $0) }
            guard let name, name.hasPrefix(":") else {
                throw detector.fail(
                    line: detector.queryLine,
                    "parameters are written :name, not \(name ?? "?")")
            }
            let value: Int64? = name == ":ledger" ? 1 : parameters[String(name.dropFirst())]
            guard let value else {
                throw detector.fail(
                    line: line(of: name, in: detector),
                    "the head has no parameter `\(name.dropFirst())`")
            }
            sqlite3_bind_int64(statement, index, value)
        }
    }

    /// Where the query first has these words.
    private func line(of words: String, in detector: Detector) -> Int {
        let lines = detector.text.split(separator: "\n", omittingEmptySubsequences: false)
        let found = lines.indices.first {
            $0 + 1 >= detector.queryLine && lines[$0].contains(words)
        }
        return found.map { $0 + 1 } ?? detector.queryLine
    }

    private static func bind(_ statement: OpaquePointer, _ index: Int32, _ value: QueryValue) {
        switch value {
        case .null: sqlite3_bind_null(statement, index)
        case .integer(let number): sqlite3_bind_int64(statement, index, number)
        case .text(let text):
            sqlite3_bind_text(
                statement, index, text, -1, unsafeBitCast(-1, to: sqlite3_destructor_type.self))
        }
    }

    private func value(
        _ statement: OpaquePointer, _ column: Int32, _ detector: Detector
    ) throws -> QueryValue {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_NULL: return .null
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, column))
        case SQLITE_TEXT:
            let count = Int(sqlite3_column_bytes(statement, column))
            let bytes = UnsafeBufferPointer(
                start: sqlite3_column_text(statement, column), count: count)
            return .text(String(decoding: bytes, as: UTF8.self))
        default:
            let name = String(cString: sqlite3_column_name(statement, column))
            throw detector.fail(
                line: detector.queryLine,
                "`\(name)` of a row is neither a whole number nor a text")
        }
    }

    // MARK: What went wrong

    private func failure(_ detector: Detector, _ timeLimit: Duration) -> DeclarationError {
        if gate.isLate {
            return detector.fail(
                line: detector.queryLine,
                "the query took longer than \(timeLimit.components.seconds) s (--time-limit)")
        }
        let offset = sqlite3_error_offset(handle)
        let line =
            offset >= 0 ? detector.line(ofByte: Int(offset)) : detector.queryLine
        if let refusal = gate.refusal {
            return detector.fail(line: line, "a detector only reads: \(refusal) is refused")
        }
        return detector.fail(line: line, message)
    }
}

/// Says whether a statement may do what it is about to: SQLite asks at its preparation.
private func authorize(
    _ context: UnsafeMutableRawPointer?, _ action: Int32, _ first: UnsafePointer<CChar>?,
    _ second: UnsafePointer<CChar>?, _ third: UnsafePointer<CChar>?,
    _ fourth: UnsafePointer<CChar>?
) -> Int32 {
    guard let context else { return SQLITE_DENY }
    let gate = Unmanaged<DetectorConnection.Gate>.fromOpaque(context).takeUnretainedValue()
    let refusal = DetectorRights.refusal(
        of: action, first.map { String(cString: $0) }, second.map { String(cString: $0) })
    guard let refusal else { return SQLITE_OK }
    gate.refusal = gate.refusal ?? refusal
    return SQLITE_DENY
}

/// Stops a query whose time is over.
func lookAtClock(_ context: UnsafeMutableRawPointer?) -> Int32 {
    guard let context else { return 1 }
    let gate = Unmanaged<DetectorConnection.Gate>.fromOpaque(context).takeUnretainedValue()
    guard let deadline = gate.deadline, ContinuousClock.now > deadline else { return 0 }
    gate.isLate = true
    return 1
}

extension QueryValue {
    /// Of text; numbers are little and counted by rows.
    fileprivate var byteCount: Int {
        if case .text(let text) = self { return text.utf8.count }
        return 0
    }
}
