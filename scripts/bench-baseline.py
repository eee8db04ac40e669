"""Keeps the lines of a file under their source and id, with a bare hash chain, in SQLite."""

import hashlib
import json
import sqlite3
import sys

database = sqlite3.connect(sys.argv[2])
database.execute("PRAGMA journal_mode = WAL")
database.execute("PRAGMA synchronous = FULL")
database.execute(
    "CREATE TABLE entry (seq INTEGER PRIMARY KEY, source TEXT, id TEXT, bytes BLOB, hash BLOB)")
database.execute("CREATE UNIQUE INDEX entry_key ON entry (source, id)")
previous = bytes(32)
with open(sys.argv[1], "rb") as lines:
    for seq, line in enumerate(lines):
        record = json.loads(line)
        previous = hashlib.sha256(b"\0" + previous + line).digest()
        database.execute("INSERT INTO entry VALUES (?, ?, ?, ?, ?)",
                         (seq, record["source"], record["id"], line, previous))
        if seq % 10_000 == 9_999:
            database.commit()
database.commit()
