internal import AidRecords
internal import ArgumentParser
internal import Findings
internal import LedgerCore
internal import LedgerSQLite
internal import Reporting
internal import TransparencyLog

/// What reports are drawn with: templates, kinds and names.
struct ReportHome {
    let drawing: ReportDrawing
    let catalogue: KindCatalogue
    let areas: AreaNames
    let home: Home

    /// - Parameter layers: folders laid over our templates.
    init(_ options: HomeOptions, layers: [String] = []) throws {
        let home = try options.home()
        let file = "\(home.path)/ledger/areas.tsv"
        guard let areaTable = TextFile.read(file) else { throw ReportError.missingFile(file) }
        let catalogue = try home.kinds()
        let areas = AreaNames(table: areaTable)
        self.catalogue = catalogue
        self.areas = areas
        self.home = home
        drawing = ReportDrawing(
            templates: try TemplateFolder(
                path: "\(home.path)/templates", layers: layers),
            catalogue: catalogue, areas: areas, process: ReportTransformCommand.process,
            files: { try ReportHome.files(of: $0, home, catalogue) })
    }

    /// What findings and reference tables are made of beside the ledger.
    private static func files(
        of uses: Set<ReportUse>, _ home: Home, _ catalogue: KindCatalogue
    ) throws -> [ReportSource] {
        guard !uses.isEmpty else { return [] }
        let calendar = ReportSource(
            path: "ledger/calendar/cn-workdays.csv", bytes: try WorkCalendar(home).bytes)
        guard uses.contains(.findings) else { return [calendar] }
        let shelf = try DetectorFolders(home, []).shelf(catalogue)
        return [calendar]
            + shelf.detectors.map {
                ReportSource(path: "ledger/detectors/\($0.id).sql", bytes: Array($0.text.utf8))
            }
    }

    /// Runs `body` on the ledger as of a size, with the tables that a report uses.
    /// - Parameter report: its name and language; nil where no report is drawn.
    func read<Result>(
        _ ledger: LedgerOptions, size: Int64?, for report: (name: String, language: String)?,
        _ body: (LedgerSnapshot) throws -> Result
    ) throws -> Result {
        let uses = try report.map { try drawing.description(of: $0.name).uses } ?? []
        let policies = PolicyFolder(home)
        return try LedgerSnapshot.read(
            ledger.paths, catalogue: catalogue, size: size, policies: policies
        ) { snapshot in
            if uses.contains(.reference) {
                try snapshot.addReferenceTables(
                    catalogue, policies: policies, calendar: try WorkCalendar(home))
            }
            if uses.contains(.findings), let report {
                try ReportFindings(self, ledger, snapshot, language: report.language)
                    .add(to: snapshot)
            }
            return try body(snapshot)
        }
    }
}

extension ReportedLedger {
    init(_ snapshot: LedgerSnapshot, _ verification: ReportVerification?) {
        self.init(
            origin: snapshot.identity.origin, size: snapshot.head.size.value,
            rootHash: snapshot.head.rootHash.hex,
            verifierKey: snapshot.identity.keys.key(at: snapshot.head.size).formatted,
            checkpoint: snapshot.checkpoint,
            verification: {
                try verification.map { ReportedVerification(try $0.verification()) }
            })
    }
}
