"""What `publish` writes, read by a stranger who knows the pages of C2SP and nothing else."""

import base64
import fcntl
import os
import random
import shutil
import signal
import stat
import subprocess
import time

import pytest

import tiles
from chain import Tree, leaf_hash, opened_note
from harness import (BAD_INPUT, COULD_NOT, FINE, NO, ORIGIN, Ledger, aid, application, done,
                     record, refused, start, tamper, tampering)
from test_proofs import WITNESS, root_of_inclusion
from test_witness import Witness as WitnessFolder

EDGES = [255, 256, 257, 65_535, 65_536, 65_537]


class Signed:
    """A ledger of small records without checkpoints, and somebody who signs one of any size."""

    def __init__(self, path, size):
        self.ledger = Ledger.make(path)
        key = self.ledger.keys / "signing.key"
        self.key = key.read_text().strip()
        key.unlink()
        result = self.ledger.take([
            record(number, "progress.circulated", period="2022", docNo=f"{number}号")
            for number in range(size)])
        assert result.status == FINE, result
        self.leaves = [leaf for leaf, in self.ledger.rows("SELECT leafHash FROM entry ORDER BY seq")]
        self.tree = Tree()

    def sign(self, size):
        """A checkpoint of the first so many entries, signed by openssl; sizes must ascend."""
        for leaf in self.leaves[self.tree.size:size]:
            self.tree.append(leaf)
        assert self.tree.size == size
        self.ledger.rows("INSERT INTO checkpoint (ledger, size, note) VALUES (1, ?, ?)", size,
                         self.note(size, self.tree.root()))

    def note(self, size, root):
        """A checkpoint of whatever is claimed."""
        name, key_id, seed = self.key.removeprefix("PRIVATE+KEY+").split("+", 2)
        text = f"{name}\n{size}\n{base64.b64encode(root).decode()}\n"
        folder = self.ledger.path.parent
        (folder / "key.der").write_bytes(
            bytes.fromhex("302e020100300506032b657004220420") + base64.b64decode(seed)[1:])
        (folder / "text").write_text(text)
        signature = subprocess.run(
            ["openssl", "pkeyutl", "-sign", "-keyform", "DER", "-inkey", "key.der", "-rawin",
             "-in", "text"], cwd=folder, check=True, capture_output=True).stdout
        blob = base64.b64encode(bytes.fromhex(key_id) + signature).decode()
        return f"{text}\n— {name} {blob}\n"


def publish(ledger, folder, *arguments):
    (told,) = done("publish", ledger, folder, "--json", *arguments).json_lines()
    return told


def modified(folder):
    """When each file was written, and which it is."""
    return {name: (folder / name).stat() for name in tiles.files(folder)}


@pytest.fixture
def published(ledger, tmp_path):
    folder = tmp_path / "published"
    publish(ledger, folder)
    return folder


# MARK: what is written

def test_a_stranger_reads_every_entry_and_finds_the_root(sample_ledger, tmp_path):
    folder = tmp_path / "published"
    told = publish(sample_ledger, folder)
    origin, entries = tiles.audited(folder, sample_ledger.vkey.read_text().strip(), tmp_path)
    stored = [data for data, in sample_ledger.rows("SELECT bytes FROM entry ORDER BY seq")]
    assert entries == stored
    assert (origin, told["origin"], told["size"]) == (ORIGIN, ORIGIN, len(stored))
    assert (told["sizeBefore"], told["entriesLeftOut"]) == (0, 0)
    assert told["files"] == len(tiles.files(folder))
    assert told["bytes"] == sum(len(data) for data in tiles.content(folder).values())


def test_a_stranger_makes_proofs_from_tiles(sample_ledger, tmp_path):
    folder = tmp_path / "published"
    publish(sample_ledger, folder)
    _, size, root = opened_note((folder / "checkpoint").read_text(),
                                sample_ledger.vkey.read_text().strip(), tmp_path)
    client = tiles.Client(folder, size)
    assert client.range(0, size) == root
    for seq in [0, 1, 255, 256, 257, 1023, 1024, size - 1]:
        width = min(256, size - seq // 256 * 256)
        data = (folder / f"tile/entries/{tiles.place(seq // 256, width)}").read_bytes()
        leaf = leaf_hash(tiles.bundle(data)[seq % 256])
        assert root_of_inclusion(seq, size, leaf, client.inclusion(seq)) == root
        proof = done("prove", sample_ledger, seq).out.partition("\n\n")[0].splitlines()
        assert proof[2:] == [base64.b64encode(hash).decode() for hash in client.inclusion(seq)]


def test_the_checkpoint_is_the_ledgers_newest(sample_ledger, tmp_path):
    folder = tmp_path / "published"
    publish(sample_ledger, folder)
    (note,), = sample_ledger.rows("SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1")
    assert (folder / "checkpoint").read_text() == note


@pytest.fixture(scope="module")
def grown(tmp_path_factory):
    """A ledger at each of the sizes where tiles begin and end, published step by step into one
    folder; what stood there at each step."""
    base = tmp_path_factory.mktemp("grown")
    signed, folder = Signed(base / "grown.db", max(EDGES)), base / "published"
    ledger = signed.ledger
    sizes = sorted({*EDGES, 1, 2, 300, 511, 512, 513, 768, *random.Random(5).sample(
        range(1_000, 65_000), 5)})
    states = {}
    for size in sizes:
        signed.sign(size)
        told = publish(ledger, folder)
        assert told["sizeBefore"] == max(states, default=0)
        states[size] = tiles.content(folder)
        at_once = base / "at-once"
        publish(ledger, at_once)
        assert tiles.content(at_once) == states[size], size
        shutil.rmtree(at_once)
    return ledger, folder, states


def test_published_bit_by_bit_or_at_once_is_the_same(grown, tmp_path):
    ledger, folder, states = grown
    tiles.audited(folder, ledger.vkey.read_text().strip(), tmp_path)
    for size, state in states.items():
        assert set(state) == {*tiles.tiles(size), "checkpoint"}
    assert {size for size in EDGES} <= set(states)


@pytest.mark.parametrize("seed", range(6))
def test_any_pattern_of_growth_gives_the_same(grown, tmp_path, seed):
    """From some states straight to a later one, skipping those between."""
    ledger, _, states = grown
    chance = random.Random(seed)
    folder = tmp_path / "published"
    last = max(states)
    for size in sorted(chance.sample(sorted(states), chance.randint(1, 3))):
        for name, data in states[size].items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    for path in [path for path in folder.rglob("*") if path.is_file()]:
        if str(path.relative_to(folder)) not in states[size]:
            path.unlink()
    publish(ledger, folder)
    assert tiles.content(folder) == states[last]


def test_full_tiles_are_never_written_again(tmp_path):
    signed, folder = Signed(tmp_path / "a.db", 700), tmp_path / "published"
    signed.sign(600)
    publish(signed.ledger, folder)
    before = modified(folder)
    signed.sign(700)
    told = publish(signed.ledger, folder)
    after = modified(folder)
    for name in before:
        if "/0/" in name or "/entries/" in name:
            assert (name in after) == (".p" not in name), name
        if name in after and name != "checkpoint":
            assert after[name].st_ino == before[name].st_ino, name
            assert after[name].st_mtime_ns == before[name].st_mtime_ns, name
    # Partial tile and bundle, and the checkpoint; the tile above has not changed.
    assert told["files"] == 3


def test_nothing_new_writes_nothing(ledger, published):
    before = modified(published)
    assert publish(ledger, published)["files"] == 0
    assert {name: each.st_mtime_ns for name, each in modified(published).items()} == {
        name: each.st_mtime_ns for name, each in before.items()}


def test_entries_after_the_checkpoint_are_left_out_and_told(ledger, tmp_path):
    key = ledger.keys / "signing.key"
    elsewhere = key.rename(tmp_path / "signing.key")
    size = ledger.size()
    ledger.take([record(number) for number in range(3)])
    elsewhere.rename(key)
    more = ledger.size() - size
    assert more >= 3
    folder = tmp_path / "published"
    result = done("publish", ledger, folder)
    assert f"The last {more} entries are left out" in result.out, result
    assert f"aidledger checkpoint {ledger}" in result.out
    assert set(tiles.files(folder)) == {*tiles.tiles(size), "checkpoint"}
    done("checkpoint", ledger)
    told = publish(ledger, folder)
    assert (told["size"], told["entriesLeftOut"]) == (size + more, 0)


def test_others_may_not_read_it(ledger, tmp_path):
    """Health data: owner and group at most, and less where the umask says less."""
    for mask, folders, files in [(0o022, 0o750, 0o640), (0o000, 0o750, 0o640),
                                 (0o077, 0o700, 0o600)]:
        folder = tmp_path / f"published-{mask}"
        result = aid("publish", ledger, folder, umask=mask)
        assert result.status == FINE, result
        for path in [folder, *folder.rglob("*")]:
            mode = stat.S_IMODE(path.stat().st_mode)
            assert mode == (folders if path.is_dir() else files), path


# MARK: Go's own client

GO_PACKAGES = "/usr/share/gocode"


@pytest.mark.skipif(
    not shutil.which("go") or not os.path.exists(f"{GO_PACKAGES}/src/golang.org/x/mod/sumdb/tlog"),
    reason="needs Debian's golang-go and golang-golang-x-mod-dev")
def test_go_reads_the_tiles(grown, sample_ledger, tmp_path):
    """It proves every tile that it reads against the root, and entries by proofs of its own."""
    publish(sample_ledger, tmp_path / "sample")
    large, folder, _ = grown
    program = tmp_path / "tiles"
    environment = {**os.environ, "GO111MODULE": "off", "GOPATH": GO_PACKAGES,
                   "GOCACHE": str(tmp_path / "cache")}
    subprocess.run(["go", "build", "-o", program, tiles.Path(__file__).parent / "Go/tiles.go"],
                   check=True, env=environment)
    for ledger, place in [(sample_ledger, tmp_path / "sample"), (large, folder)]:
        run = subprocess.run([program, place, ledger.vkey.read_text().strip()],
                             capture_output=True, text=True)
        size = (place / "checkpoint").read_text().splitlines()[1]
        assert (run.returncode, run.stdout.strip()) == (0, size), run.stderr
    path = tmp_path / "sample/tile/0/002"
    data = path.read_bytes()
    path.write_bytes(data[:40] + bytes([data[40] ^ 1]) + data[41:])
    run = subprocess.run([program, path.parents[2], sample_ledger.vkey.read_text().strip()],
                         capture_output=True, text=True)
    assert run.returncode == 1, run


# MARK: cosigned checkpoints

def test_the_cosigned_checkpoint_is_preferred(ledger, tmp_path):
    folder, sent = tmp_path / "published", tmp_path / "sent"
    publish(ledger, folder)
    done("checkpoint", ledger, "-o", sent)
    witness = WitnessFolder(tmp_path / "w", WITNESS, ledger)
    done("keys", "register", ledger, "--holder", "finance", "--vkey", witness.vkey)
    (tmp_path / "cosigned").write_text(witness.cosign(sent).out)
    cosigned = done("checkpoint", ledger, "--add-cosignature", tmp_path / "cosigned").out
    told = publish(ledger, folder)
    assert (told["cosignatures"], told["files"]) == (1, 1)
    assert (folder / "checkpoint").read_text() == cosigned and WITNESS in cosigned
    # Cosignatures that the folder has are not taken away.
    with tampering(ledger) as database:
        database.execute("DELETE FROM checkpoint_cosigned")
    publish(ledger, folder)
    assert (folder / "checkpoint").read_text() == cosigned


# MARK: what is refused, and leaves the folder as it was

def unchanged(folder, action):
    before = tiles.content(folder), {name: each.st_mtime_ns
                                     for name, each in modified(folder).items()}
    result = action()
    assert (tiles.content(folder), {name: each.st_mtime_ns
                                    for name, each in modified(folder).items()}) == before
    return result


def test_without_a_checkpoint_there_is_nothing_to_publish(new_ledger, tmp_path):
    folder = tmp_path / "published"
    refused(aid("publish", new_ledger, folder), BAD_INPUT, "has no checkpoint yet",
            "aidledger checkpoint")
    assert not folder.exists()


def test_other_peoples_folders_are_not_written_to(ledger, tmp_path):
    for name in ["notes.txt", "tile/readme", "tile/0/x000/000", ".hidden"]:
        folder = tmp_path / name.replace("/", "-")
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text("mine")
        refused(unchanged(folder, lambda: aid("publish", ledger, folder)), BAD_INPUT,
                "holds other files")
    file = tmp_path / "file"
    file.write_text("mine")
    refused(aid("publish", ledger, file), BAD_INPUT, "is not a folder")
    refused(aid("publish", ledger, ""), BAD_INPUT, "path is empty")
    refused(aid("publish", ledger, ledger.keys), BAD_INPUT, "holds other files")
    refused(aid("publish", ledger, tmp_path / "no" / "folder"), COULD_NOT, "No such file")


def test_a_checkpoint_that_is_none_is_not_written_over(ledger, tmp_path):
    for data in [b"", b"hello\n", b"\xff" * 100, b"a" * (2 << 20)]:
        folder = tmp_path / str(len(data))
        folder.mkdir()
        (folder / "checkpoint").write_bytes(data)
        result = unchanged(folder, lambda: aid("publish", ledger, folder))
        assert result.status in (BAD_INPUT, COULD_NOT), result
        refused(result, result.status, "checkpoint")


def test_links_are_not_written_through(small_ledger, tmp_path):
    """What lies behind them would be neither flushed nor audited."""
    ledger = small_ledger.copy_to(tmp_path / "copy")
    folder = tmp_path / "published"
    publish(ledger, folder)
    (folder / "tile").rename(tmp_path / "tile")
    (folder / "tile").symlink_to(tmp_path / "tile")
    before = tiles.content(folder), tiles.content(tmp_path / "tile")
    ledger.take([record(1)])
    refused(aid("publish", ledger, folder), BAD_INPUT, f"{folder}/tile is not a folder")
    assert (tiles.content(folder), tiles.content(tmp_path / "tile")) == before


def test_a_folder_that_may_not_be_written_is_told(ordinary_user, tmp_path):
    ledger, how = ordinary_user
    folder = ledger.path.parent / "published"
    assert aid("publish", ledger, folder, **how).status == FINE
    folder.chmod(0o500)
    (folder / "checkpoint").unlink()
    refused(aid("publish", ledger, folder, **how), COULD_NOT, "read-only")
    assert aid("publish", ledger, folder / "new", **how).status == COULD_NOT


def test_an_empty_folder_is_used_as_it_is(ledger, tmp_path):
    folder = tmp_path / "published"
    folder.mkdir(0o755)
    publish(ledger, folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o755


def test_another_ledgers_folder_is_refused(ledger, published, tmp_path):
    other = Ledger.make(tmp_path / "other.db")
    done("checkpoint", other)
    refused(unchanged(published, lambda: aid("publish", other, published)), NO,
            "not the beginning of this ledger", "of another log or a forgery", "evidence")


def test_two_histories_are_refused(small_ledger, tmp_path):
    one, two = (small_ledger.copy_to(tmp_path / name) for name in ["one", "two"])
    one.take([application(1)])
    two.take([application(2)])
    folder = tmp_path / "published"
    publish(one, folder)
    refused(unchanged(folder, lambda: aid("publish", two, folder)), NO,
            "two histories were signed")
    two.take([application(3)])
    refused(unchanged(folder, lambda: aid("publish", two, folder)), NO,
            "two histories were signed")


def test_a_ledger_that_was_rolled_back_is_refused(small_ledger, tmp_path):
    ledger = small_ledger.copy_to(tmp_path / "grown")
    ledger.take([application(1)])
    folder = tmp_path / "published"
    publish(ledger, folder)
    refused(unchanged(folder, lambda: aid("publish", small_ledger, folder)), NO,
            "cut off or it was rolled back")


@pytest.mark.parametrize("change, words", [
    ("UPDATE entry SET bytes = CAST(replace(CAST(bytes AS TEXT), 'a', 'b') AS BLOB) WHERE seq = ?",
     "do not have the leaf hash that is stored"),
    ("UPDATE entry SET leafHash = zeroblob(32) WHERE seq = ?",
     "do not have the leaf hash that is stored"),
    ("UPDATE entry SET subtreeHashes = zeroblob(length(subtreeHashes)) WHERE seq = ?",
     "tree hashes of entry 511"),
    ("DELETE FROM entry WHERE seq = ?", "is missing"),
])
@pytest.mark.parametrize("is_new", [True, False])
def test_a_damaged_ledger_is_not_published(small_ledger, tmp_path, change, words, is_new):
    ledger = small_ledger.copy_to(tmp_path / "damaged")
    folder = tmp_path / "published"
    if not is_new:
        publish(ledger, folder)
    ledger.take([application(1)])
    seq = 511 if is_new or "511" in words else ledger.size() - 1
    tamper(ledger, change, seq)
    if is_new:
        refused(aid("publish", ledger, folder), NO, "is damaged", words, "aidledger verify")
        assert not folder.exists()
    else:
        result = unchanged(folder, lambda: aid("publish", ledger, folder))
        refused(result, NO, "is damaged", "What was published before stands")


def test_a_whole_that_was_made_anew_is_not_what_was_signed(ledger, tmp_path):
    """Everything in the file fits, but for the signature."""
    from chain import rechain

    with tampering(ledger) as database:
        rechain(database, 300, lambda entry: entry.update(operator="forger"))
    folder = tmp_path / "published"
    refused(aid("publish", ledger, folder), NO, "do not lead to the root hash of its newest")
    assert not folder.exists()


def test_one_publishes_at_a_time(ledger, published):
    descriptor = os.open(published, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        refused(aid("publish", ledger, published), COULD_NOT, "somebody else is publishing")
    finally:
        os.close(descriptor)
    publish(ledger, published)


def test_a_full_disk_leaves_what_was_published(sample_ledger, ledger, small_disk):
    folder = small_disk / "published"
    publish(ledger, folder)
    before = tiles.content(folder)
    (small_disk / "filler").write_bytes(b"x" * (2_200 << 10))
    big = Ledger(sample_ledger.path)
    other = small_disk / "other"
    refused(aid("publish", big, other), COULD_NOT, "disk", "full")
    assert not other.exists()
    assert tiles.content(folder) == before


# MARK: interrupted

def test_what_an_interrupted_run_left_is_cleared(ledger, published):
    before = tiles.content(published)
    partial = next(name for name in before if name.startswith("tile/0/") and ".p/" in name)
    for name in [".new", "tile/0/003", "tile/0/x001/007.p/9", "tile/entries/000.p/3",
                 "tile/3/000.p/1", partial.rpartition("/")[0] + "/1"]:
        path = published / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"left")
    (published / "tile/1/x001").mkdir()
    (published / "mine.txt").write_text("not of the program")
    publish(ledger, published)
    assert tiles.content(published) == {**before, "mine.txt": b"not of the program"}
    assert not (published / "tile/1/x001").exists() and not (published / "tile/3").exists()


def test_a_run_that_was_cut_off_before_its_checkpoint_is_taken_up(ledger, published):
    whole = tiles.content(published)
    (published / "checkpoint").unlink()
    (published / "tile/0/000").write_bytes(b"half")
    shutil.rmtree(published / "tile/1")
    publish(ledger, published)
    assert tiles.content(published) == whole


@pytest.fixture(scope="module")
def two_states(tmp_path_factory):
    """A ledger of 20,000 entries, and folders published at 9,000 and at the end."""
    base = tmp_path_factory.mktemp("killed")
    signed = Signed(base / "a.db", 20_000)
    for size, name in [(9_000, "first"), (20_000, "second")]:
        signed.sign(size)
        publish(signed.ledger, base / name)
    return signed.ledger, base / "first", base / "second"


def is_whole(folder, ledger):
    """Every file that the folder's checkpoint speaks of is there, byte for byte."""
    text = (folder / "checkpoint").read_text()
    size = int(text.splitlines()[1])
    root = tiles.Client(folder, size).range(0, size)
    _, expected, signed = opened_note(text, ledger.vkey.read_text().strip(), folder.parent)
    assert (expected, signed) == (size, root)
    return {name: (folder / name).read_bytes() for name in tiles.tiles(size)}


def killed_at(call, number, *command):
    """Runs the program until a system call has been made so often, and kills it there."""
    return subprocess.run(
        ["strace", "-f", "-o", "/dev/null", "-e", f"trace={call}", "-e",
         f"inject={call}:signal=SIGKILL:when={number}", *map(str, command)],
        capture_output=True, env={**os.environ, "AIDLEDGER_HOME": str(tiles.Path(__file__).parents[2])})


@pytest.mark.skipif(not shutil.which("strace"), reason="no strace")
@pytest.mark.parametrize("call, number", [
    ("openat", 25), ("openat", 60), ("mkdirat", 1), ("write", 1), ("write", 40), ("renameat", 1),
    ("renameat", 2), ("renameat", 45), ("syncfs", 1), ("fsync", 1), ("unlinkat", 30),
    ("renameat", "last"), ("unlinkat", "last"), ("unlinkat", "before last")])
def test_a_kill_at_any_call_leaves_a_whole_folder(two_states, tmp_path, call, number):
    from harness import PROGRAM

    ledger, first, second = two_states
    folder = tmp_path / "published"
    shutil.copytree(first, folder)
    if isinstance(number, str):
        rehearsal = tmp_path / "rehearsal"
        shutil.copytree(first, rehearsal)
        trace = tmp_path / "trace"
        subprocess.run(["strace", "-f", "-o", trace, "-e", f"trace={call}", PROGRAM, "publish",
                        str(ledger), str(rehearsal)], check=True, capture_output=True)
        count = sum(f"{call}(" in line for line in trace.read_text().splitlines())
        number = count if number == "last" else count - 1
    run = killed_at(call, number, PROGRAM, "publish", ledger, folder)
    assert run.returncode == -signal.SIGKILL, run
    states = [{name: path for name, path in tiles.content(state).items() if name != "checkpoint"}
              for state in (first, second)]
    assert is_whole(folder, ledger) in states
    publish(ledger, folder)
    assert tiles.content(folder) == tiles.content(second)


@pytest.mark.parametrize("seed", range(12))
def test_a_kill_at_any_moment_leaves_a_whole_folder(two_states, tmp_path, seed):
    ledger, first, second = two_states
    folder = tmp_path / "published"
    shutil.copytree(first, folder)
    process = start("publish", ledger, folder)
    time.sleep(random.Random(seed).uniform(0.005, 0.08))
    process.kill()
    process.communicate()
    is_whole(folder, ledger)
    publish(ledger, folder)
    assert tiles.content(folder) == tiles.content(second)
