internal import AidRecords
internal import LedgerCore

/// What a query says of a table, as it comes: where its columns stand, and how rows are reckoned.
struct Facts {
    let table: ReportDefinition.Table
    private(set) var columns: [String] = []
    private(set) var positions: [String: Int] = [:]
    /// What is asked of every fact: the table's columns that are reckoned, with the query's
    /// columns that they are reckoned from; those that name entries, and those of the key.
    fileprivate var sums: [(index: Int, position: Int)] = []
    fileprivate var distinct: [(index: Int, position: Int)] = []
    fileprivate var records: [Int] = []
    private(set) var key: [Int] = []
    /// By columns' names, where limits are asked for.
    private(set) var spreads: [[String]: RatioSpread] = [:]
    private let line: (id: String, lines: [String])?

    init(_ table: ReportDefinition.Table) {
        self.table = table
        line = table.lineColumn
        for case .limit(_, let part, let all) in table.columns.map(\.measure) {
            spreads[[part, all]] = RatioSpread()
        }
    }

    /// Looks at a fact before it is added up.
    /// - Returns: whether it counts.
    /// - Throws: `ReportError` where the query gives no column that the table names.
    mutating func take(_ columns: [String], _ values: [QueryValue]) throws -> Bool {
        if positions.isEmpty { try place(columns) }
        if let only = table.only, value(only, values) == .null { return false }
        for names in spreads.keys {
            guard case .integer(let part) = value(names[0], values),
                case .integer(let all) = value(names[1], values)
            else { continue }
            spreads[names]?.add(part: part, whole: all)
        }
        return true
    }

    private mutating func place(_ columns: [String]) throws {
        self.columns = columns
        for (index, name) in columns.enumerated() { positions[name] = index }
        var wanted = table.records + (table.group ?? []) + table.order
        for (index, column) in table.columns.enumerated() {
            switch column.measure {
            case .value: wanted.append(column.id)
            case .sum(let name):
                wanted.append(name)
                sums += positions[name].map { [(index, $0)] } ?? []
            case .distinct(let name):
                wanted.append(name)
                distinct += positions[name].map { [(index, $0)] } ?? []
            case .count, .ratio: break
            case .limit(_, let part, let all): wanted += [part, all]
            }
            if let words = column.words { wanted.append(words) }
        }
        if let missing = wanted.first(where: { positions[$0] == nil }) {
            throw ReportError.fact(
                table: table.id, message: "the query gives no column \(missing)")
        }
        records = table.records.compactMap { positions[$0] }
        key = (table.group ?? ["seq"]).compactMap { positions[$0] }
    }

    func value(_ name: String, _ values: [QueryValue]) -> QueryValue {
        positions[name].map { values[$0] } ?? .null
    }

    /// What distinguishes the fact's row within its table.
    /// - Throws: `ReportError` for a line that `report.yaml` does not list.
    func key(of values: [QueryValue]) throws -> String {
        let text = key.map { values[$0].keyText }.joined(separator: ".")
        if let line, !line.lines.contains(value(line.id, values).keyText) {
            throw ReportError.fact(
                table: table.id, message: "the line \(text) is not listed in report.yaml")
        }
        return text
    }

    // MARK: Rows

    /// - Parameter totals: the cells of the whole, for shares of it.
    func row(_ key: String, _ sum: FactSum, totals: [QueryValue]) -> FactTable.Row {
        var cells = cells(sum)
        for (index, column) in table.columns.enumerated() {
            if case .ratio(let part, let whole) = column.measure {
                cells[index] = ratio(part, whole, cells, totals)
            }
        }
        return FactTable.Row(key: key, cells: cells, words: words(sum), entries: sum.entries)
    }

    /// Without ratios.
    func cells(_ sum: FactSum) -> [QueryValue] {
        table.columns.indices.map { cell($0, sum) }
    }

    private func cell(_ index: Int, _ sum: FactSum) -> QueryValue {
        switch table.columns[index].measure {
        case .value:
            return sum.first.isEmpty ? .null : value(table.columns[index].id, sum.first)
        case .sum: return sum.sums[index].map { .integer($0) } ?? .null
        case .distinct:
            return sum.distinct[index].isEmpty
                ? .null : .integer(Int64(sum.distinct[index].count))
        case .count: return sum.entries.isEmpty ? .null : .integer(Int64(sum.entries.count))
        case .ratio: return .null
        case .limit(let errors, let part, let all):
            let limit = spreads[[part, all]]?.limit(errors: errors, cases: sum.facts)
            return limit.map { .integer($0.value) } ?? .null
        }
    }

    private func words(_ sum: FactSum) -> [Int: String] {
        var words: [Int: String] = [:]
        guard !sum.first.isEmpty else { return words }
        for (index, column) in table.columns.enumerated() {
            guard let name = column.words, case .text(let text) = value(name, sum.first)
            else { continue }
            words[index] = text
        }
        return words
    }

    private func ratio(
        _ part: String, _ whole: String, _ cells: [QueryValue], _ totals: [QueryValue]
    ) -> QueryValue {
        func find(_ name: String, _ values: [QueryValue]) -> QueryValue {
            table.columns.firstIndex { $0.id == name }.map { values[$0] } ?? .null
        }
        let second = whole == "total" ? find(part, totals) : find(whole, cells)
        guard case .integer(let above) = find(part, cells), case .integer(let below) = second,
            let share = BasisPoints(above, of: below)
        else { return .null }
        return .integer(share.value)
    }
}

/// The facts of one row, added up as they come.
struct FactSum {
    /// The row's first fact.
    let first: [QueryValue]
    var sums: [Int64?]
    var distinct: [Set<QueryValue>]
    /// As they come; `finish` puts them in order.
    var entries: [Int64] = []
    var facts: Int64 = 0

    init(_ first: [QueryValue] = [], columns: Int) {
        self.first = first
        sums = Array(repeating: nil, count: columns)
        distinct = Array(repeating: [], count: columns)
    }

    mutating func add(_ values: [QueryValue], _ facts: Facts) throws {
        self.facts += 1
        for (index, position) in facts.sums {
            switch values[position] {
            case .null: break
            case .integer(let amount): try add(amount, to: index, facts)
            case let found:
                throw ReportError.fact(
                    table: facts.table.id,
                    message: "\(facts.columns[position]) is not a whole number: "
                        + found.keyText)
            }
        }
        for (index, position) in facts.distinct where values[position] != .null {
            distinct[index].insert(values[position])
        }
        for position in facts.records {
            if case .integer(let seq) = values[position] { entries.append(seq) }
        }
    }

    /// Adds another row's facts.
    mutating func add(_ other: FactSum, _ facts: Facts) throws {
        self.facts += other.facts
        for (index, _) in facts.sums {
            if let amount = other.sums[index] { try add(amount, to: index, facts) }
        }
        for (index, _) in facts.distinct { distinct[index].formUnion(other.distinct[index]) }
        entries += other.entries
    }

    private mutating func add(_ amount: Int64, to index: Int, _ facts: Facts) throws {
        let (sum, overflow) = (sums[index] ?? 0).addingReportingOverflow(amount)
        if overflow {
            throw ReportError.fact(table: facts.table.id, message: "the sum is too large")
        }
        sums[index] = sum
    }

    mutating func finish() {
        if !zip(entries, entries.dropFirst()).allSatisfy({ $0 <= $1 }) { entries.sort() }
        var last: Int64?
        entries.removeAll { seq in
            defer { last = seq }
            return seq == last
        }
    }
}
