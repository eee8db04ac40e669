"""What somebody can do to a ledger who has the file, and perhaps the signing key: rewrite entries
and make the chain, the tree and the tables fit. Written from ledger/FORMAT.md."""

import json

from chain import NO_PREDECESSOR, Tree, canonical, leaf_hash
from harness import done, tampering


def entries_of(ledger):
    return [json.loads(data) for data, in ledger.rows("SELECT bytes FROM entry ORDER BY seq")]


def put(ledger, entries, *, signed=False, tables=True):
    """Makes these the entries of the ledger, numbered, linked and hashed anew; whatever is as it
    was stays so to the last byte. Stored checkpoints are forgotten, or replaced by one. Tables
    cannot always be made of what was made up."""
    with tampering(ledger) as database:
        database.execute("PRAGMA ignore_check_constraints = ON")
        database.execute("DELETE FROM entry")
        tree, prev = Tree(), NO_PREDECESSOR
        for seq, entry in enumerate(entries):
            entry = {**entry, "seq": seq, "prev": prev}
            if entry["source"] == "aidledger":
                entry["id"] = str(seq)
            data = canonical(entry)
            leaf = leaf_hash(data)
            database.execute(
                "INSERT INTO entry VALUES (1, ?, ?, ?, ?, ?, ?)",
                (seq, entry["source"], entry["id"], data, leaf, b"".join(tree.append(leaf))))
            prev = leaf.hex()
        database.execute("UPDATE head SET size = ?, rootHash = ?", (tree.size, tree.root()))
        database.execute("DELETE FROM checkpoint")
    if tables:
        done("rebuild", ledger)
    if signed:
        done("checkpoint", ledger)


def rewrite(ledger, change, *, signed=False):
    """Lets `change` alter the list of entries, and makes all fit."""
    entries = entries_of(ledger)
    change(entries)
    put(ledger, entries, signed=signed)
