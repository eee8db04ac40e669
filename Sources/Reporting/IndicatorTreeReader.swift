internal import AidRecords

/// Reads `indicators.yaml` strictly.
struct IndicatorTreeReader {
    /// Hundredths of a point that all indicators have together.
    private static let allPoints: Int64 = 10_000

    /// - Throws: `DeclarationError` with file, line and reason.
    func read(_ file: String, _ text: String) throws -> IndicatorTree {
        let place = try YAMLPlace(file: file, text: text)
        _ = try place.members(allowed: ["grades", "targets", "groups"])
        let groups = try place.required("groups")
        let tree = IndicatorTree(
            grades: try grades(place.required("grades")),
            targets: try place.member("targets").map(targets),
            groups: try groups.items().map(group))
        let sum = tree.indicators.reduce(0) { $0 + $1.weight }
        guard sum == IndicatorTreeReader.allPoints else {
            throw groups.fail(
                "the weights come to \(Points.text(sum)) points, and all together have 100")
        }
        let ids = tree.groups.map(\.id) + tree.groups.flatMap(\.parts).map(\.id)
        if let twice = repeated(tree.indicators.map(\.id)) ?? repeated(ids) {
            throw groups.fail("`\(twice)` stands here twice")
        }
        return tree
    }

    private func repeated(_ ids: [String]) -> String? {
        var seen: Set<String> = []
        return ids.first { !seen.insert($0).inserted }
    }

    private func grades(_ place: YAMLPlace) throws -> GradeScale {
        let grades = try place.items().map { item in
            _ = try item.members(allowed: ["id", "from"])
            return GradeScale.Grade(
                id: try name(item.required("id")), from: try item.required("from").integer())
        }
        guard grades.last?.from == 0,
            zip(grades, grades.dropFirst()).allSatisfy({ $0.from > $1.from })
        else { throw place.fail("grades stand from the highest to the lowest, which is from 0") }
        return GradeScale(grades)
    }

    private func targets(_ place: YAMLPlace) throws -> ReportDefinition.Table {
        _ = try place.members(allowed: ["query", "with"])
        let source = try place.querySource()
        let columns = ["indicator", "unit", "value", "docNo"]
        return ReportDefinition.Table(
            id: IndicatorPart.target.rawValue, query: source.query, with: source.with,
            records: ["seq"], group: ["indicator", "unit"],
            columns: columns.map { .init(id: $0, type: .text, measure: .value) },
            order: ["indicator", "unit"], hasTotal: false, chart: nil)
    }

    private func group(_ place: YAMLPlace) throws -> IndicatorTree.Group {
        _ = try place.members(allowed: ["id", "title", "groups"])
        return IndicatorTree.Group(
            id: try name(place.required("id")), title: try place.required("title").words(),
            parts: try place.required("groups").items().map(part))
    }

    private func part(_ place: YAMLPlace) throws -> IndicatorTree.Part {
        _ = try place.members(allowed: ["id", "title", "indicators"])
        return IndicatorTree.Part(
            id: try name(place.required("id")), title: try place.required("title").words(),
            indicators: try place.required("indicators").items().map(indicator))
    }

    private func indicator(_ place: YAMLPlace) throws -> IndicatorTree.Indicator {
        _ = try place.members(allowed: [
            "id", "title", "weight", "formula", "score", "numerator", "denominator", "target",
        ])
        let weight = try place.required("weight")
        guard try weight.integer() > 0 else { throw weight.fail("a weight is above 0") }
        let id = try name(place.required("id"))
        let rule = try rule(place.required("score"))
        return IndicatorTree.Indicator(
            id: id, title: try place.required("title").words(),
            formula: try place.required("formula").words(), weight: try weight.integer(),
            rule: rule, measure: try rule == .blank ? blank(place) : measure(place, id, rule))
    }

    /// What the ledger cannot know has no figures.
    private func blank(_ place: YAMLPlace) throws -> IndicatorTree.Measure? {
        for name in ["numerator", "denominator", "target"] {
            if let given = place.member(name) { throw given.fail("a blank has no `\(name)`") }
        }
        return nil
    }

    private func rule(_ place: YAMLPlace) throws -> ScoringRule {
        guard let rule = ScoringRule(rawValue: try place.text()) else {
            let known = ScoringRule.allCases.map(\.rawValue).joined(separator: ", ")
            throw place.fail("`score` is one of \(known)")
        }
        return rule
    }

    private func measure(
        _ place: YAMLPlace, _ id: String, _ rule: ScoringRule
    ) throws -> IndicatorTree.Measure {
        let numerator = try figure(place.required("numerator"), "\(id):numerator")
        let denominator = try place.member("denominator").map {
            try figure($0, "\(id):denominator")
        }
        if let denominator, denominator.columns[0].type.name != numerator.columns[0].type.name {
            throw place.fail("numerator and denominator are of different types")
        }
        return IndicatorTree.Measure(
            numerator: numerator, denominator: denominator,
            standard: try place.member("target").map { try standard($0, rule) })
    }

    private func standard(
        _ place: YAMLPlace, _ rule: ScoringRule
    ) throws -> (target: Int64, source: Words) {
        _ = try place.members(allowed: ["default", "source"])
        let target = try place.required("default")
        let value = try target.integer()
        guard value > 0 || (value == 0 && rule == .atMost) else {
            throw target.fail("a target is above 0")
        }
        return (value, try place.required("source").words())
    }

    /// A table of one row with one column, the figure.
    private func figure(_ place: YAMLPlace, _ id: String) throws -> ReportDefinition.Table {
        _ = try place.members(allowed: [
            "query", "with", "records", "type", "sum", "distinct", "count",
        ])
        let source = try place.querySource()
        let (measure, only) = try measured(place)
        return ReportDefinition.Table(
            id: id, query: source.query, with: source.with,
            records: try place.member("records")?.texts() ?? ["seq"], group: [],
            columns: [.init(id: "value", type: try type(place), measure: measure)], order: [],
            hasTotal: true, chart: nil, only: only)
    }

    private func measured(
        _ place: YAMLPlace
    ) throws -> (measure: ReportDefinition.Measure, only: String?) {
        let given = ["sum", "distinct", "count"].filter { place.member($0) != nil }
        guard given.count == 1 else {
            throw place.fail("a figure has one of `sum`, `distinct` and `count`")
        }
        if let sum = try place.member("sum")?.text() { return (.sum(sum), sum) }
        if let distinct = try place.member("distinct")?.text() {
            return (.distinct(distinct), distinct)
        }
        let count = try place.required("count")
        guard try count.flag() else { throw count.fail("`count` is true or left out") }
        return (.count, nil)
    }

    private func type(_ place: YAMLPlace) throws -> ReportDefinition.ColumnType {
        switch try place.required("type").text() {
        case "fen": return .fen
        case "count": return .count
        default: throw try place.required("type").fail("a figure is a `fen` or a `count`")
        }
    }

    /// Ids stand in those of figures and of elements of the document.
    private func name(_ place: YAMLPlace) throws -> String {
        let text = try place.text()
        let words = text.split(separator: "-", omittingEmptySubsequences: false)
        let isName = words.allSatisfy { word in
            !word.isEmpty
                && word.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) }
        }
        guard isName else { throw place.fail("an id is of a-z, 0-9 and single hyphens") }
        return text
    }
}

extension YAMLPlace {
    /// `query` and `with` of what is asked: files of the templates.
    func querySource() throws -> (query: String, with: [String]) {
        let query = try required("query").text()
        let with = try member("with")?.texts() ?? []
        if let outside = ([query] + with).first(where: { $0.contains("..") || $0.hasPrefix("/") }) {
            throw fail("\(outside) lies outside the templates")
        }
        return (query, with)
    }
}
