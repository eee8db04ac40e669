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

    /// - Throws: `ReportError`, and what the runner throws.
    init(
        _ table: ReportDefinition.Table, sql: String, _ parameters: [String: QueryValue],
        _ runner: any QueryRunner
    ) throws {
        var builder = Builder(table)
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
        private var groups: [FactSum] = []
        /// The position of a row's group, by the texts of its key.
        private var numberOf: [String: Int] = [:]
        /// The same by the key's values, of so many groups: it saves putting the texts together for
        /// every fact where many facts make few rows.
        private var numberOfValues: [[QueryValue]: Int] = [:]
        private static let mostRemembered = 4096
        /// That of the fact before: facts of a row often come one after the other.
        private var last: (key: [QueryValue], number: Int) = ([], 0)

        var spreads: [[String]: RatioSpread] { facts.spreads }

        init(_ table: ReportDefinition.Table) {
            facts = Facts(table)
        }

        mutating func add(_ columns: [String], _ values: [QueryValue]) throws {
            guard try facts.take(columns, values) else { return }
            try groups[number(values)].add(values, facts)
        }

        /// The number of the group that the fact belongs to.
        private mutating func number(_ values: [QueryValue]) throws -> Int {
            if !last.key.isEmpty, zip(facts.key, last.key).allSatisfy({ values[$0] == $1 }) {
                return last.number
            }
            let found = facts.key.map { values[$0] }
            let number = try number(values, found)
            last = (found, number)
            return number
        }

        private mutating func number(_ values: [QueryValue], _ found: [QueryValue]) throws -> Int {
            if let number = numberOfValues[found] { return number }
            let key = try facts.key(of: values)
            let number = numberOf[key, default: groups.count]
            if number == groups.count {
                order.append(key)
                groups.append(FactSum(values, columns: table.columns.count))
            }
            numberOf[key] = number
            if numberOfValues.count < Builder.mostRemembered { numberOfValues[found] = number }
            return number
        }

        // MARK: Rows

        mutating func finished() throws -> ([Row], Row?) {
            guard !order.isEmpty else { return ([], nil) }
            for index in groups.indices { groups[index].finish() }
            let whole = try table.needsWhole ? whole() : nil
            let totals = whole.map(facts.cells) ?? []
            let rows: [Row]
            if let line = table.lineColumn {
                rows = line.lines.map { name in
                    facts.row(
                        name, numberOf[name].map { groups[$0] } ?? empty(line.id, name),
                        totals: totals)
                }
            } else {
                rows = sorted().map { facts.row(order[$0], groups[$0], totals: totals) }
            }
            let total = table.hasTotal ? whole.map { facts.row("", $0, totals: totals) } : nil
            return (rows, total)
        }

        private func whole() throws -> FactSum {
            var whole = FactSum(columns: table.columns.count)
            for group in groups { try whole.add(group, facts) }
            whole.finish()
            return whole
        }

        /// A line without a fact: its name and nothing else.
        private func empty(_ column: String, _ name: String) -> FactSum {
            var first = [QueryValue](repeating: .null, count: facts.positions.count)
            if let position = facts.positions[column] { first[position] = .text(name) }
            return FactSum(first, columns: table.columns.count)
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
                    let found = groups.map { facts.value(name, $0.first).keyText }
                    return (name, PinyinOrder(Set(found)))
                })
        }

        /// What a row is compared by: codes by their place in their list.
        private func rank(
            _ name: String, _ row: FactSum, _ pinyin: [String: PinyinOrder]
        ) -> QueryValue {
            let found = facts.value(name, row.first)
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
