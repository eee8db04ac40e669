internal import AidRecords
internal import ArgumentParser
internal import LedgerCore
internal import LedgerSQLite

/// Whether the tables that an answer is drawn from are what the entries say.
///
/// Verifying reads everything, which takes longer than most answers: it is done where it is wanted,
/// and where it is not, the answer says so.
struct TableCheckOptions: ParsableArguments {
    @Flag(
        name: .customLong("verify"),
        help: "Verify the whole ledger first; where it is not sound, tell that and nothing else.")
    var isWanted = false

    /// - Returns: of how many entries the tables are verified; nil where nothing was verified.
    /// - Throws: `ExitCode` where the ledger is not sound.
    func verifiedSize(
        _ judging: Judging, isQuiet: Bool
    ) throws -> Int64? {
        guard isWanted else { return nil }
        // Verdicts that are not of the newest entry could not be compared. Where a ledger is so
        // spoilt that it cannot be judged, verifying says so better.
        _ = try? judging.bringUpToDate(isQuiet: isQuiet)
        let verification = try verification(judging, isQuiet: isQuiet)
        guard verification.isSound else {
            for problem in verification.inOrder.prefix(TableCheckOptions.mostTold) {
                Console.error("aidledger: \(problem)")
            }
            Console.error(
                "aidledger: the ledger is NOT SOUND, and nothing is told from it; `aidledger verify "
                    + "\(judging.paths.ledger)` tells all that is wrong")
            throw ExitCode(Status.answerIsNo.rawValue)
        }
        for area in [LedgerProblem.Area.readModel, .verdicts] {
            guard let reason = verification.notChecked[area] else { continue }
            Console.error("aidledger: not checked: \(area.rawValue): \(reason)")
            return nil
        }
        return verification.entries
    }

    private static let mostTold = 20

    private func verification(
        _ judging: Judging, isQuiet: Bool
    ) throws -> Verification {
        let bar = ProgressBar("verifying", isQuiet: isQuiet)
        defer { bar.finish() }
        return try LedgerVerifier(
            paths: judging.paths, catalogue: judging.catalogue,
            keys: try judging.paths.readableKeyRing(), surroundings: .system
        ).run { bar.show($0, of: $1, count: Int($0), unit: "entries") }
    }

    /// Whether an answer of `size` entries rests on tables that were verified; that it does not is
    /// said.
    /// - Parameter verified: of how many entries the tables are verified.
    static func covers(_ verified: Int64?, _ size: Int64, of ledger: LedgerPaths) -> Bool {
        if let verified, verified >= size { return true }
        Console.error(
            "aidledger: the tables that this is drawn from were not verified against the entries "
                + "(`aidledger verify \(ledger.ledger)`, or --verify)")
        return false
    }
}
