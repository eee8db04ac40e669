internal import AidRecords
internal import LedgerCore

/// The reports of a year, area by area, and where each of them stands.
package struct ReportIndex: Sendable {
    package struct Document: Sendable {
        package let area: String
        package let report: String
        /// What was drawn; or why nothing was.
        package let outcome: Result<Drawn, Problem>

        package init(area: String, report: String, outcome: Result<Drawn, Problem>) {
            self.area = area
            self.report = report
            self.outcome = outcome
        }
    }

    package struct Drawn: Hashable, Sendable {
        /// Below the index's folder.
        package let file: String
        /// Whether no entry stands behind any of its figures.
        package let isBlank: Bool

        package init(file: String, isBlank: Bool) {
            self.file = file
            self.isBlank = isBlank
        }
    }

    /// Why a report could not be drawn.
    package struct Problem: Error, Hashable, Sendable {
        package let text: String

        package init(_ text: String) { self.text = text }
    }

    /// What the index is called where reports have their names: `templates/index/`.
    package static let name = "index"

    /// In the order in which they are told.
    package let documents: [Document]
    /// The file with the SHA-256 of every other.
    package let sums: String

    package init(_ documents: [Document], sums: String) {
        self.documents = documents
        self.sums = sums
    }
}

extension ReportDrawing {
    /// The index as XML, valid against its schema.
    /// - Parameter request: its name is `ReportIndex.name`.
    /// - Throws: `ReportError`, `DeclarationError`, and what the verification throws.
    package func xml(
        _ index: ReportIndex, _ request: ReportRequest, of ledger: ReportedLedger
    ) throws -> [UInt8] {
        let wording = try wording(request.language)
        let said = LedgerXML(request: request, ledger: ledger, wording: wording)
        var writer = XMLWriter()
        writer.open("report", root(request))
        said.head([], &writer)
        writer.open("section", [("id", "reports")])
        writer.open("documents", [("sums", index.sums)])
        for report in distinct(index.documents.map(\.report)) {
            let title = wording.pick(try definition(report).title)
            writer.empty("kind", [("report", report), ("title", title)])
        }
        for area in distinct(index.documents.map(\.area)) {
            writer.open(
                "area",
                [("code", area), ("name", wording.area(area)), ("level", AreaLevel(area).rawValue)])
            for document in index.documents where document.area == area {
                let said: [(String, String)] =
                    switch document.outcome {
                    case .success(let drawn):
                        [("file", drawn.file)] + (drawn.isBlank ? [("blank", "true")] : [])
                    case .failure(let problem): [("problem", problem.text)]
                    }
                writer.empty("document", [("report", document.report)] + said)
            }
            writer.close("area")
        }
        writer.close("documents")
        writer.close("section")
        writer.open("section", [("id", "ledger")])
        writer.empty(
            "facts", [("of", ReportDefinition.EngineFacts.ledger.rawValue)])
        try said.verification(&writer)
        writer.close("section")
        writer.close("report")
        let bytes = try writer.finish()
        try stylesheets().validate(bytes, against: templates.indexSchema)
        return bytes
    }

    private func distinct(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }
}

/// What a GB/T 2260 code is one of; the narrower, the greater.
package enum AreaLevel: String, CaseIterable, Comparable, Sendable {
    case country, province, city, county

    package init(_ code: String) {
        self =
            code == "000000"
            ? .country
            : code.hasSuffix("0000") ? .province : code.hasSuffix("00") ? .city : .county
    }

    package static func < (one: AreaLevel, other: AreaLevel) -> Bool { one.rank < other.rank }

    private var rank: Int { AreaLevel.allCases.firstIndex(of: self) ?? 0 }

    /// An area's code, and those of the city, the province and the country that it lies in.
    package static func chain(_ code: String) -> [String] {
        let wider = [4, 2, 0].map {
            $0 == 0 ? "000000" : code.prefix($0) + String(repeating: "0", count: 6 - $0)
        }
        return [code] + wider.filter { AreaLevel($0) < AreaLevel(code) }
    }
}
