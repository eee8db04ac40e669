internal import AidRecords
internal import Findings
internal import GRDB
internal import PolicyRules

/// The records that a record speaks of, and those that they speak of.
struct SpokenOf {
    private let database: Database
    private let columns: [TraceColumns]
    private let rows: TraceRows
    private let catalogue: KindCatalogue

    init(
        _ database: Database, _ columns: [TraceColumns], _ rows: TraceRows,
        _ catalogue: KindCatalogue
    ) {
        self.database = database
        self.columns = columns
        self.rows = rows
        self.catalogue = catalogue
    }

    /// Without the record itself; each with the entry that speaks of it.
    func chain(from start: TraceRow) throws -> [TraceRow] {
        var found: [Int64: TraceRow] = [start.entry.seq: start]
        var waiting = [start]
        while let row = waiting.popLast() {
            for key in try keys(of: row) {
                guard let other = try record(key), found[other.entry.seq] == nil else { continue }
                var named = other
                named.entry.through = row.entry.seq
                found[named.entry.seq] = named
                waiting.append(named)
            }
        }
        found[start.entry.seq] = nil
        return Array(found.values)
    }

    private func keys(of row: TraceRow) throws -> [RecordKey] {
        var keys: [RecordKey] = []
        for table in columns where table.kind.ordinal == row.kind.ordinal {
            for reference in table.references {
                let source = SQLName.quoted(reference.source)
                let id = SQLName.quoted(reference.id)
                let statement = try RawStatement(
                    database,
                    """
                    SELECT \(source), \(id) FROM \(table.table.name)
                    WHERE ledger = 1 AND seq = ? AND \(id) IS NOT NULL
                    """)
                statement.bind(1, row.entry.seq)
                while try statement.step() { keys.append(statement.key(0)) }
            }
        }
        return keys
    }

    private func record(_ key: RecordKey) throws -> TraceRow? {
        let name = TraceTarget.EntryName.record(source: key.source, id: key.id)
        do {
            let (seq, bytes) = try name.find(database)
            guard let kind = TraceTarget.EntryName.kind(of: bytes, catalogue) else { return nil }
            return try rows.row(of: kind, seq: seq)
        } catch TraceRefusal.noEntry {
            // It may speak of what is not (yet) on the ledger.
            return nil
        }
    }
}

/// What institutions are called, as last designated.
enum InstitutionNames {
    static func read(_ database: Database, of trace: SubjectTrace) throws -> [TraceSubject: String]
    {
        var wanted = Set(trace.entries.flatMap(\.subjects).filter { $0.kind == .institution })
        if case .subject(let subject) = trace.start, subject.kind == .institution {
            wanted.insert(subject)
        }
        let shared = trace.links.links.compactMap(\.shared) + trace.links.hubs.map(\.shared)
        let named = Set(shared).filter { $0.kind == .visitDay || $0.kind == .institution }
        let statement = try RawStatement(
            database,
            """
            SELECT institution_code, institution_name FROM live_institution_designated
            WHERE ledger = 1 ORDER BY seq
            """)
        var nameOf: [String: String] = [:]
        while try statement.step() { nameOf[statement.text(0)] = statement.text(1) }
        var labels: [TraceSubject: String] = [:]
        for subject in wanted { labels[subject] = nameOf[subject.id] }
        for subject in named {
            guard subject.kind == .visitDay else {
                labels[subject] = nameOf[subject.id]
                continue
            }
            let code = String(subject.id.dropLast(11))
            labels[subject] = nameOf[code].map { "\(subject.id.suffix(10)) \($0)" }
        }
        return labels
    }
}
