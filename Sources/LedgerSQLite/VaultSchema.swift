/// The tables of a vault, as `ledger/FORMAT.md` describes them.
enum VaultSchema {
    static let statements = [
        """
        CREATE TABLE key (
          use TEXT PRIMARY KEY CHECK (use IN ('vault', 'index')),
          id TEXT NOT NULL
        ) WITHOUT ROWID, STRICT
        """,
        """
        CREATE TABLE identity (
          tag BLOB PRIMARY KEY CHECK (length(tag) = 32),
          pseudonym TEXT NOT NULL
        ) WITHOUT ROWID, STRICT
        """,
        """
        CREATE TABLE dataKey (
          pseudonym TEXT PRIMARY KEY,
          wrapped BLOB NOT NULL CHECK (length(wrapped) = 60)
        ) WITHOUT ROWID, STRICT
        """,
        """
        CREATE TABLE sealed (
          pseudonym TEXT NOT NULL,
          version INTEGER NOT NULL,
          bytes BLOB NOT NULL,
          PRIMARY KEY (pseudonym, version)
        ) WITHOUT ROWID, STRICT
        """,
    ]
}
