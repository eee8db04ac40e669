"""What `verify` says of a published folder: of a sound one, and of every way to alter one."""

import base64
import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

import tiles
from chain import NO_PREDECESSOR, canonical, leaf_hash
from harness import (BAD_INPUT, COULD_NOT, FINE, NO, ORIGIN, Ledger, Verdict, aid, application,
                     done, record, refused)
from test_publish import Signed, publish

ENTRIES_ROOT = "the root hash of the checkpoint is not that of the entries"
TILES_ROOT = "the tiles do not lead to the root hash of the checkpoint"


class Folder:
    """A published ledger, to be altered."""

    def __init__(self, path, vkey):
        self.path, self.vkey = path, vkey

    def __truediv__(self, name):
        return self.path / name

    def verify(self, *arguments, **options):
        return Verdict(aid("verify", self.path, "--vkey", self.vkey, *arguments, **options))

    @property
    def size(self):
        return int((self / "checkpoint").read_text().splitlines()[1])

    def bundle_of(self, seq):
        """The file that holds an entry, and its entries."""
        index = seq // 256
        path = self / f"tile/entries/{tiles.place(index, min(256, self.size - index * 256))}"
        return path, tiles.bundle(path.read_bytes())

    def change_entry(self, seq, change):
        path, entries = self.bundle_of(seq)
        entries[seq % 256] = change(entries[seq % 256])
        path.write_bytes(tiles.packed(entries))
        return entries[seq % 256]

    def put(self, name, slot, hash):
        """Another hash into a tile."""
        data = bytearray((self / name).read_bytes())
        data[32 * slot:32 * slot + 32] = hash
        (self / name).write_bytes(data)

    def entries(self):
        return [entry for name, level, _, _ in tiles.laid_out(self.size) if level == "entries"
                for entry in tiles.bundle((self / name).read_bytes())]


@pytest.fixture(scope="session")
def original(sample_ledger, tmp_path_factory):
    """2,000 records of all kinds, published."""
    folder = tmp_path_factory.mktemp("published") / "sample"
    publish(sample_ledger, folder)
    return folder


@pytest.fixture
def folder(original, sample_ledger, tmp_path):
    shutil.copytree(original, tmp_path / "published")
    return Folder(tmp_path / "published", sample_ledger.vkey)


@pytest.fixture(scope="module")
def forger(tmp_path_factory):
    """Somebody with the signing key, who publishes and signs whatever he likes."""
    return Forger(tmp_path_factory.mktemp("forger"))


class Forger(Signed):
    def __init__(self, folder):
        super().__init__(folder / "a.db", 300)
        self.entries = [data for data, in self.ledger.rows("SELECT bytes FROM entry ORDER BY seq")]

    def publish(self, folder, change, first=0):
        """The entries from `first` on, each changed and linked anew, under a good signature."""
        entries, prev = self.entries[:first], NO_PREDECESSOR
        if first:
            prev = leaf_hash(entries[-1]).hex()
        for data in self.entries[first:]:
            entry = json.loads(data)
            entry["prev"] = prev
            changed = change(entry)
            entries.append(canonical(entry) if changed is None else changed)
            prev = leaf_hash(entries[-1]).hex()
        tiles.write(folder, entries, self.note(len(entries), tiles.root_of(entries)))
        return Folder(folder, self.ledger.vkey)


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """65,537 entries: several segments, and three levels of tiles."""
    base = tmp_path_factory.mktemp("large")
    signed = Signed(base / "a.db", 65_537)
    signed.sign(65_537)
    publish(signed.ledger, base / "published")
    return Folder(base / "published", signed.ledger.vkey)


# MARK: sound

def test_a_published_ledger_is_sound(folder, sample_ledger):
    verdict = folder.verify()
    assert verdict.is_sound(), verdict
    assert f"sound: {sample_ledger.size():,} entries of {ORIGIN}" in verdict.result.out
    assert "1 published, 0 kept elsewhere" in verdict.result.out
    assert verdict.notes == []
    assert folder.verify("--chain-only").is_sound()


def test_programs_read_the_answer(folder, sample_ledger):
    (told,) = aid("verify", folder.path, "--vkey", folder.vkey, "--json").json_lines()
    assert (told["sound"], told["origin"], told["entries"]) == (True, ORIGIN, sample_ledger.size())
    assert told["rootHash"] == tiles.root_of(folder.entries()).hex()
    folder.change_entry(5, lambda data: data.replace(b'"operator":"', b'"operator":"x', 1))
    (told,) = aid("verify", folder.path, "--vkey", folder.vkey, "--json").json_lines()
    assert (told["sound"], [each["seq"] for each in told["problems"]]) == (False, [5])


def test_auditing_changes_nothing(folder):
    before = tiles.content(folder.path)
    folder.verify()
    assert tiles.content(folder.path) == before


def test_a_large_one_is_sound(large):
    assert large.verify().is_sound()


# MARK: bundles

@pytest.mark.parametrize("seq", [0, 1, 255, 256, 1000, -1])
def test_an_edited_entry_is_named_alone(folder, seq):
    """Same length and another; the tile still holds the true leaf."""
    seq = folder.size - 1 if seq == -1 else seq
    folder.change_entry(seq, lambda data: data.replace(b'"operator":"', b'"operator":"x', 1))
    folder.verify().says(f"entry {seq}: bytes altered")


@pytest.mark.parametrize("seq", [8191, 8192, 16_383, 65_535, 65_536])
def test_edges_of_what_is_checked_in_one_go_are_none(large, tmp_path, seq):
    shutil.copytree(large.path, tmp_path / "copy")
    folder = Folder(tmp_path / "copy", large.vkey)
    folder.change_entry(seq, lambda data: data.replace(b'"operator":"', b'"operator":"x', 1))
    folder.verify().says(f"entry {seq}: bytes altered")


def test_bytes_that_are_no_entry_are_named(folder):
    folder.change_entry(300, lambda _: b"not JSON")
    verdict = folder.verify()
    verdict.mentions("entry 300: bytes are not an entry", "entry 300: bytes altered")
    assert len(verdict.lines) == 2


@pytest.mark.parametrize("spoil, words", [
    (lambda data: data[:-1], "the bundle ends within an entry"),
    (lambda data: data[:1], "the bundle ends within an entry"),
    (lambda data: b"", "a bundle has 1 to 256 entries, not 0"),
    (lambda data: data + b"\0", "the bundle ends within an entry"),
    (lambda data: data + b"\0\0", "a bundle has 1 to 256 entries, not 257"),
    (lambda data: tiles.packed(tiles.bundle(data)[:-1]), "it has 255 entries, not 256"),
    (lambda data: b"\xff\xff" + data, "the bundle ends within an entry"),
    (lambda data: data + bytes(20 << 20), "it has"),
])
def test_a_malformed_bundle_is_named(folder, spoil, words):
    path = folder / "tile/entries/002"
    path.write_bytes(spoil(path.read_bytes()))
    verdict = folder.verify()
    verdict.mentions(f"tile/entries/002: {words}", "entries 512–767 missing")
    assert len(verdict.lines) == 2, verdict


def test_dropped_entries_are_named(folder):
    """The last ones, from bundle and tile, as somebody does who wants them gone."""
    last = folder.size // 256
    width = folder.size % 256
    for kind, unit in [("0", 32), ("entries", None)]:
        old = folder / f"tile/{kind}/{tiles.place(last, width)}"
        new = folder / f"tile/{kind}/{tiles.place(last, width - 3)}"
        data = old.read_bytes()
        new.write_bytes(data[:-3 * unit] if unit else tiles.packed(tiles.bundle(data)[:-3]))
        old.unlink()
    verdict = folder.verify()
    first = last * 256
    verdict.says(f"tile/entries/{tiles.place(last, width)} is not there",
                 f"tile/0/{tiles.place(last, width)} is not there",
                 f"entries {first}–{folder.size - 1} missing")
    assert "2 tiles are not those of a tree of" in verdict.notes[0]


def test_an_entry_taken_out_of_the_middle_is_noticed(folder):
    path, entries = folder.bundle_of(600)
    path.write_bytes(tiles.packed(entries[:100] + entries[101:] + [entries[100]]))
    folder.verify().mentions("entry 612: its bytes say that it is entry 613")


@pytest.mark.parametrize("names, lines", [
    (["tile/entries/001"], ["tile/entries/001 is not there", "entries 256–511 missing"]),
    (["tile/entries/001", "tile/entries/002", "tile/entries/003"],
     ["tile/entries/001 to tile/entries/003 are not there (3 files)", "entries 256–1023 missing"]),
    (["tile/0/001"], ["tile/0/001 is not there"]),
])
def test_missing_files_are_named(folder, names, lines):
    for name in names:
        (folder / name).unlink()
    folder.verify().says(*lines)


def test_missing_partial_files_are_named(folder):
    for name in [name for name in tiles.files(folder.path) if ".p/" in name]:
        data = (folder / name).read_bytes()
        (folder / name).unlink()
        verdict = folder.verify()
        verdict.mentions(f"{name} is not there")
        (folder / name).write_bytes(data)
    assert folder.verify().is_sound()


def test_missing_bundles_between_segments_are_named(large, tmp_path):
    shutil.copytree(large.path, tmp_path / "copy")
    folder = Folder(tmp_path / "copy", large.vkey)
    for index in range(31, 97):
        (folder / f"tile/entries/{tiles.place(index)}").unlink()
    folder.verify().says("tile/entries/031 to tile/entries/096 are not there (66 files)",
                         "entries 7936–24831 missing")


def test_nothing_but_a_checkpoint_is_not_sound(folder):
    shutil.rmtree(folder / "tile")
    folder.verify().mentions("tile/entries/000 to", f"entries 0–{folder.size - 1} missing")


# MARK: tiles

def test_an_altered_leaf_is_told_from_an_altered_entry(folder):
    folder.put("tile/0/001", 7, bytes(32))
    one = f"tile/1/{tiles.place(0, folder.size // 256)}"
    folder.verify().says("entry 263: stored leaf hash altered",
                         f"{one}: hash 1 does not follow from tile/0/001")


def test_an_entry_and_its_leaf_altered_together_do_not_follow(folder):
    data = folder.change_entry(300, lambda data: data.replace(b"u1", b"u2", 1).replace(
        b'"operator":"', b'"operator":"x', 1))
    folder.put("tile/0/001", 44, leaf_hash(data))
    one = f"tile/1/{tiles.place(0, folder.size // 256)}"
    folder.verify().says(f"{one}: hash 1 does not follow from tile/0/001",
                         "entry 301: does not follow on the entry before it", ENTRIES_ROOT)


def test_an_altered_tile_of_a_higher_level_is_named(folder, large, tmp_path):
    one = f"tile/1/{tiles.place(0, folder.size // 256)}"
    folder.put(one, 3, bytes(32))
    folder.verify().says(f"{one}: hash 3 does not follow from tile/0/003", TILES_ROOT)
    shutil.copytree(large.path, tmp_path / "copy")
    other = Folder(tmp_path / "copy", large.vkey)
    other.put("tile/2/000.p/1", 0, bytes(32))
    other.verify().says("tile/2/000.p/1: hash 0 does not follow from tile/1/000", TILES_ROOT)


@pytest.mark.parametrize("name", ["tile/0/002", "tile/1"])
@pytest.mark.parametrize("spoil", [lambda data: data[:-1], lambda data: data + b"\0",
                                   lambda data: b"", lambda data: data[32:]])
def test_a_tile_of_another_length_is_named(folder, name, spoil):
    if name == "tile/1":
        name = f"tile/1/{tiles.place(0, folder.size // 256)}"
    data = spoil((folder / name).read_bytes())
    (folder / name).write_bytes(data)
    verdict = folder.verify()
    verdict.mentions(f"{name}: it has {len(data)} bytes, ")
    assert len(verdict.lines) == 1, verdict


def test_every_byte_counts(folder):
    """Whatever byte of whatever file is changed, the folder is not sound any more."""
    for name in tiles.files(folder.path):
        data = (folder / name).read_bytes()
        for place in {0, 1, len(data) // 3, len(data) // 2, len(data) - 2}:
            changed = bytearray(data)
            changed[place] ^= 1
            (folder / name).write_bytes(changed)
            assert folder.verify("--chain-only").status == NO, (name, place)
        (folder / name).write_bytes(data)
    assert folder.verify().is_sound()


def test_a_whole_written_anew_is_not_what_was_signed(folder):
    entries = folder.entries()
    prev = leaf_hash(entries[99]).hex()
    for seq in range(100, len(entries)):
        entry = json.loads(entries[seq])
        entry.update(prev=prev, operator="forger")
        entries[seq] = canonical(entry)
        prev = leaf_hash(entries[seq]).hex()
    tiles.write(folder.path, entries, (folder / "checkpoint").read_text())
    folder.verify().says(ENTRIES_ROOT, TILES_ROOT)


# MARK: what a signature does not make right

def test_the_forger_can_publish_what_is_sound(forger, tmp_path):
    assert forger.publish(tmp_path / "p", lambda entry: None).verify().is_sound()


@pytest.mark.parametrize("change, line", [
    (lambda entry: entry.update(id="0") if entry["seq"] == 250 else
     entry.update(id="0") if entry["seq"] == 77 else None,
     "entry 250: has the source and id of entry 77"),
    (lambda entry: entry.update(at="2020-01-01T00:00:00Z") if entry["seq"] == 90 else None,
     "entry 90: recorded before the entry before it"),
    (lambda entry: entry.update(seq=5) if entry["seq"] == 9 else None,
     "entry 9: its bytes say that it is entry 5"),
    (lambda entry: entry.update(prev="0" * 64) if entry["seq"] == 9 else None,
     "entry 9: does not follow on the entry before it"),
    (lambda entry: entry.update(kind="no.such") if entry["seq"] == 9 else None,
     "entry 9: bytes are not an entry: /kind: unknown kind"),
    (lambda entry: entry["body"].update(period=2022) if entry["seq"] == 9 else None,
     "entry 9: bytes are not an entry: /body/period"),
    (lambda entry: json.dumps(entry).encode() if entry["seq"] == 9 else None,
     "entry 9: bytes are not an entry: not in canonical form"),
    (lambda entry: entry["body"].update(origin="other.example/1") if entry["seq"] == 0 else None,
     f"entry 0: it is of the ledger other.example/1, and the checkpoint of {ORIGIN}"),
    (lambda entry: entry["body"].update(vkey="x" * 20) if entry["seq"] == 0 else None,
     "the key that entry 0 names is not the one given with --vkey"),
])
def test_a_good_signature_over_bad_entries_is_no_excuse(forger, tmp_path, change, line):
    verdict = forger.publish(tmp_path / "p", change).verify()
    assert verdict.status == NO, verdict
    assert len(verdict.lines) == 1 and verdict.lines[0].startswith(line), verdict


def test_entry_0_must_be_what_it_is(forger, tmp_path):
    entries = forger.entries[1:200]
    tiles.write(tmp_path / "p", entries, forger.note(199, tiles.root_of(entries)))
    Folder(tmp_path / "p", forger.ledger.vkey).verify().mentions(
        "entry 0: ledger.created must be entry 0, and nothing else",
        "entry 0: its bytes say that it is entry 1")


@pytest.mark.parametrize("size", [10_000, 1 << 40, (1 << 63) - 1])
def test_a_size_that_is_not_there_takes_neither_time_nor_memory(forger, tmp_path, size):
    folder = forger.publish(tmp_path / "p", lambda entry: None)
    (folder / "checkpoint").write_text(forger.note(size, bytes(32)))
    begun = time.monotonic()
    verdict = folder.verify(preexec_fn=limited)
    assert time.monotonic() - begun < 10
    verdict.mentions(f"–{size - 1} missing", "are not there (")


def limited():
    import resource
    resource.setrlimit(resource.RLIMIT_DATA, (400 << 20, 400 << 20))


def test_a_tree_without_entries_is_no_ledger(forger, tmp_path):
    folder = Folder(tmp_path / "p", forger.ledger.vkey)
    folder.path.mkdir()
    tiles.write(folder.path, [], forger.note(0, tiles.root_of([])))
    folder.verify().says("the checkpoint is of no entries; a ledger has at least one")


# MARK: the checkpoint

def test_another_logs_checkpoint_is_refused(folder, forger):
    (folder / "checkpoint").write_text(forger.note(folder.size, tiles.root_of(folder.entries())))
    folder.verify().mentions("the checkpoint: ", "not signed by the log's key")


@pytest.mark.parametrize("spoil", [lambda data: b"", lambda data: data[:-1],
                                   lambda data: data.replace(b"\n", b"\r\n"),
                                   lambda data: data[:-10] + b"AAAAAAAA==\n",
                                   lambda data: b"\xff" + data, lambda data: b"a" * 5000])
def test_a_spoilt_checkpoint_is_refused(folder, spoil):
    (folder / "checkpoint").write_bytes(spoil((folder / "checkpoint").read_bytes()))
    verdict = folder.verify()
    verdict.mentions("the checkpoint: ")
    assert len(verdict.lines) == 1


def test_an_older_checkpoint_is_fine_and_told(tmp_path):
    """What it spoke of is all there, though its own unfilled tiles are gone."""
    signed = Signed(tmp_path / "a.db", 1_100)
    notes = []
    for size in [300, 700, 1_100]:
        signed.sign(size)
        publish(signed.ledger, tmp_path / "p")
        notes.append((tmp_path / "p/checkpoint").read_text())
    folder = Folder(tmp_path / "p", signed.ledger.vkey)
    for size, note in zip([300, 700], notes):
        (folder / "checkpoint").write_text(note)
        verdict = folder.verify()
        assert verdict.is_sound(), verdict
        assert f"sound: {size} entries" in verdict.result.out
        assert "the checkpoint is older than they are" in verdict.notes[0]
    kept = tmp_path / "kept"
    kept.write_text(notes[2])
    folder.verify("--checkpoint", kept).says(
        f"{kept}: 1,100 entries were signed and the folder has 700: it was not published anew "
        "since, its end was cut off, or it was rolled back")
    # The bundle that stands in for one that is gone is checked like any other.
    path = folder / "tile/entries/002"
    entries = tiles.bundle(path.read_bytes())
    entries[20] = entries[20].replace(b"u1", b"u2")
    path.write_bytes(tiles.packed(entries))
    folder.verify().says("entry 532: bytes altered")


def test_checkpoints_kept_elsewhere_are_compared(tmp_path):
    signed = Signed(tmp_path / "a.db", 600)
    options = []
    for size in [1, 256, 300, 600]:
        signed.sign(size)
        (tmp_path / str(size)).write_text(signed.ledger.value(
            "SELECT note FROM checkpoint WHERE size = ?", size))
        options += ["--checkpoint", tmp_path / str(size)]
    publish(signed.ledger, tmp_path / "p")
    folder = Folder(tmp_path / "p", signed.ledger.vkey)
    verdict = folder.verify(*options)
    assert verdict.is_sound(), verdict
    assert "1 published, 4 kept elsewhere" in verdict.result.out
    other = tmp_path / "other"
    other.write_text(signed.note(300, bytes(32)))
    folder.verify("--checkpoint", other).says(
        f"{other}: the first 300 entries are not those that were signed")
    stranger = Signed(tmp_path / "b.db", 10)
    other.write_text(stranger.note(10, bytes(32)))
    folder.verify("--checkpoint", other).mentions(f"{other}: ", "not signed by")


# MARK: hostile folders

def test_what_does_not_belong_is_told_and_is_no_fault(folder):
    for name in ["notes.txt", ".new", "tile/0/README", "tile/9/000", "tile/0/x000/001", "other/a/b",
                 "tile/0/000.p/256"]:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x")
    (folder / "tile/0/x777").mkdir()
    verdict = folder.verify()
    assert verdict.is_sound(), verdict
    assert "7 files or folders do not belong to a publication" in verdict.notes[0]
    assert "they were not looked at" in verdict.notes[0]


@pytest.mark.parametrize("name", ["tile/entries/001", "tile/0/001"])
@pytest.mark.parametrize("kind, words", [
    ("link", "it is a symbolic link, not a file"), ("loop", "it is a symbolic link, not a file"),
    ("zero", "it is a symbolic link, not a file"), ("fifo", "it is not a file"),
    ("socket", "it is not a file"), ("huge", "it has 1099511627776 bytes, more than"),
    ("folder", "is not there"), ("foreign", "it is not a file")])
def test_what_is_no_file_neither_hangs_nor_fills_memory(folder, tmp_path, name, kind, words):
    path = folder / name
    data = path.read_bytes()
    path.unlink()
    if kind == "link":
        (tmp_path / "elsewhere").write_bytes(data)
        path.symlink_to(tmp_path / "elsewhere")
    elif kind == "loop":
        path.symlink_to(path)
    elif kind == "zero":
        path.symlink_to("/dev/zero")
    elif kind == "fifo":
        os.mkfifo(path)
    elif kind == "socket":
        import socket
        with socket.socket(socket.AF_UNIX) as listener:
            here = os.getcwd()
            os.chdir(path.parent)
            listener.bind(path.name)
            os.chdir(here)
    elif kind == "huge":
        with open(path, "wb") as file:
            file.truncate(1 << 40)
    elif kind == "folder":
        path.mkdir()
    elif kind == "foreign":
        if os.geteuid() != 0:
            pytest.skip("only root makes devices")
        os.mknod(path, 0o20600, os.makedev(1, 5))
    verdict = folder.verify(preexec_fn=limited, timeout=20)
    assert verdict.status == NO, verdict
    assert any(words in line and name in line for line in verdict.lines), verdict


def test_a_checkpoint_that_is_no_file_is_refused(folder):
    (folder / "checkpoint").unlink()
    os.mkfifo(folder / "checkpoint")
    refused(folder.verify(timeout=20).result, COULD_NOT, "checkpoint: it is not a file")


def test_a_folder_of_links_is_not_followed(folder, tmp_path):
    (folder / "tile/0").rename(tmp_path / "0")
    (folder / "tile/0").symlink_to(tmp_path / "0")
    folder.verify().mentions("tile/0/000 to tile/0/")
    (folder / "tile/entries/x001").symlink_to(folder.path)
    folder.verify(timeout=20).mentions("tile/0/000 to tile/0/")


# MARK: what is asked wrongly

def test_what_is_not_a_published_ledger_is_said(folder, tmp_path, ledger):
    empty = tmp_path / "empty"
    empty.mkdir()
    for arguments in [[], ["--vkey", folder.vkey]]:
        refused(aid("verify", empty, *arguments), COULD_NOT, f"{empty} is a folder without",
                "neither a ledger nor the folder of a published one")
    refused(aid("verify", folder.path), BAD_INPUT, "--vkey VKEY")
    refused(aid("verify", folder.path, "--vkey", "x"), BAD_INPUT, "neither a verifier key")
    refused(aid("verify", folder.path, "--vkey", folder.vkey, "--against", ledger), BAD_INPUT,
            "--against compares ledgers and backups")
    refused(aid("verify", folder.path, "--vkey", folder.vkey, "--keys", ledger.keys), BAD_INPUT,
            "--keys says nothing")
    backup = tmp_path / "backup"
    done("backup", ledger, backup)
    for arguments in [[], ["--vkey", ledger.vkey]]:
        refused(aid("verify", backup, *arguments), BAD_INPUT,
                f"is the folder of a backup: `aidledger verify {backup}/ledger`")


def test_a_folder_published_anew_meanwhile_is_told(folder, sample_ledger, tmp_path):
    """The auditor waits in the middle, and the keeper publishes."""
    if not shutil.which("strace"):
        pytest.skip("no strace")
    from harness import ENVIRONMENT, PROGRAM

    ledger = sample_ledger.copy_to(tmp_path / "grown")
    ledger.take([application(1)])
    process = subprocess.Popen(
        ["strace", "-f", "-o", tmp_path / "calls", "-e", "trace=openat", "-e",
         "inject=openat:signal=SIGSTOP", "-P", str(folder / "tile/entries/000"), PROGRAM, "verify",
         str(folder.path), "--vkey", str(folder.vkey)], env=ENVIRONMENT,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    auditor = stopped(process, tmp_path / "calls")
    publish(ledger, folder.path)
    # Whenever that file is opened it stops again.
    while process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(auditor, signal.SIGCONT)
        time.sleep(0.01)
    errors = process.stderr.read()
    assert process.returncode == COULD_NOT, errors
    assert "was published anew while it was being read; run the command again" in errors


def stopped(process, calls):
    """The process id of the program that strace has stopped, by what it writes to `calls`."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        if calls.exists() and (told := re.search(r"^(\d+) --- stopped by", calls.read_text(), re.M)):
            return int(told[1])
        time.sleep(0.01)
    raise AssertionError("it did not stop")


# MARK: witnesses

def test_policy_of_a_folder(ledger, tmp_path):
    from test_witness import Witness, collect, policy
    witness, folder = Witness(tmp_path / "w", "finance.example", ledger), tmp_path / "published"
    rules = policy(tmp_path / "policy", ledger, 1, witness)
    done("checkpoint", ledger, "-o", tmp_path / "sent")
    done("publish", ledger, folder)
    result = aid("verify", folder, "--vkey", ledger.vkey, "--policy", rules)
    assert (result.status, "no checkpoint meets the policy" in result.out) == (NO, True), result
    (tmp_path / "cosigned").write_text(witness.cosign(tmp_path / "sent").out)
    kept = aid("verify", folder, "--vkey", ledger.vkey, "--policy", rules,
               "--checkpoint", tmp_path / "cosigned")
    assert (kept.status, "by: finance.example" in kept.out) == (FINE, True), kept
    done("keys", "register", ledger, "--holder", "finance", "--vkey", witness.vkey)
    assert collect(ledger, tmp_path / "cosigned").status == FINE
    done("publish", ledger, folder)
    result = aid("verify", folder, "--vkey", ledger.vkey, "--policy", rules)
    assert (result.status, "by: finance.example" in result.out) == (FINE, True), result


# MARK: a key that was replaced

@pytest.fixture
def replaced(ledger, tmp_path):
    """A folder published before and after the ledger's key was replaced twice, and the keys."""
    old, folder = ledger.vkey.read_text().strip(), tmp_path / "published"
    done("publish", ledger, folder)
    keys = [old]
    for _ in range(2):
        (told,) = done("keys", "rotate", ledger, "--json").json_lines()
        keys.append(told["vkey"])
    done("publish", ledger, folder)
    return folder, keys


def test_every_key_of_the_succession_opens_the_folder(replaced, tmp_path):
    folder, keys = replaced
    for key in keys:
        result = aid("verify", folder, "--vkey", key)
        assert (result.status, "sound: " in result.out) == (FINE, True), (key, result)
        assert ("was replaced by entry" in result.out) == (key != keys[-1])
    other = Ledger.make(tmp_path / "other.db")
    result = aid("verify", folder, "--vkey", other.vkey)
    assert (result.status, "not signed by the log's key" in result.out) == (NO, True), result


def test_checkpoint_from_before_is_followed(ledger, tmp_path):
    kept, folder, old = tmp_path / "kept", tmp_path / "published", ledger.vkey.read_text().strip()
    done("checkpoint", ledger, "-o", kept)
    done("keys", "rotate", ledger)
    done("publish", ledger, folder)
    for key in (old, ledger.vkey):
        result = aid("verify", folder, "--vkey", key, "--checkpoint", kept)
        assert result.status == FINE, result


def test_checkpoint_of_a_key_that_was_replaced_is_named(ledger, tmp_path):
    """Who keeps an old key signs the new head with it."""
    from test_keys import signed
    old, folder = ledger.vkey.read_text().strip(), tmp_path / "published"
    done("keys", "rotate", ledger)
    done("publish", ledger, folder)
    text = (folder / "checkpoint").read_text().split("\n\n")[0].encode() + b"\n"
    (folder / "checkpoint").write_bytes(
        signed(text, ledger.keys / "signing.key", old, tmp_path))
    result = aid("verify", folder, "--vkey", old)
    assert (result.status, "it replaces the ledger's key" in result.out) == (NO, True), result
    assert aid("verify", folder, "--vkey", ledger.vkey).status == NO
