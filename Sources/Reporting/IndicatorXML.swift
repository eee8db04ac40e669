internal import AidRecords
internal import LedgerCore

/// Writes what indicators came to, group by group.
struct IndicatorXML {
    private let tree: IndicatorTree
    private let wording: Wording
    private let results: [String: IndicatorResult]

    /// - Throws: `ReportError`, and what the runner throws.
    init(_ tree: IndicatorTree, _ wording: Wording, _ questions: inout Questions) throws {
        self.tree = tree
        self.wording = wording
        var reckoning = IndicatorReckoning(tree)
        var results: [String: IndicatorResult] = [:]
        for indicator in tree.indicators {
            results[indicator.id] = try reckoning.result(of: indicator, &questions)
        }
        self.results = results
    }

    func write(_ sets: RecordSets, _ writer: inout XMLWriter) {
        let totals = totals(tree.indicators)
        writer.open("indicators", points(totals) + bounds(totals))
        for group in tree.groups {
            writer.open(
                "group",
                [("id", group.id), ("title", wording.pick(group.title))]
                    + points(self.totals(group.indicators)))
            for part in group.parts {
                writer.open(
                    "group",
                    [("id", part.id), ("title", wording.pick(part.title))]
                        + points(self.totals(part.indicators)))
                for indicator in part.indicators { write(indicator, sets, &writer) }
                writer.close("group")
            }
            writer.close("group")
        }
        writer.close("indicators")
    }

    private func totals(_ indicators: [IndicatorTree.Indicator]) -> PointTotals {
        var totals = PointTotals()
        for indicator in indicators {
            totals.add(weight: indicator.weight, score: results[indicator.id]?.score)
        }
        return totals
    }

    /// A group of which nothing was measured has no score.
    private func points(_ totals: PointTotals) -> [(String, String)] {
        var attributes =
            named("weight", totals.weight) + named("measured", totals.measured)
            + named("open", totals.open)
        if totals.measured > 0 { attributes += named("score", totals.score) }
        if let rate = BasisPoints(totals.score, of: totals.measured) {
            attributes += [("rate", String(rate.value)), ("rateText", rate.description)]
        }
        return attributes
    }

    /// Between which scores and grades the whole lies, whatever is filled in; the grade itself where
    /// that makes no difference.
    private func bounds(_ totals: PointTotals) -> [(String, String)] {
        let least = tree.grades.grade(totals.score)
        let most = tree.grades.grade(totals.most)
        return named("least", totals.score) + [("leastGrade", least)]
            + named("most", totals.most) + [("mostGrade", most)]
            + (least == most ? [("grade", least)] : [])
    }

    private func named(_ name: String, _ hundredths: Int64) -> [(String, String)] {
        [(name, String(hundredths)), ("\(name)Text", Points.text(hundredths))]
    }

    private func write(
        _ indicator: IndicatorTree.Indicator, _ sets: RecordSets, _ writer: inout XMLWriter
    ) {
        let result = results[indicator.id] ?? IndicatorResult()
        var attributes = [
            ("id", indicator.id), ("title", wording.pick(indicator.title)),
            ("formula", wording.pick(indicator.formula)), ("rule", indicator.rule.rawValue),
            ("state", result.state.rawValue),
        ]
        attributes += named("weight", indicator.weight)
        if let measure = indicator.measure {
            attributes.append(("unit", measure.unit.name))
            attributes += value("target", result.target, measure.unit)
            attributes += targetSource(measure, result)
            attributes += value("actual", result.actual, measure.unit)
        }
        attributes += result.score.map { named("score", $0) } ?? []
        writer.open("indicator", attributes, sets.begin(result.entries))
        for figure in result.figures {
            writer.empty(
                "figure",
                [("id", indicator.figure(figure.part)), ("type", figure.type.name)]
                    + value("value", figure.value, figure.type, text: "text"),
                sets.begin(figure.entries))
        }
        writer.close("indicator")
    }

    private func targetSource(
        _ measure: IndicatorTree.Measure, _ result: IndicatorResult
    ) -> [(String, String)] {
        if let document = result.targetDocument { return [("targetSource", document)] }
        return measure.standard.map { [("targetSource", wording.pick($0.source))] } ?? []
    }

    private func value(
        _ name: String, _ value: Int64?, _ type: ReportDefinition.ColumnType, text: String? = nil
    ) -> [(String, String)] {
        guard let value else { return [] }
        return [
            (name, String(value)),
            (text ?? "\(name)Text", wording.text(.integer(value), type) ?? ""),
        ]
    }
}
