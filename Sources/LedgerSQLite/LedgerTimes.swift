internal import AidRecords
internal import GRDB
package import LedgerCore
package import TransparencyLog

/// Says between which times the entries of a ledger were made.
///
/// Nothing of what is in the file is taken on trust: chain, tree and checkpoints are verified
/// first, and then all entries are read a second time, for what they say of times.
package struct LedgerTimes {
    package let verifier: LedgerVerifier
    package let rules: TimeRules
    /// Whose cosignatures count; nil for those of all keys on the ledger.
    package let witnesses: Set<VerifierKey>?
    /// What tokens are verified by; nil where time-stamps do not count.
    package let timeStamps: TimeStampVerifier?

    package enum Outcome: Sendable {
        /// The ledger is not sound, so nothing follows from what stands in it.
        case unsound(Verification)
        case report(TimeReport, LedgerTimeEvidence, Verification)
    }

    /// - Parameter verifier: of the ledger; only the chain is verified.
    package init(
        verifier: LedgerVerifier, rules: TimeRules, witnesses: Set<VerifierKey>?,
        timeStamps: TimeStampVerifier?
    ) {
        var verifier = verifier
        verifier.isChainOnly = true
        verifier.timeStamps = nil
        self.verifier = verifier
        self.rules = rules
        self.witnesses = witnesses
        self.timeStamps = timeStamps
    }

    /// - Parameters:
    ///   - progress: entries, of which each is read twice.
    ///   - body: is told of each entry of which something is found, in order.
    /// - Throws: `StoreError`, `OpenSSL.Failure`.
    package func run(
        progress: @escaping (_ done: Int64, _ total: Int64) -> Void,
        forEach body: (TimeReport.Found) throws -> Void
    ) throws -> Outcome {
        let verification = try verifier.run { progress($0, 2 * $1) }
        guard verification.isSound else { return .unsound(verification) }
        let reader = try LedgerReader(verifier.paths)
        return try reader.read { database in
            let entries = verification.entries
            let evidence = try TimeEvidenceReading.read(
                TimeEvidenceReading(
                    identity: reader.identity, entries: entries, witnesses: witnesses,
                    verifier: timeStamps), database)
            var report = TimeReport(
                rules: rules, bounds: TimeBounds(evidence.evidence, entries: entries))
            try read(database, evidence.places, &report, progress, body)
            return .report(report, evidence, verification)
        }
    }

    private func read(
        _ database: Database, _ places: Set<Int64>, _ report: inout TimeReport,
        _ progress: (_ done: Int64, _ total: Int64) -> Void,
        _ body: (TimeReport.Found) throws -> Void
    ) throws {
        let rows = try RawStatement(
            database, "SELECT seq, bytes FROM entry WHERE seq >= ? AND seq < ? ORDER BY seq")
        let end = report.bounds.intervals.last?.entries.upperBound ?? 0
        for bounds in report.bounds.intervals {
            rows.bind(1, bounds.entries.lowerBound)
            rows.bind(2, bounds.entries.upperBound)
            defer { rows.reset() }
            while try rows.step() {
                let (seq, bytes) = (rows.integer(0), rows.blob(1))
                let times = try times(seq, bytes)
                if times.bearsEvidence(in: bytes), !places.contains(seq) { throw hidden(seq) }
                if seq.isMultiple(of: 8_192) { progress(end + seq, 2 * end) }
                let finding = rules.finding(
                    at: times.at, occurredOn: times.occurredOn, bounds)
                guard let finding else { continue }
                let found = TimeReport.Found(
                    seq: seq, kind: times.kindName(in: bytes), at: times.at,
                    occurredOn: times.occurredOn, bounds: bounds, finding: finding)
                report.add(found)
                try body(found)
            }
        }
    }

    private func times(_ seq: Int64, _ bytes: UnsafeBufferPointer<UInt8>) throws -> EntryTimes {
        guard let times = EntryTimes(bytes) else {
            throw StoreError.damaged(
                path: verifier.paths.ledger, message: "entry \(seq) does not say when it happened")
        }
        return times
    }

    /// Evidence that is found through the tables could be hidden by altering them.
    private func hidden(_ seq: Int64) -> StoreError {
        StoreError.damaged(
            path: verifier.paths.ledger, message: "its tables do not have what entry \(seq) says")
    }
}

extension EntryTimes {
    fileprivate func bearsEvidence(in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        isKind("checkpoint.cosigned", in: bytes) || isKind("checkpoint.timestamped", in: bytes)
            || isKind("key.registered", in: bytes)
    }
}
