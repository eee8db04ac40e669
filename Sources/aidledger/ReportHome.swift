internal import AidRecords
internal import ArgumentParser
internal import Findings
internal import LedgerCore
internal import LedgerSQLite
internal import Reporting
internal import TransparencyLog

/// What reports are drawn with: templates, kinds and names.
struct ReportHome: Sendable {
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
    /// - Parameters:
    ///   - report: nil where no report is drawn.
    ///   - verification: what findings are to rest on; nil where the tables are taken as they are.
    func read<Result>(
        _ ledger: LedgerOptions, size: Int64?, for report: ReportDemand?,
        _ verification: ReportVerification? = nil, _ body: (LedgerSnapshot) throws -> Result
    ) throws -> Result {
        let uses = try report.map { try drawing.description(of: $0.name).uses } ?? []
        return try read(
            ledger, size: size, with: uses, language: report?.language ?? "", verification
        ) { snapshot in
            if uses.contains(.matter), let report, let matter = report.matter {
                try snapshot.addMatter(
                    rows(of: matter, report, ledger, size, verification, snapshot))
            }
            return try body(snapshot)
        }
    }

    /// Likewise, with the tables of these uses, but what a matter's report is about.
    /// - Parameter language: of findings' words.
    func read<Result>(
        _ ledger: LedgerOptions, size: Int64?, with uses: Set<ReportUse>, language: String,
        _ verification: ReportVerification?, _ body: (LedgerSnapshot) throws -> Result
    ) throws -> Result {
        let policies = PolicyFolder(home)
        return try LedgerSnapshot.read(
            ledger.paths, catalogue: catalogue, size: size, policies: policies
        ) { snapshot in
            if uses.contains(.reference) {
                try snapshot.addReferenceTables(
                    catalogue, policies: policies, calendar: try WorkCalendar(home))
            }
            if uses.contains(.findings) {
                try ReportFindings(self, ledger, snapshot, language: language, verification)
                    .add(to: snapshot)
            }
            return try body(snapshot)
        }
    }

    private func rows(
        of matter: ReportMatter, _ report: ReportDemand, _ ledger: LedgerOptions, _ size: Int64?,
        _ verification: ReportVerification?, _ snapshot: LedgerSnapshot
    ) throws -> MatterRows {
        let reading = MatterReading(
            snapshot: snapshot, catalogue: catalogue,
            word: TraceWording(isChinese: report.language == "zh-Hans", catalogue: catalogue),
            names: try VaultNames.atHand(ledger), revealed: report.revealed)
        let origin = snapshot.origin
        let findings = try TraceFindings.lookup(
            ledger, home, catalogue, of: origin, size: size, isQuiet: false,
            verified: verification.map { of in { try of.covers(origin.size) } })
        return try reading.rows(of: matter, findings)
    }
}

/// A report that is to be drawn, as far as the tables that it reads depend on it.
struct ReportDemand {
    let name: String
    let language: String
    var matter: ReportMatter?
    /// What was shown to whoever gave a reason for it, by pseudonym.
    var revealed: [String: [(field: String, value: String)]] = [:]

    init(_ name: String, _ language: String, _ matter: ReportMatter? = nil) {
        self.name = name
        self.language = language
        self.matter = matter
    }

    init(_ drawn: DrawnReport) {
        self.init(drawn.name, drawn.language)
        if case .matter(let matter) = drawn.scope { self.matter = matter }
    }
}

extension ReportedLedger {
    init(
        _ snapshot: LedgerSnapshot, _ paths: LedgerPaths, _ verification: ReportVerification?
    ) {
        self.init(
            origin: snapshot.identity.origin, size: snapshot.head.size.value,
            rootHash: snapshot.head.rootHash.hex,
            verifierKey: snapshot.identity.keys.key(at: snapshot.head.size).formatted,
            checkpoint: snapshot.checkpoint,
            verification: {
                try verification.map { ReportedVerification(try $0.verification()) }
            },
            proofs: { entries in
                guard let checkpoint = snapshot.checkpoint else { return [] }
                return try LedgerProver.read(LedgerReader(paths)) { prover in
                    try prover.inclusions(of: entries, in: checkpoint.note).map {
                        ReportedProof(
                            seq: $0.seq, leafHash: $0.leaf.hex, path: $0.path?.map(\.hex))
                    }
                }
            })
    }
}
