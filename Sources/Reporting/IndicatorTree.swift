internal import AidRecords

/// The indicators of an evaluation: `indicators.yaml`, as `templates/README.md` describes it.
struct IndicatorTree {
    /// A first-level group.
    struct Group {
        let id: String
        let title: Words
        let parts: [Part]

        var indicators: [Indicator] { parts.flatMap(\.indicators) }
    }

    /// A second-level group.
    struct Part {
        let id: String
        let title: Words
        let indicators: [Indicator]
    }

    struct Indicator {
        let id: String
        let title: Words
        /// In words: how the figure is made, or what whoever fills in a blank has to judge.
        let formula: Words
        /// Of 100 points, in hundredths of a point.
        let weight: Int64
        let rule: ScoringRule
        /// Nil for a blank.
        let measure: Measure?
    }

    /// How the actual value is reckoned: tables of one figure each.
    struct Measure {
        let numerator: ReportDefinition.Table
        /// Nil where the numerator itself is the value.
        let denominator: ReportDefinition.Table?
        /// Where no record lays down a target: the target, and where it comes from.
        let standard: (target: Int64, source: Words)?

        /// What the value is: a share in basis points, or fen, or a number.
        var unit: ReportDefinition.ColumnType {
            denominator == nil ? numerator.columns[0].type : .percent
        }
    }

    let grades: GradeScale
    /// The targets that records lay down, a row for each indicator and unit.
    let targets: ReportDefinition.Table?
    let groups: [Group]

    var indicators: [Indicator] { groups.flatMap(\.indicators) }

    /// Everything that is asked.
    var tables: [ReportDefinition.Table] {
        (targets.map { [$0] } ?? [])
            + indicators.compactMap(\.measure).flatMap { measure in
                [measure.numerator] + (measure.denominator.map { [$0] } ?? [])
            }
    }
}

extension IndicatorTree.Indicator {
    /// The id of a figure that it is reckoned from, as it stands in the XML.
    func figure(_ part: IndicatorPart) -> String { "\(id):\(part.rawValue)" }
}

/// What an indicator is reckoned from.
enum IndicatorPart: String {
    case numerator
    case denominator
    case target
}
