internal import AidRecords

/// What a report consists of: `report.yaml`, as `templates/README.md` describes it.
struct ReportDefinition {
    struct Section {
        let id: String
        let tables: [Table]
        /// After the tables.
        let indicators: IndicatorTree?
        /// What the engine itself says there, at the end.
        let facts: [EngineFacts]
    }

    enum EngineFacts: String {
        case ledger
        case verification
        case proofs
        case sources
    }

    struct Table {
        let id: String
        let query: String
        let with: [String]
        let records: [String]
        let group: [String]?
        let columns: [Column]
        let order: [String]
        let hasTotal: Bool
        let chart: Chart?
        /// Each row a sheet of its own, to be filled in and signed.
        var isForms = false
        var drawing: Drawing?
        /// Whether the entries behind its rows are proved at the end.
        var isProved = false
        /// Facts with nothing in this column are passed over.
        var only: String?
        /// What its amounts are shown in; their values are fen.
        var unit = MoneyUnit.yuan

        /// The column whose lines are the rows of the table, if there is one.
        var lineColumn: (id: String, lines: [String])? {
            for column in columns {
                if case .line(let lines) = column.type { return (column.id, lines) }
            }
            return nil
        }
    }

    struct Column {
        let id: String
        let type: ColumnType
        let measure: Measure
        /// The facts' column with the cell's text in the language of the report, where the value
        /// is only what the text stands for.
        var words: String?
        /// Rows that are ordered by it stand in the order of its names' pinyin.
        var isPinyin = false
    }

    enum MoneyUnit: String {
        case yuan
        /// Ten thousand yuan.
        case wan
    }

    /// How a cell comes from the facts of its row.
    enum Measure {
        /// The value of this name in the row's first fact.
        case value
        case sum(String)
        case distinct(String)
        /// How many entries.
        case count
        /// First column as a share of the second; `total` is the first one's total.
        case ratio(String, of: String)
        /// The first column as a share of the second over all facts, and so many standard errors
        /// for as many facts as the row has.
        case limit(Int, String, of: String)

        var isReckoned: Bool {
            if case .value = self { return false }
            return true
        }
    }

    enum ColumnType {
        case line([String])
        case code(CodeList)
        case area
        case kind
        case person
        case text
        case date
        case month
        case period
        case year
        case fen
        /// Fen, shown in words as payments are authorised.
        case rmb
        case count
        case percent
    }

    struct Chart {
        let kind: String
        let label: String
        let values: [String]
        /// From the greatest value to the least, and not as in the table.
        var isRanked = false
        /// A line is drawn after the row with this label: a term, say.
        var mark: String?
        /// Of a funnel: how many cases stand behind each value.
        var cases: String?
    }

    /// A picture of rows that is no chart of values; columns of the table by the part they play.
    enum Drawing {
        /// A row is a stroke on its day in the lane of its kind; flagged where `flag` says something,
        /// undone where `undone` is 1.
        case timeline(lane: String, day: String, flag: String, undone: String)
        /// A row links two things by one that they share, of a sort; nearer steps come first.
        case network(step: String, first: String, sort: String, shared: String, second: String)
    }

    /// A value of the report's own that its queries ask for, by `:id`.
    struct Parameter {
        let id: String
        /// `count`, `fen` or `percent`: whole numbers all.
        let type: ColumnType
        let standard: Int64
        let title: Words
    }

    let name: String
    let scope: ReportScope.Kind
    let title: Words
    /// What it tells.
    let about: Words
    /// Whom it is for.
    let audience: Words
    var parameters: [Parameter]
    /// Tables that its queries read beside the read model.
    var uses: Set<ReportUse>
    var sections: [Section]
    /// Whether a layer has added to it.
    var isExtended = false

    var tables: [Table] { sections.flatMap(\.tables) }
    var indicatorTrees: [IndicatorTree] { sections.compactMap(\.indicators) }

    /// Everything that is asked.
    var questions: [Table] { tables + indicatorTrees.flatMap(\.tables) }
}

/// Tables beside the read model, which are made for the reports whose queries read them.
package enum ReportUse: String, CaseIterable, Sendable {
    /// Clauses in force, working days, institutions, areas: those of detectors.
    case reference
    /// What the detectors find.
    case findings
    /// What traces tell of the matter that the report is about.
    case matter
}

/// Reads `report.yaml` strictly.
struct ReportDefinitionReader {
    let codes: [String: CodeList]
    /// Reads a file of the report's folder: its path for errors, and its text.
    let file: (_ name: String) throws -> (path: String, text: String)

    /// - Throws: `DeclarationError` with file, line and reason.
    func read(_ file: String, _ text: String) throws -> ReportDefinition {
        let place = try YAMLPlace(file: file, text: text)
        if let extends = place.member("extends") {
            throw extends.fail("there is no report of this name beneath that it could extend")
        }
        _ = try place.members(allowed: [
            "report", "scope", "title", "about", "for", "parameters", "uses", "sections",
        ])
        let name = try place.required("report").text()
        guard file.hasSuffix("/\(name)/report.yaml") else {
            throw place.fail("`report` is \(name), and the folder is called otherwise")
        }
        let definition = ReportDefinition(
            name: name, scope: try place.member("scope").map(scope) ?? .year,
            title: try place.required("title").words(),
            about: try place.required("about").words(),
            audience: try place.required("for").words(),
            parameters: try place.member("parameters")?.items().map(parameter) ?? [],
            uses: Set(try place.member("uses")?.items().map(use) ?? []),
            sections: try place.required("sections").items().map(section))
        let indicators = definition.indicatorTrees.flatMap(\.indicators).map(\.id)
        if let twice = definition.tables.map(\.id).first(where: indicators.contains) {
            throw place.fail("a table and an indicator are both called \(twice)")
        }
        return definition
    }

    private func scope(_ place: YAMLPlace) throws -> ReportScope.Kind {
        guard let known = ReportScope.Kind(rawValue: try place.text()) else {
            throw place.fail("a report's scope is `year` or `matter`")
        }
        return known
    }

    func use(_ place: YAMLPlace) throws -> ReportUse {
        guard let known = ReportUse(rawValue: try place.text()) else {
            let names = ReportUse.allCases.map(\.rawValue).joined(separator: ", ")
            throw place.fail("a report uses \(names)")
        }
        return known
    }

    func parameter(_ place: YAMLPlace) throws -> ReportDefinition.Parameter {
        _ = try place.members(allowed: ["id", "type", "default", "zh", "en"])
        let id = try place.required("id")
        let known = ReportRequest.parameterNames
        if known.contains(try id.text()) { throw id.fail("every report has this parameter") }
        let type = try type(place)
        guard ["count", "fen", "percent"].contains(type.name) else {
            throw place.fail("a parameter is a `count`, `fen` or `percent`")
        }
        return ReportDefinition.Parameter(
            id: try id.text(), type: type, standard: try place.required("default").integer(),
            title: Words(
                zh: try place.required("zh").text(), en: try place.required("en").text()))
    }

    func section(_ place: YAMLPlace) throws -> ReportDefinition.Section {
        try section(place, with: [])
    }

    /// - Parameter others: what else may stand in it.
    func section(
        _ place: YAMLPlace, with others: Set<String>
    ) throws -> ReportDefinition.Section {
        _ = try place.members(allowed: others.union(["id", "tables", "indicators", "facts"]))
        let facts = try place.member("facts")?.items() ?? []
        return ReportDefinition.Section(
            id: try place.required("id").text(),
            tables: try place.member("tables")?.items().map(table) ?? [],
            indicators: try place.member("indicators").map(indicators),
            facts: try facts.map { item in
                guard let known = ReportDefinition.EngineFacts(rawValue: try item.text()) else {
                    throw item.fail(
                        "`ledger`, `verification`, `proofs` or `sources` is expected")
                }
                return known
            })
    }

    private func indicators(_ place: YAMLPlace) throws -> IndicatorTree {
        let name = try place.text()
        guard !name.contains("/") else { throw place.fail("\(name) is no file of this folder") }
        let (path, text) = try file(name)
        return try IndicatorTreeReader().read(path, text)
    }

    private func table(_ place: YAMLPlace) throws -> ReportDefinition.Table {
        _ = try place.members(allowed: [
            "id", "query", "with", "records", "group", "columns", "order", "total", "chart",
            "forms", "drawing", "proved", "unit",
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
        return ReportDefinition.Table(
            id: try place.required("id").text(), query: source.query, with: source.with,
            records: try place.member("records")?.texts() ?? ["seq"], group: group,
            columns: columns, order: try place.member("order")?.texts() ?? group ?? ["seq"],
            hasTotal: try place.member("total")?.flag() ?? false,
            chart: try place.member("chart").map { try chart($0, columns) },
            isForms: try place.member("forms")?.flag() ?? false,
            drawing: try place.member("drawing").map { try drawing($0, ids) },
            isProved: try place.member("proved")?.flag() ?? false,
            unit: try place.member("unit").map(unit) ?? .yuan)
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
            "kind", "label", "value", "values", "ranked", "mark", "cases",
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
        for name in values + [label, cases ?? label]
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
            mark: try place.member("mark")?.text(), cases: cases)
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

    private func type(_ place: YAMLPlace) throws -> ReportDefinition.ColumnType {
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

extension ReportDefinition.Measure {
    /// The columns that it is reckoned from; `total` among them.
    var columns: [String] {
        switch self {
        case .ratio(let part, let whole), .limit(_, let part, let whole): [part, whole]
        case .value, .sum, .distinct, .count: []
        }
    }
}

extension ReportDefinition.ColumnType {
    /// The name that the XML gives it.
    var name: String {
        switch self {
        case .line: "line"
        case .code: "code"
        case .area: "area"
        case .kind: "kind"
        case .person: "person"
        case .text: "text"
        case .date: "date"
        case .month: "month"
        case .period: "period"
        case .year: "year"
        case .fen: "fen"
        case .rmb: "rmb"
        case .count: "count"
        case .percent: "percent"
        }
    }
}
