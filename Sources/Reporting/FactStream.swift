internal import AidRecords
internal import LedgerCore

/// The rows of a table whose query gives them in order, one after the other: no more than one is
/// held, however many there are. Facts of one row follow each other.
struct FactStream {
    private var facts: Facts
    private var current: (key: String, sum: FactSum)?
    private var keys: Set<String> = []
    private var whole: FactSum

    init(_ table: ReportDefinition.Table) {
        facts = Facts(table)
        whole = FactSum(columns: table.columns.count)
    }

    /// - Returns: the row that the fact before was the last one of, if it is another's.
    /// - Throws: `ReportError`.
    mutating func add(_ columns: [String], _ values: [QueryValue]) throws -> FactTable.Row? {
        guard try facts.take(columns, values) else { return nil }
        if facts.table.hasTotal { try whole.add(values, facts) }
        let key = try facts.key(of: values)
        if current?.key == key {
            try current?.sum.add(values, facts)
            return nil
        }
        guard keys.insert(key).inserted else {
            throw ReportError.fact(
                table: facts.table.id,
                message: "facts of the row \(key) do not follow each other: `order` names a column "
                    + "that differs between them")
        }
        let ended = row()
        var sum = FactSum(values, columns: facts.table.columns.count)
        try sum.add(values, facts)
        current = (key, sum)
        return ended
    }

    /// The last row, and the total where the table has one.
    mutating func finish() -> (last: FactTable.Row?, total: FactTable.Row?) {
        guard let last = row() else { return (nil, nil) }
        guard facts.table.hasTotal else { return (last, nil) }
        whole.finish()
        return (last, facts.row("", whole, totals: facts.cells(whole)))
    }

    private mutating func row() -> FactTable.Row? {
        current?.sum.finish()
        return current.map { facts.row($0.key, $0.sum, totals: []) }
    }
}
