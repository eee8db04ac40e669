internal import AidRecords

extension ReportDefinitionReader {
    /// What a table of a report consists of.
    /// - Throws: `DeclarationError`.
    func table(_ place: YAMLPlace) throws -> ReportDefinition.Table {
        _ = try place.members(allowed: [
            "id", "query", "with", "records", "group", "columns", "order", "total", "chart",
            "forms", "drawing", "proved", "unit", "annex",
        ])
        let group = try place.member("group")?.texts()
        let columns = try place.required("columns").items().map(column)
        let ids = columns.map(\.id)
        if let twice = ids.first(where: { id in ids.count { $0 == id } > 1 }) {
            throw place.fail("the column \(twice) stands here twice")
        }
        let source = try place.querySource()
        for item in columns {
            for name in item.measure.columns where name != "total" {
                guard columns.contains(where: { $0.id == name }) else {
                    throw place.fail("`of` names no column: \(name)")
                }
            }
        }
        var table = ReportDefinition.Table(
            id: try place.required("id").text(), query: source.query, with: source.with,
            records: try place.member("records")?.texts() ?? ["seq"], group: group,
            columns: columns, order: try place.member("order")?.texts() ?? group ?? ["seq"],
            hasTotal: try place.member("total")?.flag() ?? false,
            chart: try place.member("chart").map { try chart($0, columns) },
            isForms: try place.member("forms")?.flag() ?? false,
            drawing: try place.member("drawing").map { try drawing($0, ids) },
            isProved: try place.member("proved")?.flag() ?? false,
            unit: try place.member("unit").map(unit) ?? .yuan)
        if let annex = place.member("annex") {
            table.annexedAbove = try annexedAbove(annex, table)
        }
        return table
    }

    /// Rows of an annex are made one after the other, in the order in which the query gives them.
    private func annexedAbove(_ place: YAMLPlace, _ table: ReportDefinition.Table) throws -> Int {
        let isWhole = table.chart != nil || table.drawing != nil || table.isProved
        guard !isWhole, table.lineColumn == nil else {
            throw place.fail("a table with a chart, a drawing, proofs or lines has no `annex`")
        }
        for column in table.columns {
            switch column.measure {
            case .ratio(_, of: "total"), .limit:
                throw place.fail(
                    "\(column.id) depends on all rows, and in a table with `annex` none may")
            case .value, .sum, .distinct, .count, .ratio: break
            }
            guard table.order.contains(column.id) else { continue }
            if case .code = column.type {
                throw place.fail(
                    "rows of an `annex` cannot stand in the order of the codes of \(column.id)")
            }
            if column.isPinyin {
                throw place.fail("rows of an `annex` cannot stand in the order of pinyin")
            }
        }
        let rows = try place.integer()
        guard (0...Int64(AnnexPlace.rowsOfPage)).contains(rows) else {
            throw place.fail("`annex` is how many rows the document has at most: 0 to 1,000")
        }
        return Int(rows)
    }

    private func drawing(
        _ place: YAMLPlace, _ columns: [String]
    ) throws -> ReportDefinition.Drawing {
        func column(_ part: String) throws -> String {
            let name = try place.required(part)
            let text = try name.text()
            guard columns.contains(text) else {
                throw name.fail("the drawing names no column: \(text)")
            }
            return text
        }
        switch try place.required("kind").text() {
        case "timeline":
            _ = try place.members(allowed: ["kind", "lane", "day", "flag", "undone"])
            return .timeline(
                lane: try column("lane"), day: try column("day"), flag: try column("flag"),
                undone: try column("undone"))
        case "network":
            _ = try place.members(
                allowed: ["kind", "step", "first", "sort", "shared", "second"])
            return .network(
                step: try column("step"), first: try column("first"), sort: try column("sort"),
                shared: try column("shared"), second: try column("second"))
        default: throw place.fail("a drawing is a `timeline` or a `network`")
        }
    }

    private func unit(_ place: YAMLPlace) throws -> ReportDefinition.MoneyUnit {
        guard let known = ReportDefinition.MoneyUnit(rawValue: try place.text()) else {
            throw place.fail("`unit` is `yuan` or `wan`")
        }
        return known
    }

    private func chart(
        _ place: YAMLPlace, _ columns: [ReportDefinition.Column]
    ) throws -> ReportDefinition.Chart {
        _ = try place.members(allowed: [
            "kind", "label", "value", "values", "ranked", "mark", "markWhere", "cases",
        ])
        let kind = try place.required("kind").text()
        guard ["bars", "columns", "lines", "funnel"].contains(kind) else {
            throw place.fail("`kind` is `bars`, `columns`, `lines` or `funnel`")
        }
        let cases = try place.member("cases")?.text()
        guard (kind == "funnel") == (cases != nil) else {
            throw place.fail("`cases` belongs to a `funnel`, and a `funnel` needs it")
        }
        let label = try place.required("label").text()
        let values = try place.member("values")?.texts() ?? [place.required("value").text()]
        let markWhere = try place.member("markWhere")?.text()
        for name in values + [label, cases ?? label, markWhere ?? label]
        where !columns.contains(where: { $0.id == name }) {
            throw place.fail("the chart names no column: \(name)")
        }
        if kind == "funnel" {
            let first = columns.first { $0.id == values[0] }
            guard values.count == 1, case .ratio(_, let whole)? = first?.measure, whole != "total"
            else { throw place.fail("a `funnel` has one value, which is `of` two columns") }
        }
        return ReportDefinition.Chart(
            kind: kind, label: label, values: values,
            isRanked: try place.member("ranked")?.flag() ?? false,
            mark: try place.member("mark")?.text(), markWhere: markWhere, cases: cases)
    }

    private func column(_ place: YAMLPlace) throws -> ReportDefinition.Column {
        _ = try place.members(allowed: [
            "id", "type", "codes", "lines", "sum", "distinct", "count", "of", "words", "pinyin",
            "limit",
        ])
        return ReportDefinition.Column(
            id: try place.required("id").text(), type: try type(place),
            measure: try measure(place), words: try place.member("words")?.text(),
            isPinyin: try place.member("pinyin")?.flag() ?? false)
    }

    private func measure(_ place: YAMLPlace) throws -> ReportDefinition.Measure {
        let given = ["sum", "distinct", "count", "of"].filter { place.member($0) != nil }
        guard given.count <= 1 else {
            throw place.fail("a column has one of \(given.joined(separator: ", "))")
        }
        if let name = place.member("sum") { return .sum(try name.text()) }
        if let name = place.member("distinct") { return .distinct(try name.text()) }
        if let wanted = place.member("count"), try wanted.flag() { return .count }
        guard let ratio = place.member("of") else { return .value }
        let names = try ratio.texts()
        guard names.count == 2 else { throw ratio.fail("`of` names two columns") }
        if let errors = try place.member("limit")?.integer() {
            return .limit(Int(errors), names[0], of: names[1])
        }
        return .ratio(names[0], of: names[1])
    }

    func type(_ place: YAMLPlace) throws -> ReportDefinition.ColumnType {
        switch try place.required("type").text() {
        case "line": return .line(try place.required("lines").texts())
        case "code":
            let name = try place.required("codes").text()
            guard let list = codes[name] else { throw place.fail("there are no codes `\(name)`") }
            return .code(list)
        case "area": return .area
        case "kind": return .kind
        case "person": return .person
        case "text": return .text
        case "date": return .date
        case "month": return .month
        case "period": return .period
        case "year": return .year
        case "fen": return .fen
        case "rmb": return .rmb
        case "count": return .count
        case "percent": return .percent
        case let unknown:
            throw place.fail(
                "unknown type `\(unknown)` (known are: line, code, area, kind, person, text, date, "
                    + "month, period, year, fen, rmb, count, percent)")
        }
    }
}
