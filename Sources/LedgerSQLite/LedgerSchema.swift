internal import AidRecords

/// The tables, guards and views of a ledger's database, as `ledger/FORMAT.md` describes them.
package enum LedgerSchema {
    /// An object of the database and the statement that makes it.
    package struct Item: Hashable, Sendable {
        package let name: String
        package let sql: String
    }

    static let insertEntry = """
        INSERT INTO entry (ledger, seq, source, id, bytes, leafHash, subtreeHashes)
        VALUES (1, ?, ?, ?, ?, ?, ?)
        """

    /// What cannot be made anew: the chain, and the bytes of adopted rulebooks.
    package static let chain = entries + rulebooks

    /// What the chain is kept in.
    private static let entries: [Item] = [
        Item(
            name: "entry",
            sql: """
                CREATE TABLE entry (
                  ledger INTEGER NOT NULL CHECK (ledger = 1),
                  seq INTEGER PRIMARY KEY CHECK (seq >= 0),
                  source TEXT NOT NULL,
                  id TEXT NOT NULL,
                  bytes BLOB NOT NULL CHECK (length(bytes) <= 65535),
                  leafHash BLOB NOT NULL CHECK (length(leafHash) = 32),
                  subtreeHashes BLOB NOT NULL
                ) STRICT
                """),
        Item(name: "entry_key", sql: "CREATE UNIQUE INDEX entry_key ON entry (ledger, source, id)"),
        Item(
            name: "head",
            sql: """
                CREATE TABLE head (
                  ledger INTEGER PRIMARY KEY CHECK (ledger = 1),
                  size INTEGER NOT NULL,
                  rootHash BLOB NOT NULL CHECK (length(rootHash) = 32)
                ) STRICT
                """),
        Item(
            name: "checkpoint",
            sql: """
                CREATE TABLE checkpoint (
                  ledger INTEGER NOT NULL CHECK (ledger = 1),
                  size INTEGER PRIMARY KEY,
                  note TEXT NOT NULL
                ) STRICT
                """),
        guardItem(
            "entry_append", "INSERT ON entry",
            """
            WHEN NEW.seq IS NOT
                coalesce((SELECT seq + 1 FROM entry ORDER BY seq DESC LIMIT 1), 0)
              OR EXISTS (SELECT 1 FROM entry
                WHERE ledger = NEW.ledger AND source = NEW.source AND id = NEW.id)
            """, "entries are only ever appended"),
        guardItem("entry_update", "UPDATE ON entry", "", "entries are never changed"),
        guardItem("entry_delete", "DELETE ON entry", "", "entries are never deleted"),
        guardItem(
            "head_insert", "INSERT ON head", "WHEN EXISTS (SELECT 1 FROM head)",
            "there is one head"),
        guardItem(
            "head_update", "UPDATE ON head", "WHEN NEW.size < OLD.size OR NEW.ledger <> OLD.ledger",
            "a head only ever grows"),
        guardItem("head_delete", "DELETE ON head", "", "the head is never deleted"),
        guardItem(
            "checkpoint_insert", "INSERT ON checkpoint",
            """
            WHEN EXISTS (SELECT 1 FROM checkpoint WHERE size = NEW.size)
              OR NEW.size > (SELECT size FROM head)
            """, "a checkpoint is of a size that was reached, and there is one of each"),
        guardItem("checkpoint_update", "UPDATE ON checkpoint", "", "checkpoints are never changed"),
        guardItem("checkpoint_delete", "DELETE ON checkpoint", "", "checkpoints are never deleted"),
    ]

    /// What the bytes of adopted rulebooks are kept in.
    static let rulebooks: [Item] = [
        Item(
            name: "rulebook",
            sql: """
                CREATE TABLE rulebook (
                  ledger INTEGER NOT NULL CHECK (ledger = 1),
                  sha256 TEXT NOT NULL,
                  name TEXT NOT NULL,
                  bytes BLOB NOT NULL,
                  PRIMARY KEY (ledger, sha256)
                ) WITHOUT ROWID, STRICT
                """),
        guardItem(
            "rulebook_insert", "INSERT ON rulebook",
            "WHEN EXISTS (SELECT 1 FROM rulebook WHERE sha256 = NEW.sha256)",
            "a rulebook is kept once"),
        guardItem("rulebook_update", "UPDATE ON rulebook", "", "kept rulebooks are never changed"),
        guardItem("rulebook_delete", "DELETE ON rulebook", "", "kept rulebooks are never deleted"),
    ]

    private static func guardItem(
        _ name: String, _ event: String, _ condition: String, _ message: String
    ) -> Item {
        let clause = condition.isEmpty ? "" : "\n\(condition)"
        return Item(
            name: name,
            sql: """
                CREATE TRIGGER \(name) BEFORE \(event)\(clause)
                BEGIN SELECT RAISE(ABORT, '\(message)'); END
                """)
    }

    /// What the read model is kept in, for these kinds.
    static func readModel(_ catalogue: KindCatalogue) -> [Item] {
        let subject = Item(
            name: "subject",
            sql: """
                CREATE TABLE subject (
                  ledger INTEGER NOT NULL,
                  pseudonym TEXT NOT NULL,
                  seq INTEGER NOT NULL,
                  PRIMARY KEY (ledger, pseudonym)
                ) WITHOUT ROWID, STRICT
                """)
        let tables = catalogue.tables.flatMap { [table($0)] + indexes($0) }
        return [subject] + tables + judging + catalogue.kinds.map { view($0.table.name) }
    }

    /// What is made of entries and kept rulebooks: the verdicts, and through which entry.
    static let judging: [Item] = [
        Item(
            name: VerdictTable.name,
            sql: VerdictTable.sql(integer: "INTEGER", ending: " WITHOUT ROWID, STRICT")),
        Item(
            name: "judgement",
            sql: """
                CREATE TABLE judgement (
                  ledger INTEGER PRIMARY KEY CHECK (ledger = 1),
                  size INTEGER NOT NULL,
                  engine INTEGER NOT NULL
                ) STRICT
                """),
    ]

    private static func table(_ table: ReadModelTable) -> Item {
        let key =
            table.isList
            ? ["  seq INTEGER NOT NULL", "  position INTEGER NOT NULL"]
            : ["  seq INTEGER PRIMARY KEY"]
        let columns = table.columns.map { column in
            let type = column.type == .integer ? "INTEGER" : "TEXT"
            return "  \(SQLName.quoted(column.name)) \(type)\(column.mayBeNull ? "" : " NOT NULL")"
        }
        let end =
            table.isList
            ? ["  PRIMARY KEY (ledger, seq, position)\n) WITHOUT ROWID, STRICT"] : []
        let lines = ["  ledger INTEGER NOT NULL"] + key + columns + end
        return Item(
            name: table.name,
            sql: "CREATE TABLE \(table.name) (\n\(lines.joined(separator: ",\n"))"
                + (table.isList ? "" : "\n) STRICT"))
    }

    /// `ledger` comes last: in a file it is the same in every row, and were it first, SQLite would
    /// read whole tables in the order of an index, which takes many times as long.
    static func indexes(_ table: ReadModelTable) -> [Item] {
        table.indexes.map { columns in
            let name = "\(table.name)_by_\(columns.joined(separator: "_"))"
            let list = (columns + ["ledger"]).map(SQLName.quoted).joined(separator: ", ")
            return Item(name: name, sql: "CREATE INDEX \(name) ON \(table.name) (\(list))")
        }
    }

    private static func view(_ table: String) -> Item {
        Item(
            name: "live_\(table)",
            sql: "CREATE VIEW live_\(table) AS \(LiveView.query(of: table))")
    }
}
