internal import AidRecords
internal import Foundation
internal import LedgerCore
internal import LedgerSQLite
internal import Reporting
internal import Synchronization

/// Draws a year's reports of many areas, as many at once as there are cores. The ledger is verified
/// once, and each core reads one state of it, with its findings, from first to last.
struct ReportBatch: Sendable {
    let reports: ReportHome
    let ledger: LedgerOptions
    /// Names of reports that are of a year, as they are told.
    let names: [String]
    let year: Int
    let language: String
    let drawnAt: Moment
    let format: ReportFormat
    let pdfEngine: PDFEngine?
    /// The folder that all is written to.
    let folder: String
    /// Nil where the ledger is not verified.
    let verification: ReportVerification?

    /// - Parameters:
    ///   - areas: GB/T 2260 codes, as they are told.
    ///   - size: how many entries; nil for all there are.
    /// - Returns: in the order of areas, then of names, what has been drawn or why it has not.
    /// - Throws: what concerns all reports alike: the ledger cannot be read, or a file not written.
    func draw(areas: [String], size: Int64?) throws -> [ReportIndex.Document] {
        for area in areas { try makeFolder(area) }
        // The widest take the longest, and begin.
        let jobs = areas.sorted { AreaLevel($0) < AreaLevel($1) }
            .flatMap { area in names.map { Job(area: area, report: $0) } }
        let uses = try self.uses()
        let bar = Mutex(ProgressBar("drawing"))
        let outcomes = Mutex<[Job: Result<ReportIndex.Drawn, ReportIndex.Problem>]>([:])
        try Workers.share(jobs.count) { _, next in
            try reports.read(
                ledger, size: size, with: uses, language: language, verification
            ) { snapshot in
                while let number = next() {
                    let outcome = try snapshot.forgetting {
                        try self.outcome(jobs[number], snapshot)
                    }
                    let done = outcomes.withLock {
                        $0[jobs[number]] = outcome
                        return $0.count
                    }
                    bar.withLock {
                        $0.show(Int64(done), of: Int64(jobs.count), count: done, unit: "reports")
                    }
                }
            }
        }
        bar.withLock { $0.finish() }
        let drawn = outcomes.withLock { $0 }
        return areas.flatMap { area in
            names.compactMap { name in
                drawn[Job(area: area, report: name)].map {
                    ReportIndex.Document(area: area, report: name, outcome: $0)
                }
            }
        }
    }

    /// Reads the ledger before any report is drawn, and has detectors run where nothing is kept of
    /// what they found: each core would run them else.
    func readFirst<Result>(
        size: Int64?, _ body: (LedgerSnapshot) throws -> Result
    ) throws -> Result {
        try reports.read(
            ledger, size: size, with: uses().intersection([.findings]), language: language,
            verification, body)
    }

    /// Of all the reports.
    private func uses() throws -> Set<ReportUse> {
        try names.reduce(into: []) {
            $0.formUnion(try reports.drawing.description(of: $1).uses)
        }
    }

    func request(_ name: String, area: String) -> ReportRequest {
        ReportRequest(
            name: name, scope: .year(year, area: area), language: language, drawnAt: drawnAt,
            drawnBy: "aidledger \(Program.version)")
    }

    private struct Job: Hashable {
        let area: String
        let report: String
    }

    /// What concerns one report alone is told in its place, and the others are drawn.
    private func outcome(
        _ job: Job, _ snapshot: LedgerSnapshot
    ) throws -> Result<ReportIndex.Drawn, ReportIndex.Problem> {
        do {
            return .success(try draw(job, snapshot))
        } catch let error where error is PDFEngine.Failure || ReportVerification.isOfTables(error) {
            return .failure(ReportIndex.Problem("\(error)"))
        }
    }

    private func draw(_ job: Job, _ snapshot: LedgerSnapshot) throws -> ReportIndex.Drawn {
        let ending = format == .csv ? "" : ".\(format.rawValue)"
        let path = "\(job.area)/\(job.report)\(ending)"
        let file = ReportFile(
            path: "\(folder)/\(path)", format: format, pdfEngine: pdfEngine, isQuiet: true)
        let described = ReportedLedger(snapshot, ledger.paths, verification)
        var isBlank = false
        _ = try file.write(of: job.report, reports.drawing) {
            let report = try reports.drawing.draw(
                request(job.report, area: job.area), of: described, snapshot, annexes: $0)
            isBlank = report.isBlank
            return report
        }
        return ReportIndex.Drawn(file: path + (format == .csv ? "/" : ""), isBlank: isBlank)
    }

    private func makeFolder(_ name: String) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
        } catch {
            throw FileError(path: "\(folder)/\(name)", reason: "no folder can be made there")
        }
    }
}
