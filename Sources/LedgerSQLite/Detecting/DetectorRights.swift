internal import GRDBSQLite

/// What a detector's query may do.
enum DetectorRights {
    /// - Parameters:
    ///   - action: a code of `sqlite3_set_authorizer`, with its first two texts.
    /// - Returns: what is refused, in words; nil for what is allowed.
    static func refusal(of action: Int32, _ first: String?, _ second: String?) -> String? {
        switch action {
        case SQLITE_SELECT, SQLITE_RECURSIVE: nil
        case SQLITE_READ: isReadable(first ?? "") ? nil : "reading \(first ?? "")"
        case SQLITE_FUNCTION:
            functions.contains((second ?? "").lowercased()) ? nil : "the function \(second ?? "")"
        default: names[action] ?? "this statement"
        }
    }

    /// Not tables of SQLite's or of the program's own, nor functions that pose as tables.
    private static func isReadable(_ table: String) -> Bool {
        let name = table.lowercased()
        return !others.contains(name) && !prefixes.contains { name.hasPrefix($0) }
    }

    private static let others: Set = [
        "rulebook", "checkpoint", "head", "judgement", "dbstat", "generate_series", "bytecode",
        "tables_used", "completion", "carray",
    ]

    private static let prefixes = ["sqlite_", "pragma_", "json_", "fts", "temp."]

    /// Those that mean the same on PostgreSQL, give the same at any time and leave nothing behind.
    private static let functions: Set = [
        "abs", "avg", "ceil", "ceiling", "coalesce", "count", "cume_dist", "dense_rank", "exp",
        "first_value", "floor", "lag", "last_value", "lead", "length", "like", "ln", "lower",
        "ltrim", "max", "min", "mod", "nth_value", "ntile", "nullif", "percent_rank", "pow",
        "power", "rank", "replace", "round", "row_number", "rtrim", "sign", "sqrt", "substr",
        "substring", "sum", "trim", "upper",
    ]

    private static let names: [Int32: String] = [
        SQLITE_PRAGMA: "PRAGMA", SQLITE_ATTACH: "ATTACH", SQLITE_DETACH: "DETACH",
        SQLITE_INSERT: "INSERT", SQLITE_UPDATE: "UPDATE", SQLITE_DELETE: "DELETE",
        SQLITE_TRANSACTION: "a transaction", SQLITE_SAVEPOINT: "SAVEPOINT",
        SQLITE_ANALYZE: "ANALYZE", SQLITE_REINDEX: "REINDEX", SQLITE_ALTER_TABLE: "ALTER",
        SQLITE_CREATE_INDEX: "CREATE", SQLITE_CREATE_TABLE: "CREATE",
        SQLITE_CREATE_TEMP_INDEX: "CREATE", SQLITE_CREATE_TEMP_TABLE: "CREATE",
        SQLITE_CREATE_TEMP_TRIGGER: "CREATE", SQLITE_CREATE_TEMP_VIEW: "CREATE",
        SQLITE_CREATE_TRIGGER: "CREATE", SQLITE_CREATE_VIEW: "CREATE",
        SQLITE_CREATE_VTABLE: "CREATE", SQLITE_DROP_INDEX: "DROP", SQLITE_DROP_TABLE: "DROP",
        SQLITE_DROP_TEMP_INDEX: "DROP", SQLITE_DROP_TEMP_TABLE: "DROP",
        SQLITE_DROP_TEMP_TRIGGER: "DROP", SQLITE_DROP_TEMP_VIEW: "DROP",
        SQLITE_DROP_TRIGGER: "DROP", SQLITE_DROP_VIEW: "DROP", SQLITE_DROP_VTABLE: "DROP",
    ]
}
