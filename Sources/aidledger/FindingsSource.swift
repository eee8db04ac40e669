internal import AidRecords
internal import Findings
internal import LedgerCore
internal import LedgerSQLite

/// Runs detectors on states of one ledger.
struct FindingsSource {
    let paths: LedgerPaths
    let home: Home
    let catalogue: KindCatalogue
    let isQuiet: Bool

    var judging: Judging {
        Judging(paths: paths, catalogue: catalogue, policies: PolicyFolder(home))
    }

    /// - Parameter size: nil for the present state, whose verdicts are brought up to date first.
    func result(_ run: DetectorRun, _ size: Int64?) throws -> DetectorRun.Result {
        if size == nil {
            let judging = self.judging
            if try judging.bringUpToDate(isQuiet: isQuiet) == nil {
                Console.error("aidledger: they are judged for this answer only")
            }
            try judging.tellOfRulebooks()
        }
        let bar = ProgressBar("detecting", isQuiet: isQuiet)
        defer { bar.finish() }
        return try run.result(paths, catalogue: catalogue, home: home, size: size) {
            bar.show($0, of: $1, count: Int($0), unit: "detectors")
        }
    }

    /// Names all that findings of a state are a function of.
    func key(
        of run: DetectorRun, _ origin: String, _ size: Int64, _ rootHash: String
    ) throws -> FindingsKey {
        FindingsKey(
            origin: origin, size: size, rootHash: rootHash, run, try WorkCalendar(home))
    }

    /// Findings of a state of the ledger.
    enum Found {
        /// Of an earlier run, or of this one, whose findings could be kept.
        case kept(KeptFindings)
        case made(DetectorRun.Result)
    }

    /// What all detectors found in a state: by an earlier run of the same, else by one now.
    /// - Parameter asked: the state's size as it was asked for; nil for the present one.
    func found(
        by shelf: DetectorShelf, origin: String, size: Int64, rootHash: String, asked: Int64?
    ) throws -> Found {
        let run = DetectorRun(shelf.detectors)
        let key = try key(of: run, origin, size, rootHash)
        if let kept = KeptFindings(key) { return .kept(kept) }
        if !isQuiet {
            Console.error("aidledger: no findings are kept of this state: detectors are run")
        }
        let result = try result(run, asked)
        guard shelf.failures.isEmpty else { return .made(result) }
        KeptFindings.keep(result, key)
        return KeptFindings(key).map(Found.kept) ?? .made(result)
    }
}
