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
        of run: DetectorRun, _ state: SubjectTrace.Origin, isVerified: Bool
    ) throws -> FindingsKey {
        FindingsKey(
            origin: state.name, size: state.size, rootHash: state.rootHash,
            isVerified: isVerified, run, try WorkCalendar(home))
    }

    /// Findings of a state of the ledger.
    enum Found {
        /// Of an earlier run, or of this one, whose findings could be kept.
        case kept(KeptFindings)
        case made(DetectorRun.Result)
    }

    /// What all detectors found in a state: by an earlier run of the same, else by one now.
    /// - Parameters:
    ///   - asked: the state's size as it was asked for; nil for the present one.
    ///   - verified: whether the tables have been verified, asked after the detectors have run; nil
    ///     where nobody wants that. Where it is wanted, no run over other tables will do.
    func found(
        by shelf: DetectorShelf, in state: SubjectTrace.Origin, asked: Int64?,
        verified: (() throws -> Bool)?
    ) throws -> Found {
        let run = DetectorRun(shelf.detectors)
        for isVerified in verified == nil ? [true, false] : [true] {
            if let kept = KeptFindings(try key(of: run, state, isVerified: isVerified)) {
                return .kept(kept)
            }
        }
        if !isQuiet {
            Console.error(
                "aidledger: no findings are kept of this state\(verified == nil ? "" : ", verified"): "
                    + "detectors are run")
        }
        let result = try result(run, asked)
        guard shelf.failures.isEmpty else { return .made(result) }
        let key = try key(of: run, state, isVerified: verified?() ?? false)
        KeptFindings.keep(result, key)
        return try (KeptFindings(key) ?? keptForNow(result, key)).map(Found.kept) ?? .made(result)
    }

    /// Where the user has no folder for them: in a file that is gone once it is no longer read.
    private func keptForNow(
        _ result: DetectorRun.Result, _ key: FindingsKey
    ) throws -> KeptFindings? {
        try TemporaryFolder.with { folder in
            KeptFindings.keep(result, key, folder: folder)
            return KeptFindings(key, folder: folder)
        }
    }
}
