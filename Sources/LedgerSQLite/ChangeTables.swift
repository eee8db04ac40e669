internal import GRDB

/// Finds, by SQL, the counterparts of entries that do not stand under the same number in two
/// copies, and keeps what differs.
///
/// It is a temporary database, whose pages SQLite puts into a file: memory stays flat however
/// many entries differ.
final class ChangeTables {
    private let database: Database
    private let insertHere: RawStatement
    private let insertThere: RawStatement
    private let insertChange: RawStatement

    /// Runs `body` on empty tables.
    static func make<Result>(_ body: (ChangeTables) throws -> Result) throws -> Result {
        var configuration = Configuration()
        configuration.prepareDatabase {
            try $0.execute(
                sql: """
                    PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
                    PRAGMA temp_store = FILE; PRAGMA cache_size = -16384
                    """)
        }
        let queue = try DatabaseQueue(path: "", configuration: configuration)
        return try StoreError.translated("the folder for temporary files (SQLITE_TMPDIR, TMPDIR)") {
            try queue.write { try body(ChangeTables($0)) }
        }
    }

    private static let columns =
        "(seq INTEGER PRIMARY KEY, mark BLOB, content BLOB, link BLOB, at INTEGER)"

    private init(_ database: Database) throws {
        self.database = database
        try database.execute(
            sql: """
                CREATE TABLE here \(ChangeTables.columns);
                CREATE TABLE there \(ChangeTables.columns);
                CREATE TABLE pair (
                    here INTEGER PRIMARY KEY, there INTEGER, edited INTEGER, recordedAt INTEGER,
                    rehashed INTEGER);
                CREATE TABLE change (place INTEGER, rank INTEGER, kind TEXT, here INTEGER,
                    there INTEGER);
                """)
        func insert(_ table: String) throws -> RawStatement {
            try RawStatement(database, "INSERT INTO \(table) VALUES (?, ?, ?, ?, ?)")
        }
        insertHere = try insert("here")
        insertThere = try insert("there")
        insertChange = try insert("change")
    }

    // MARK: Filling

    func addHere(_ cursor: CopyCursor) throws { try add(cursor, insertHere) }
    func addThere(_ cursor: CopyCursor) throws { try add(cursor, insertThere) }

    private func add(_ cursor: CopyCursor, _ insert: RawStatement) throws {
        insert.bind(1, cursor.seq)
        withUnsafeBytes(of: cursor.mark) { insert.bind(2, blob: $0) }
        withUnsafeBytes(of: cursor.fingerprint) { insert.bind(3, blob: $0) }
        insert.bind(4, blob: UnsafeRawBufferPointer(cursor.prevBeginning))
        if let at = cursor.recordedAt { insert.bind(5, at) } else { insert.bindNull(5) }
        try insert.run()
    }

    func note(_ kind: LedgerChange.Kind, here: Int64?, there: Int64?) throws {
        insertChange.bind(1, here ?? there ?? 0)
        insertChange.bind(2, kind.rank)
        insertChange.bind(3, kind.rawValue)
        if let here { insertChange.bind(4, here) } else { insertChange.bindNull(4) }
        if let there { insertChange.bind(5, there) } else { insertChange.bindNull(5) }
        try insertChange.run()
    }

    // MARK: Matching

    /// A counterpart that stands elsewhere.
    struct Pair {
        let here: Int64
        let there: Int64
        let isEdited: Bool
        let isRecordedAtAnotherTime: Bool
        let isRehashed: Bool
    }

    /// Matches what has been added, and hands over the pairs in the order of `here`. Of several
    /// entries that say the same, the first is the counterpart of the first, and so on.
    func match(_ body: (Pair) throws -> Void) throws {
        for table in ["here", "there"] {
            try database.execute(
                sql: """
                    CREATE TABLE \(table)Turn (
                        mark BLOB, turn INTEGER, seq INTEGER, content BLOB, link BLOB, at INTEGER,
                        PRIMARY KEY (mark, turn)) WITHOUT ROWID;
                    INSERT INTO \(table)Turn
                    SELECT mark, row_number() OVER (PARTITION BY mark ORDER BY seq) AS turn, seq,
                        content, link, at
                    FROM \(table) ORDER BY mark, turn;
                    """)
        }
        try database.execute(
            sql: """
                INSERT INTO pair
                SELECT h.seq, t.seq, h.content <> t.content, h.at IS NOT t.at, h.link <> t.link
                FROM hereTurn AS h CROSS JOIN thereTurn AS t
                WHERE t.mark = h.mark AND t.turn = h.turn ORDER BY h.seq;
                DROP TABLE hereTurn; DROP TABLE thereTurn;
                CREATE INDEX pair_there ON pair (there);
                """)
        let rows = try RawStatement(
            database, "SELECT here, there, edited, recordedAt, rehashed FROM pair ORDER BY here")
        while try rows.step() {
            try body(
                Pair(
                    here: rows.integer(0), there: rows.integer(1), isEdited: rows.integer(2) != 0,
                    isRecordedAtAnotherTime: rows.integer(3) != 0,
                    isRehashed: rows.integer(4) != 0))
        }
    }

    /// Makes two entries without counterparts one that was edited.
    func pair(_ here: Int64, _ there: Int64) throws {
        try database.execute(
            sql: "INSERT INTO pair VALUES (?, ?, 1, 0, 0)", arguments: [here, there])
    }

    private static let single = [
        "here": "NOT EXISTS (SELECT 1 FROM pair WHERE pair.here = seq)",
        "there": "NOT EXISTS (SELECT 1 FROM pair WHERE pair.there = seq)",
    ]

    /// The numbers in a range that only one of the copies has, but no more than `most`.
    func singles(_ table: String, _ range: Range<Int64>, most: Int) throws -> [Int64] {
        try Int64.fetchAll(
            database,
            sql: """
                SELECT seq FROM \(table) WHERE seq >= ? AND seq < ?
                AND \(ChangeTables.single[table] ?? "0") ORDER BY seq LIMIT ?
                """,
            arguments: [range.lowerBound, range.upperBound, most])
    }

    /// Notes what only one of the copies has.
    /// - Parameter end: of the entries that both have: what stands from there on was not put in
    ///   between others.
    func noteSingles(_ table: String, before end: Int64) throws {
        let (inside, after): (LedgerChange.Kind, LedgerChange.Kind) =
            table == "here" ? (.inserted, .onlyHere) : (.deleted, .onlyThere)
        try database.execute(
            sql: """
                INSERT INTO change (place, rank, kind, \(table))
                SELECT seq, iif(seq < :end, :rank, :rankAfter), iif(seq < :end, :kind, :after), seq
                FROM \(table) WHERE \(ChangeTables.single[table] ?? "0")
                """,
            arguments: [
                "end": end, "rank": inside.rank, "rankAfter": after.rank,
                "kind": inside.rawValue, "after": after.rawValue,
            ])
    }

    // MARK: What came of it

    func counts() throws -> [LedgerChange.Kind: Int64] {
        var counts: [LedgerChange.Kind: Int64] = [:]
        for row in try Row.fetchAll(
            database, sql: "SELECT kind, count(*) AS number FROM change GROUP BY kind")
        {
            if let kind = LedgerChange.Kind(rawValue: row["kind"]) { counts[kind] = row["number"] }
        }
        return counts
    }

    /// What differs, the entries that say something else or are not in both first.
    func list(most: Int) throws -> [(kinds: [LedgerChange.Kind], here: Int64?, there: Int64?)] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT here, there, group_concat(kind) AS kinds FROM change
                GROUP BY here, there ORDER BY min(rank), min(place), here IS NULL LIMIT ?
                """,
            arguments: [most]
        ).map { row in
            let kinds = (row["kinds"] as String).split(separator: ",")
            return (
                kinds.compactMap { LedgerChange.Kind(rawValue: String($0)) }, row["here"],
                row["there"]
            )
        }
    }
}
