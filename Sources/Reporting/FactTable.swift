internal import AidRecords
internal import LedgerCore

/// The rows of a table, made from its facts: `templates/README.md`, report.yaml.
struct FactTable {
    struct Row {
        /// Distinguishes the row within its table.
        let key: String
        /// One for each column.
        let cells: [QueryValue]
        /// Texts of cells, by the column's place, where the facts say them.
        let words: [Int: String]
        /// The `seq` of the entries behind it, ascending, each once.
        let entries: [Int64]
    }

    let rows: [Row]
    let total: Row?
    /// By columns' names, where limits are asked for.
    let spreads: [[String]: RatioSpread]

    /// The facts of one row, added up as they come.
    private struct Accumulator {
        /// The row's first fact.
        let first: [QueryValue]
        var sums: [Int64?]
        var distinct: [Set<QueryValue>]
        /// As they come; `finish` puts them in order.
        var entries: [Int64] = []
        var facts: Int64 = 0

        init(_ first: [QueryValue], columns: Int) {
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

    /// Where the columns of the query stand.
    private struct Facts {
        let table: ReportDefinition.Table
        private(set) var columns: [String] = []
        private(set) var positions: [String: Int] = [:]
        /// What is asked of every fact: the table's columns that are reckoned, with the query's
        /// columns that they are reckoned from; those that name entries, and those of the key.
        private(set) var sums: [(index: Int, position: Int)] = []
        private(set) var distinct: [(index: Int, position: Int)] = []
        private(set) var records: [Int] = []
        private(set) var key: [Int] = []

        init(table: ReportDefinition.Table) { self.table = table }

        /// - Precondition: these are all the columns that the table names.
        mutating func place(_ columns: [String]) {
            self.columns = columns
            for (index, name) in columns.enumerated() { positions[name] = index }
            for (index, column) in table.columns.enumerated() {
                switch column.measure {
                case .sum(let name): sums += positions[name].map { [(index, $0)] } ?? []
                case .distinct(let name): distinct += positions[name].map { [(index, $0)] } ?? []
                case .value, .count, .ratio, .limit: break
                }
            }
            records = table.records.compactMap { positions[$0] }
            key = (table.group ?? ["seq"]).compactMap { positions[$0] }
        }

        func value(_ name: String, _ values: [QueryValue]) -> QueryValue {
            positions[name].map { values[$0] } ?? .null
        }
    }

    /// - Throws: `ReportError`, and what the runner throws.
    init(
        _ table: ReportDefinition.Table, sql: String, _ parameters: [String: QueryValue],
        _ runner: any QueryRunner
    ) throws {
        var builder = try Builder(table)
        try runner.forEachRow(of: sql, parameters) { columns, values in
            try builder.add(columns, values)
        }
        (rows, total) = try builder.finished()
        spreads = builder.spreads
    }

    private struct Builder {
        private var facts: Facts
        private var table: ReportDefinition.Table { facts.table }
        private var order: [String] = []
        private var groups: [Accumulator] = []
        /// The position of a row's group, by the texts of its key.
        private var numberOf: [String: Int] = [:]
        /// The same by the key's values, of so many groups: it saves putting the texts together for
        /// every fact where many facts make few rows.
        private var numberOfValues: [[QueryValue]: Int] = [:]
        private static let mostRemembered = 4096
        private var whole: Accumulator
        private let line: (id: String, lines: [String])?
        private(set) var spreads: [[String]: RatioSpread] = [:]

        init(_ table: ReportDefinition.Table) throws {
            facts = Facts(table: table)
            line = table.lineColumn
            whole = Accumulator([], columns: table.columns.count)
            for case .limit(_, let part, let all) in table.columns.map(\.measure) {
                spreads[[part, all]] = RatioSpread()
            }
        }

        mutating func add(_ columns: [String], _ values: [QueryValue]) throws {
            if facts.positions.isEmpty { try place(columns) }
            if let only = table.only, value(only, values) == .null { return }
            try groups[number(values)].add(values, facts)
            try whole.add(values, facts)
            for names in spreads.keys {
                guard case .integer(let part) = value(names[0], values),
                    case .integer(let all) = value(names[1], values)
                else { continue }
                spreads[names]?.add(part: part, whole: all)
            }
        }

        /// The number of the group that the fact belongs to.
        private mutating func number(_ values: [QueryValue]) throws -> Int {
            let found = facts.key.map { values[$0] }
            if let number = numberOfValues[found] { return number }
            let key = try key(values)
            let number = numberOf[key, default: groups.count]
            if number == groups.count {
                order.append(key)
                groups.append(Accumulator(values, columns: table.columns.count))
            }
            numberOf[key] = number
            if numberOfValues.count < Builder.mostRemembered { numberOfValues[found] = number }
            return number
        }

        private mutating func place(_ columns: [String]) throws {
            facts.place(columns)
            var wanted = table.records + (table.group ?? []) + table.order
            for column in table.columns {
                switch column.measure {
                case .value: wanted.append(column.id)
                case .sum(let name), .distinct(let name): wanted.append(name)
                case .count, .ratio: break
                case .limit(_, let part, let all): wanted += [part, all]
                }
                if let words = column.words { wanted.append(words) }
            }
            if let missing = wanted.first(where: { facts.positions[$0] == nil }) {
                throw ReportError.fact(
                    table: table.id, message: "the query gives no column \(missing)")
            }
        }

        private func value(_ name: String, _ values: [QueryValue]) -> QueryValue {
            facts.value(name, values)
        }

        private func key(_ values: [QueryValue]) throws -> String {
            let names = table.group ?? ["seq"]
            let key = names.map { value($0, values).keyText }.joined(separator: ".")
            if let line, !line.lines.contains(value(line.id, values).keyText) {
                throw ReportError.fact(
                    table: table.id, message: "the line \(key) is not listed in report.yaml")
            }
            return key
        }

        // MARK: Rows

        mutating func finished() throws -> ([Row], Row?) {
            guard !order.isEmpty else { return ([], nil) }
            whole.finish()
            for index in groups.indices { groups[index].finish() }
            return rows()
        }

        private func rows() -> ([Row], Row?) {
            let totals = table.columns.indices.map { cell($0, whole) }
            func row(_ key: String, _ group: Accumulator) -> Row {
                var cells = table.columns.indices.map { cell($0, group) }
                for (index, column) in table.columns.enumerated() {
                    if case .ratio(let part, let whole) = column.measure {
                        cells[index] = ratio(part, whole, cells, totals)
                    }
                }
                return Row(
                    key: key, cells: cells, words: words(group), entries: group.entries)
            }
            let rows: [Row]
            if let line {
                rows = line.lines.map { name in
                    row(name, numberOf[name].map { groups[$0] } ?? empty(line: name))
                }
            } else {
                rows = sorted().map { row(order[$0], groups[$0]) }
            }
            return (rows, table.hasTotal ? row("", whole) : nil)
        }

        private func words(_ row: Accumulator) -> [Int: String] {
            var words: [Int: String] = [:]
            guard !row.first.isEmpty else { return words }
            for (index, column) in table.columns.enumerated() {
                guard let name = column.words, case .text(let text) = value(name, row.first)
                else { continue }
                words[index] = text
            }
            return words
        }

        /// A line without a fact: its name and nothing else.
        private func empty(line name: String) -> Accumulator {
            var first = [QueryValue](repeating: .null, count: facts.positions.count)
            if let line, let position = facts.positions[line.id] { first[position] = .text(name) }
            return Accumulator(first, columns: table.columns.count)
        }

        private func cell(_ index: Int, _ row: Accumulator) -> QueryValue {
            switch table.columns[index].measure {
            case .value:
                return row.first.isEmpty ? .null : value(table.columns[index].id, row.first)
            case .sum: return row.sums[index].map { .integer($0) } ?? .null
            case .distinct:
                return row.distinct[index].isEmpty
                    ? .null : .integer(Int64(row.distinct[index].count))
            case .count: return row.entries.isEmpty ? .null : .integer(Int64(row.entries.count))
            case .ratio: return .null
            case .limit(let errors, let part, let all):
                let limit = spreads[[part, all]]?.limit(errors: errors, cases: row.facts)
                return limit.map { .integer($0.value) } ?? .null
            }
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

        /// By the columns of `order`; what is equal stays in the order in which it came.
        private func sorted() -> [Int] {
            let names = pinyin()
            let ranks = groups.map { group in table.order.map { rank($0, group, names) } }
            return groups.indices.sorted { first, second in
                for (one, other) in zip(ranks[first], ranks[second]) where one != other {
                    return one < other
                }
                return (groups[first].entries.first ?? 0, first)
                    < (groups[second].entries.first ?? 0, second)
            }
        }

        /// The order of names, for each column that wants it.
        private func pinyin() -> [String: PinyinOrder] {
            let names = table.columns.filter(\.isPinyin).map(\.id)
            return Dictionary(
                uniqueKeysWithValues: names.map { name in
                    let found = groups.map { value(name, $0.first).keyText }
                    return (name, PinyinOrder(Set(found)))
                })
        }

        /// What a row is compared by: codes by their place in their list.
        private func rank(
            _ name: String, _ row: Accumulator, _ pinyin: [String: PinyinOrder]
        ) -> QueryValue {
            let found = value(name, row.first)
            if let names = pinyin[name] { return names.rank(found) }
            let column = table.columns.first { $0.id == name }
            if case .code(let list)? = column?.type, case .text(let code) = found {
                return .integer(Int64(list.position(code) ?? .max))
            }
            return found
        }
    }
}

extension QueryValue {
    /// As it stands in the id of a row, and as `value` in the XML.
    var keyText: String {
        switch self {
        case .null: "-"
        case .integer(let number): String(number)
        case .text(let text): text
        }
    }
}
