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
        /// More rows than these stand in files of their own, beside the document.
        var annexedAbove: Int?

        /// Whether its facts are reckoned together too.
        var needsWhole: Bool {
            hasTotal
                || columns.contains { column in
                    if case .ratio(_, of: "total") = column.measure { true } else { false }
                }
        }

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

        /// Whether what several rows count counts once in their total.
        var isDistinct: Bool {
            if case .distinct = self { return true }
            return false
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
        /// The line is drawn only where this column is more than nothing in one of the rows.
        var markWhere: String?
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
