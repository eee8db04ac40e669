internal import AidRecords
internal import GRDB
internal import LedgerCore
internal import PolicyRules

/// Judges all records anew and compares the verdicts with those that the ledger keeps.
struct VerdictAudit {
    let paths: LedgerPaths
    let catalogue: KindCatalogue
    let findings: Findings

    /// - Parameter database: must be in a transaction, whose state is what is compared.
    func run(_ database: Database) throws {
        let verification = findings.verification
        guard verification.count(.readModel) == 0, verification.count(.format) == 0,
            verification.notChecked[.readModel] == nil, try database.tableExists("rulebook")
        else { return pass("the tables that they are made of are not sound") }
        let kept = try KeptRulebooks(database)
        guard try isBegun(database) else { return }
        let rulebooks = kept.rulebooks(catalogue)
        guard try areSound(kept, rulebooks, database) else {
            return pass("a kept rulebook was altered")
        }
        try noteRowsOfOthers(database)
        let cases = try CaseRecords(database)
        let state = try JudgingState(database)
        guard let skipped = try skipped(database, cases, state) else { return }
        let adjudicator = Adjudicator(try RulingReader(database).ruling(rulebooks))
        try compare(database, cases, adjudicator, state, skipped)
    }

    private func pass(_ reason: String) {
        findings.update { $0.notChecked[.verdicts] = reason }
    }

    /// Whether anything has been judged or kept: before, there is nothing to compare.
    private func isBegun(_ database: Database) throws -> Bool {
        try ["judgement", "verdict", "rulebook"].contains { table in
            try Int.fetchOne(database, sql: "SELECT 1 FROM \(table) LIMIT 1") != nil
        }
    }

    // MARK: Rulebooks

    /// - Parameter rulebooks: those of them that can be read, by their SHA-256.
    private func areSound(
        _ kept: KeptRulebooks, _ rulebooks: [String: Rulebook], _ database: Database
    ) throws -> Bool {
        var areSound = true
        for kept in kept.all {
            let name = "the kept rulebook \(kept.name) (SHA-256 \(kept.sha256))"
            if FileDigest.sha256(kept.bytes) != kept.sha256 {
                findings.note(.verdicts, "\(name) was altered: its bytes have another SHA-256")
                areSound = false
            } else if let rulebook = rulebooks[kept.sha256], rulebook.name != kept.name {
                findings.note(.verdicts, "\(name) was altered: its bytes say \(rulebook.name)")
            }
            let adopted = try Int.fetchOne(
                database, sql: "SELECT 1 FROM policy_adopted WHERE ledger = 1 AND sha256 = ?",
                arguments: [kept.sha256])
            if adopted == nil { findings.note(.verdicts, "\(name) is adopted by no entry") }
        }
        return areSound
    }

    /// Reports ask for rows of ledger 1: what has another number there is nobody's verdict.
    private func noteRowsOfOthers(_ database: Database) throws {
        let rows = try Int64.fetchAll(
            database,
            sql: """
                SELECT seq FROM verdict WHERE ledger < 1
                UNION ALL SELECT seq FROM verdict WHERE ledger > 1
                """)
        for seq in rows {
            findings.note(.verdicts, seq: seq, "verdict that no record gives")
        }
    }

    // MARK: What has been judged

    /// Persons whose verdicts are stale; nil where all are.
    private func skipped(
        _ database: Database, _ cases: CaseRecords, _ state: JudgingState
    ) throws -> Set<Int64>? {
        let size = try JudgingState.headSize(database)
        guard case .through(let judged) = state, judged <= size else {
            pass("they are not those of these entries; they are judged anew before they are read")
            return nil
        }
        if judged == size { return [] }
        var search = try AffectedPersons(database, cases)
        guard case .some(let persons) = try search.find(in: judged..<size) else {
            pass("later entries bear on all of them; they are judged anew before they are read")
            return nil
        }
        if !persons.isEmpty {
            let count = persons.count
            findings.update {
                $0.notices.append(
                    "verdicts of \(grouped(count)) \(count == 1 ? "person" : "persons") are stale; "
                        + "they are judged anew before they are read")
            }
        }
        return persons
    }

    // MARK: Comparing

    private func compare(
        _ database: Database, _ cases: CaseRecords, _ adjudicator: Adjudicator,
        _ state: JudgingState, _ skipped: Set<Int64>
    ) throws {
        let shares = try JudgingShare.all(database).shares
        let size = try JudgingState.headSize(database)
        let (paths, findings) = (paths, findings)
        // Safe: used only where `isCaller` is true, which is on this thread.
        nonisolated(unsafe) let database = database
        try Workers.share(shares.count) { isCaller, next in
            func work(_ database: Database) throws {
                let worker = try VerdictComparison(
                    database, cases, adjudicator, skipped, report: findings.note)
                while let number = next() { try worker.compare(shares[number]) }
            }
            guard !isCaller else { return try work(database) }
            try Connection.reader(paths.ledger, .ledger).read { database in
                // Where the ledger has gone on meanwhile, the caller's state is compared by the
                // caller alone.
                guard try JudgingState(database) == state,
                    try JudgingState.headSize(database) == size
                else { return }
                try work(database)
            }
        }
    }
}

/// Compares verdicts with stored ones, share by share.
private final class VerdictComparison {
    private let cases: CaseRecords
    private let adjudicator: Adjudicator
    private let skipped: Set<Int64>
    private let report: (LedgerProblem) -> Void
    private let reader: HistoryReader
    private let stored: RawStatement

    init(
        _ database: Database, _ cases: CaseRecords, _ adjudicator: Adjudicator,
        _ skipped: Set<Int64>, report: @escaping (LedgerProblem) -> Void
    ) throws {
        self.cases = cases
        self.adjudicator = adjudicator
        self.skipped = skipped
        self.report = report
        reader = try HistoryReader(database, cases)
        stored = try VerdictStore.select(database)
    }

    func compare(_ share: JudgingShare) throws {
        guard case .range(let persons) = share else { return }
        var found = try rows(persons)
        try reader.forEach(in: persons) { person in
            guard !skipped.contains(person.person) else { return }
            for row in adjudicator.rows(of: person) {
                compare(row, found.removeValue(forKey: row.seq))
            }
        }
        reader.end()
        for row in found.values {
            report(.init(.verdicts, seq: row.seq, "verdict that no record gives"))
        }
    }

    private func compare(_ row: VerdictRow, _ stored: VerdictRow?) {
        guard let stored else {
            return report(.init(.verdicts, seq: row.seq, "verdict missing"))
        }
        let columns = row.difference(from: stored)
        guard !columns.isEmpty else { return }
        report(
            .init(
                .verdicts, seq: row.seq, "verdict differs in \(columns.joined(separator: ", "))"))
    }

    private func rows(_ persons: Range<Int64>) throws -> [Int64: VerdictRow] {
        defer { stored.reset() }
        stored.bind(1, persons.lowerBound)
        stored.bind(2, persons.upperBound)
        var rows: [Int64: VerdictRow] = [:]
        while try stored.step() {
            let row = VerdictRow(stored)
            guard !skipped.contains(cases.persons.root(of: row.person)) else { continue }
            if rows.updateValue(row, forKey: row.seq) != nil {
                report(.init(.verdicts, seq: row.seq, "verdict that no record gives"))
            }
        }
        return rows
    }
}
