internal import AidRecords
internal import LedgerCore
internal import LedgerSQLite
internal import Reporting
internal import Synchronization

/// Verifies a ledger beside other work.
final class ReportVerification: Sendable {
    private let thread: Mutex<BackgroundThread?>
    private let outcome: Outcome

    private final class Outcome: Sendable {
        let result = Mutex<Result<Verification, any Error>?>(nil)
    }

    /// - Throws: `BackgroundThread.Unavailable`.
    init(_ ledger: LedgerOptions, _ catalogue: KindCatalogue, isQuiet: Bool = false) throws {
        let outcome = Outcome()
        let verifier = LedgerVerifier(
            paths: ledger.paths, catalogue: catalogue, keys: try ledger.readableKeyRing(),
            surroundings: .system)
        let thread = try BackgroundThread {
            let bar = ProgressBar("verifying", isQuiet: isQuiet)
            let result = Result {
                try verifier.run { bar.show($0, of: $1, count: Int($0), unit: "entries") }
            }
            bar.finish()
            outcome.result.withLock { $0 = result }
        }
        self.outcome = outcome
        self.thread = Mutex(thread)
    }

    /// Whether so many entries, and the tables made of them, have been found sound, when that is
    /// known.
    /// - Throws: what the verifier threw.
    func covers(_ size: Int64) throws -> Bool {
        let found = try verification()
        return found.isSound && found.entries >= size
            && [.readModel, .verdicts].allSatisfy { found.notChecked[$0] == nil }
    }

    /// Does what reads the ledger's tables; where that fails on a ledger that is not sound, this is
    /// told with it.
    /// - Parameter verification: nil where nobody wants the ledger verified.
    /// - Throws: `UnsoundLedger`, or what the work threw.
    static func explaining<Made>(
        _ verification: ReportVerification?, _ work: () throws -> Made
    ) throws -> Made {
        do {
            return try work()
        } catch let error where ReportVerification.isOfTables(error) {
            guard let found = try? verification?.verification(), !found.isSound else { throw error }
            throw UnsoundLedger(after: error)
        }
    }

    /// Whether a report failed by what it was drawn from, and another may not.
    static func isOfTables(_ error: any Error) -> Bool {
        switch error {
        case is ReportError, is QueryFailure, StoreError.damaged: true
        default: false
        }
    }

    /// What was found, when it has been found.
    /// - Throws: what the verifier threw.
    func verification() throws -> Verification {
        thread.withLock { thread in
            thread?.join()
            thread = nil
        }
        guard let result = outcome.result.withLock({ $0 }) else {
            preconditionFailure("a thread that was waited for has ended")
        }
        return try result.get()
    }
}

/// No report could be drawn, and the ledger is not sound.
struct UnsoundLedger: Error, CustomStringConvertible {
    let description: String

    init(after failure: any Error) {
        description =
            "\(failure). The ledger is NOT SOUND, which may be why; `aidledger verify` tells what is "
            + "wrong"
    }
}

extension ReportedVerification {
    /// As a report tells it.
    init(_ verification: Verification) {
        self.init(
            entries: verification.entries,
            checks: ReportedVerification.checks(verification),
            problemCount: verification.problemCount,
            problems: verification.inOrder.prefix(100).map {
                .init(area: $0.area.rawValue, seq: $0.seq, text: $0.text)
            })
    }

    private static func checks(_ verification: Verification) -> [Check] {
        let entries = verification.entries
        let areas: [(id: String, area: LedgerProblem.Area, count: Int64)] = [
            ("bytes", .entries, entries), ("chain", .chain, entries), ("tree", .tree, entries),
            ("checkpoints", .checkpoints, Int64(verification.checkpoints)),
            ("read-model", .readModel, entries), ("verdicts", .verdicts, entries),
            ("guards", .guards, Int64(verification.guards)),
            ("vault", .vault, verification.vaultRows),
            ("resolutions", .resolutions, Int64(verification.resolutionSignatures)),
        ]
        return areas.compactMap { id, area, count in
            // Chain and tree are hashes of the entries' bytes: where those are altered, they fail too.
            let causes: [LedgerProblem.Area] =
                [.entries, .chain, .tree].contains(area) ? [area, .entries, .format] : [area]
            let isBroken = causes.contains { verification.count($0) > 0 }
            // Many a ledger holds no resolution yet.
            guard area != .resolutions || isBroken || count > 0 else { return nil }
            let isCompared = verification.notChecked[area] == nil && count > 0
            let outcome: Check.Outcome =
                isBroken ? .broken : isCompared ? .sound : .notChecked
            return .init(id: id, outcome: outcome, count: outcome == .notChecked ? 0 : count)
        }
    }
}
