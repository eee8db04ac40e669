package import AidRecords
package import Findings
internal import Foundation
internal import GRDB
internal import Glibc
internal import LedgerCore

/// Findings of a whole run, kept in the user's own cache folder for whoever looks up those of an
/// entry or of a subject.
///
/// They do not lie beside the ledger: who keeps the ledger must not be able to lay false ones
/// there.
package struct KeptFindings {
    /// A finding as far as it is kept.
    package struct Kept: Hashable, Sendable {
        package let id: String
        /// The detector's.
        package let rule: String
        package let grade: Detector.Grade
        package let state: FindingState
        package let title: Words
        package let area: String
        package let day: CivilDate?
        /// In fen.
        package let amount: Int64?
        package let entries: [Int64]
        package let clauses: [Clause]
        /// In the order of the detector's head.
        package let figures: [Finding.FigureValue]
    }

    /// A clause that a finding rests on.
    package struct Clause: Hashable, Sendable {
        package let rulebook: String
        package let rule: String
        package let quote: String
    }

    /// What a detector lacked to find out whether anything is wrong.
    package struct KeptLack: Hashable, Sendable {
        /// The detector's.
        package let rule: String
        package let title: Words
        /// As `LackWording` reads it.
        package let code: String
        /// How often it was lacking.
        package let count: Int
    }

    private let queue: DatabaseQueue

    /// The findings kept under the key.
    /// - Returns: nil where there are none, or where the file cannot be read.
    package init?(_ key: FindingsKey, folder: String? = nil) {
        guard let folder = folder ?? KeptFindings.folder else { return nil }
        let path = "\(folder)/\(key.sha256).sqlite"
        var configuration = Configuration()
        configuration.readonly = true
        guard KeptFindings.isOwn(path),
            let queue = try? DatabaseQueue(path: path, configuration: configuration),
            (try? queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM complete") }) == 1
        else { return nil }
        self.queue = queue
    }

    /// `$XDG_CACHE_HOME/aidledger/findings`, else in `~/.cache`; nil where there is no home.
    package static var folder: String? {
        let environment = ProcessInfo.processInfo.environment
        if let cache = environment["XDG_CACHE_HOME"], cache.hasPrefix("/") {
            return "\(cache)/aidledger/findings"
        }
        guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
        return "\(home)/.cache/aidledger/findings"
    }

    /// Whether it is a file of this user's that nobody else can write to.
    private static func isOwn(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
            && status.st_uid == geteuid() && status.st_mode & 0o022 == 0
    }

    // MARK: Looking up

    /// Those that rest on one of the entries, by the entry's `seq`; of each entry in the order in
    /// which detectors found them.
    package func findings(of entries: Set<Int64>) throws -> [Int64: [EntryFinding]] {
        try queue.read { database in
            let ofEntry = try RawStatement(
                database, "SELECT finding FROM finding_entry WHERE seq = ? ORDER BY finding")
            let byNumber = try RawStatement(
                database, "SELECT id, grade, state, zh, en FROM finding WHERE number = ?")
            var read: [Int64: EntryFinding] = [:]
            var found: [Int64: [EntryFinding]] = [:]
            for seq in entries.sorted() {
                defer { ofEntry.reset() }
                ofEntry.bind(1, seq)
                while try ofEntry.step() {
                    let number = ofEntry.integer(0)
                    let finding = try read[number] ?? KeptFindings.told(number, byNumber)
                    read[number] = finding
                    if let finding { found[seq, default: []].append(finding) }
                }
            }
            return found
        }
    }

    private static func told(_ number: Int64, _ byNumber: RawStatement) throws -> EntryFinding? {
        defer { byNumber.reset() }
        byNumber.bind(1, number)
        guard try byNumber.step(), let state = FindingState(rawValue: byNumber.text(2)) else {
            return nil
        }
        return EntryFinding(
            id: byNumber.text(0), grade: byNumber.text(1),
            title: Words(zh: byNumber.text(3), en: byNumber.text(4)), state: state)
    }

    /// All of them, in the order in which detectors found them.
    package func read(each body: (Kept) throws -> Void) throws {
        try queue.read { database in
            let last = try Int64.fetchOne(database, sql: "SELECT max(number) FROM finding") ?? 0
            guard last > 0 else { return }
            for number in 1...last {
                try KeptFindings.finding(number, database).map(body)
            }
        }
    }

    /// What detectors lacked, in the order in which they told it.
    package func lacks() throws -> [KeptLack] {
        try queue.read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM lack ORDER BY place").map {
                KeptLack(
                    rule: $0["rule"], title: Words(zh: $0["zh"], en: $0["en"]), code: $0["code"],
                    count: $0["count"])
            }
        }
    }

    private static func finding(_ number: Int64, _ database: Database) throws -> Kept? {
        func rows(_ sql: String) throws -> [Row] {
            try Row.fetchAll(
                database.cachedStatement(sql: sql), arguments: [number])
        }
        guard let row = try rows("SELECT * FROM finding WHERE number = ?").first,
            let grade = Detector.Grade(rawValue: row["grade"]),
            let state = FindingState(rawValue: row["state"])
        else { return nil }
        return Kept(
            id: row["id"], rule: row["rule"], grade: grade, state: state,
            title: Words(zh: row["zh"], en: row["en"]), area: row["area"],
            day: (row["day"] as Int?).map { CivilDate(dayNumber: $0) }, amount: row["amountFen"],
            entries: try rows("SELECT seq FROM finding_entry WHERE finding = ? ORDER BY seq")
                .map { $0["seq"] },
            clauses: try rows("SELECT * FROM finding_clause WHERE finding = ? ORDER BY place")
                .map { Clause(rulebook: $0["rulebook"], rule: $0["rule"], quote: $0["quote"]) },
            figures: try rows("SELECT * FROM finding_figure WHERE finding = ? ORDER BY place")
                .compactMap(figure))
    }

    private static func figure(_ row: Row) -> Finding.FigureValue? {
        guard let type = Detector.FigureType(rawValue: row["type"]) else { return nil }
        let value: QueryValue =
            (row["number"] as Int64?).map { .integer($0) }
            ?? (row["text"] as String?).map { .text($0) } ?? .null
        return Finding.FigureValue(id: row["id"], type: type, value: value)
    }

    // MARK: Keeping

    /// So many runs are kept, the newest.
    private static let most = 5

    private static let tables = """
        CREATE TABLE finding (
          number INTEGER PRIMARY KEY, id TEXT NOT NULL, rule TEXT NOT NULL, grade TEXT NOT NULL,
          state TEXT NOT NULL, zh TEXT NOT NULL, en TEXT NOT NULL, area TEXT NOT NULL, day INTEGER,
          amountFen INTEGER
        ) STRICT;
        CREATE TABLE finding_entry (
          seq INTEGER NOT NULL, finding INTEGER NOT NULL, PRIMARY KEY (seq, finding)
        ) WITHOUT ROWID, STRICT;
        CREATE TABLE finding_clause (
          finding INTEGER NOT NULL, place INTEGER NOT NULL, rulebook TEXT NOT NULL,
          rule TEXT NOT NULL, quote TEXT NOT NULL, PRIMARY KEY (finding, place)
        ) WITHOUT ROWID, STRICT;
        CREATE TABLE finding_figure (
          finding INTEGER NOT NULL, place INTEGER NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL,
          number INTEGER, text TEXT, PRIMARY KEY (finding, place)
        ) WITHOUT ROWID, STRICT;
        CREATE TABLE lack (
          place INTEGER PRIMARY KEY, rule TEXT NOT NULL, zh TEXT NOT NULL, en TEXT NOT NULL,
          code TEXT NOT NULL, count INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE complete (one INTEGER PRIMARY KEY) STRICT;
        """

    /// Keeps the findings of a run in which every detector has run. That they cannot be kept is no
    /// failure: whoever wants them runs the detectors.
    package static func keep(
        _ result: DetectorRun.Result, _ key: FindingsKey, folder: String? = nil
    ) {
        guard result.isComplete, let folder = folder ?? self.folder else { return }
        let path = "\(folder)/\(key.sha256).sqlite"
        let temporary = "\(path).\(getpid()).new"
        let mask = FileSystem.setMask(0o077)
        defer {
            _ = FileSystem.setMask(mask)
            FileSystem.remove(temporary)
        }
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true)
            try write(result, to: temporary)
            try FileSystem.rename(temporary, to: path)
            try removeOldest(in: folder)
        } catch {
            return
        }
    }

    private static func write(_ result: DetectorRun.Result, to path: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
            try database.inTransaction {
                try database.execute(sql: tables)
                try insert(result, database)
                try database.execute(
                    sql: """
                        CREATE INDEX finding_entry_by_finding ON finding_entry (finding);
                        INSERT INTO complete VALUES (1);
                        """)
                return .commit
            }
        }
        try queue.close()
    }

    private static func insert(_ result: DetectorRun.Result, _ database: Database) throws {
        let finding = try database.makeStatement(
            sql: "INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        let entry = try database.makeStatement(
            sql: "INSERT OR IGNORE INTO finding_entry VALUES (?, ?)")
        let clause = try database.makeStatement(
            sql: "INSERT INTO finding_clause VALUES (?, ?, ?, ?, ?)")
        let figure = try database.makeStatement(
            sql: "INSERT INTO finding_figure VALUES (?, ?, ?, ?, ?, ?)")
        let lack = try database.makeStatement(
            sql: "INSERT INTO lack (rule, zh, en, code, count) VALUES (?, ?, ?, ?, ?)")
        var number: Int64 = 0
        for outcome in result.outcomes {
            let title = outcome.detector.title
            for one in outcome.yield.missing {
                try lack.execute(arguments: [
                    outcome.detector.id, title.zh, title.en, one.code, one.count,
                ])
            }
            for found in outcome.yield.findings {
                number += 1
                try finding.execute(arguments: [
                    number, found.id.description, found.rule, found.grade.rawValue,
                    found.state.rawValue, title.zh, title.en, found.area, found.day?.dayNumber,
                    found.amount,
                ])
                for seq in found.entries { try entry.execute(arguments: [seq, number]) }
                for (place, one) in found.provisions.enumerated() {
                    try clause.execute(arguments: [
                        number, place, one.rulebook, one.rule, one.quote,
                    ])
                }
                for (place, one) in found.figures.enumerated() {
                    try figure.execute(arguments: [
                        number, place, one.id, one.type.rawValue, one.value.number, one.value.words,
                    ])
                }
            }
        }
    }

    private static func removeOldest(in folder: String) throws {
        let kept = try FileSystem.names(in: folder).filter { $0.hasSuffix(".sqlite") }
            .map { name in
                var status = stat()
                _ = lstat("\(folder)/\(name)", &status)
                return (name: name, time: (status.st_mtim.tv_sec, status.st_mtim.tv_nsec))
            }.sorted { $0.time > $1.time }
        for old in kept.dropFirst(most) { FileSystem.remove("\(folder)/\(old.name)") }
    }
}

extension QueryValue {
    fileprivate var number: Int64? {
        if case .integer(let number) = self { return number }
        return nil
    }

    fileprivate var words: String? {
        if case .text(let text) = self { return text }
        return nil
    }
}
