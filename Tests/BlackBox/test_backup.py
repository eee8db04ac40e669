"""A backup is of one moment, whole or none; what is restored is what was backed up; and how two
copies stand to each other is told from their bytes."""

import base64
import contextlib
import hashlib
import json
import os
import random
import re
import shutil
import signal
import stat
import time

import pytest

from chain import Tree, leaf_hash
from harness import (BAD_INPUT, COULD_NOT, FINE, NO, ORIGIN, Ledger, aid, application, connect,
                     done, dump, record, refused, start, tamper, tampering)

FILES = ["backup.json", "ledger", "ledger.vault", "ledger.vkey"]


def backed_up(ledger, folder):
    """The manifest of a new backup."""
    done("backup", ledger, folder)
    return json.loads((folder / "backup.json").read_text())


def root_of(database, size):
    """The root hash of the first entries, reckoned without the program."""
    tree = Tree()
    with contextlib.closing(connect(database)) as connection:
        for data, in connection.execute("SELECT bytes FROM entry WHERE seq < ? ORDER BY seq",
                                        [size]):
            tree.append(leaf_hash(data))
    assert tree.size == size
    return tree.root().hex()


def rights(path):
    return stat.S_IMODE(path.stat().st_mode)


def left_at(path):
    """What stands at a ledger's path; the lock is none of its content."""
    return sorted(file.name for file in path.parent.glob(f"{path.name}*")
                  if not file.name.endswith(".lock"))


@pytest.fixture
def backup(ledger, tmp_path):
    """The folder of a backup of `ledger`."""
    done("backup", ledger, tmp_path / "backup")
    return tmp_path / "backup"


@pytest.fixture
def target(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    return tmp_path / "elsewhere" / "restored.db"


# MARK: what a backup is

def test_backup_has_the_content_of_its_ledger(ledger, tmp_path):
    folder = tmp_path / "backup"
    manifest = backed_up(ledger, folder)
    assert sorted(os.listdir(folder)) == FILES
    for name, content in manifest["files"].items():
        data = (folder / name).read_bytes()
        assert content == {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    assert sorted(manifest["files"]) == FILES[1:]
    assert (manifest["v"], manifest["format"], manifest["origin"]) == (1, 1, ORIGIN)
    assert manifest["size"] == ledger.size()
    assert manifest["rootHash"] == root_of(ledger, ledger.size())
    assert dump(folder / "ledger") == dump(ledger)
    assert dump(folder / "ledger.vault") == dump(ledger.vault)
    assert (folder / "ledger.vkey").read_bytes() == ledger.vkey.read_bytes()


def test_backup_changes_nothing_of_its_ledger(ledger, tmp_path):
    before = ledger.content()
    done("backup", ledger, tmp_path / "backup")
    assert ledger.content() == before


def test_backup_is_for_its_owner_alone(backup):
    assert rights(backup) == 0o700
    assert {rights(backup / name) for name in FILES} == {0o600}


def test_backup_holds_no_key(ledger, backup):
    for file in ledger.keys.iterdir():
        # Base64 may hold a '+' too; a signing key is 0x01 and its seed.
        text = re.fullmatch(r".*?\+[0-9a-f]{8}\+(.+)", file.read_text().strip()).group(1)
        secret = base64.b64decode(text, validate=True)[-32:]
        assert len(secret) == 32
        for name in FILES:
            data = (backup / name).read_bytes()
            assert text.encode() not in data and secret not in data


def test_backup_says_what_it_is_and_what_it_lacks(ledger, tmp_path):
    result = done("backup", ledger, tmp_path / "backup")
    size = f"{ledger.size():,}"
    assert f"entries    {size}\n" in result.out
    assert root_of(ledger, ledger.size()) in result.out
    assert "keys are not in it" in result.out and "rules on erasure" in result.out
    assert result.err == ""


def test_backup_for_programs(ledger, tmp_path):
    said, = done("backup", ledger, tmp_path / "backup", "--json").json_lines()
    manifest = json.loads((tmp_path / "backup" / "backup.json").read_text())
    for member in ("at", "origin", "size", "rootHash", "files"):
        assert said[member] == manifest[member]
    assert said["bytes"] == sum(one["bytes"] for one in manifest["files"].values())
    assert said["vault"] is True and said["folder"] == str(tmp_path / "backup")


def test_backup_without_the_vault(ledger, tmp_path, target):
    folder = tmp_path / "backup"
    assert "nobody named" in done("backup", ledger, folder, "--no-vault").out
    assert "ledger.vault" not in os.listdir(folder)
    assert "no vault" in done("restore", folder, target).out
    assert left_at(target)[0] == "restored.db" and not Ledger(target).vault.exists()
    assert aid("verify", target).status == FINE


def test_missing_vault_is_not_left_out_silently(ledger, tmp_path):
    ledger.vault.unlink()
    refused(aid("backup", ledger, tmp_path / "backup"), COULD_NOT, str(ledger.vault))
    assert not (tmp_path / "backup").exists()


# MARK: where it goes

def test_empty_folder_is_used(ledger, tmp_path):
    folder = tmp_path / "given"
    folder.mkdir()
    done("backup", ledger, f"{folder}/")
    assert sorted(os.listdir(folder)) == FILES


def test_folder_with_anything_in_it_is_refused(ledger, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "note").write_text("mine")
    refused(aid("backup", ledger, tmp_path / "full"), COULD_NOT, "not empty")
    assert os.listdir(tmp_path / "full") == ["note"]


def test_older_backup_is_not_overwritten(ledger, backup):
    before = {name: (backup / name).read_bytes() for name in FILES}
    refused(aid("backup", ledger, backup), COULD_NOT, "not empty")
    assert {name: (backup / name).read_bytes() for name in FILES} == before


def test_file_in_place_of_a_folder(ledger, tmp_path):
    (tmp_path / "file").write_text("mine")
    refused(aid("backup", ledger, tmp_path / "file"), COULD_NOT, "exists already")
    refused(aid("backup", ledger, tmp_path / "none" / "backup"), COULD_NOT, "No such file")


@pytest.mark.parametrize("room", [64 * 1024, 400 * 1024, 1500 * 1024])
def test_full_disk_leaves_no_backup(small_disk, sample_ledger, room):
    """Full in the vault, and in the ledger."""
    filler = small_disk / "filler"
    filler.write_bytes(bytes(3 * 1024 * 1024 - room))
    refused(aid("backup", sample_ledger, small_disk / "backup"), COULD_NOT, "full", "make room")
    assert os.listdir(small_disk) == ["filler"]
    (small_disk / "given").mkdir()
    refused(aid("backup", sample_ledger, small_disk / "given"), COULD_NOT, "full")
    assert os.listdir(small_disk / "given") == []


def test_read_only_folder_is_backed_up_and_not_written(ordinary_user, small_ledger):
    ledger, how = ordinary_user
    for file in ledger.path.parent.glob("a.db*"):
        if file.name.endswith(("-wal", "-shm")):
            file.unlink()
    home = ledger.path.parent
    home.chmod(0o555)
    before = ledger.files()
    folder = home.parent / "backup"
    result = aid("backup", ledger, folder, **how)
    assert result.status == FINE, result
    assert ledger.files() == before
    assert dump(folder / "ledger") == dump(small_ledger)
    assert dump(folder / "ledger.vault") == dump(small_ledger.vault)


# MARK: while others write

def test_backup_during_an_import(tmp_path, new_ledger):
    """Each is sound, its vault is of the same moment, and it is a beginning of what came of it."""
    done("sample", tmp_path / "many.jsonl", "--entries", 60_000)
    process = start("import", new_ledger, tmp_path / "many.jsonl")
    backups, sizes = [], []
    while process.poll() is None:
        backups.append(tmp_path / f"backup-{len(backups)}")
        sizes.append(backed_up(new_ledger, backups[-1])["size"])
    assert process.returncode == FINE, process.stderr.read()
    assert len(set(sizes)) > 1

    def verified(folder):
        said, = done("verify", folder / "ledger", "--keys", new_ledger.keys,
                     "--against", new_ledger, "--json").json_lines()
        return said

    unjudged = None
    for folder, size in zip(backups, sizes):
        said = verified(folder)
        assert said["sound"] and said["entries"] == size
        # Rows of the vault that no entry names would be told here.
        assert said["notices"] == []
        assert said["comparison"]["outcome"] in ("prefix", "same")
        assert said["comparison"]["commonEntries"] == size
        # An import judges at its end; before, there are no verdicts that could be checked.
        assert set(said["notChecked"]) <= {"verdicts"}
        if said["notChecked"] and not unjudged:
            unjudged = folder
        else:
            shutil.rmtree(folder)
    if unjudged:
        done("verdicts", unjudged / "ledger")
        assert verified(unjudged)["notChecked"] == {}


def test_backup_holds_what_is_in_the_log_alone(new_ledger, tmp_path):
    """Committed, and not yet copied from the write-ahead log into the database."""
    with contextlib.closing(connect(new_ledger)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM head").fetchall()
        assert new_ledger.take([record(1)]).status == FINE
        size = backed_up(new_ledger, tmp_path / "backup")["size"]
    assert size == new_ledger.size() == 3


def test_one_who_reads_for_long_does_not_spoil_the_log(new_ledger):
    with contextlib.closing(connect(new_ledger)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM head").fetchall()
        assert new_ledger.take([application(1)]).status == FINE
        assert reader.execute("SELECT size FROM head").fetchone() == (1,)
        reader.execute("COMMIT")
    assert new_ledger.take([application(2)]).status == FINE
    assert new_ledger.verify().is_sound()
    # The next writer has copied all of it.
    assert os.path.getsize(f"{new_ledger}-wal") == 0


# MARK: restoring

def test_restored_ledger_is_what_was_backed_up(ledger, backup, target):
    result = done("restore", backup, target, "--keys", ledger.keys)
    assert left_at(target)[:1] == ["restored.db"]
    restored = Ledger(target)
    assert dump(restored) == dump(ledger) and dump(restored.vault) == dump(ledger.vault)
    assert restored.vkey.read_bytes() == ledger.vkey.read_bytes()
    assert rights(restored.path) == rights(restored.vault) == 0o600
    assert "missing" not in result.out.split("Before anything else")[0]
    assert "--checkpoint" in result.out and "fork" in result.out
    said, = done("verify", restored, "--keys", ledger.keys, "--against", ledger,
                 "--json").json_lines()
    assert said["sound"] and said["comparison"]["outcome"] == "same"


def test_restored_ledger_is_worked_with(ledger, backup, target):
    done("restore", backup, target)
    restored = Ledger(target)
    shutil.copytree(ledger.keys, restored.keys)
    size = restored.size()
    assert restored.take([application(1), application(2)]).status == FINE
    assert restored.size() > size and restored.verify().is_sound()


def test_restore_names_the_keys_that_are_missing(ledger, backup, target, tmp_path):
    ids = {use: ledger.value("SELECT id FROM key WHERE use = ?", use, file=ledger.vault)
           for use in ("vault", "index")}
    ids["signing"] = ledger.vkey.read_text().split("+")[1]
    some = tmp_path / "some"
    some.mkdir()
    shutil.copy(ledger.keys / "vault.key", some / "any.txt")
    said, = done("restore", backup, target, "--keys", some, "--json").json_lines()
    del ids["vault"]
    assert {one["use"]: one["id"] for one in said["missingKeys"]} == ids
    assert said["size"] == ledger.size() and said["ledger"] == str(target)


@pytest.mark.parametrize("suffix", ["", ".vault", ".vkey", "-wal", ".vault-wal", "-journal"])
def test_restore_overwrites_nothing(backup, target, suffix):
    """A log that was left behind would be taken for that of the restored ledger."""
    path = target.parent / f"{target.name}{suffix}"
    path.write_text("mine")
    refused(aid("restore", backup, target), COULD_NOT, str(path), "exists already")
    assert left_at(target) == [path.name] and path.read_text() == "mine"


@pytest.mark.parametrize("name", FILES[1:])
@pytest.mark.parametrize("change", ["altered", "cut off", "longer", "missing"])
def test_spoilt_backup_is_refused_and_the_file_named(backup, target, name, change):
    file = backup / name
    data = file.read_bytes()
    middle = len(data) // 2
    if change == "missing":
        file.unlink()
    else:
        file.write_bytes({"altered": data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1:],
                          "cut off": data[:middle], "longer": data + b"\n"}[change])
    refused(aid("restore", backup, target), BAD_INPUT, str(file))
    assert left_at(target) == []


@pytest.mark.parametrize("manifest, said", [
    (lambda whole: None, "no whole backup"),
    (lambda whole: whole[:100], "not a manifest"),
    (lambda whole: whole.replace('"v" : 1', '"v" : 2'), "version 2"),
    (lambda whole: whole.replace('"ledger.vault"', '"../ledger.vault"'), "not a manifest"),
    (lambda whole: whole.replace('"ledger" :', '"other" :'), "not a manifest"),
    (lambda whole: whole.replace(ORIGIN, "other.example/150500"), "not those that backup.json"),
])
def test_backup_without_a_good_manifest_is_refused(ledger, backup, target, manifest, said):
    file = backup / "backup.json"
    text = manifest(file.read_text())
    if text is None:
        file.unlink()
    else:
        file.write_text(text)
    refused(aid("restore", backup, target), BAD_INPUT, said)
    refused(aid("verify", ledger, "--against", backup), BAD_INPUT, said)
    assert left_at(target) == []


def test_restore_where_it_cannot_be(backup, target):
    refused(aid("restore", backup, target.parent / "none" / "a.db"), COULD_NOT, "no such folder")
    refused(aid("restore", backup.parent / "none", target), BAD_INPUT, "no whole backup")


@pytest.mark.parametrize("room", [64 * 1024, 400 * 1024, 1500 * 1024])
def test_restore_on_a_full_disk_leaves_nothing(small_disk, sample_ledger, tmp_path, room):
    done("backup", sample_ledger, tmp_path / "backup")
    (small_disk / "filler").write_bytes(bytes(3 * 1024 * 1024 - room))
    refused(aid("restore", tmp_path / "backup", small_disk / "a.db"), COULD_NOT, "full")
    assert left_at(small_disk / "a.db") == []


# MARK: killed

def killed(after, *arguments):
    """Runs the program and kills it, if it has not ended by then."""
    process = start(*arguments)
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.communicate()


def test_killed_backup_is_no_backup(sample_ledger, tmp_path):
    chance = random.Random(7)
    outcomes = set()
    for number in range(40):
        folder, target = tmp_path / f"backup-{number}", tmp_path / f"{number}.db"
        killed(chance.uniform(0, 0.08), "backup", sample_ledger, folder)
        if (folder / "backup.json").exists():
            outcomes.add("whole")
            done("restore", folder, target)
            assert dump(target) == dump(sample_ledger)
            continue
        outcomes.add("cut off")
        refused(aid("restore", folder, target), BAD_INPUT, "no whole backup")
        assert not target.exists()
        refused(aid("verify", sample_ledger, "--against", folder),
                BAD_INPUT if folder.exists() else COULD_NOT, str(folder))
        if folder.exists() and os.listdir(folder):
            refused(aid("backup", sample_ledger, folder), COULD_NOT, str(folder), "cut off")
    assert "cut off" in outcomes


def test_killed_restore_leaves_no_half_of_a_ledger(sample_ledger, tmp_path):
    chance = random.Random(8)
    done("backup", sample_ledger, tmp_path / "backup")
    began = time.monotonic()
    done("restore", tmp_path / "backup", tmp_path / "whole.db")
    seconds = time.monotonic() - began
    outcomes = set()
    for number in range(40):
        target = tmp_path / f"{number}.db"
        killed(chance.uniform(0, seconds), "restore", tmp_path / "backup", target)
        outcomes.add("whole" if target.exists() else "cut off" if left_at(target) else "not begun")
        if not target.exists():
            refused(aid("verify", target), COULD_NOT, "no ledger")
            if any(not name.endswith(".restoring") for name in left_at(target)):
                refused(aid("restore", tmp_path / "backup", target), COULD_NOT, "exists already")
                continue
            done("restore", tmp_path / "backup", target)
        assert dump(target) == dump(sample_ledger)
        assert dump(Ledger(target).vault) == dump(sample_ledger.vault)
        assert not any(name.endswith(".restoring") for name in left_at(target))
    assert "cut off" in outcomes, outcomes


# MARK: against another copy

def compared(ledger, other, *options):
    result = aid("verify", ledger, "--against", other, *options)
    return result, json.loads(aid("verify", ledger, "--against", other, *options,
                                  "--json").out)["comparison"]


def test_ledger_that_went_on_is_an_extension_of_its_backup(ledger, backup):
    size = ledger.size()
    ledger.take([record(1), record(2)])
    result, comparison = compared(ledger, backup)
    assert result.status == FINE, result
    assert f"begins with the {size} entries of {backup} and has 3 more" in result.out
    assert comparison == {"outcome": "extension", "commonEntries": size, "otherEntries": size,
                          "other": str(backup), "otherOrigin": ORIGIN}
    assert sorted(os.listdir(backup)) == FILES  # looked at, and nothing left in it


def test_restored_ledger_is_a_beginning_of_the_original(ledger, backup, target):
    size = ledger.size()
    ledger.take([record(1), record(2)])
    done("restore", backup, target)
    result, comparison = compared(target, ledger)
    assert result.status == FINE, result
    assert f"the {size} entries of {target} are the first of {ledger}, which has 3 more" in result.out
    assert (comparison["outcome"], comparison["otherEntries"]) == ("prefix", size + 3)


def test_histories_that_part_are_told_with_both_versions(ledger, backup, target):
    done("restore", backup, target)
    restored = Ledger(target)
    size = ledger.size()
    for one, records in ((ledger, [record(1), record(2)]), (restored, [record(3)])):
        assert one.take(records, "--keys", ledger.keys).status == FINE
    result, comparison = compared(restored, ledger, "--keys", ledger.keys)
    assert result.status == NO and "sound:" in result.out, result
    assert f"FORKED: from entry {size} on, {restored} and {ledger} go on differently" in result.out
    assert comparison["outcome"] == "part" and comparison["seq"] == size
    assert comparison["events"] == ["forked"]
    assert comparison["commonEntries"] == size
    for side, one, identifier in (("here", restored, "T-3"), ("there", ledger, "T-1")):
        data = one.value("SELECT bytes FROM entry WHERE seq = ?", size)
        assert comparison[side] == {"kind": "case.noted", "source": "test", "id": identifier,
                                    "leafHash": leaf_hash(data).hex(), "seq": size,
                                    "fitsStoredHash": True}
        assert f"entry {size} in {one} only: after what both have: case.noted  test / {identifier}" \
            in result.out


def test_altered_entry_is_found_where_it_is(ledger, backup):
    """Both are told: that the ledger is not sound, and what stood there when it was backed up."""
    data = ledger.value("SELECT bytes FROM entry WHERE seq = 17")
    forged = data.replace(b'"operator":"', b'"operator":"x', 1)
    tamper(ledger, "UPDATE entry SET bytes = ? WHERE seq = 17", forged)
    result, comparison = compared(ledger, backup)
    assert result.status == NO and "entry 17: bytes altered" in result.out, result
    assert comparison["seq"] == 17
    assert comparison["here"]["leafHash"] == leaf_hash(forged).hex()
    assert comparison["there"]["leafHash"] == leaf_hash(data).hex()


def test_altered_backup_is_found_where_it_is(ledger, backup):
    tamper(backup / "ledger", "UPDATE entry SET leafHash = zeroblob(32) WHERE seq = 5")
    assert compared(ledger, backup)[1]["outcome"] == "same"  # stored hashes are not looked at
    data = ledger.value("SELECT bytes FROM entry WHERE seq = 5")
    tamper(backup / "ledger", "UPDATE entry SET bytes = ? WHERE seq = 5", data + b" ")
    with contextlib.closing(connect(backup / "ledger")) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    result, comparison = compared(ledger, backup)
    assert result.status == NO and (comparison["outcome"], comparison["seq"]) == ("part", 5)


def test_entry_that_was_taken_out_is_found(ledger, backup):
    with tampering(ledger) as database:
        database.execute("DELETE FROM entry WHERE seq = 9")
    result, comparison = compared(ledger, backup)
    assert result.status == NO and f"entry 9 in {backup} only: taken out" in result.out, result
    assert comparison["seq"] == 9 and "here" not in comparison and "there" in comparison


def test_other_ledgers_are_no_copies(ledger, empty_ledger, tmp_path):
    done("init", tmp_path / "b.db", "--origin", "other.example/150500")
    result, comparison = compared(ledger, tmp_path / "b.db")
    assert result.status == NO and "other.example/150500" in result.out, result
    assert comparison["outcome"] == "other-ledger"
    # The same name, given twice.
    result, comparison = compared(ledger, empty_ledger)
    assert result.status == NO and "the two have no entry in common" in result.out, result
    assert (comparison["outcome"], comparison["seq"]) == ("part", 0)


def test_what_cannot_be_compared_with(ledger, tmp_path):
    refused(aid("verify", ledger, "--against", ledger), BAD_INPUT, "the ledger itself")
    refused(aid("verify", ledger, "--against", tmp_path / "none"), COULD_NOT, "no ledger")
    (tmp_path / "text").write_text("x" * 9000)
    refused(aid("verify", ledger, "--against", tmp_path / "text"), COULD_NOT, "not a ledger")
