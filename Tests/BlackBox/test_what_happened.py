"""Each thing that can be done to a ledger is named: edited, inserted, deleted, reordered, truncated,
rolled back, forked, hashed anew; with the entries concerned, and the last head to trust."""

import contextlib
import datetime
import json

import pytest

from chain import Tree, leaf_hash
from harness import (COULD_NOT, CRASH, FINE, NO, aid, connect, done, record, refused, start,
                     tamper, tampering)
from rewriting import entries_of, put, rewrite


@pytest.fixture(scope="module")
def original(small_ledger, tmp_path_factory):
    """A ledger that ends in twenty records of ours, with a checkpoint kept before each half and
    after all; and its backup. No test may change them."""
    folder = tmp_path_factory.mktemp("original")
    ledger = small_ledger.copy_to(folder / "ledger")
    ledger.first = ledger.size()
    ledger.kept = []
    for half in (range(0, 10), range(10, 20)):
        assert ledger.take([record(number) for number in half]).status == FINE
        ledger.kept.append(folder / f"kept-{ledger.size()}")
        done("checkpoint", ledger, "-o", ledger.kept[-1])
    ledger.backup = folder / "backup"
    done("backup", ledger, ledger.backup)
    return ledger


@pytest.fixture
def ledger(original, tmp_path):
    """A copy, to be altered."""
    return original.copy_to(tmp_path / "copy")


def place(entries, number):
    """Where record `number` stands."""
    return next(index for index, entry in enumerate(entries) if entry["id"] == f"T-{number}")


def root_of(ledger, size):
    tree = Tree()
    for data, in ledger.rows("SELECT bytes FROM entry WHERE seq < ? ORDER BY seq", size):
        tree.append(leaf_hash(data))
    assert tree.size == size
    return tree.root().hex()


def told(ledger, *options, status=NO):
    """What `verify` says, for people and for programs."""
    result, answer = (aid("verify", ledger, *options, *how) for how in ([], ["--json"]))
    assert result.status == answer.status == status, result
    assert result.err == answer.err == ""
    said, = answer.json_lines()
    return result.out, said


def changes_of(comparison):
    """The changes by kind: what stands here, what stands there."""
    return [(change["changes"], change.get("here", {}).get("seq"),
             change.get("there", {}).get("seq")) for change in comparison["changes"]]


# MARK: what one can do to an entry

def edit(entries, number=3):
    entries[place(entries, number)]["body"]["case"] = "C-X"


def insert(entries, number=5):
    """One that was never recorded; a case that is closed has nothing sealed."""
    at = place(entries, number)
    forged = json.loads(json.dumps(entries[at]))
    forged.update(id="T-99", kind="progress.circulated", body={"docNo": "1", "period": "2022"})
    entries.insert(at, forged)


def delete(entries, number=7):
    del entries[place(entries, number)]


def move(entries, number=2, to=8):
    entries.insert(place(entries, to), entries.pop(place(entries, number)))


EVENTS = {"edited": edit, "inserted": insert, "deleted": delete, "reordered": move}


def alike_in_time(entries, first):
    """All of ours recorded at one moment, so that their order is free."""
    for entry in entries[first:]:
        entry["at"] = entries[-1]["at"]


@pytest.fixture
def pair(original, ledger, tmp_path):
    """The ledger and another copy of it, alike, whose records of ours bear one time."""
    entries = entries_of(ledger)
    alike_in_time(entries, original.first)
    put(ledger, entries)
    return ledger, ledger.copy_to(tmp_path / "other")


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("signed", [False, True])
def test_what_was_hashed_anew_is_named_by_another_copy(original, pair, event, signed):
    ledger, other = pair
    before = entries_of(ledger)
    rewrite(ledger, EVENTS[event], signed=signed)
    after = entries_of(ledger)
    parts = next(seq for seq, (one, two) in enumerate(zip(after, before)) if one != two)
    out, said = told(ledger, "--chain-only", "--against", other)
    assert said["sound"]
    comparison = said["comparison"]
    assert comparison["events"] == [event, "re-hashed"]
    assert comparison["outcome"] == "part" and comparison["seq"] == parts
    assert comparison["lastTrusted"] == {"size": parts, "rootHash": root_of(other, parts)}
    assert f"{event.upper()} AND RE-HASHED: in {ledger}, " in out
    assert f"everything from entry {parts} on was hashed anew" in out
    assert comparison["counts"][event] == 1
    assert sum(count for kind, count in comparison["counts"].items()
               if kind not in (event, "re-hashed")) == 0
    # All that follows, but for what was put in or taken out, says the same under other hashes.
    assert comparison["counts"]["re-hashed"] == {
        "edited": len(after) - parts - 1, "inserted": len(after) - parts - 1,
        "deleted": len(after) - parts, "reordered": len(after) - parts}[event]
    expected = {
        "edited": ("T-3", (place(before, 3), place(before, 3))),
        "inserted": ("T-99", (place(before, 5), None)),
        "deleted": ("T-7", (None, place(before, 7))),
        "reordered": ("T-2", (place(after, 2), place(before, 2))),
    }[event]
    (kinds, here, there), = changes_of(comparison)
    assert (kinds, (here, there)) == ([event], expected[1])
    version = comparison["changes"][0].get("here") or comparison["changes"][0]["there"]
    assert (version["source"], version["id"]) == ("test", expected[0])
    assert f"test / {expected[0]}" in out
    # Nobody outside holds anything that says which of the two is the true one.
    assert "altered" not in comparison and "not known" in out


def test_both_versions_stand_side_by_side(original, ledger):
    seq = place(entries_of(ledger), 3)
    entry, = (entry for entry in entries_of(ledger) if entry["kind"] == "fund.received"
              and entry["body"]["amountFen"] == ledger.value(
                  "SELECT max(amountFen) FROM fund_received"))
    amount = entry["body"]["amountFen"]

    def change(entries):
        edit(entries)
        entries[entry["seq"]]["body"]["amountFen"] = 123_456_789
        entries[entry["seq"]]["department"] = "x" * 200
    rewrite_without_tables(ledger, change)
    out, said = told(ledger, "--chain-only", "--against", original.backup)
    money, case = said["comparison"]["changes"]
    assert [one["here"]["seq"] for one in (money, case)] == [entry["seq"], seq]
    assert {one["path"]: (one.get("here"), one.get("there")) for one in money["differences"]} == {
        "body/amountFen": ("123456789", str(amount)),
        "department": ("x" * 200, entry.get("department"))}
    assert case["differences"] == [{"path": "body/case", "here": "C-X", "there": "C-3"}]
    assert "2 entries were changed" in out
    row, = (line for line in out.splitlines() if "body/amountFen" in line)
    assert "123456789 (1,234,567.89 元)" in row and f"{amount} (" in row
    assert "x" * 17 + "…" + "x" * 17 in out and "x" * 40 not in out


def test_several_at_once_are_all_named(original, pair):
    ledger, other = pair
    before = entries_of(ledger)

    def all_of_it(entries):
        for change in EVENTS.values():
            change(entries)
    rewrite(ledger, all_of_it)
    after = entries_of(ledger)
    out, said = told(ledger, "--chain-only", "--against", other)
    comparison = said["comparison"]
    assert comparison["events"] == ["edited", "inserted", "deleted", "reordered", "re-hashed"]
    assert sorted(changes_of(comparison), key=str) == sorted([
        (["edited"], place(after, 3), place(before, 3)),
        (["inserted"], place(after, 99), None),
        (["deleted"], None, place(before, 7)),
        (["reordered"], place(after, 2), place(before, 2))], key=str)
    assert "EDITED, INSERTED, DELETED, REORDERED AND RE-HASHED" in out


def test_moved_and_changed_entry_is_told_once(pair):
    ledger, other = pair

    def change(entries):
        edit(entries, 2)
        move(entries)
    rewrite(ledger, change)
    _, said = told(ledger, "--chain-only", "--against", other)
    (kinds, _, _), = changes_of(said["comparison"])
    assert sorted(kinds) == ["edited", "reordered"]


def test_entry_of_the_program_that_was_changed_is_named(original, ledger):
    """Its id is its number, so that it is known by its place."""
    def change(entries):
        end = max(place(entries, 9), original.first) + 1
        assert entries[end]["kind"] == "import.finished"
        entries[end]["body"]["accepted"] = 7
        change.seq = end
    rewrite(ledger, change)
    _, said = told(ledger, "--chain-only", "--against", original.backup)
    assert changes_of(said["comparison"]) == [(["edited"], change.seq, change.seq)]
    assert said["comparison"]["changes"][0]["differences"] == [
        {"path": "body/accepted", "here": "7", "there": "10"}]


def test_other_end_of_an_import_is_a_fork(original, ledger):
    def change(entries):
        entries[-1]["body"]["accepted"] = 7
    rewrite(ledger, change)
    _, said = told(ledger, "--chain-only", "--against", original.backup)
    last = original.size() - 1
    # Nothing that both have follows: it may be another import as well.
    assert said["comparison"]["seq"] == last and said["comparison"]["events"] == ["forked"]
    assert said["comparison"]["lastTrusted"]["size"] == last


def test_entries_recorded_anew_are_told(original, ledger):
    """An older copy was put back, and the same was entered again later."""
    def later(entries):
        for entry in entries[original.first:]:
            at = datetime.datetime.fromisoformat(entry["at"]) + datetime.timedelta(minutes=1)
            entry["at"] = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    rewrite(ledger, later)
    out, said = told(ledger, "--chain-only", "--against", original.backup)
    comparison = said["comparison"]
    assert comparison["events"] == ["recorded-at", "re-hashed"]
    assert comparison["counts"]["recorded-at"] == original.size() - original.first
    assert {one["path"] for one in comparison["changes"][0]["differences"]} == {"at"}
    assert "RECORDED AT ANOTHER TIME AND RE-HASHED" in out


def test_a_block_far_longer_than_what_is_looked_ahead(sample_ledger, tmp_path):
    """1,500 entries taken out and 2 entries edited behind them."""
    ledger = sample_ledger.copy_to(tmp_path / "copy")
    before = entries_of(ledger)

    def change(entries):
        for index in (-3, -20):
            assert entries[index]["source"] != "aidledger"
            entries[index]["operator"] = "u-other"
        del entries[100:1600]
    rewrite_without_tables(ledger, change)
    _, said = told(ledger, "--chain-only", "--against", sample_ledger)
    comparison = said["comparison"]
    assert comparison["counts"]["deleted"] == 1500 and comparison["counts"]["edited"] == 2
    assert comparison["counts"]["inserted"] == comparison["counts"]["reordered"] == 0
    assert len(comparison["changes"]) == 1000
    out, _ = told(ledger, "--chain-only", "--against", sample_ledger)
    assert "… and 1,482 more" in out
    assert before[100]["seq"] == 100 == comparison["seq"]


def test_a_long_block_that_was_moved(sample_ledger, tmp_path):
    ledger = sample_ledger.copy_to(tmp_path / "copy")

    def change(entries):
        times = [entry["at"] for entry in entries]
        block = entries[200:600]
        del entries[200:600]
        entries[1500:1500] = block
        for entry, at in zip(entries, times):
            entry["at"] = at
    rewrite_without_tables(ledger, change)
    _, said = told(ledger, "--chain-only", "--against", sample_ledger)
    counts = said["comparison"]["counts"]
    assert (counts["reordered"], counts["edited"], counts["inserted"], counts["deleted"]) == (
        400, 0, 0, 0)


def rewrite_without_tables(ledger, change):
    """Where the tables would not fit what was made up."""
    entries = entries_of(ledger)
    change(entries)
    put(ledger, entries, tables=False)


# MARK: without hashing anew

def test_edit_that_was_not_hashed_anew(original, ledger):
    seq = place(entries_of(ledger), 3)
    data = ledger.value("SELECT bytes FROM entry WHERE seq = ?", seq)
    tamper(ledger, "UPDATE entry SET bytes = ? WHERE seq = ?", data.replace(b"C-3", b"C-X"), seq)
    out, said = told(ledger, "--chain-only", "--against", original.backup)
    assert not said["sound"] and f"entry {seq}: bytes altered" in out
    comparison = said["comparison"]
    assert comparison["events"] == ["edited"] and comparison["altered"] == "ledger"
    assert changes_of(comparison) == [(["edited"], seq, seq)]
    assert comparison["changes"][0]["here"]["fitsStoredHash"] is False
    assert comparison["changes"][0]["there"]["fitsStoredHash"] is True
    assert "RE-HASHED" not in out and f"EDITED: in {ledger}, entry {seq} was changed" in out


def test_deletion_that_was_not_hashed_anew(original, ledger):
    seq = place(entries_of(ledger), 3)
    tamper(ledger, "DELETE FROM entry WHERE seq = ?", seq)
    out, said = told(ledger, "--chain-only", "--against", original.backup)
    assert f"entry {seq} missing" in out
    comparison = said["comparison"]
    assert comparison["events"] == ["deleted"] and comparison["altered"] == "ledger"
    assert changes_of(comparison) == [(["deleted"], None, seq)]
    assert "here" not in comparison and comparison["there"]["seq"] == seq


def test_exchange_that_was_not_hashed_anew(original, ledger):
    first = place(entries_of(ledger), 3)
    data = [ledger.value("SELECT bytes FROM entry WHERE seq = ?", seq)
            for seq in (first, first + 1)]
    for seq, other in ((first, data[1]), (first + 1, data[0])):
        tamper(ledger, "UPDATE entry SET bytes = ? WHERE seq = ?", other, seq)
    _, said = told(ledger, "--chain-only", "--against", original.backup)
    comparison = said["comparison"]
    assert comparison["events"] == ["reordered"] and comparison["counts"]["reordered"] == 1
    assert comparison["counts"]["re-hashed"] == 0


def test_entry_squeezed_in_that_was_not_hashed_anew(original, ledger):
    data = ledger.value("SELECT bytes FROM entry WHERE seq = 5")
    with tampering(ledger) as database:
        database.execute("PRAGMA ignore_check_constraints = ON")
        database.execute("INSERT INTO entry VALUES (1, -1, 'x', 'y', ?, ?, ?)",
                         (data, leaf_hash(data), b""))
    _, said = told(ledger, "--chain-only", "--against", original.backup)
    assert said["comparison"]["events"] == ["inserted"]
    assert said["comparison"]["changes"][0]["here"]["seq"] == -1


# MARK: the end is missing

def test_roll_back_is_named(original, ledger):
    """Whole in itself; only what was kept elsewhere shows it."""
    size = original.size() - 4
    put(ledger, entries_of(ledger)[:size])
    out, said = told(ledger, "--chain-only", "--against", original.backup, status=FINE)
    assert said["comparison"]["events"] == ["rolled-back"]
    assert said["comparison"]["outcome"] == "prefix"
    assert "ROLLED BACK, unless it is meant to be an older copy" in out
    out, said = told(ledger, "--chain-only", "--checkpoint", original.kept[0], "--checkpoint",
                     original.kept[1])
    conclusion = said["conclusion"]
    assert conclusion["events"] == ["rolled-back"]
    assert conclusion["lastTrusted"]["name"] == str(original.kept[0])
    assert [one["standing"] for one in conclusion["checkpoints"]] == ["holds", "beyond"]
    assert f"ROLLED BACK: {original.size()} entries ({original.kept[1]}, kept elsewhere)" in out
    assert f"{original.kept[0]}" in out and "agrees" in out


@pytest.mark.parametrize("witness", ["head", "checkpoint"])
def test_truncation_is_named(original, ledger, witness):
    """The ledger itself still says that there was more."""
    size = original.size() - 4
    if witness == "head":
        with tampering(ledger) as database:
            database.execute("DELETE FROM entry WHERE seq >= ?", [size])
    else:
        rows = ledger.rows("SELECT * FROM checkpoint")
        put(ledger, entries_of(ledger)[:size])
        with tampering(ledger) as database:
            database.executemany("INSERT INTO checkpoint VALUES (?, ?, ?)", rows)
    out, said = told(ledger, "--chain-only", "--against", original.backup)
    assert said["comparison"]["events"] == ["truncated"] and "TRUNCATED: " in out
    out, said = told(ledger, "--chain-only", "--checkpoint", original.kept[1])
    assert said["conclusion"]["events"] == ["truncated"]
    assert f"TRUNCATED: {original.size()} entries were recorded, and {size} entries are there" in out


def test_edited_and_cut_off(original, ledger):
    def change(entries):
        edit(entries)
        del entries[-4:]
    rewrite(ledger, change)
    _, said = told(ledger, "--chain-only", "--against", original.backup)
    assert said["comparison"]["events"] == ["edited", "rolled-back", "re-hashed"]
    assert said["comparison"]["counts"]["only-there"] == 4


# MARK: forks

def test_fork_is_named(original, ledger, tmp_path):
    """Both went on by themselves from where one was copied."""
    other = original.copy_to(tmp_path / "other")
    size = original.size()
    assert ledger.take([record(101), record(102)]).status == FINE
    assert other.take([record(103)]).status == FINE
    out, said = told(ledger, "--against", other)
    comparison = said["comparison"]
    assert said["sound"] and comparison["events"] == ["forked"] and comparison["seq"] == size
    assert comparison["bothSigned"]
    assert (comparison["counts"]["only-here"], comparison["counts"]["only-there"]) == (3, 2)
    assert f"FORKED: from entry {size} on, {ledger} and {other} go on differently" in out
    assert comparison["trustedCheckpoint"]["size"] == size


def test_fork_that_took_the_same_records_later_is_named(original, ledger, tmp_path):
    other = original.copy_to(tmp_path / "other")
    assert ledger.take([record(101)]).status == FINE
    assert other.take([record(103)]).status == FINE
    same = [record(number) for number in range(110, 120)]
    assert ledger.take(same).status == FINE
    entries = entries_of(ledger)
    assert other.take(same).status == FINE
    rewrite(other, lambda entries: [entry.update(at=entry["at"][:17] + "59Z")
                                    for entry in entries[original.size():]])
    out, said = told(ledger, "--against", other)
    assert len(entries) > original.size() and said["comparison"]["events"] == ["forked"], out


def test_two_signatures_for_one_size_are_a_fork(original, ledger):
    """The ledger's key signed what is there, and what somebody else holds."""
    rewrite(ledger, edit, signed=True)
    size = original.size()
    out, said = told(ledger, "--chain-only", "--checkpoint", original.kept[1])
    conclusion = said["conclusion"]
    assert conclusion["events"] == ["forked", "re-hashed"]
    assert conclusion["contradictions"] == [
        {"size": size, "names": [f"stored checkpoint of size {size}", str(original.kept[1])]}]
    line, = (line for line in out.splitlines() if line.startswith("FORKED"))
    assert str(original.kept[1]) in line and f"stored checkpoint of size {size}" in line
    assert "lastTrusted" not in conclusion and "last head to trust  none" in out


def test_checkpoints_kept_elsewhere_that_contradict_each_other(original, ledger, tmp_path):
    """Whatever the ledger holds, its key signed two histories."""
    forged = original.copy_to(tmp_path / "forged")
    rewrite(forged, edit)
    other = tmp_path / "other-note"
    done("checkpoint", forged, "-o", other)
    out, said = told(ledger, "--chain-only", "--checkpoint", original.kept[1],
                     "--checkpoint", other)
    assert said["conclusion"]["events"] == ["forked"]
    assert said["conclusion"]["contradictions"][0]["size"] == original.size()
    assert f"{other} are both signed" in out and "RE-HASHED" not in out


# MARK: checkpoints alone

@pytest.mark.parametrize("event", EVENTS)
def test_what_was_hashed_anew_is_narrowed_down_by_checkpoints(original, ledger, event):
    """Between the greatest that agrees and the smallest that does not."""
    change = EVENTS[event]
    entries = entries_of(ledger)
    alike_in_time(entries, original.first)
    if event == "reordered":
        change(entries, 12, 18)
    else:
        change(entries, 15)
    first = int(original.kept[0].name.split("-")[1])
    for entry, old in zip(entries[:first], entries_of(ledger)):
        entry["at"] = old["at"]
    entries.append(json.loads(json.dumps(entries[-1])))  # so that nothing is cut off
    put(ledger, entries)
    out, said = told(ledger, "--chain-only", *(
        word for file in original.kept for word in ("--checkpoint", file)))
    conclusion = said["conclusion"]
    assert conclusion["events"] == ["re-hashed"]
    assert conclusion["firstChange"] == {"from": first, "to": original.size() - 1}
    assert conclusion["lastTrusted"] == {
        "name": str(original.kept[0]), "keptElsewhere": True, "size": first,
        "rootHash": root_of(original, first), "standing": "holds"}
    assert [one["standing"] for one in conclusion["checkpoints"]] == ["holds", "differs"]
    assert f"RE-HASHED: among entries {first}–{original.size() - 1}" in out
    assert "--against COPY" in out


def test_edit_that_verifying_names_is_not_told_twice(original, ledger):
    seq = place(entries_of(ledger), 3)
    data = ledger.value("SELECT bytes FROM entry WHERE seq = ?", seq)
    tamper(ledger, "UPDATE entry SET bytes = ? WHERE seq = ?", data.replace(b"C-3", b"C-X"), seq)
    out, said = told(ledger, "--chain-only", "--checkpoint", original.kept[1])
    assert said["conclusion"]["events"] == [] and len(said["problems"]) == 1
    assert out.splitlines()[-1] == "NOT SOUND: 1 problem"


def test_sound_ledger_has_all_its_checkpoints_agree(original, ledger):
    out, said = told(ledger, "--checkpoint", original.kept[0], "--checkpoint", original.kept[1],
                     status=FINE)
    conclusion = said["conclusion"]
    assert conclusion["events"] == [] and conclusion["contradictions"] == []
    assert {one["standing"] for one in conclusion["checkpoints"]} == {"holds"}
    assert conclusion["lastTrusted"]["name"] == str(original.kept[1])
    assert "firstChange" not in conclusion and "last head to trust" not in out


# MARK: which of the two was altered

def test_checkpoint_tells_which_copy_was_altered(original, ledger, tmp_path):
    rewrite(ledger, insert)
    tables = ["--chain-only", "--checkpoint", original.kept[1]]
    out, said = told(ledger, *tables, "--against", original)
    comparison = said["comparison"]
    assert comparison["altered"] == "ledger" and comparison["events"] == ["inserted", "re-hashed"]
    assert comparison["agreeWithOtherOnly"] == [str(original.kept[1])]
    assert f"{original.kept[1]} agrees with {original} and not with it" in out
    # The other way round, what was put in there is still called put in.
    out, said = told(original.copy_to(tmp_path / "true"), *tables, "--against", ledger)
    comparison = said["comparison"]
    assert said["sound"] and comparison["altered"] == "other"
    assert comparison["events"] == ["inserted", "re-hashed"]
    assert comparison["agreeWithLedgerOnly"] == [str(original.kept[1])]
    assert comparison["changes"][0]["changes"] == ["inserted"]
    assert f"INSERTED AND RE-HASHED: in {ledger}, " in out


def test_other_copy_that_does_not_fit_itself_was_altered(original, ledger, tmp_path):
    other = original.copy_to(tmp_path / "other")
    seq = place(entries_of(other), 3)
    data = other.value("SELECT bytes FROM entry WHERE seq = ?", seq)
    tamper(other, "UPDATE entry SET bytes = ? WHERE seq = ?", data.replace(b"C-3", b"C-X"), seq)
    out, said = told(ledger, "--against", other)
    comparison = said["comparison"]
    assert said["sound"] and comparison["altered"] == "other"
    assert comparison["otherIsWhole"] is False and comparison["events"] == ["edited"]
    assert f"EDITED: in {other}, entry {seq} was changed" in out


# MARK: hostile

@pytest.mark.parametrize("data", [b"", b"\x00", b"{}", b"[" * 5000, b'{"seq":1}',
                                  b'{"area":"000000","at":"' + b"9" * 40,
                                  b'"text"', b"\xff" * 300])
def test_bytes_that_are_no_entry_are_compared(original, ledger, data):
    seq = place(entries_of(ledger), 3)
    tamper(ledger, "UPDATE entry SET bytes = ? WHERE seq = ?", data, seq)
    out, said = told(ledger, "--chain-only", "--against", original.backup)
    assert said["comparison"]["events"] == ["edited"]
    assert changes_of(said["comparison"]) == [(["edited"], seq, seq)]
    assert said["comparison"]["changes"][0]["there"]["id"] == "T-3"
    assert f"entry {seq}: changed" in out


def test_same_values_in_another_form_are_told_as_such(original, ledger):
    seq = place(entries_of(ledger), 3)
    data = ledger.value("SELECT bytes FROM entry WHERE seq = ?", seq)
    tamper(ledger, "UPDATE entry SET bytes = ? WHERE seq = ?", data.replace(b",", b", "), seq)
    out, said = told(ledger, "--chain-only", "--against", original.backup)
    assert said["comparison"]["changes"][0]["differences"] == []
    assert "the same members and values, written in another form" in out


def test_texts_give_no_orders_to_the_terminal(original, ledger):
    def change(entries):
        entries[place(entries, 3)]["body"]["case"] = "\x1b[2J\u202eC"
    entries = entries_of(ledger)
    change(entries)
    put(ledger, entries, tables=False)
    out, said = told(ledger, "--chain-only", "--against", original.backup)
    assert "\x1b" not in out and "\u202e" not in out
    assert said["comparison"]["changes"][0]["differences"][0]["here"] == "\x1b[2J\u202eC"


def test_ledger_of_another_origin_has_nothing_in_common(ledger, empty_ledger):
    """The same name, given twice."""
    out, said = told(ledger, "--against", empty_ledger)
    assert said["comparison"]["lastTrusted"]["size"] == 0
    assert "none: the two have no entry in common" in out


def test_damaged_other_copy_is_told_and_what_was_verified_too(original, ledger, tmp_path):
    other = original.copy_to(tmp_path / "other")
    with contextlib.closing(connect(other)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        size = database.execute("PRAGMA page_size").fetchone()[0]
        root = database.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'entry'").fetchone()[0]
    data = bytearray(other.path.read_bytes())
    data[(root - 1) * size:root * size] = b"\xff" * size
    other.path.write_bytes(data)
    result = aid("verify", ledger, "--against", other)
    refused(result, COULD_NOT, str(other), "damaged")
    # What can be opened is verified first.
    result = aid("verify", ledger, "--against", original)
    assert result.status == FINE and "same: " in result.out


@pytest.mark.parametrize("statements", [
    ["DROP TABLE head", "CREATE TABLE head (ledger, size, rootHash)",
     "INSERT INTO head VALUES (1, 'many', 7)"],
    ["DROP TABLE checkpoint", "CREATE TABLE checkpoint (ledger, size, note)",
     "INSERT INTO checkpoint VALUES (1, 'x', NULL), (1, NULL, 5), (1, 3, x'ff')"],
    ["PRAGMA ignore_check_constraints = ON",
     "UPDATE entry SET seq = 9223372036854775807 WHERE seq = 400",
     "UPDATE entry SET seq = -9223372036854775808 WHERE seq = 300",
     "UPDATE entry SET bytes = x'', leafHash = x'' WHERE seq = 200"],
])
def test_other_copy_of_any_content_does_no_harm(original, ledger, tmp_path, statements):
    """It is not verified, and may hold anything."""
    other = original.copy_to(tmp_path / "other")
    rewrite(ledger, edit)
    without_guards(other, statements)
    result = aid("verify", ledger, "--chain-only", "--against", other)
    assert result.status == NO and not CRASH.search(result.text), result
    assert "last head to trust" in result.out


def without_guards(ledger, statements):
    with contextlib.closing(connect(ledger)) as database:
        for name, in database.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            database.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            database.execute(statement)


def test_entries_in_a_table_of_another_shape_are_not_compared(original, ledger, tmp_path):
    """Its columns may hold anything; what was verified is told all the same."""
    statements = [
        "CREATE TABLE loose (ledger, seq, source, id, bytes, leafHash, subtreeHashes)",
        "INSERT INTO loose SELECT * FROM entry", "DROP TABLE entry",
        "UPDATE loose SET seq = 'x' WHERE seq > 400", "UPDATE loose SET bytes = 5 WHERE seq = 300",
        "UPDATE loose SET source = NULL, leafHash = 'x' WHERE seq = 200",
        "ALTER TABLE loose RENAME TO entry"]
    other = original.copy_to(tmp_path / "other")
    without_guards(other, statements)
    for one, two in ((ledger, other), (other, ledger)):
        result = aid("verify", one, "--chain-only", "--against", two)
        refused(result, COULD_NOT, f"{other} is damaged", "its table of entries")
        assert ("sound:" if one is ledger else "NOT SOUND") in result.out


def test_other_copy_that_is_being_appended_to(original, ledger, tmp_path):
    """It is looked at as of one moment."""
    other = original.copy_to(tmp_path / "other")
    rewrite(ledger, edit)
    (tmp_path / "more.jsonl").write_text(
        "".join(json.dumps(record(number)) + "\n" for number in range(1000, 40_000)))
    writer = start("import", other, tmp_path / "more.jsonl")
    seen = set()
    while writer.poll() is None:
        _, said = told_once(ledger, "--chain-only", "--against", other)
        comparison = said["comparison"]
        assert comparison["counts"]["edited"] == 1 and comparison["counts"]["inserted"] == 0
        assert comparison["otherEntries"] == original.size() + comparison["counts"]["only-there"]
        assert comparison["otherIsWhole"]
        seen.add(comparison["otherEntries"])
    assert writer.returncode == FINE, writer.stderr.read()
    assert seen


def told_once(ledger, *options):
    answer = aid("verify", ledger, *options, "--json")
    assert answer.status == NO, answer
    said, = answer.json_lines()
    return answer, said


def test_two_copies_that_have_lost_their_guard_and_hold_one_key_twice(original, ledger):
    """Of several entries with one key, each finds one counterpart at the most."""
    with tampering(ledger) as database:
        database.execute("DROP INDEX entry_key")
    entries = entries_of(ledger)
    entries.insert(place(entries, 5), json.loads(json.dumps(entries[place(entries, 3)])))
    put(ledger, entries, tables=False)
    _, said = told(ledger, "--chain-only", "--against", original.backup)
    counts = said["comparison"]["counts"]
    assert counts["inserted"] == 1 and counts["edited"] == counts["deleted"] == 0
