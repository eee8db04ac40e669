/// The read model and the verdicts as SQL for PostgreSQL: what queries can rely on, on either
/// store.
/// `ledger/schema/read-model.sql`.
package struct PortableSchema {
    private let catalogue: KindCatalogue

    package init(catalogue: KindCatalogue) { self.catalogue = catalogue }

    package var text: String {
        let head = """
            -- The tables that queries are asked of, generated from ledger/kinds by `aidledger kinds generate`.
            -- The types are PostgreSQL's; in SQLite they are INTEGER and TEXT. Dates are text, and days since
            -- 1970-01-01 beside it; money is fen; persons and other subjects are the seq of the entry that
            -- names them first.

            CREATE TABLE entry (
              ledger BIGINT NOT NULL,
              seq BIGINT NOT NULL,
              source TEXT NOT NULL,
              id TEXT NOT NULL,
              bytes BYTEA NOT NULL,
              leafHash BYTEA NOT NULL,
              subtreeHashes BYTEA NOT NULL,
              PRIMARY KEY (ledger, seq),
              UNIQUE (ledger, source, id)
            );

            CREATE TABLE subject (
              ledger BIGINT NOT NULL,
              pseudonym TEXT NOT NULL,
              seq BIGINT NOT NULL,
              PRIMARY KEY (ledger, pseudonym)
            );

            """
        let verdict = "\n" + VerdictTable.sql(integer: "BIGINT", ending: ";\n")
        return head + catalogue.tables.map(table).joined() + verdict
            + catalogue.kinds.map { view($0.table.name) }.joined()
    }

    private func table(_ table: ReadModelTable) -> String {
        let keys = ["ledger", "seq"] + (table.isList ? ["position"] : [])
        let columns = table.columns.map { column in
            let type = column.type == .integer ? "BIGINT" : "TEXT"
            return "\(SQLName.quoted(column.name)) \(type)\(column.mayBeNull ? "" : " NOT NULL")"
        }
        let lines =
            keys.map { "\($0) BIGINT NOT NULL" } + columns
            + ["PRIMARY KEY (\(keys.joined(separator: ", ")))"]
        return "\nCREATE TABLE \(table.name) (\n  \(lines.joined(separator: ",\n  "))\n);\n"
    }

    private func view(_ table: String) -> String {
        "\nCREATE VIEW live_\(table) AS \(LiveView.query(of: table));\n"
    }
}

/// The records of a kind that no reversal has taken back. One that was itself reversed takes
/// nothing back; further than that the view does not look.
package enum LiveView {
    /// - Parameter table: that of the kind.
    package static func query(of table: String) -> String {
        """
        SELECT * FROM \(table)
        WHERE NOT EXISTS (
          SELECT 1 FROM \(reversals) AS reversal
          WHERE reversal.ledger = \(table).ledger
            AND reversal.reverses_source = \(table).source
            AND reversal.reverses_id = \(table).id
            AND NOT EXISTS (
              SELECT 1 FROM \(reversals) AS undone
              WHERE undone.ledger = reversal.ledger
                AND undone.reverses_source = reversal.source
                AND undone.reverses_id = reversal.id))
        """
    }

    private static let reversals = "entry_reversed"
}
