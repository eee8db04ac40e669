internal import AidRecords
internal import Crypto
internal import LedgerCore
internal import TransparencyLog

/// Writes a table that may be long. Its rows come one after the other; beyond so many they are put
/// into pages, and no more than a page's rows are held.
struct AnnexDrawing {
    private struct Page {
        let path: String
        let rows: Int
        /// SHA-256 over its figures, in hex.
        let figures: String
    }

    private let xml: TableXML
    private let heldMost: Int
    /// Nil where all rows stand in the document.
    private let apart: SectionDrawing.Apart?
    private let section: String
    /// The table's number in the document, like 9-2.
    private let number: String
    private var held: [FactTable.Row] = []
    private var pages: [Page] = []

    init(_ xml: TableXML, _ apart: SectionDrawing.Apart?, section: String, number: String) {
        self.xml = xml
        self.apart = apart
        self.section = section
        self.number = number
        heldMost = xml.table.annexedAbove ?? .max
    }

    mutating func add(_ row: FactTable.Row, _ sets: RecordSets) throws {
        if held.count == AnnexPlace.rowsOfPage, let apart {
            try page(apart, total: nil, isLast: false, sets)
        }
        held.append(row)
    }

    /// Writes the table into the document.
    /// - Returns: the annex, where there is one.
    mutating func finish(
        _ total: FactTable.Row?, _ sets: RecordSets, _ writer: inout XMLWriter
    ) throws -> Annex? {
        var annex: Annex?
        if let apart, !pages.isEmpty || held.count > heldMost {
            try page(apart, total: total, isLast: true, sets)
            annex = Annex(
                section: section, table: xml.table.id,
                rows: Int64(pages.reduce(0) { $0 + $1.rows }), pages: pages.map(\.path))
        }
        let (table, pages, rows) = (xml, pages, held)
        table.write(&writer) { writer in
            if let apart, let annex { write(annex, pages, apart.place, &writer) }
            for row in rows { table.row(row, sets.begin(row.entries), &writer) }
            if let total { table.total(total, sets.begin(total.entries), &writer) }
        }
        return annex
    }

    private func write(
        _ annex: Annex, _ pages: [Page], _ place: AnnexPlace, _ writer: inout XMLWriter
    ) {
        writer.open(
            "annex",
            [("rows", String(annex.rows)), ("rowsText", grouped(annex.rows))]
                + place.file(of: annex.table))
        for (index, page) in pages.enumerated() {
            let link = place.link(to: annex.table, page: index + 1)
            writer.empty(
                "page",
                [
                    ("number", String(index + 1)), ("rows", String(page.rows)),
                    ("figures", page.figures),
                ] + (link.map { [("file", $0)] } ?? []))
        }
        writer.close("annex")
    }

    // MARK: Pages

    private mutating func page(
        _ apart: SectionDrawing.Apart, total: FactTable.Row?, isLast: Bool, _ sets: RecordSets
    ) throws {
        let page = pages.count + 1
        let place = apart.place
        var writer = XMLWriter()
        var figures = SHA256()
        let neighbours = [
            ("previous", page > 1 ? place.link(from: xml.table.id, toPage: page - 1) : nil),
            ("next", isLast ? nil : place.link(from: xml.table.id, toPage: page + 1)),
        ].compactMap { name, link in link.map { (name, $0) } }
        writer.open(
            "report",
            apart.root + [
                ("annex", xml.table.id), ("number", number), ("page", String(page)),
                ("document", place.linkBack),
            ] + neighbours)
        apart.head(&writer)
        writer.open("section", [("id", section)])
        let rows = held.map { ($0, sets.begin($0.entries)) }
        try xml.write(&writer) { writer in
            for (row, set) in rows {
                xml.row(row, set, &writer)
                figures.update(data: Array(try figureLine(row, set).utf8))
            }
            if let total { xml.total(total, sets.begin(total.entries), &writer) }
        }
        writer.close("section")
        writer.close("report")
        let path = "\(place.pages)/\(AnnexPlace.pageName(xml.table.id, page)).xml"
        try apart.keep(writer.finish(), path)
        pages.append(
            Page(path: path, rows: rows.count, figures: Hex.encode(figures.finalize())))
        held.removeAll(keepingCapacity: true)
    }

    /// The row as `common/figures.xsl` has it.
    private func figureLine(_ row: FactTable.Row, _ set: RecordSet) throws -> String {
        var fields = [
            "row", XMLWriter.asRead("\(xml.table.id):\(row.key)"), String(set.count),
            try set.hash(),
        ]
        fields += zip(xml.table.columns, row.cells).map { ReportDrawing.cell($0.id, $1) }
        return fields.joined(separator: "\t") + "\n"
    }
}
