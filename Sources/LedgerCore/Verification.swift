internal import Synchronization
package import TransparencyLog

/// What verifying a ledger has found.
package struct Verification: Sendable {
    package var origin = ""
    package var head: TreeHead?
    package var entries: Int64 = 0
    package var checkpoints = 0
    /// How many of `checkpoints` were kept elsewhere and given.
    package var checkpointsGiven = 0
    /// The newest head that enough witnesses have cosigned, where a policy was given.
    package var quorum: Quorum?
    /// How many first entries a checkpoint covers that holds; nil where none does.
    package var signedSize: Int64? {
        verdicts.filter { $0.standing == .holds }.map(\.size).max()
    }
    /// How the ledger stands to each of `checkpoints`.
    package var verdicts: [CheckpointVerdict] = []
    /// How many entries the ledger's own head counts.
    package var headSize: Int64 = 0
    /// What the vault holds sealed, compared.
    package var vaultRows: Int64 = 0
    /// Resolutions that are not reversed.
    package var resolutions = 0
    /// Departments' signatures under them, those that do not hold included.
    package var resolutionSignatures = 0
    /// Tables and triggers that keep the chain append-only, compared.
    package var guards = 0
    /// A thousand at most, those that were found first; `count` counts all.
    package private(set) var problems: [LedgerProblem] = []
    private var counts: [LedgerProblem.Area: Int] = [:]
    /// What is worth knowing and is no error.
    package var notices: [String] = []
    /// What could not be looked at, and why.
    package var notChecked: [LedgerProblem.Area: String] = [:]

    /// A head that meets a policy.
    package struct Quorum: Hashable, Sendable {
        /// Entries that it covers.
        package let size: Int64
        /// The names of the witnesses' keys.
        package let cosigners: [String]

        package init(size: Int64, cosigners: [String]) {
            self.size = size
            self.cosigners = cosigners
        }
    }

    package var problemCount: Int { counts.values.reduce(0, +) }
    package var isSound: Bool { counts.isEmpty }
    /// Whether chain and tree fit the entries, whatever checkpoints, tables and vault say.
    package var isWhole: Bool {
        [LedgerProblem.Area.entries, .chain, .tree, .format].allSatisfy { count($0) == 0 }
    }
    /// What the checkpoints show, taken together.
    package var conclusion: CheckpointConclusion {
        CheckpointConclusion(verdicts, isWhole: isWhole, entries: entries, headSize: headSize)
    }

    /// The problems by entry, those of the ledger as a whole last; of one entry, what happened to
    /// its bytes first.
    package var inOrder: [LedgerProblem] {
        func rank(_ problem: LedgerProblem) -> (Int64, Int) {
            let area = LedgerProblem.Area.allCases.firstIndex(of: problem.area) ?? 0
            return (problem.seq ?? .max, area)
        }
        return problems.sorted { rank($0) < rank($1) }
    }

    package func count(_ area: LedgerProblem.Area) -> Int { counts[area] ?? 0 }

    fileprivate mutating func note(_ problem: LedgerProblem) {
        counts[problem.area, default: 0] += 1
        if problems.count < 1_000 { problems.append(problem) }
    }
}

/// Gathers what the parts of a verification find, on whichever thread they run.
package final class Findings: Sendable {
    private let state = Mutex(Verification())

    package init() {}

    package var verification: Verification { state.withLock { $0 } }

    package func note(_ problem: LedgerProblem) { state.withLock { $0.note(problem) } }

    package func note(_ area: LedgerProblem.Area, seq: Int64? = nil, _ text: String) {
        note(LedgerProblem(area, seq: seq, text))
    }

    package func update(_ change: (inout Verification) -> Void) { state.withLock { change(&$0) } }
}
