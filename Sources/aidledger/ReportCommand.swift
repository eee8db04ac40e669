internal import AidRecords
internal import ArgumentParser
internal import LedgerCore
internal import LedgerSQLite
internal import Reporting
internal import TransparencyLog

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Draw a report.",
        discussion: """
            The ledger is verified while it is drawn, and the outcome stands in the report. The same \
            ledger, size and parameters give the same document, the time of drawing apart.
            """)

    enum Format: String, CaseIterable, ExpressibleByArgument {
        case html
        case xml
    }

    @Argument(help: "The report: a folder of templates/, like fund-use or joint-inspection.")
    var name: String

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var home: HomeOptions

    @Option(help: "The year reported on.")
    var year: Int

    @Option(
        help: "GB/T 2260 code of province, city or county; 000000 is all (default: the ledger's).")
    var area: String?

    @Option(help: "Draw it as of so many entries (default: all there are).")
    var size: Int64?

    @Option(help: "html or xml.")
    var format = Format.html

    @Option(help: "zh-Hans or en.")
    var lang = "zh-Hans"

    @Option(
        name: .shortAndLong, help: "Where to write it; - is standard output.",
        completion: .file())
    var output: String

    func validate() throws {
        guard CivilDate.years.contains(Int64(year)) else {
            throw ValidationError("--year must be from 1900 to 2999.")
        }
        guard ["zh-Hans", "en"].contains(lang) else {
            throw ValidationError("--lang is zh-Hans or en.")
        }
        if let area, area.utf8.count != 6 || !area.utf8.allSatisfy({ (48...57).contains($0) }) {
            throw ValidationError("--area needs six digits (GB/T 2260), like 150500.")
        }
    }

    func run() throws {
        try OutputGuard.check(output)
        let home = try home.home()
        let catalogue = try home.kinds()
        guard let areaTable = TextFile.read("\(home.path)/ledger/areas.tsv") else {
            throw ReportError.missingFile("\(home.path)/ledger/areas.tsv")
        }
        let templates = TemplateFolder(path: "\(home.path)/templates")
        guard templates.reportNames.contains(name) else {
            throw ReportError.unknownReport(name, known: templates.reportNames)
        }
        let drawing = ReportDrawing(
            templates: templates, catalogue: catalogue, areas: AreaNames(table: areaTable))
        let verification = try verify(catalogue)
        let xml = try LedgerSnapshot.read(
            ledger.paths, catalogue: catalogue, size: size, policies: PolicyFolder(home)
        ) { snapshot in
            let request = ReportRequest(
                name: name, year: year, area: try area ?? snapshot.area(), language: lang,
                drawnAt: Surroundings.system.now(), drawnBy: "aidledger \(Program.version)")
            if AreaNames(table: areaTable).isUnknown(request.area) {
                Console.error(
                    "aidledger: ledger/areas.tsv has no area \(request.area); it is shown by its number"
                )
            }
            return try drawing.xml(request, of: described(snapshot, verification), snapshot)
        }
        let bytes = format == .xml ? xml : try drawing.html(xml, of: name)
        try TextFile.write(bytes, to: output)
        if output != "-" { Console.error("wrote \(output)") }
        guard verification.isSound else {
            Console.error(
                "aidledger: the ledger is NOT SOUND, and the report says so; `aidledger verify` tells "
                    + "what is wrong")
            throw ExitCode(Status.answerIsNo.rawValue)
        }
    }

    private func verify(_ catalogue: KindCatalogue) throws -> Verification {
        let bar = ProgressBar("verifying")
        defer { bar.finish() }
        return try LedgerVerifier(
            paths: ledger.paths, catalogue: catalogue, keys: try ledger.readableKeyRing(),
            surroundings: .system
        ).run { bar.show($0, of: $1, count: Int($0), unit: "entries") }
    }

    private func described(
        _ snapshot: LedgerSnapshot, _ verification: Verification
    ) -> ReportedLedger {
        ReportedLedger(
            origin: snapshot.identity.origin, size: snapshot.head.size.value,
            rootHash: snapshot.head.rootHash.hex,
            verifierKey: snapshot.identity.keys.key(at: snapshot.head.size).formatted,
            checkpoint: snapshot.checkpoint, entriesVerified: verification.entries,
            checks: checks(verification),
            problems: verification.problems.prefix(100).map { ($0.text, $0.seq) })
    }

    private func checks(_ verification: Verification) -> [ReportedLedger.Check] {
        let entries = verification.entries
        let areas: [(id: String, area: LedgerProblem.Area, count: Int64)] = [
            ("bytes", .entries, entries), ("chain", .chain, entries), ("tree", .tree, entries),
            ("checkpoints", .checkpoints, Int64(verification.checkpoints)),
            ("read-model", .readModel, entries), ("verdicts", .verdicts, entries),
            ("guards", .guards, Int64(verification.guards)),
            ("vault", .vault, verification.vaultRows),
        ]
        return areas.map { id, area, count in
            // Chain and tree are hashes of the entries' bytes: where those are altered, they fail too.
            let causes: [LedgerProblem.Area] =
                [.entries, .chain, .tree].contains(area) ? [area, .entries, .format] : [area]
            let isBroken = causes.contains { verification.count($0) > 0 }
            let isCompared = verification.notChecked[area] == nil && count > 0
            let outcome: ReportedLedger.Check.Outcome =
                isBroken ? .broken : isCompared ? .sound : .notChecked
            return .init(id: id, outcome: outcome, count: outcome == .notChecked ? 0 : count)
        }
    }
}
