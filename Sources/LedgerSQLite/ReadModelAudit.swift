internal import AidRecords
internal import GRDB
internal import LedgerCore

/// Compares the read model with what the entries say, both in order of `seq`, row by row and one
/// segment of the ledger after the other.
final class ReadModelAudit {
    private let subjects: SubjectIndex
    /// By position in `KindCatalogue.tables`; nil for those that are not compared.
    private let cursors: [TableCursor?]
    /// Rows of `subject` that were met at the entry that names them first.
    private(set) var subjectsMet: Int64 = 0
    private let report: (LedgerProblem) -> Void
    /// The subjects that the present entry names, with their numbers as far as they have one.
    private var subjectsNamed: [(key: PseudonymKey, number: Int64?)] = []
    /// Entries of the segment that cannot be read: what rows they give is not known.
    private var unreadable: Set<Int64> = []

    /// - Parameter tables: the names of those that are to be compared.
    init(
        _ database: Database, _ catalogue: KindCatalogue, _ tables: Set<String>,
        report: @escaping (LedgerProblem) -> Void
    ) throws {
        self.report = report
        subjects = try SubjectIndex(database)
        cursors = try catalogue.tables.map { table in
            tables.contains(table.name) ? try TableCursor(database, table) : nil
        }
    }

    func begin(_ segment: Range<Int64>) throws {
        unreadable = []
        for cursor in cursors { try cursor?.begin(segment) }
    }

    func check(
        _ entry: borrowing RecordedEntry, _ bytes: UnsafeBufferPointer<UInt8>
    ) throws {
        try checkSubjects(entry, bytes)
        for row in entry.rows { try check(row, of: entry, bytes) }
    }

    func pass(unreadable seq: Int64) { unreadable.insert(seq) }

    /// Reports the rows that are left when all entries of the segment have been seen.
    func end() throws {
        for cursor in cursors {
            try cursor?.skip(before: (.max, .max), reportExtra)
            cursor?.end()
        }
    }

    /// A subject's number is the first entry that names it: each row must be met there. That
    /// there are no others is seen by counting them at the end.
    private func checkSubjects(
        _ entry: borrowing RecordedEntry, _ bytes: UnsafeBufferPointer<UInt8>
    ) throws {
        subjectsNamed.removeAll(keepingCapacity: true)
        for start in entry.pseudonyms {
            let pseudonym = ReadModelWriter.pseudonym(at: start, in: bytes)
            let key = PseudonymKey(pseudonym)
            guard !subjectsNamed.contains(where: { $0.key == key }) else { continue }
            let number = try subjects.number(pseudonym)
            subjectsNamed.append((key, number))
            switch number {
            case nil: reportSubject(pseudonym, "missing", entry.seq)
            case entry.seq: subjectsMet += 1
            case .some(let number) where number > entry.seq:
                reportSubject(pseudonym, "differs", entry.seq)
            default: break
            }
        }
    }

    private func reportSubject(
        _ pseudonym: UnsafeBufferPointer<UInt8>, _ finding: String, _ seq: Int64
    ) {
        let text = String(decoding: pseudonym, as: UTF8.self)
        report(.init(.readModel, seq: seq, "read-model row of subject \(text) \(finding)"))
    }

    private func check(
        _ row: RecordedEntry.Row, of entry: borrowing RecordedEntry,
        _ bytes: UnsafeBufferPointer<UInt8>
    ) throws {
        guard let cursor = cursors[row.table] else { return }
        let key = (entry.seq, Int64(row.position))
        let table = cursor.table.name
        try cursor.skip(before: key, reportExtra)
        guard let found = cursor.key, found == key else {
            return report(.init(.readModel, seq: key.0, "read-model row of \(table) missing"))
        }
        if !cursor.isOfThisLedger {
            report(.init(.readModel, seq: key.0, "read-model row of \(table) differs in ledger"))
        }
        let values = UnsafeBufferPointer(rebasing: entry.values[row.columns])
        for (index, value) in values.enumerated() {
            let isSame = cursor.holds(
                value, at: index, of: entry, bytes,
                subject: { number(of: $0, bytes) })
            guard !isSame else { continue }
            let column = cursor.table.columns[index].name
            report(.init(.readModel, seq: key.0, "read-model row of \(table) differs in \(column)"))
        }
        try cursor.advance()
    }

    private func number(of start: Int32, _ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
        let key = PseudonymKey(ReadModelWriter.pseudonym(at: start, in: bytes))
        return subjectsNamed.first { $0.key == key }?.number
    }

    private func reportExtra(_ table: String, _ seq: Int64) {
        guard !unreadable.contains(seq) else { return }
        report(.init(.readModel, seq: seq, "read-model row of \(table) that no entry gives"))
    }
}

/// What can only be seen of the read model as a whole, when all entries have been read.
enum ReadModelRemainder {
    /// - Parameters:
    ///   - end: the `seq` after the last entry.
    ///   - subjectsMet: how many rows of `subject` were met at their entry.
    static func check(
        _ database: Database, _ catalogue: KindCatalogue, _ tables: Set<String>, end: Int64,
        subjectsMet: Int64, report: (LedgerProblem) -> Void
    ) throws {
        for table in catalogue.tables where tables.contains(table.name) {
            let elsewhere = table.isList ? "OR ledger < 1 OR ledger > 1" : ""
            let strays = try Int64.fetchAll(
                database,
                sql: """
                    SELECT seq FROM \(table.name) WHERE seq < 0 OR seq >= ? \(elsewhere) LIMIT 20
                    """, arguments: [end])
            for seq in strays {
                report(
                    .init(
                        .readModel, seq: seq,
                        "read-model row of \(table.name) that no entry gives"))
            }
        }
        let rows = try Int64.fetchOne(database, sql: "SELECT count(*) FROM subject") ?? 0
        guard rows != subjectsMet else { return }
        try reportStraySubjects(database, report)
        report(
            .init(
                .readModel,
                "read-model table subject has \(rows) rows, the entries name \(subjectsMet) subjects"
            ))
    }

    /// Names the rows of `subject` that are not where their pseudonym is named.
    private static func reportStraySubjects(
        _ database: Database, _ report: (LedgerProblem) -> Void
    ) throws {
        let strays = try String.fetchAll(
            database,
            sql: """
                SELECT pseudonym FROM subject WHERE ledger <> 1 OR NOT EXISTS (
                  SELECT 1 FROM entry
                  WHERE entry.ledger = 1 AND entry.seq = subject.seq
                    AND instr(entry.bytes, CAST(subject.pseudonym AS BLOB)) > 0)
                LIMIT 20
                """)
        for pseudonym in strays {
            report(.init(.readModel, "read-model row of subject \(pseudonym) that no entry gives"))
        }
    }
}
