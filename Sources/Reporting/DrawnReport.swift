package import AidRecords
internal import LedgerCore

/// A report as it was drawn once: what its XML says of itself, and its figures.
package struct DrawnReport: Sendable {
    /// A row of a table, a table's total, a page of an annex, an indicator, a figure of one, or the
    /// points of several.
    package struct Figure: Hashable, Sendable {
        /// The row's id; of a total, the table's.
        package let id: String
        package let entries: Int64
        /// Hex; of a page, the hash of its figures.
        package let recordSet: String
        /// `column=value`, in the order of the columns.
        package let cells: [String]
    }

    package let name: String
    package let language: String
    package let scope: ReportScope
    package let drawnAt: Moment
    package let drawnBy: String
    package let origin: String
    package let size: Int64
    /// Hex.
    package let rootHash: String
    package let settings: [String: Int64]
    /// Every file it was drawn with, by path, with its SHA-256 in hex.
    package let sources: [String: String]
    package let figures: [Figure]
    /// Of a page of an annex, what the report says of it; nil for a report as a whole.
    package let page: Figure?
    /// What it says came of verifying the ledger: `sound`, `broken`, `not-verified`; nil for a page.
    package let outcome: String?
    /// Where rows stand in pages of their own: what each page's file is called, without its ending,
    /// and what the report says of it.
    package let pages: [(file: String, figure: Figure)]

    /// What a page's file is called, without its ending; nil for a report as a whole.
    package var pageFile: String? { page.map { AnnexPlace.pageName(ofFigure: $0.id) } }

    package var hasAnnexes: Bool { !pages.isEmpty }

    /// How many folders were laid over our templates, as far as its sources tell: `layer1/…`.
    package var layers: Int {
        sources.keys.compactMap { path in
            path.hasPrefix("layer") ? Int(path.dropFirst(5).prefix { $0 != "/" }) : nil
        }.max() ?? 0
    }

    /// The request that it was drawn for.
    package var request: ReportRequest {
        var request = ReportRequest(
            name: name, scope: scope, language: language, drawnAt: drawnAt, drawnBy: drawnBy)
        request.settings = settings
        return request
    }

    /// Reads what `common/figures.xsl` makes of a report's XML.
    /// - Throws: `ReportError.notAReport`.
    init(lines: String) throws {
        var values: [String: String] = [:]
        var settings: [String: Int64] = [:]
        var sources: [String: String] = [:]
        var figures: [Figure] = []
        var pages: [(file: String, figure: Figure)] = []
        for line in lines.split(separator: "\n") {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
                .map(String.init)
            switch (fields[0], fields.count) {
            case ("row", 4...), ("total", 4...), ("indicator", 4...), ("figure", 4...),
                ("points", 4...), ("page", 4):
                let figure = Figure(
                    id: fields[1], entries: Int64(fields[2]) ?? 0, recordSet: fields[3],
                    cells: Array(fields[4...]))
                figures.append(figure)
                if fields[0] == "page" {
                    pages.append((AnnexPlace.pageName(ofFigure: fields[1]), figure))
                }
            case ("parameter", 3): settings[fields[1]] = Int64(fields[2])
            case ("source", 3): sources[fields[1]] = fields[2]
            case (_, 2): values[fields[0]] = fields[1]
            default: throw ReportError.notAReport("a line of it is not understood: \(line)")
            }
        }
        func value(_ name: String) throws -> String {
            guard let value = values[name] else {
                throw ReportError.notAReport("it does not say its \(name)")
            }
            return value
        }
        name = try value("name")
        language = try value("language")
        drawnBy = try value("by")
        origin = try value("origin")
        rootHash = try value("rootHash")
        guard let scope = DrawnReport.scope(values), let size = Int64(try value("size")),
            let drawnAt = Moment(try value("at"))
        else { throw ReportError.notAReport("its year or matter, size or time is none") }
        self.scope = scope
        self.size = size
        self.drawnAt = drawnAt
        self.settings = settings
        self.sources = sources
        self.figures = figures
        self.pages = pages
        outcome = values["outcome"]
        guard let table = values["annex"], let page = values["page"] else {
            self.page = nil
            return
        }
        let rows = lines.split(separator: "\n").filter { $0.hasPrefix("row\t") }
        self.page = Figure(
            id: "\(table)/\(page)", entries: Int64(rows.count),
            recordSet: FileDigest.sha256(Array(rows.map { "\($0)\n" }.joined().utf8)), cells: [])
    }

    private static func scope(_ values: [String: String]) -> ReportScope? {
        if let matter = values["matter"] {
            guard let kind = ReportMatter.Kind(rawValue: matter), let id = values["id"] else {
                return nil
            }
            return .matter(ReportMatter(kind, id))
        }
        guard let year = values["year"].flatMap(Int.init), let area = values["area"] else {
            return nil
        }
        return .year(year, area: area)
    }
}

extension ReportDrawing {
    /// What a report's XML says: it may be anybody's, and is checked against its schema first.
    /// - Throws: `ReportError`.
    /// - Parameter library: ours, which keeps what it has read for the next one.
    package func read(
        _ xml: [UInt8], _ library: StylesheetLibrary? = nil
    ) throws -> DrawnReport {
        let library = try library ?? stylesheets()
        do {
            try library.validate(xml, against: "\(templates.path)/schema/report.rng")
        } catch ReportError.invalidXML(let message) {
            throw ReportError.notAReport(message)
        }
        let lines = try library.transform(xml, by: "\(templates.path)/common/figures.xsl")
        return try DrawnReport(lines: String(decoding: lines, as: UTF8.self))
    }
}
