"""Whatever is done to the files behind the program's back is found by `verify`, and named."""

import base64
import contextlib
import hashlib
import json
import random
import re
import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest

from chain import (NO_PREDECESSOR, Tree, canonical, leaf_hash, opened_note, rechain,
                   root_by_definition)
from harness import (BAD_INPUT, COULD_NOT, FINE, NO, ORIGIN, Ledger, aid, connect, done, dump,
                     record, refused, tamper, tampering)


def flipped(data, position, bit=0):
    return data[:position] + bytes([data[position] ^ 1 << bit]) + data[position + 1:]


def altered(ledger, seq, old, new):
    """Puts other text of the same length into an entry's bytes."""
    data = ledger.value("SELECT bytes FROM entry WHERE seq = ?", seq)
    assert old in data and len(old) == len(new)
    tamper(ledger, "UPDATE entry SET bytes = ? WHERE seq = ?", data.replace(old, new), seq)


def first_of(ledger, kind):
    """The number of the first entry of a kind, well inside the ledger."""
    table = kind.replace(".", "_").replace("-", "_")
    return ledger.value(f"SELECT min(seq) FROM {table} WHERE seq > 20")


# MARK: untouched

def test_strangers_recomputation(sample_ledger, tmp_path):
    """Canonical bytes, chain, tree and checkpoint come out the same without the program."""
    rows = sample_ledger.rows(
        "SELECT seq, source, id, bytes, leafHash, subtreeHashes FROM entry ORDER BY seq")
    tree, leaves, prev, last = Tree(), [], NO_PREDECESSOR, ""
    for number, (seq, source, identifier, data, leaf, subtrees) in enumerate(rows):
        entry = json.loads(data)
        assert canonical(entry) == data
        assert (entry["seq"], entry["prev"], entry["v"]) == (number, prev, 1)
        assert (entry["source"], entry["id"], seq) == (source, identifier, number)
        assert leaf_hash(data) == leaf
        assert b"".join(tree.append(leaf)) == subtrees
        assert last <= entry["at"]
        leaves.append(leaf)
        prev, last = leaf.hex(), entry["at"]
    assert tree.root() == root_by_definition(leaves)
    assert sample_ledger.rows("SELECT size, rootHash FROM head") == [(len(rows), tree.root())]
    created = json.loads(rows[0][3])["body"]
    assert created["vkey"] == sample_ledger.vkey.read_text().strip()
    (size, note), = sample_ledger.rows("SELECT size, note FROM checkpoint")
    assert opened_note(note, created["vkey"], tmp_path) == (ORIGIN, size, tree.root())
    assert size == len(rows)


def test_untouched_ledger_is_sound_and_stays_untouched(ledger):
    before = ledger.content()
    verdict = ledger.verify()
    assert verdict.is_sound(), verdict
    assert ledger.content() == before


def test_hash_shown_is_that_of_the_bytes_shown(sample_ledger):
    shown = aid("show", sample_ledger, 17, "--bytes")
    assert shown.out.encode() == sample_ledger.value("SELECT bytes FROM entry WHERE seq = 17")
    assert leaf_hash(shown.out.encode()).hex() in aid("show", sample_ledger, 17).out


# MARK: entries

@pytest.mark.parametrize("seq", [0, 1, 17, 511, 512])
def test_altered_bytes_are_named(ledger, seq):
    data = ledger.value("SELECT bytes FROM entry WHERE seq = ?", seq)
    position = data.index(b'"operator":"') + 12
    tamper(ledger, "UPDATE entry SET bytes = ? WHERE seq = ?", flipped(data, position), seq)
    verdict = ledger.verify()
    verdict.mentions(f"entry {seq}: bytes altered")
    blamed = {int(number) for number in re.findall(r"entry (\d+):", verdict.result.out)}
    assert blamed == {seq}, verdict


def test_altered_bytes_of_last_entry_are_named(ledger):
    seq = ledger.size() - 1
    altered(ledger, seq, b'"rejected":0', b'"rejected":7')
    ledger.verify().mentions(f"entry {seq}: bytes altered")


def test_altered_amount_is_named(ledger):
    seq = first_of(ledger, "fund.received")
    data = ledger.value("SELECT bytes FROM entry WHERE seq = ?", seq)
    amount = re.search(rb'"amountFen":(\d+)', data).group(1)
    other = b"9" + amount[1:] if amount[:1] != b"9" else b"8" + amount[1:]
    altered(ledger, seq, b'"amountFen":' + amount, b'"amountFen":' + other)
    ledger.verify().mentions(f"entry {seq}: bytes altered")


def test_altered_amount_with_its_read_model_is_named(ledger):
    """Bytes and table tell the same lie; the chain does not."""
    seq = first_of(ledger, "fund.received")
    data = ledger.value("SELECT bytes FROM entry WHERE seq = ?", seq)
    amount = int(re.search(rb'"amountFen":(\d+)', data).group(1))
    lie = data.replace(b'"amountFen":%d' % amount, b'"amountFen":%d' % (amount + 1))
    tamper(ledger, "UPDATE entry SET bytes = ? WHERE seq = ?", lie, seq)
    tamper(ledger, "UPDATE fund_received SET amountFen = ? WHERE seq = ?", amount + 1, seq)
    ledger.verify().says(f"entry {seq}: bytes altered")


def test_altered_bytes_with_their_leaf_hash_are_named(ledger):
    """The next entry still names the true hash."""
    data = ledger.value("SELECT bytes FROM entry WHERE seq = 100")
    lie = data.replace(b'"operator":"u', b'"operator":"w')
    tamper(ledger, "UPDATE entry SET bytes = ?, leafHash = ? WHERE seq = 100", lie, leaf_hash(lie))
    verdict = ledger.verify()
    assert verdict.status == NO
    assert any(line.startswith(("entry 100:", "entry 101: does not follow"))
               for line in verdict.lines), verdict


def test_bytes_in_another_form_are_named(ledger):
    """The same JSON with a space in it is not the same bytes."""
    data = ledger.value("SELECT bytes FROM entry WHERE seq = 50")
    tamper(ledger, "UPDATE entry SET bytes = ? WHERE seq = 50", data.replace(b",", b", ", 1))
    verdict = ledger.verify()
    verdict.mentions(
        "entry 50: bytes altered", "entry 50: bytes are not an entry: not in canonical form")
    assert not any("no entry gives" in line for line in verdict.lines), verdict


@pytest.mark.parametrize("data", [b"", b"\x00", b"{}", b"[" * 5000, "{\"v\":\"\ud800".encode("utf-8", "surrogatepass")])
def test_bytes_that_are_no_entry_are_named(ledger, data):
    tamper(ledger, "UPDATE entry SET bytes = ? WHERE seq = 60", data)
    verdict = ledger.verify()
    verdict.mentions("entry 60: bytes altered")
    assert verdict.result.err == ""


@pytest.mark.parametrize("seq", [0, 17, 511])
def test_altered_leaf_hash_is_named(ledger, seq):
    leaf = ledger.value("SELECT leafHash FROM entry WHERE seq = ?", seq)
    tamper(ledger, "UPDATE entry SET leafHash = ? WHERE seq = ?", flipped(leaf, 5), seq)
    ledger.verify().says(f"entry {seq}: stored leaf hash altered")


def test_altered_leaf_hash_of_last_entry_is_named(ledger):
    seq = ledger.size() - 1
    leaf = ledger.value("SELECT leafHash FROM entry WHERE seq = ?", seq)
    tamper(ledger, "UPDATE entry SET leafHash = ? WHERE seq = ?", flipped(leaf, 5), seq)
    ledger.verify().says(f"entry {seq}: stored leaf hash altered")


@pytest.mark.parametrize("seq, hashes", [(511, "flip"), (511, "cut"), (1, "flip"), (511, ""),
                                         (512, "add"), (0, "add")])
def test_altered_tree_hashes_are_named(ledger, seq, hashes):
    stored = ledger.value("SELECT subtreeHashes FROM entry WHERE seq = ?", seq)
    value = {"flip": lambda: flipped(stored, 3), "cut": lambda: stored[:-32], "": lambda: b"",
             "add": lambda: stored + bytes(32)}[hashes]()
    tamper(ledger, "UPDATE entry SET subtreeHashes = ? WHERE seq = ?", value, seq)
    ledger.verify().says(f"entry {seq}: tree hashes altered")


@pytest.mark.parametrize("column", ["source", "id"])
@pytest.mark.parametrize("value", ["'other'", "{column} || char(0)", "{column} || ' '"])
def test_altered_key_columns_are_named(ledger, column, value):
    value = value.format(column=column)
    tamper(ledger, f"UPDATE entry SET {column} = {value} WHERE seq = 33")
    ledger.verify().says("entry 33: the columns source and id are not what its bytes say")


def test_altered_number_is_named(ledger):
    """An entry moved to another place."""
    last = ledger.size() - 1
    tamper(ledger, "UPDATE entry SET seq = ? WHERE seq = 44", last + 1)
    ledger.verify().mentions("entry 44 missing")


def test_swapped_entries_are_named(ledger):
    with tampering(ledger) as database:
        for a, b in ((70, -1), (71, 70), (-1, 71)):
            if b == -1:
                database.execute("PRAGMA ignore_check_constraints = ON")
            database.execute("UPDATE entry SET seq = ? WHERE seq = ?", (b, a))
    ledger.verify().mentions("entry 70: its bytes say that it is entry 71",
                             "entry 71: its bytes say that it is entry 70")


def test_swapped_bytes_are_named(ledger):
    a, b = (ledger.value("SELECT bytes FROM entry WHERE seq = ?", seq) for seq in (80, 90))
    tamper(ledger, "UPDATE entry SET bytes = ? WHERE seq = 80", b)
    tamper(ledger, "UPDATE entry SET bytes = ? WHERE seq = 90", a)
    ledger.verify().mentions("entry 80: bytes altered", "entry 90: bytes altered",
                             "entry 80: its bytes say that it is entry 90")


def test_deleted_entry_is_named(ledger):
    tamper(ledger, "DELETE FROM entry WHERE seq = 40")
    verdict = ledger.verify()
    verdict.mentions("entry 40 missing")
    assert not any("bytes altered" in line for line in verdict.lines), verdict


def test_deleted_range_is_named(ledger):
    tamper(ledger, "DELETE FROM entry WHERE seq BETWEEN 20 AND 25")
    ledger.verify().mentions("entries 20–25 missing")


def test_deleted_first_entry_is_named(ledger):
    tamper(ledger, "DELETE FROM entry WHERE seq = 0")
    verdict = ledger.verify()
    assert verdict.status == NO, verdict
    verdict.mentions("entry 0")


def test_deleted_last_entry_is_named(ledger):
    size = ledger.size()
    tamper(ledger, "DELETE FROM entry WHERE seq = ?", size - 1)
    ledger.verify().mentions(f"entry {size - 1} missing at the end: the head says {size} entries")


def test_all_entries_deleted_is_told(ledger):
    tamper(ledger, "DELETE FROM entry")
    verdict = ledger.verify()
    assert verdict.status == NO, verdict


def test_inserted_entry_is_named(ledger):
    """A forged entry at the end, which fits the chain but not the head."""
    size = ledger.size()
    entry = ledger.entry(size - 1)
    last = ledger.value("SELECT leafHash FROM entry WHERE seq = ?", size - 1)
    entry.update(seq=size, prev=last.hex(), id=str(size))
    data = canonical(entry)
    with contextlib.closing(connect(ledger)) as database:
        database.execute("INSERT INTO entry VALUES (1, ?, ?, ?, ?, ?, ?)",
                         (size, entry["source"], entry["id"], data, leaf_hash(data), b""))
    ledger.verify().mentions(f"the head says {size} entries, there are {size + 1}")


def test_entry_squeezed_in_is_named(ledger):
    """A row with a number before all others."""
    data = ledger.value("SELECT bytes FROM entry WHERE seq = 5")
    with tampering(ledger) as database:
        database.execute("PRAGMA ignore_check_constraints = ON")
        database.execute("INSERT INTO entry VALUES (1, -1, 'x', 'y', ?, ?, ?)",
                         (data, leaf_hash(data), b""))
    verdict = ledger.verify()
    assert verdict.status == NO, verdict
    verdict.mentions("entry -1")


@pytest.mark.parametrize("table, where", [("entry", "seq = 30"), ("head", "1"),
                                          ("checkpoint", "1")])
def test_row_of_another_ledger_is_told(ledger, table, where):
    """The column that tells ledgers apart: a row that is none of ours is not found when it is
    looked for, and could be recorded again."""
    with tampering(ledger) as database:
        database.execute("PRAGMA ignore_check_constraints = ON")
        database.execute(f"UPDATE {table} SET ledger = 2 WHERE {where}")
    verdict = ledger.verify()
    assert verdict.status == NO, verdict
    if table == "entry":
        verdict.mentions("entry 30")


# MARK: guards

REFUSED = [
    ("INSERT OR REPLACE INTO entry SELECT * FROM entry WHERE seq = 10", "only ever appended"),
    ("REPLACE INTO entry SELECT ledger, max(seq) + 1, source, id, bytes, leafHash, subtreeHashes "
     "FROM entry", "only ever appended"),
    ("INSERT OR REPLACE INTO entry SELECT ledger, seq + 2200, source, id || 'x', bytes, leafHash, "
     "subtreeHashes FROM entry WHERE seq = 10", "only ever appended"),
    ("INSERT OR IGNORE INTO entry SELECT * FROM entry WHERE seq = 10", "only ever appended"),
    ("UPDATE entry SET bytes = x'00' WHERE seq = 10", "never changed"),
    ("UPDATE OR REPLACE entry SET seq = 11 WHERE seq = 10", "never changed"),
    ("INSERT INTO entry SELECT * FROM entry WHERE seq = 10 "
     "ON CONFLICT (seq) DO UPDATE SET bytes = x'00'", ""),
    ("DELETE FROM entry WHERE seq = 10", "never deleted"),
    ("DELETE FROM entry", "never deleted"),
    ("INSERT OR REPLACE INTO head VALUES (1, 3, zeroblob(32))", "one head"),
    ("UPDATE head SET size = size - 1", "only ever grows"),
    ("DELETE FROM head", "never deleted"),
    ("INSERT OR REPLACE INTO checkpoint SELECT ledger, size, 'x' FROM checkpoint", "one of each"),
    ("INSERT INTO checkpoint VALUES (1, 999999, 'x')", "reached"),
    ("UPDATE checkpoint SET note = 'x'", "never changed"),
    ("DELETE FROM checkpoint", "never deleted"),
]


def test_guards_refuse(ledger):
    before = dump(ledger)
    with contextlib.closing(connect(ledger)) as database:
        for statement, message in REFUSED:
            with pytest.raises(sqlite3.DatabaseError, match=message):
                database.execute(statement)
    assert dump(ledger) == before


GUARDS = ["entry_append", "entry_update", "entry_delete", "head_insert", "head_update",
          "head_delete", "checkpoint_insert", "checkpoint_update", "checkpoint_delete",
          "rulebook_insert", "rulebook_update", "rulebook_delete"]


def test_dropped_guards_are_named(ledger):
    with contextlib.closing(connect(ledger)) as database:
        assert sorted(name for name, in database.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'trigger'")) == sorted(GUARDS)
        database.execute("DROP TRIGGER entry_delete")
        ledger.verify().says("guard gone: entry_delete")
        for name in set(GUARDS) - {"entry_delete"}:
            database.execute(f"DROP TRIGGER {name}")
    ledger.verify().says(*(f"guard gone: {name}" for name in GUARDS))


def test_altered_guard_is_named(ledger):
    with contextlib.closing(connect(ledger)) as database:
        database.execute("DROP TRIGGER entry_update")
        database.execute("CREATE TRIGGER entry_update BEFORE UPDATE ON entry WHEN NEW.seq < 0 "
                         "BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END")
    ledger.verify().says("guard altered: entry_update")


def test_dropped_index_is_named(ledger):
    with contextlib.closing(connect(ledger)) as database:
        database.execute("DROP INDEX entry_key")
    ledger.verify().says("guard gone: entry_key")


@pytest.mark.parametrize("statement, name", [
    ("CREATE TRIGGER entry_quiet AFTER INSERT ON entry BEGIN SELECT 1; END", "entry_quiet"),
    ("CREATE TABLE notes (x)", "notes"),
    ("CREATE VIEW claims AS SELECT 1 AS x", "claims"),
    ("CREATE INDEX extra ON entry (id)", "extra"),
])
def test_addition_to_the_schema_is_named(ledger, statement, name):
    with contextlib.closing(connect(ledger)) as database:
        database.execute(statement)
    ledger.verify().says(f"{name} does not belong in a ledger")


def test_addition_under_a_name_of_sqlite_is_named(ledger):
    """A trigger that hides behind the prefix of SQLite's own tables."""
    with contextlib.closing(connect(ledger)) as database:
        database.execute("PRAGMA writable_schema = ON")
        database.execute(
            "INSERT INTO sqlite_schema VALUES ('trigger', 'sqlite_quiet', 'fund_received', 0, "
            "'CREATE TRIGGER sqlite_quiet AFTER INSERT ON fund_received BEGIN "
            "UPDATE fund_received SET amountFen = 1 WHERE seq = NEW.seq; END')")
    with contextlib.closing(connect(ledger)) as database:  # SQLite takes it as a trigger
        database.execute("EXPLAIN INSERT INTO fund_received SELECT * FROM fund_received")
    ledger.verify().mentions("sqlite_quiet")


def test_bytes_altered_without_guards_are_named_with_them(ledger):
    with contextlib.closing(connect(ledger)) as database:
        database.execute("DROP TRIGGER entry_update")
        database.execute("UPDATE entry SET bytes = CAST(replace(CAST(bytes AS TEXT), "
                         "'operator\":\"u', 'operator\":\"w') AS BLOB) WHERE seq = 15")
    ledger.verify().mentions("guard gone: entry_update", "entry 15: bytes altered")


# MARK: head and checkpoints

def test_altered_root_is_named(ledger):
    tamper(ledger, "UPDATE head SET rootHash = ?", bytes(32))
    verdict = ledger.verify()
    verdict.mentions("the root hash of the head is not that of the entries")
    assert not any(line.startswith("entry ") for line in verdict.lines), verdict


@pytest.mark.parametrize("difference", [-1, 1, 100])
def test_altered_size_is_named(ledger, difference):
    size = ledger.size()
    tamper(ledger, "UPDATE head SET size = size + ?", difference)
    verdict = ledger.verify()
    verdict.mentions(f"the head says {size + difference} entries")


def test_deleted_head_is_named(ledger):
    tamper(ledger, "DELETE FROM head")
    ledger.verify().mentions("the head is missing")


def note_of(ledger):
    return ledger.value("SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1")


def test_altered_checkpoint_is_named(ledger):
    size, root = ledger.size(), base64.b64encode(bytes(32)).decode()
    lines = note_of(ledger).split("\n")
    lines[2] = root
    tamper(ledger, "UPDATE checkpoint SET note = ?", "\n".join(lines))
    verdict = ledger.verify()
    verdict.mentions(f"stored checkpoint of size {size}")
    assert len(verdict.lines) == 1, verdict


def test_checkpoint_without_signature_is_named(ledger):
    size = ledger.size()
    tamper(ledger, "UPDATE checkpoint SET note = ?", note_of(ledger).split("\n\n")[0] + "\n\n")
    ledger.verify().says(f"stored checkpoint of size {size}: not a signed note")


def test_checkpoint_of_a_foreign_key_is_named(ledger, tmp_path):
    """Signed well, by the key of another ledger that calls itself the same."""
    other = Ledger.make(tmp_path / "other.db")
    done("import", other, "-", stdin=json.dumps(record(1)).encode())
    size = other.size()
    tamper(ledger, "UPDATE checkpoint SET note = ?, size = ?", note_of(other), size)
    verdict = ledger.verify()
    verdict.mentions(f"stored checkpoint of size {size}")
    assert len(verdict.lines) == 1, verdict


def test_checkpoint_under_another_size_is_named(ledger):
    tamper(ledger, "UPDATE checkpoint SET size = 7")
    ledger.verify().says(f"stored checkpoint of size 7: it says size {ledger.size()}")


def test_replaced_verifier_key_is_named(ledger, tmp_path):
    other = Ledger.make(tmp_path / "other.db")
    shutil.copy(other.vkey, ledger.vkey)
    ledger.verify().says(f"{ledger.vkey} is not the key that entry 0 names, nor one that replaced it")


# MARK: what only a checkpoint kept elsewhere shows

@pytest.fixture
def kept(ledger, tmp_path):
    """A checkpoint of the whole ledger, kept by somebody else."""
    file = tmp_path / "kept.checkpoint"
    done("checkpoint", ledger, "-o", file)
    return file


def forget_checkpoints(ledger):
    tamper(ledger, "DELETE FROM checkpoint")


def cut(ledger, size):
    """Cuts off the end, and makes head, tables and checkpoints fit."""
    with tampering(ledger) as database:
        database.execute("DELETE FROM entry WHERE seq >= ?", (size,))
        tree = Tree()
        for leaf, in database.execute("SELECT leafHash FROM entry ORDER BY seq").fetchall():
            tree.append(leaf)
        database.execute("UPDATE head SET size = ?, rootHash = ?", (size, tree.root()))
        database.execute("DELETE FROM checkpoint")
    done("rebuild", ledger)


def test_kept_checkpoint_finds_untouched_ledger_sound(ledger, kept):
    assert ledger.verify("--checkpoint", kept).is_sound()
    ledger.take([record(1)])
    assert ledger.verify("--checkpoint", kept).is_sound()


def test_cut_off_end_is_seen_by_a_kept_checkpoint(ledger, kept):
    size = ledger.size()
    cut(ledger, size - 5)
    assert ledger.verify().is_sound()
    ledger.verify("--checkpoint", kept).says(
        f"{kept}: {size} entries were signed and the ledger has {size - 5}: "
        "its end was cut off or it was rolled back")


def test_cut_off_end_is_seen_by_a_stored_checkpoint(ledger):
    size = ledger.size()
    note = note_of(ledger)
    cut(ledger, size - 5)
    tamper(ledger, "INSERT INTO checkpoint VALUES (1, ?, ?)", size, note)
    ledger.verify().mentions(f"stored checkpoint of size {size}")


def test_roll_back_is_seen_by_a_kept_checkpoint(ledger, small_ledger, tmp_path):
    """The files as they were yesterday, all of them."""
    done("import", ledger, "-", stdin=json.dumps(record(1)).encode())
    kept = tmp_path / "kept"
    done("checkpoint", ledger, "-o", kept)
    old = small_ledger.copy_to(tmp_path / "old")
    assert old.verify().is_sound()
    old.verify("--checkpoint", kept).says(
        f"{kept}: {ledger.size()} entries were signed and the ledger has {old.size()}: "
        "its end was cut off or it was rolled back")


def rewrite(ledger):
    """A lie in the middle, everything after it made to fit, and signed anew: what somebody can do
    who has both the file and the signing key."""
    first = first_of(ledger, "fund.received")

    def lie(entry):
        if entry["seq"] == first:
            entry["body"]["amountFen"] += 1
    with tampering(ledger) as database:
        rechain(database, first, lie)
    forget_checkpoints(ledger)
    done("rebuild", ledger)
    done("checkpoint", ledger)
    return first


def test_rewritten_ledger_is_seen_by_a_kept_checkpoint(ledger, kept):
    size = ledger.size()
    rewrite(ledger)
    assert ledger.verify().is_sound()
    ledger.verify("--checkpoint", kept).says(
        f"{kept}: the first {size} entries are not those that were signed")


def test_rewritten_and_grown_ledger_is_seen_by_a_kept_checkpoint(ledger, kept):
    size = ledger.size()
    rewrite(ledger)
    ledger.take([record(1), record(2)])
    ledger.verify("--checkpoint", kept).says(
        f"{kept}: the first {size} entries are not those that were signed")


def test_checkpoint_kept_before_the_rewritten_part_still_holds(ledger, tmp_path, small_ledger):
    """Only what was rewritten is blamed."""
    early = tmp_path / "early"
    early.write_text(note_of(small_ledger))
    done("import", ledger, "-", stdin=json.dumps(record(1)).encode())
    late = tmp_path / "late"
    done("checkpoint", ledger, "-o", late)
    size = small_ledger.size()

    def lie(entry):
        if entry["seq"] == size + 1:
            entry["operator"] = "u2"
    with tampering(ledger) as database:
        rechain(database, size, lie)
    forget_checkpoints(ledger)
    done("rebuild", ledger)
    ledger.verify("--checkpoint", early, "--checkpoint", late).says(
        f"{late}: the first {ledger.size()} entries are not those that were signed")


def test_replaced_ledger_is_seen_by_a_kept_checkpoint(ledger, kept, tmp_path):
    """Another ledger of the same name, with a key of its own, in the old one's place."""
    other = Ledger.make(tmp_path / "other.db")
    verdict = other.verify("--checkpoint", kept)
    verdict.mentions(str(kept))


# MARK: read model

ALTERED_COLUMNS = [
    ("fund_received", "amountFen", "amountFen + 1"),
    ("fund_received", "fundSource", "'city'"),
    ("fund_received", "area", "'999999'"),
    ("fund_received", "docNo", "docNo || char(0)"),
    ("fund_received", "forArea", "NULL"),
    ("fund_received", "fromArea", "'440700'"),
    ("fund_received", "occurredOn", "'2019-01-01'"),
    ("fund_received", "occurredOnDay", "occurredOnDay - 1"),
    ("fund_received", "recordedAt", "'2019-01-01T00:00:00Z'"),
    ("fund_received", "recordedAtSeconds", "0"),
    ("fund_received", "source", "'x'"),
    ("fund_received", "id", "upper(id) || '1'"),
    ("fund_received", "corrects_id", "'x'"),
    ("claim_settled", "person", "person + 1"),
    ("claim_settled", "settledAtSeconds", "settledAtSeconds + 1"),
    ("claim_settled", "amounts_medicalAidPaidFen", "amounts_medicalAidPaidFen + 1"),
    ("claim_settled", "payLaterSigned", "1 - coalesce(payLaterSigned, 0)"),
    ("aid_approved", "resolution_id", "'x'"),
    ("enrolment_subsidised", "category", "'tekun2'"),
]


def test_altered_rows_of_the_read_model_are_named(ledger):
    """Every kind of column, each in a row of its own: all are named, and nothing else."""
    expected = []
    with contextlib.closing(connect(ledger)) as database:
        for number, (table, column, value) in enumerate(ALTERED_COLUMNS):
            rows = database.execute(f"SELECT seq FROM {table} WHERE {column} IS NOT {value} "
                                    "ORDER BY seq").fetchall()
            seq, = rows[number % len(rows)]
            database.execute(f"UPDATE {table} SET {column} = {value} WHERE seq = {seq}")
            expected.append(f"entry {seq}: read-model row of {table} differs in {column}")
    ledger.verify().says(*expected)


@pytest.mark.parametrize("table", ["fund_received", "clearing_requested__claims"])
def test_row_of_the_read_model_of_another_ledger_is_named(ledger, table):
    """Reports ask for rows of ledger 1: what has another number there drops out of every figure."""
    seq = ledger.value(f"SELECT min(seq) FROM {table}")
    tamper(ledger, f"UPDATE {table} SET ledger = 2 WHERE seq = {seq}")
    ledger.verify().mentions(f"entry {seq}: read-model row of {table}")


def test_deleted_row_of_the_read_model_is_named(ledger):
    seq = first_of(ledger, "claim.settled")
    tamper(ledger, "DELETE FROM claim_settled WHERE seq = ?", seq)
    ledger.verify().says(f"entry {seq}: read-model row of claim_settled missing")


def test_emptied_table_of_the_read_model_is_named(ledger):
    rows = [seq for seq, in ledger.rows("SELECT seq FROM fund_received")]
    tamper(ledger, "DELETE FROM fund_received")
    ledger.verify().says(
        *(f"entry {seq}: read-model row of fund_received missing" for seq in rows))


def test_added_rows_of_the_read_model_are_named(ledger):
    places = [-7, 5, 10 ** 6]
    with contextlib.closing(connect(ledger)) as database:
        columns = [row[1] for row in database.execute("PRAGMA table_info(fund_received)")]
        row = dict(zip(columns, database.execute("SELECT * FROM fund_received").fetchone()))
        for place in places:
            row["seq"] = place
            database.execute(f"INSERT INTO fund_received VALUES ({', '.join('?' * len(row))})",
                             list(row.values()))
    ledger.verify().says(*(f"entry {place}: read-model row of fund_received that no entry gives"
                           for place in places))


LIST = "clearing_requested__claims"


def test_altered_row_of_a_list_is_named(ledger):
    seq = ledger.value(f"SELECT min(seq) FROM {LIST}")
    tamper(ledger, f"UPDATE {LIST} SET id = 'x' WHERE seq = ? AND position = 0", seq)
    ledger.verify().says(f"entry {seq}: read-model row of {LIST} differs in id")


def test_deleted_rows_of_a_list_are_named(ledger):
    """The first of one list and the last of another."""
    (one, _), (two, last) = ledger.rows(
        f"SELECT seq, max(position) FROM {LIST} GROUP BY seq ORDER BY seq LIMIT 2")
    tamper(ledger, f"DELETE FROM {LIST} WHERE seq = ? AND position = 0", one)
    tamper(ledger, f"DELETE FROM {LIST} WHERE seq = ? AND position = ?", two, last)
    ledger.verify().says(f"entry {one}: read-model row of {LIST} missing",
                         f"entry {two}: read-model row of {LIST} missing")


def test_added_row_of_a_list_is_named(ledger):
    seq = ledger.value(f"SELECT min(seq) FROM {LIST}")
    tamper(ledger, f"INSERT INTO {LIST} VALUES (1, {seq}, 999, 'x', 'y')")
    ledger.verify().says(f"entry {seq}: read-model row of {LIST} that no entry gives")


@pytest.mark.parametrize("change", ["seq - 1", "seq + 1"])
def test_altered_subject_is_named(ledger, change):
    name = ledger.value("SELECT pseudonym FROM subject WHERE pseudonym LIKE 'p:%' LIMIT 1")
    tamper(ledger, f"UPDATE subject SET seq = {change} WHERE pseudonym = ?", name)
    ledger.verify().mentions(name)


def test_deleted_subject_is_named(ledger):
    name = ledger.value("SELECT pseudonym FROM subject WHERE pseudonym LIKE 'h:%' LIMIT 1")
    tamper(ledger, "DELETE FROM subject WHERE pseudonym = ?", name)
    ledger.verify().mentions(f"read-model row of subject {name} missing")


def test_added_subject_is_told(ledger):
    name = "p:" + "0" * 32
    tamper(ledger, "INSERT INTO subject VALUES (1, ?, 3)", name)
    ledger.verify().mentions("subject")


def test_swapped_subjects_are_named(ledger):
    (a, first), (b, second) = ledger.rows(
        "SELECT pseudonym, seq FROM subject WHERE pseudonym LIKE 'p:%' ORDER BY seq LIMIT 2")
    tamper(ledger, "UPDATE subject SET seq = CASE seq WHEN ? THEN ? ELSE ? END "
           "WHERE pseudonym IN (?, ?)", first, second, first, a, b)
    ledger.verify().mentions(f"entry {first}: ", a)


def test_altered_view_is_named(ledger):
    with contextlib.closing(connect(ledger)) as database:
        database.execute("DROP VIEW live_fund_received")
        database.execute("CREATE VIEW live_fund_received AS SELECT * FROM fund_received "
                         "WHERE amountFen > 100")
    ledger.verify().mentions("live_fund_received")


def test_altered_view_does_not_hide_an_altered_row(ledger):
    seq = first_of(ledger, "fund.received")
    with contextlib.closing(connect(ledger)) as database:
        database.execute("DROP VIEW live_aid_paid")
    tamper(ledger, f"UPDATE fund_received SET amountFen = 1 WHERE seq = {seq}")
    ledger.verify().mentions("live_aid_paid", f"entry {seq}: read-model row of fund_received")


def test_rebuild_mends_the_read_model(ledger):
    before = dump(ledger)
    tamper(ledger, "UPDATE claim_settled SET category = 'tekun', person = 3")
    tamper(ledger, "DELETE FROM subject")
    tamper(ledger, "DROP VIEW live_claim_settled")
    assert ledger.verify().status == NO
    done("rebuild", ledger)
    assert dump(ledger) == before
    assert ledger.verify().is_sound()


# MARK: vault

def registered(ledger, number=0):
    """Entry and pseudonym of a person who has one version and is in no other entry's way."""
    return ledger.rows(
        "SELECT r.seq, s.pseudonym FROM person_registered AS r JOIN subject AS s ON s.seq = r.seq "
        "AND s.pseudonym LIKE 'p:%' WHERE r.person NOT IN "
        "(SELECT person FROM person_registered WHERE version > 1) ORDER BY r.seq")[number]


def vault_change(ledger, sql, *values):
    tamper(ledger.vault, sql, *values)


def swap(ledger, table, column, key, a, b):
    first, second = (ledger.value(f"SELECT {column} FROM {table} WHERE {key} = ?", x,
                                  file=ledger.vault) for x in (a, b))
    vault_change(ledger, f"UPDATE {table} SET {column} = CASE {key} WHEN ? THEN ? ELSE ? END "
                 f"WHERE {key} IN (?, ?)", a, second, first, a, b)


def swap_identities(ledger, a, b):
    """Each leads to the other's pseudonym."""
    with tampering(ledger.vault) as database:
        rows = database.execute(
            "SELECT tag, pseudonym FROM identity WHERE pseudonym IN (?, ?)", (a, b)).fetchall()
        for tag, name in rows:
            database.execute("UPDATE identity SET pseudonym = ? WHERE tag = ?",
                             (b if name == a else a, tag))


def test_swapped_sealed_rows_are_named(ledger):
    (one, a), (two, b) = registered(ledger, 0), registered(ledger, 1)
    swap(ledger, "sealed", "bytes", "pseudonym", a, b)
    ledger.verify().says(f"entry {one}: sealed bytes in the vault altered ({a})",
                         f"entry {two}: sealed bytes in the vault altered ({b})")


def test_swapped_identities_are_named(ledger):
    (one, a), (two, b) = registered(ledger, 0), registered(ledger, 1)
    swap_identities(ledger, a, b)
    verdict = ledger.verify()
    verdict.mentions(f"does not lead to {a}", f"does not lead to {b}",
                     f"entry {one}: the vault's index", f"entry {two}: the vault's index")


def test_swapped_identities_of_things_are_named(ledger):
    """Accounts, phones, addresses and households."""
    names = []
    for kind in "atdh":
        (a,), (b,) = ledger.rows("SELECT pseudonym FROM identity WHERE pseudonym LIKE ? LIMIT 2",
                                 kind + ":%", file=ledger.vault)
        swap_identities(ledger, a, b)
        names += [a, b]
    ledger.verify().mentions(*(f"does not lead to {name}" for name in names))


def test_swapped_data_keys_are_named(ledger):
    (one, a), (two, b) = registered(ledger, 0), registered(ledger, 1)
    swap(ledger, "dataKey", "wrapped", "pseudonym", a, b)
    verdict = ledger.verify()
    verdict.mentions(f"entry {one}: the data key in the vault does not open {a}",
                     f"entry {two}: the data key in the vault does not open {b}")


def test_swapped_data_keys_of_accounts_are_named(ledger):
    (a,), (b,) = ledger.rows("SELECT pseudonym FROM dataKey WHERE pseudonym LIKE 'a:%' LIMIT 2",
                             file=ledger.vault)
    swap(ledger, "dataKey", "wrapped", "pseudonym", a, b)
    ledger.verify().mentions(a, b)


def test_altered_sealed_bytes_are_named(ledger):
    seq, name = registered(ledger)
    data = ledger.value("SELECT bytes FROM sealed WHERE pseudonym = ?", name, file=ledger.vault)
    vault_change(ledger, "UPDATE sealed SET bytes = ? WHERE pseudonym = ?", flipped(data, 20), name)
    ledger.verify().says(f"entry {seq}: sealed bytes in the vault altered ({name})")


def test_altered_sealed_text_is_named(ledger):
    seq = first_of(ledger, "inspection.found")
    digest = ledger.entry(seq)["body"]["sealed"]
    name = text_pseudonym(ledger, seq)
    data = ledger.value("SELECT bytes FROM sealed WHERE pseudonym = ?", name, file=ledger.vault)
    assert hashlib.sha256(data).hexdigest() == digest
    vault_change(ledger, "UPDATE sealed SET bytes = ? WHERE pseudonym = ?", data[::-1], name)
    ledger.verify().says(f"entry {seq}: sealed bytes in the vault altered ({name})")


def text_pseudonym(ledger, seq):
    entry = ledger.entry(seq)
    parts = "\0".join([ORIGIN, entry["source"], entry["id"]])
    return "s:" + hashlib.sha256(parts.encode()).hexdigest()[:32]


def test_altered_sealed_account_is_named(ledger):
    name, data = ledger.rows("SELECT pseudonym, bytes FROM sealed WHERE pseudonym LIKE 'a:%'",
                             file=ledger.vault)[0]
    vault_change(ledger, "UPDATE sealed SET bytes = ? WHERE pseudonym = ?", flipped(data, 20), name)
    ledger.verify().says(f"what the vault holds of the account {name} was altered")


def test_altered_version_in_the_vault_is_named(ledger):
    seq, name = registered(ledger)
    vault_change(ledger, "UPDATE sealed SET version = 9 WHERE pseudonym = ?", name)
    ledger.verify().says(f"entry {seq}: the vault lacks what it sealed ({name})")


def test_deleted_sealed_row_is_named(ledger):
    seq, name = registered(ledger)
    vault_change(ledger, "DELETE FROM sealed WHERE pseudonym = ?", name)
    ledger.verify().says(f"entry {seq}: the vault lacks what it sealed ({name})")


def test_deleted_identity_is_named(ledger):
    seq, name = registered(ledger)
    vault_change(ledger, "DELETE FROM identity WHERE pseudonym = ?", name)
    verdict = ledger.verify()
    verdict.mentions(f"entry {seq}: the vault's index")
    verdict.mentions(f"does not lead to {name}")


def test_deleted_account_is_named(ledger):
    name = ledger.value("SELECT pseudonym FROM sealed WHERE pseudonym LIKE 'a:%'",
                        file=ledger.vault)
    vault_change(ledger, "DELETE FROM sealed WHERE pseudonym = ?", name)
    ledger.verify().mentions(name)


def test_destroyed_data_key_is_named_where_no_erasure_is_on_record(ledger):
    """Otherwise whoever can write to the vault could hide a person, and split one into two."""
    seq, name = registered(ledger)
    vault_change(ledger, "DELETE FROM dataKey WHERE pseudonym = ?", name)
    verdict = ledger.verify()
    assert verdict.status == NO, verdict
    verdict.mentions(f"the data key of {name} is gone, and no person.erased says why")


def test_person_split_in_two_is_named(ledger):
    """A tag that leads nowhere, so that the person would be registered anew."""
    _, name = registered(ledger)
    vault_change(ledger, "UPDATE identity SET tag = randomblob(32) WHERE pseudonym = ?", name)
    ledger.verify().mentions(name)


def test_persons_merged_in_the_index_are_named(ledger):
    """One pseudonym twice in the index, and with it another one not at all."""
    first, second = [name for (name,) in connect(ledger).execute(
        "SELECT pseudonym FROM subject WHERE pseudonym LIKE 'p:%' LIMIT 2")]
    vault_change(ledger, "DELETE FROM dataKey WHERE pseudonym IN (?, ?)", first, second)
    vault_change(ledger, "UPDATE identity SET pseudonym = ? WHERE pseudonym = ?", first, second)
    verdict = ledger.verify()
    verdict.mentions(f"the vault's index names {first} 2 times")
    verdict.mentions(f"the vault's index lacks {second}")


def test_vault_that_its_keys_do_not_open_is_named(ledger):
    vault_change(ledger, "UPDATE key SET id = '00000000'")
    ledger.verify().says(f"the keys in {ledger.keys} are not those of this vault")


def test_format_number_of_none_is_told(ledger):
    with contextlib.closing(connect(ledger)) as database:
        database.execute("PRAGMA user_version = 0")
    ledger.verify().says("the database file is damaged: its format number is 0")


def test_row_of_the_vault_that_no_entry_names_is_told_and_is_no_error(ledger):
    vault_change(ledger, "INSERT INTO sealed VALUES ('s:00', 1, x'00')")
    verdict = ledger.verify()
    assert verdict.is_sound()
    assert any("no entry names" in note for note in verdict.notes), verdict


def test_trigger_in_the_vault_is_named(ledger):
    with contextlib.closing(connect(ledger.vault)) as database:
        database.execute("CREATE TRIGGER leak AFTER INSERT ON sealed BEGIN SELECT 1; END")
    ledger.verify().mentions("leak")


def test_vault_of_another_ledger_is_named(ledger, tmp_path):
    other = Ledger.make(tmp_path / "other.db")
    for suffix in ("", "-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            shutil.copy(f"{other.vault}{suffix}", f"{ledger.vault}{suffix}")
    verdict = ledger.verify()
    assert verdict.status == NO
    verdict.mentions("the vault lacks what it sealed")


def test_without_keys_altered_sealed_bytes_are_still_named(ledger):
    seq, name = registered(ledger)
    vault_change(ledger, "UPDATE sealed SET bytes = x'00' WHERE pseudonym = ?", name)
    shutil.rmtree(ledger.keys)
    ledger.verify().says(f"entry {seq}: sealed bytes in the vault altered ({name})")


# MARK: the files as a whole

def test_altered_application_id_is_told(ledger):
    with contextlib.closing(connect(ledger)) as database:
        database.execute("PRAGMA application_id = 7")
    result = aid("verify", ledger)
    assert result.status == COULD_NOT
    assert f"{ledger} is not a ledger" in result.err


@pytest.mark.parametrize("file", ["path", "vault"])
def test_newer_format_is_told_and_left_alone(ledger, file):
    path = getattr(ledger, file)
    with contextlib.closing(connect(path)) as database:
        database.execute("PRAGMA user_version = 2")
    before = ledger.content()
    for command in (["verify", ledger], ["import", ledger, "-"]):
        result = aid(*command, stdin=b"{}\n")
        assert f"{path} has format 2; this program knows formats up to 1" in result.text, result
        assert result.status == COULD_NOT or (file == "vault" and result.status == NO)
        assert ledger.content() == before


@pytest.fixture(scope="module")
def tiny_ledger(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tiny")
    done("sample", folder / "s.jsonl", "--entries", 150)
    ledger = Ledger.make(folder / "s.db")
    done("import", ledger, folder / "s.jsonl")
    return ledger


def readable(path):
    try:
        return dump(path)
    except (sqlite3.DatabaseError, UnicodeDecodeError, OverflowError) as error:
        return repr(error)


@pytest.mark.parametrize("file, flips", [("path", 40), ("vault", 30)])
def test_every_flipped_bit_that_changes_data_is_found(tiny_ledger, tmp_path, file, flips):
    """At random places of the file; one that changes no table changes nothing, and one in a
    pseudonym of the vault may look like a key that was destroyed: then that is told."""
    true = dump(getattr(tiny_ledger, file))
    random_source = random.Random(20260131)
    places = [random_source.randrange(getattr(tiny_ledger, file).stat().st_size * 8)
              for _ in range(flips)]

    def missed(place):
        ledger = tiny_ledger.copy_to(tmp_path / str(place))
        path = getattr(ledger, file)
        path.write_bytes(flipped(path.read_bytes(), place // 8, place % 8))
        verdict = ledger.verify()
        result = None
        if verdict.status == FINE and not verdict.notes and readable(path) != true:
            result = f"bit {place % 8} of byte {place // 8}"
        elif verdict.status not in (FINE, NO, COULD_NOT) or "Fatal error" in verdict.result.err:
            result = f"bit {place % 8} of byte {place // 8}: {verdict}"
        shutil.rmtree(tmp_path / str(place))
        return result
    with ThreadPoolExecutor(2) as pool:
        assert [m for m in pool.map(missed, places) if m] == []


@pytest.mark.parametrize("length", [0.25, 0.5, 0.9])
def test_cut_off_file_is_told(ledger, length):
    data = ledger.path.read_bytes()
    ledger.path.write_bytes(data[:int(len(data) * length)])
    verdict = ledger.verify()
    assert verdict.status in (NO, COULD_NOT), verdict
    assert "damaged" in verdict.result.text


def test_an_entry_that_is_gone_is_called_missing(ledger):
    """Not one that never was: the ledger is said to have more."""
    tamper(ledger, "DELETE FROM entry WHERE seq = 2")
    for command in (["show", ledger, 2], ["trace", ledger, "entry", 2]):
        answer = aid(*command)
        assert answer.status != FINE and "entry 2 is MISSING" in answer.err, answer
    refused(aid("show", ledger, ledger.size()), BAD_INPUT, "there is no entry")


def test_tables_that_are_not_as_declared_may_be_altered(ledger):
    """A view that leaves something out is no mere change of kinds."""
    tamper(ledger, "DROP VIEW live_claim_settled")
    tamper(ledger, "CREATE VIEW live_claim_settled AS SELECT * FROM claim_settled WHERE seq <> 1")
    refused(aid("report", "fund-use", ledger, "--year", 2024, "-o", "-"), COULD_NOT,
            "somebody has altered them; `aidledger verify")
    ledger.verify().says("live_claim_settled is missing or not as the kinds declare it")
