internal import AidRecords
internal import Findings
internal import LedgerCore
internal import LedgerSQLite

/// Where a trace takes findings from: what an earlier run found in the same state of the ledger,
/// else the detectors are run.
struct TraceFindings: FindingLookup {
    private let kept: KeptFindings?
    private let found: [EntryFinding: [Int64]]

    func findings(naming seqs: Set<Int64>) throws -> [Int64: [EntryFinding]] {
        if let kept { return try kept.findings(of: seqs) }
        var byEntry: [Int64: [EntryFinding]] = [:]
        for (finding, entries) in found {
            for seq in entries where seqs.contains(seq) {
                byEntry[seq, default: []].append(finding)
            }
        }
        return byEntry
    }

    /// - Parameters:
    ///   - state: the state of the ledger that is traced.
    ///   - size: as it was asked for; nil for the present one.
    ///   - verified: whether the tables have been verified; nil where nobody wants that.
    static func lookup(
        _ ledger: LedgerOptions, _ home: Home, _ catalogue: KindCatalogue,
        of state: SubjectTrace.Origin, size: Int64?, isQuiet: Bool, verified: (() throws -> Bool)?
    ) throws -> any FindingLookup {
        let shelf = try DetectorFolders(home, []).shelf(catalogue)
        for failure in shelf.failures { Console.error("aidledger: \(failure)") }
        let source = FindingsSource(
            paths: ledger.paths, home: home, catalogue: catalogue, isQuiet: isQuiet)
        let answer = try source.found(
            by: shelf, in: state, asked: size, verified: verified)
        switch answer {
        case .kept(let kept): return TraceFindings(kept: kept, found: [:])
        case .made(let result): return TraceFindings(kept: nil, found: entries(of: result))
        }
    }

    /// Findings that could not be kept, with their entries.
    private static func entries(of result: DetectorRun.Result) -> [EntryFinding: [Int64]] {
        var found: [EntryFinding: [Int64]] = [:]
        for outcome in result.outcomes {
            for finding in outcome.yield.findings {
                let told = EntryFinding(
                    id: finding.id.description, grade: finding.grade.rawValue,
                    title: outcome.detector.title, state: finding.state)
                found[told, default: []] += finding.entries
            }
        }
        return found
    }
}
