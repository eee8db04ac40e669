/// Names in SQL.
package enum SQLName {
    /// The name as it stands in a query: in double quotes where SQL keeps the word for itself.
    package static func quoted(_ name: String) -> String {
        reserved.contains(name) ? "\"\(name)\"" : name
    }

    /// Words that SQLite or PostgreSQL reserve, of those that a field might be called.
    private static let reserved: Set = [
        "all", "and", "as", "between", "by", "case", "cast", "check", "column", "constraint",
        "current", "default", "distinct", "do", "else", "end", "except", "exists", "for", "from",
        "group", "having", "in", "index", "into", "is", "join", "like", "limit", "not", "null",
        "offset", "on", "or", "order", "primary", "references", "returning", "select", "set",
        "table", "then", "to", "transaction", "trigger", "union", "unique", "update", "user",
        "using", "values", "view", "when", "where", "window", "with",
    ]
}
