internal import AidRecords
internal import LedgerCore

/// Writes a report's sections, one after the other: what has been asked for one is known to the next.
struct SectionDrawing {
    /// Where rows go that are too many for the document, and what each page of them begins with.
    struct Apart {
        let place: AnnexPlace
        /// Attributes of a document's root.
        let root: [(String, String)]
        /// Parameters, time and ledger.
        let head: (inout XMLWriter) -> Void
        /// Checks a page's XML and writes it.
        let keep: (_ page: [UInt8], _ path: String) throws -> Void
    }

    let wording: Wording
    let said: LedgerXML
    /// Nil where all stands in the document.
    let apart: Apart?
    var questions: Questions
    let sets: RecordSets
    private var proved: Set<Int64> = []
    private(set) var annexes: [Annex] = []

    init(
        _ wording: Wording, _ said: LedgerXML, apart: Apart?, _ questions: Questions,
        _ sets: RecordSets
    ) {
        self.wording = wording
        self.said = said
        self.apart = apart
        self.questions = questions
        self.sets = sets
    }

    /// - Parameter number: from 1.
    mutating func write(
        _ section: ReportDefinition.Section, number: Int, _ writer: inout XMLWriter
    ) throws {
        writer.open("section", [("id", section.id)])
        for (index, table) in section.tables.enumerated() {
            if table.annexedAbove == nil {
                try write(table, &writer)
            } else {
                try writeLong(table, of: section.id, number: "\(number)-\(index + 1)", &writer)
            }
        }
        if let tree = section.indicators {
            try IndicatorXML(tree, wording, &questions).write(sets, &writer)
        }
        for facts in section.facts { try write(facts, &writer) }
        writer.close("section")
    }

    private mutating func write(
        _ table: ReportDefinition.Table, _ writer: inout XMLWriter
    ) throws {
        let facts = try questions.facts(table)
        if table.isProved { proved.formUnion(facts.rows.flatMap(\.entries)) }
        if let drawing = table.drawing, !facts.rows.isEmpty {
            DrawingXML(table: table, rows: facts.rows, wording: wording)
                .write(drawing, &writer)
        }
        let xml = TableXML(table: table, wording: wording)
        xml.write(&writer) { writer in
            for row in facts.rows { xml.row(row, sets.begin(row.entries), &writer) }
            if let total = facts.total { xml.total(total, sets.begin(total.entries), &writer) }
        }
        guard let chart = table.chart, !facts.rows.isEmpty else { return }
        if chart.kind == "funnel" {
            FunnelXML(table: table, chart: chart, facts: facts, wording: wording)?
                .write(&writer)
        } else {
            ChartXML(table: table, chart: chart, rows: facts.rows, wording: wording)
                .write(&writer)
        }
    }

    /// A table that may have many rows.
    private mutating func writeLong(
        _ table: ReportDefinition.Table, of section: String, number: String,
        _ writer: inout XMLWriter
    ) throws {
        var drawing = AnnexDrawing(
            TableXML(table: table, wording: wording), apart, section: section, number: number)
        let sets = sets
        let total = try questions.forEachRow(of: table) { try drawing.add($0, sets) }
        if let annex = try drawing.finish(total, sets, &writer) { annexes.append(annex) }
    }

    private func write(
        _ facts: ReportDefinition.EngineFacts, _ writer: inout XMLWriter
    ) throws {
        switch facts {
        case .ledger, .sources: writer.empty("facts", [("of", facts.rawValue)])
        case .proofs: try said.proofs(of: proved.sorted(), &writer)
        case .verification: try said.verification(&writer)
        }
    }
}
