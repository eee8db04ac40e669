import AidRecords
import Foundation
import LedgerCore
import LedgerSQLite
import Reporting
import SampleRecords
import Testing
import TransparencyLog

/// Draws the reports from a sample ledger.
@Suite struct ReportTests {
    static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path
    static let templates = "\(root)/templates"
    /// Those of a year.
    static let names = ["early-warning", "fund-use", "joint-inspection", "performance"]
    static let languages = ["zh-Hans", "en"]

    /// A ledger of sample records, made once.
    private static let sample = Result { try SampleLedger() }

    private func xml(_ name: String, _ language: String, size: Int64? = nil) throws -> [UInt8] {
        let ledger = try ReportTests.sample.get()
        let drawing = try ReportTests.drawing(ledger.catalogue)
        let home = Home(path: ReportTests.root)
        let policies = PolicyFolder(home)
        return try LedgerSnapshot.read(
            ledger.paths, catalogue: ledger.catalogue, size: size, policies: policies
        ) { snapshot in
            try snapshot.addReferenceTables(
                ledger.catalogue, policies: policies, calendar: try WorkCalendar(home))
            try snapshot.addFindings(lacks: []) { _ in }
            return try drawing.xml(
                ReportRequest(
                    name: name, scope: .year(2023, area: "150500"), language: language,
                    drawnAt: Moment(unixSeconds: 1_700_000_000), drawnBy: "test"),
                of: ReportedLedger(
                    origin: snapshot.identity.origin, size: snapshot.head.size.value,
                    rootHash: snapshot.head.rootHash.hex,
                    verifierKey: snapshot.identity.keys.current.formatted,
                    checkpoint: snapshot.checkpoint,
                    verification: { nil }),
                snapshot)
        }
    }

    private static func drawing(_ catalogue: KindCatalogue) throws -> ReportDrawing {
        let areas = try String(contentsOfFile: "\(root)/ledger/areas.tsv", encoding: .utf8)
        return ReportDrawing(
            templates: TemplateFolder(path: templates), catalogue: catalogue,
            areas: AreaNames(table: areas))
    }

    private static let all = names.flatMap { name in languages.map { (name, $0) } }

    @Test(arguments: all)
    func reportIsDrawnAndOtherToolsAgree(_ name: String, _ language: String) throws {
        let xml = try xml(name, language)
        let catalogue = try ReportTests.sample.get().catalogue
        let html = try ReportTests.drawing(catalogue).html(xml, of: name)
        let file = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString).xml"
        try Data(xml).write(to: URL(filePath: file))
        defer { try? FileManager.default.removeItem(atPath: file) }
        let validity = try Tool.run(
            "xmllint",
            ["--noout", "--relaxng", "\(ReportTests.templates)/schema/\(name).rng", file])
        #expect(validity.status == 0)
        let theirs = try Tool.run("xsltproc", ["\(ReportTests.templates)/\(name)/html.xsl", file])
        #expect(theirs.output == Data(html))
        let text = String(decoding: html, as: UTF8.self)
        #expect(!text.contains("<script"))
        #expect(!text.contains("src=\"http"))
        #expect(!text.contains("href=\"http"))
        #expect(text.contains("<svg"))
    }

    @Test(arguments: all)
    func exampleIsValidAndCanBeTransformed(_ name: String, _ language: String) throws {
        let file = "\(ReportTests.root)/Tests/ReportingTests/Examples/\(name).\(language).xml"
        let xml = Array(try #require(FileManager.default.contents(atPath: file)))
        let library = try StylesheetLibrary(folders: [ReportTests.templates])
        try library.validate(xml, against: "\(ReportTests.templates)/schema/\(name).rng")
        let html = try library.transform(xml, by: "\(ReportTests.templates)/\(name)/html.xsl")
        #expect(html.count > 10_000)
    }

    @Test func sameStateGivesTheSameBytes() throws {
        #expect(try xml("fund-use", "en") == xml("fund-use", "en"))
    }

    /// The identity that auditors look for first.
    @Test func openingAndIncomeLessExpenditureIsClosing() throws {
        let text = String(decoding: try xml("fund-use", "en"), as: UTF8.self)
        func amount(_ line: String) throws -> Int64 {
            let row = try #require(text.range(of: "id=\"balance:\(line)\""))
            let rest = text[row.upperBound...]
            let cell = try #require(rest.range(of: "column=\"amountFen\" value=\""))
            return try #require(Int64(rest[cell.upperBound...].prefix { $0 != "\"" }))
        }
        let opening = (try? amount("opening")) ?? 0
        #expect(try opening + amount("income") - amount("expenditure") == amount("closing"))
        #expect(try amount("income") > 0)
    }

    @Test func languagesHaveTheSameMessages() throws {
        func ids(_ language: String) throws -> Set<String> {
            let file = "\(ReportTests.templates)/l10n/\(language).xml"
            let text = try String(contentsOfFile: file, encoding: .utf8)
            return Set(text.matches(of: #/<message id="([^"]+)"/#).map { String($0.1) })
        }
        // A language without numerals of its own has the digits.
        #expect(try ids("zh-Hans").subtracting(["numerals"]) == ids("en"))
    }

    /// Completeness is only as good as the list of kinds that it looks at.
    @Test func completenessKnowsEveryKindThatIsSent() throws {
        let file = "\(ReportTests.templates)/common/queries/recorded.sql"
        let text = try String(contentsOfFile: file, encoding: .utf8)
        let named = Set(text.matches(of: #/'([a-z]+\.[a-z-]+)'/#).map { String($0.1) })
        let kinds = try ReportTests.sample.get().catalogue.kinds.filter { !$0.isProgram }
        #expect(named == Set(kinds.map(\.name)))
    }

    @Test func unknownReportIsToldWithThoseThatAre() throws {
        let known = (ReportTests.names + ["case-dossier"]).sorted()
        #expect(throws: ReportError.unknownReport("nope", known: known)) {
            try xml("nope", "en")
        }
    }
}

/// A ledger with sample records, kept as long as the tests run.
private struct SampleLedger {
    let paths: LedgerPaths
    let catalogue: KindCatalogue

    init() throws {
        let folder = FileManager.default.temporaryDirectory.path + "/report-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        paths = LedgerPaths(ledger: "\(folder)/l")
        catalogue = try Home(path: ReportTests.root).kinds()
        _ = try LedgerFounding.make(
            paths, .init(origin: "test.example/150500", area: "150500", operator: "t"),
            catalogue: catalogue, surroundings: .system)
        var generator = SampleGenerator(entries: 4_000, seed: 3)
        var bytes: [UInt8] = []
        while generator.next(into: &bytes) {}
        try Data(bytes).write(to: URL(filePath: "\(folder)/s.jsonl"))
        let writer = try LedgerWriter(
            paths, catalogue: catalogue, keys: KeyFolder.read(paths.keys), surroundings: .system)
        let result = try LedgerImport(
            into: writer, plan: ImportPlan(rejectsPath: "\(folder)/r"), surroundings: .system,
            events: ImportEvents()
        ).run(path: "\(folder)/s.jsonl")
        try writer.close()
        precondition(result.rejected == 0)
    }
}

/// Programs made by others.
enum Tool {
    static func run(_ name: String, _ arguments: [String]) throws -> (status: Int32, output: Data) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [name] + arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, output)
    }
}
