package import AidRecords
package import Findings
internal import GRDB
internal import LedgerCore
internal import PolicyRules
internal import Synchronization
internal import TransparencyLog

/// Runs detectors on one state of a ledger.
package struct DetectorRun: Sendable {
    /// Grows when the same detectors on the same ledger may find something else than by an earlier
    /// program.
    package static let engine: Int64 = 2

    package let detectors: [Detector]
    /// What a user has set, by the detector's id and the parameter's name.
    package let settings: [String: [String: Int64]]
    /// How long one detector may take.
    package let timeLimit: Duration

    package init(
        _ detectors: [Detector], settings: [String: [String: Int64]] = [:],
        timeLimit: Duration = .seconds(60)
    ) {
        self.detectors = detectors
        self.settings = settings
        self.timeLimit = timeLimit
    }

    /// What came of one detector.
    package struct Outcome: Sendable {
        package let detector: Detector
        /// What its parameters were.
        package let parameters: [String: Int64]
        /// How many records it has looked at: those of the kinds that it examines, reversals apart.
        package let examined: Int64
        package var yield: DetectorYield
        /// Why it could not be run.
        package let failure: DeclarationError?
        package let duration: Duration
    }

    package struct Result: Sendable {
        package let origin: String
        package let size: Int64
        package let rootHash: String
        /// In the order of the detectors.
        package var outcomes: [Outcome]
        /// All pseudonyms of each person who was merged.
        package let persons: PersonNames

        package var findings: [Finding] { outcomes.flatMap(\.yield.findings) }
        package var isComplete: Bool { outcomes.allSatisfy { $0.failure == nil } }
    }

    /// How many connections run detectors at once.
    private static let connections = 2

    /// - Parameters:
    ///   - size: how many entries; nil for all there are.
    ///   - progress: how many detectors have run, and of how many.
    /// - Throws: `StoreError`, `QueryFailure`, `DeclarationError` of the calendar.
    package func result(
        _ paths: LedgerPaths, catalogue: KindCatalogue, home: Home, size: Int64? = nil,
        progress: @escaping (_ done: Int64, _ total: Int64) -> Void = { _, _ in }
    ) throws -> Result {
        try DetectorState.read(
            paths, catalogue: catalogue, size: size, policies: PolicyFolder(home),
            calendar: WorkCalendar(home), connections: min(Self.connections, Workers.count)
        ) { state, connections in
            let raw = try run(connections, progress)
            return try finished(raw, state)
        }
    }

    // MARK: The queries

    private struct Raw: Sendable {
        var yield = DetectorYield()
        var failure: DeclarationError?
        var duration = Duration.zero
    }

    /// The connections that no thread is using.
    ///
    /// Unchecked, and safe: a connection is handed to one thread, under the lock, and not again.
    private final class Pool: @unchecked Sendable {
        private let free: Mutex<[Int]>
        private let connections: [DetectorConnection]

        init(_ connections: [DetectorConnection]) {
            self.connections = connections
            free = Mutex(Array(connections.indices))
        }

        func take() -> DetectorConnection? {
            free.withLock { $0.popLast() }.map { connections[$0] }
        }
    }

    private func run(
        _ connections: [DetectorConnection],
        _ progress: @escaping (_ done: Int64, _ total: Int64) -> Void
    ) throws -> [Raw] {
        let results = Mutex([Raw?](repeating: nil, count: detectors.count))
        let pool = Pool(connections)
        // Safe: called on the caller's thread only.
        nonisolated(unsafe) let progress = progress
        try Workers.share(detectors.count) { isCaller, next in
            guard let connection = pool.take() else { return }
            while let number = next() {
                let raw = run(detectors[number], connection)
                let done = results.withLock { results in
                    results[number] = raw
                    return results.count { $0 != nil }
                }
                if isCaller { progress(Int64(done), Int64(detectors.count)) }
            }
        }
        return results.withLock { $0.map { $0 ?? Raw() } }
    }

    private func run(_ detector: Detector, _ connection: DetectorConnection) -> Raw {
        var raw = Raw()
        let parameters = parameters(of: detector)
        raw.duration = ContinuousClock().measure {
            do {
                let rows = try connection.rows(
                    of: detector, parameters, timeLimit: timeLimit)
                let stepped = try detector.stepped(rows, parameters: parameters)
                raw.yield = try FindingGrouping(detector, columns: stepped.columns)
                    .findings(of: stepped.rows)
            } catch let error as DeclarationError {
                raw.failure = error
            } catch {
                raw.failure = detector.fail(line: nil, "\(error)")
            }
        }
        return raw
    }

    package func parameters(of detector: Detector) -> [String: Int64] {
        var values = Dictionary(
            uniqueKeysWithValues: detector.parameters.map { ($0.name, $0.value) })
        values.merge(settings[detector.id] ?? [:]) { _, set in set }
        return values
    }

    // MARK: What the record says of the findings

    private func finished(_ raw: [Raw], _ state: DetectorState) throws -> Result {
        var counts = ExaminedCounts(state.database, state.catalogue)
        let parameters = try Set(
            RulingReader(state.database).parameters().map(\.name))
        let outcomes = try RecordedOutcomesReader(state.database).outcomes()
        let clauses = RestingClauses(state.data.clauses)
        let names = try SubjectNames(state.database, raw.flatMap(\.yield.findings))
        let size = state.head.size.value
        let finished = try zip(detectors, raw).map { detector, raw in
            var (yield, failure) = (raw.yield, raw.failure)
            if let seq = yield.findings.lazy.flatMap(\.entries).first(where: { $0 >= size }) {
                failure = detector.fail(
                    line: nil, "a row names entry \(seq), and the ledger has \(grouped(size))")
                yield = DetectorYield()
            }
            for index in yield.findings.indices {
                clauses.complete(&yield.findings[index], detector)
                names.complete(&yield.findings[index])
                outcomes.settle(&yield.findings[index])
            }
            let examined = try counts.live(detector.examines)
            if failure == nil {
                yield.missing += lacking(detector, state, parameters, examined)
            }
            return Outcome(
                detector: detector, parameters: self.parameters(of: detector),
                examined: examined, yield: yield, failure: failure, duration: raw.duration)
        }
        return Result(
            origin: state.identity.origin, size: state.head.size.value,
            rootHash: state.head.rootHash.hex, outcomes: finished,
            persons: try PersonNames(state.database, state.data.persons))
    }

    /// What a detector asks for that is nowhere: it does not pass silently.
    private func lacking(
        _ detector: Detector, _ state: DetectorState, _ parameters: Set<String>,
        _ examined: Int64
    ) -> [Lack] {
        let codes: [String] =
            (examined == 0 ? detector.examines.map { "record \($0)" } : [])
            + detector.topics.filter { !state.data.topics.contains($0) }.map { "clause \($0)" }
            + detector.asks.filter { !parameters.contains($0) }.map { "parameter \($0)" }
        return codes.map { Lack(code: $0, count: 1) }
    }
}
