package import AidRecords
internal import GRDB
internal import LedgerCore
internal import PolicyRules
internal import Synchronization

/// Judges what has not been judged yet, and keeps the verdicts in the ledger's database.
///
/// Whatever interrupts it, nothing is lost: how far was judged is noted last, and until then all
/// is judged again. Where everything is judged anew, that nothing is judged is noted first.
package struct LedgerJudge: Sendable {
    package let paths: LedgerPaths
    package let catalogue: KindCatalogue
    /// Where rulebooks that were adopted are looked for.
    package let policies: PolicyFolder

    package init(_ paths: LedgerPaths, catalogue: KindCatalogue, policies: PolicyFolder) {
        self.paths = paths
        self.catalogue = catalogue
        self.policies = policies
    }

    package struct Outcome: Sendable, Hashable {
        /// Records judged anew.
        package internal(set) var records: Int64 = 0
        /// Names of rulebooks that are kept from now on.
        package internal(set) var kept: [String] = []
    }

    /// What is to be judged, and by what.
    private struct Task {
        let size: Int64
        let cases: CaseRecords
        let adjudicator: Adjudicator
        let isEverybody: Bool
        let shares: [JudgingShare]
    }

    /// Brings the verdicts up to the newest entry.
    /// - Throws: `StoreError`; `.readOnly` or `.locked` where nothing can be written now.
    @discardableResult
    package func update(
        progress: @escaping (_ done: Int64, _ total: Int64) -> Void = { _, _ in }
    ) throws -> Outcome {
        let reader = try Connection.reader(paths.ledger, .ledger)
        guard try reader.read(at: paths.ledger, isNeeded) else { return Outcome() }
        return try JudgingLock.hold(paths) {
            let writer = try JudgingWriter(paths)
            var outcome = Outcome()
            outcome.kept = try keepRulebooks(reader, writer)
            let task = try reader.read(at: paths.ledger, task)
            if task.isEverybody {
                try writer.write { database in
                    try JudgingState.forget(database)
                    try database.execute(sql: "DELETE FROM verdict")
                }
            }
            outcome.records = try run(task, writer, progress)
            try writer.write { try JudgingState.note(size: task.size, $0) }
            try reader.close()
            try writer.close()
            return outcome
        }
    }

    private func isNeeded(_ database: Database) throws -> Bool {
        try LedgerSchema.requireReadModel(database, paths.ledger, catalogue)
        return try !JudgingState.isPresent(database) || !missing(database).isEmpty
    }

    // MARK: Rulebooks

    private func missing(_ database: Database) throws -> [PolicyFolder.File] {
        let kept = try KeptRulebooks(database)
        return try KeptRulebooks.missing(
            of: RulingReader(database).adoptions(), kept: Set(kept.all.map(\.sha256)),
            in: policies, catalogue)
    }

    /// Verdicts that were given without a rulebook which is here now are not to be relied on.
    private func keepRulebooks(
        _ reader: DatabaseQueue, _ writer: JudgingWriter
    ) throws -> [String] {
        let files = try reader.read(at: paths.ledger, missing)
        guard !files.isEmpty else { return [] }
        try writer.write { database in
            for file in files { try KeptRulebooks.keep(file, catalogue, database) }
            try JudgingState.forget(database)
        }
        return try files.map { try $0.rulebook(catalogue).name }
    }

    // MARK: Judging

    private func task(_ database: Database) throws -> Task {
        let cases = try CaseRecords(database)
        let ruling = try RulingReader(database).ruling(
            KeptRulebooks(database).rulebooks(catalogue))
        let size = try JudgingState.headSize(database)
        let affected = try affected(database, cases, size)
        return Task(
            size: size, cases: cases, adjudicator: Adjudicator(ruling),
            isEverybody: affected == nil,
            shares: try affected ?? JudgingShare.all(database).shares)
    }

    /// - Returns: nil where everybody is to be judged.
    private func affected(
        _ database: Database, _ cases: CaseRecords, _ size: Int64
    ) throws -> [JudgingShare]? {
        // Where many are affected, finding out whom costs more than it saves.
        guard case .through(let judged) = try JudgingState(database), judged <= size,
            size - judged <= max(size / 3, LedgerJudge.fewEntries)
        else { return nil }
        var search = try AffectedPersons(database, cases)
        guard case .some(let persons) = try search.find(in: judged..<size) else { return nil }
        if persons.count > LedgerJudge.fewEntries,
            try persons.count > JudgingShare.all(database).persons / 3
        {
            return nil
        }
        return JudgingShare.some(persons)
    }

    private static let fewEntries: Int64 = 1_000

    private func run(
        _ task: Task, _ writer: JudgingWriter,
        _ progress: @escaping (_ done: Int64, _ total: Int64) -> Void
    ) throws -> Int64 {
        let total = Int64(task.shares.count)
        let counted = Mutex((shares: Int64(0), records: Int64(0)))
        // Safe: called on the caller's thread only.
        nonisolated(unsafe) let progress = progress
        let (paths, shares, isEverybody) = (paths, task.shares, task.isEverybody)
        let (cases, adjudicator) = (task.cases, task.adjudicator)
        try Workers.share(shares.count) { isCaller, next in
            let worker = try JudgingWorker(paths, cases, adjudicator)
            while let number = next() {
                var share = try worker.judge(shares[number])
                if isEverybody { share.cleared = [] }
                try writer.write(share)
                let done = counted.withLock { counted in
                    counted.shares += 1
                    counted.records += Int64(share.rows.count)
                    return counted.shares
                }
                if isCaller { progress(done, total) }
            }
        }
        progress(total, total)
        return counted.withLock(\.records)
    }
}

/// Judges shares on a connection of its own. Each share is read from the state of its moment: what
/// was appended meanwhile is judged again by whoever judges through it.
private final class JudgingWorker {
    private let queue: DatabaseQueue
    private let path: String
    private let cases: CaseRecords
    private let adjudicator: Adjudicator
    private var reader: HistoryReader?

    init(_ paths: LedgerPaths, _ cases: CaseRecords, _ adjudicator: Adjudicator) throws {
        path = paths.ledger
        queue = try Connection.reader(paths.ledger, .ledger)
        self.cases = cases
        self.adjudicator = adjudicator
    }

    func judge(_ share: JudgingShare) throws -> JudgingWriter.Share {
        try queue.read(at: path) { database in
            let reader = try self.reader ?? HistoryReader(database, cases)
            self.reader = reader
            defer { reader.end() }
            var result = JudgingWriter.Share()
            switch share {
            case .range(let persons):
                try reader.forEach(in: persons) { result.rows += adjudicator.rows(of: $0) }
            case .persons(let persons):
                for person in persons {
                    result.cleared += cases.persons.members(of: person)
                    try reader.forEach(in: person..<(person + 1)) {
                        result.rows += adjudicator.rows(of: $0)
                    }
                }
            }
            return result
        }
    }
}
