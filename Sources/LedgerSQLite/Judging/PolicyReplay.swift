package import AidRecords
internal import GRDB
internal import LedgerCore
package import PolicyRules
internal import Synchronization

/// Judges the records of a year as they were, and as they would be under other rulebooks or
/// parameters. Nothing is written.
package struct PolicyReplay: Sendable {
    package let paths: LedgerPaths
    package let catalogue: KindCatalogue
    package let policies: PolicyFolder
    package let year: Int
    /// Each takes the place of the adopted rulebook of its name, wherever that is in force.
    package let rulebooks: [PolicyFolder.File]
    /// Each takes the place of those on record for the same name, area, keys and day.
    package let parameters: [Parameter]

    package init(
        _ paths: LedgerPaths, catalogue: KindCatalogue, policies: PolicyFolder, year: Int,
        rulebooks: [PolicyFolder.File], parameters: [Parameter]
    ) {
        self.paths = paths
        self.catalogue = catalogue
        self.policies = policies
        self.year = year
        self.rulebooks = rulebooks
        self.parameters = parameters
    }

    /// What the records of one kind and category come to; money in fen.
    package struct Line: Hashable, Sendable {
        package var kind: String
        package var category: String
        package var records: Int64 = 0
        package var actual: Int64 = 0
        /// Of the records for which it can be said both before and after.
        package var expected = Change()
        /// The same with every layer reckoned anew.
        package var reperformed = Change()
        package var cannotBeJudged = Change()
        /// Records whose verdict is another.
        package var otherVerdict: Int64 = 0

        package var isDifferent: Bool {
            otherVerdict > 0
                || [expected, reperformed, cannotBeJudged].contains { $0.difference != 0 }
        }
    }

    package struct Change: Hashable, Sendable {
        package var before: Int64 = 0
        package var after: Int64 = 0
        package var difference: Int64 { after - before }
    }

    /// Why it cannot be replayed.
    package struct Refusal: Error, CustomStringConvertible {
        package let description: String
    }

    /// - Throws: `Refusal`, `DeclarationError`, `StoreError`.
    package func run(
        progress: @escaping (_ done: Int64, _ total: Int64) -> Void = { _, _ in }
    ) throws -> [Line] {
        let reader = try Connection.reader(paths.ledger, .ledger)
        let task = try reader.read(at: paths.ledger, task)
        let found = Mutex([LineKey: Line]())
        let done = Mutex(Int64(0))
        // Safe: called on the caller's thread only.
        nonisolated(unsafe) let progress = progress
        let (paths, shares) = (paths, task.shares)
        try Workers.share(shares.count) { isCaller, next in
            try Connection.reader(paths.ledger, .ledger).read(at: paths.ledger) { database in
                let reader = try HistoryReader(database, task.cases)
                while let number = next() {
                    guard case .range(let persons) = shares[number] else { continue }
                    var lines: [LineKey: Line] = [:]
                    try reader.forEach(in: persons) { add($0, task, to: &lines) }
                    found.withLock { found in
                        for (key, line) in lines { found[key, default: line.empty] += line }
                    }
                    let count = done.withLock { done in
                        done += 1
                        return done
                    }
                    if isCaller { progress(count, Int64(shares.count)) }
                }
            }
        }
        return found.withLock { Array($0.values) }
            .sorted { ($0.kind, $0.category) < ($1.kind, $1.category) }
    }

    // MARK: What is compared

    private struct Task: Sendable {
        let cases: CaseRecords
        let shares: [JudgingShare]
        let before: Adjudicator
        let after: Adjudicator
    }

    private func task(_ database: Database) throws -> Task {
        try LedgerSchema.requireReadModel(database, paths.ledger, catalogue)
        let reader = try RulingReader(database)
        let known = try TemporaryVerdicts.rulebooks(database, catalogue, policies: policies)
        let before = try reader.ruling(known)
        var adoptions = try reader.adoptions()
        var rulebooks = known
        for file in self.rulebooks {
            let rulebook = try file.rulebook(catalogue)
            guard adoptions.contains(where: { $0.rulebook == rulebook.name }) else {
                throw Refusal(
                    description: "\(file.path): no policy.adopted names the rulebook "
                        + rulebook.name)
            }
            rulebooks[file.sha256] = rulebook
            for index in adoptions.indices where adoptions[index].rulebook == rulebook.name {
                adoptions[index].sha256 = file.sha256
            }
        }
        let after = Ruling(
            rulebooks: rulebooks, adoptions: adoptions,
            parameters: replaced(try reader.parameters()),
            institutions: try reader.institutions())
        return Task(
            cases: try CaseRecords(database), shares: try JudgingShare.all(database).shares,
            before: Adjudicator(before), after: Adjudicator(after))
    }

    private func replaced(_ recorded: [Parameter]) -> [Parameter] {
        let given = Set(parameters.map(ParameterPlace.init))
        return recorded.filter { !given.contains(ParameterPlace($0)) } + parameters
    }

    // MARK: Adding up

    private func add(_ person: PersonRecords, _ task: Task, to lines: inout [LineKey: Line]) {
        let before = task.before.judge(person.history)
        let after = Dictionary(
            task.after.judge(person.history).map { ($0.seq, $0) },
            uniquingKeysWith: { first, _ in first })
        let records = Dictionary(
            person.history.records.map { ($0.head.seq, $0) },
            uniquingKeysWith: { first, _ in first })
        for old in before {
            guard let new = after[old.seq], let record = records[old.seq],
                old.year == year || new.year == year
            else { continue }
            let key = LineKey(kind: record.kind, category: record.category)
            lines[key, default: Line(kind: key.kind, category: key.category)].add(old, new)
        }
    }
}

private struct LineKey: Hashable {
    let kind: String
    let category: String
}

/// What a parameter is laid down for.
private struct ParameterPlace: Hashable {
    let name: String
    let area: String
    let texts: [String?]
    let numbers: [Int?]

    init(_ parameter: Parameter) {
        name = parameter.name
        area = parameter.area
        texts = [parameter.category, parameter.scheme, parameter.visitType, parameter.fund]
        numbers = [
            parameter.year, parameter.institutionLevel, parameter.validFrom?.dayNumber,
        ]
    }
}

extension PolicyReplay.Line {
    fileprivate var empty: PolicyReplay.Line { .init(kind: kind, category: category) }

    fileprivate mutating func add(_ old: Judgement, _ new: Judgement) {
        records += 1
        actual += old.actual
        expected.add(old.expected, new.expected)
        reperformed.add(old.reperformed, new.reperformed)
        if old.verdict == .cannotBeJudged { cannotBeJudged.before += 1 }
        if new.verdict == .cannotBeJudged { cannotBeJudged.after += 1 }
        if old.verdict != new.verdict { otherVerdict += 1 }
    }

    fileprivate static func += (line: inout PolicyReplay.Line, other: PolicyReplay.Line) {
        line.records += other.records
        line.actual += other.actual
        line.expected += other.expected
        line.reperformed += other.reperformed
        line.cannotBeJudged += other.cannotBeJudged
        line.otherVerdict += other.otherVerdict
    }
}

extension PolicyReplay.Change {
    fileprivate mutating func add(_ old: Int64?, _ new: Int64?) {
        guard let old, let new else { return }
        before += old
        after += new
    }

    fileprivate static func += (change: inout PolicyReplay.Change, other: PolicyReplay.Change) {
        change.before += other.before
        change.after += other.after
    }
}
