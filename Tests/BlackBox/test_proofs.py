"""Proofs that leave the building: made by `prove`, checked by a stranger and by `check`."""

import base64
import hashlib
import json
import subprocess

import pytest

from chain import leaf_hash, node_hash, opened_note
from harness import (BAD_INPUT, COULD_NOT, FINE, NO, ORIGIN, Ledger, aid, application, done,
                     refused)

SEQS = [0, 1, 17, 511, 512, 1023, 1999]
WITNESS = "finance.example"
NOW = 1_767_225_600


@pytest.fixture(scope="module")
def key(sample_ledger):
    return sample_ledger.vkey.read_text().strip()


@pytest.fixture
def proven(sample_ledger, tmp_path):
    """A proof of entry 17, and its bytes."""
    proof, entry = tmp_path / "17.tlog-proof", tmp_path / "17.json"
    done("prove", sample_ledger, 17, "-o", proof)
    entry.write_bytes(done("show", sample_ledger, 17, "--bytes").out.encode())
    return proof, entry


@pytest.fixture
def checkpoint(sample_ledger, tmp_path):
    path = tmp_path / "checkpoint"
    (_, note), = sample_ledger.rows("SELECT size, note FROM checkpoint")
    path.write_text(note)
    return path


@pytest.fixture
def grown(tmp_path):
    """A ledger with checkpoints of four sizes, and the checkpoints."""
    ledger = Ledger.make(tmp_path / "grown.db")
    notes = {}
    for count in [1, 3, 4, 9]:
        ledger.take([application(100 * count + number) for number in range(count)])
        (note,), = ledger.rows("SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1")
        path = tmp_path / f"{count}.checkpoint"
        path.write_text(note)
        notes[int(note.splitlines()[1])] = path
    return ledger, notes


# MARK: a stranger's verifier, from RFC 9162, 2.1.3.2 and 2.1.4.2

def climbed(node, last, hashes):
    """The siblings on the way up, each with whether it stands to the left."""
    for sibling in hashes:
        assert last > 0, "too many hashes"
        is_left = bool(node & 1) or node == last
        yield sibling, is_left
        while is_left and not node & 1 and node:
            node >>= 1
            last >>= 1
        node >>= 1
        last >>= 1
    assert last == 0, "too few hashes"


def root_of_inclusion(index, size, leaf, hashes):
    assert index < size
    result = leaf
    for sibling, is_left in climbed(index, size - 1, hashes):
        result = node_hash(sibling, result) if is_left else node_hash(result, sibling)
    return result


def roots_of_consistency(first, second, root, hashes):
    if first == second:
        assert not hashes
        return root, root
    if first & (first - 1) == 0:
        hashes = [root, *hashes]
    node, last = first - 1, second - 1
    while node & 1:
        node >>= 1
        last >>= 1
    old = new = hashes[0]
    for sibling, is_left in climbed(node, last, hashes[1:]):
        if is_left:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
        else:
            new = node_hash(new, sibling)
    return old, new


def taken_apart(text, first):
    """The number of the head, the hashes and the note of a proof."""
    head, _, note = text.partition("\n\n")
    lines = head.splitlines()
    assert lines[:len(first) - 1] == first[:-1] and lines[len(first) - 1].startswith(first[-1])
    number = int(lines[len(first) - 1].removeprefix(first[-1]))
    return number, [base64.b64decode(line) for line in lines[len(first):]], note


@pytest.mark.parametrize("seq", SEQS)
def test_stranger_finds_the_entry_in_the_tree(sample_ledger, key, seq, tmp_path):
    proof = done("prove", sample_ledger, seq).out
    index, hashes, note = taken_apart(proof, ["c2sp.org/tlog-proof@v1", "index "])
    origin, size, root = opened_note(note, key, tmp_path)
    data = done("show", sample_ledger, seq, "--bytes").out.encode()
    assert (origin, index) == (ORIGIN, seq)
    assert root_of_inclusion(seq, size, leaf_hash(data), hashes) == root


def test_stranger_finds_that_the_ledger_only_grew(grown, tmp_path):
    ledger, notes = grown
    key = ledger.vkey.read_text().strip()
    for size, path in notes.items():
        request = done("prove", ledger, "--since", size).out
        old, hashes, note = taken_apart(request, ["old "])
        _, _, old_root = opened_note(path.read_text(), key, tmp_path)
        _, new, new_root = opened_note(note, key, tmp_path)
        assert old == size
        assert roots_of_consistency(old, new, old_root, hashes) == (old_root, new_root)


# MARK: check, on files alone

def test_check_says_what_is_shown_and_what_not(proven, key):
    proof, entry = proven
    result = aid("check", proof, "--vkey", key, "--entry", entry)
    assert result.status == FINE, result
    assert f"shown: entry 17 of {ORIGIN} is these" in result.out
    assert "not shown: that what was recorded is true; that everybody is shown the same" in result.out
    (told,) = aid("check", proof, "--vkey", key, "--entry", entry, "--json").json_lines()
    assert (told["holds"], told["entry"], told["origin"]) == (True, 17, ORIGIN)


def test_check_needs_no_ledger_and_no_declarations(proven, key, tmp_path):
    proof, entry = proven
    result = aid("check", proof, "--vkey", key, "--entry", entry, cwd=tmp_path,
                 env={"PATH": "/usr/bin:/bin", "LANG": "C"})
    assert result.status == FINE, result


@pytest.mark.parametrize("position", [0, 40, -1])
def test_other_bytes_are_not_the_entry(proven, key, position):
    proof, entry = proven
    data = bytearray(entry.read_bytes())
    data[position] ^= 1
    entry.write_bytes(data)
    result = aid("check", proof, "--vkey", key, "--entry", entry)
    assert result.status == NO and "DOES NOT HOLD" in result.out, result


def test_a_line_feed_too_many_is_pointed_out(proven, key):
    proof, entry = proven
    entry.write_bytes(entry.read_bytes() + b"\n")
    result = aid("check", proof, "--vkey", key, "--entry", entry)
    assert result.status == NO and "ends with a line feed" in result.out, result


def test_changed_bytes_of_a_proof_are_refused(proven, key, tmp_path):
    """Some bytes make it no proof, the others one that does not hold; none leaves it holding."""
    proof, entry = proven
    sound = proof.read_bytes()
    other = tmp_path / "other.tlog-proof"
    for position in range(0, len(sound), 5):
        other.write_bytes(sound[:position] + bytes([sound[position] ^ 1]) + sound[position + 1:])
        result = aid("check", other, "--vkey", key, "--entry", entry)
        assert result.status in (NO, BAD_INPUT), (position, result)


def test_a_proof_cut_short_anywhere_is_refused(proven, key, tmp_path):
    proof, entry = proven
    sound = proof.read_bytes()
    other = tmp_path / "other.tlog-proof"
    for length in range(0, len(sound), 7):
        other.write_bytes(sound[:length])
        refused(aid("check", other, "--vkey", key, "--entry", entry), BAD_INPUT, "is neither")


def test_another_ledgers_key_does_not_open_it(proven, grown):
    proof, entry = proven
    result = aid("check", proof, "--vkey", grown[0].vkey, "--entry", entry)
    assert result.status == NO and "not signed by the log's key" in result.out, result


def test_what_is_missing_is_asked_for(proven, key, grown):
    proof, _ = proven
    refused(aid("check", proof, "--vkey", key), BAD_INPUT, "--entry FILE")
    refused(aid("check", proof), BAD_INPUT, "--vkey VKEY")
    refused(aid("check", proof, "--vkey", "no key"), BAD_INPUT, "neither a verifier key nor")
    ledger, _ = grown
    request = proof.with_name("request")
    done("prove", ledger, "--since", 2, "-o", request)
    refused(aid("check", request, "--vkey", ledger.vkey), BAD_INPUT, "--old FILE")


def test_an_entry_is_not_shown_by_what_says_nothing_of_it(proven, checkpoint, key, grown, tmp_path):
    """Whoever sends a checkpoint instead of a proof gets no yes for an entry."""
    proof, entry = proven
    refused(aid("check", checkpoint, "--vkey", key, "--entry", entry), BAD_INPUT,
            "is a checkpoint and says nothing of any single entry")
    ledger, notes = grown
    request = tmp_path / "request"
    done("prove", ledger, "--since", min(notes), "-o", request)
    refused(aid("check", request, "--vkey", ledger.vkey, "--old", notes[min(notes)],
                "--entry", entry), BAD_INPUT, "says nothing of any single entry")
    refused(aid("check", proof, "--vkey", key, "--entry", entry, "--old", checkpoint), BAD_INPUT,
            "--old says nothing of it")


# MARK: growth and forks

def test_check_shows_that_a_ledger_only_grew(grown, tmp_path):
    ledger, notes = grown
    request = tmp_path / "request"
    for size, path in notes.items():
        done("prove", ledger, "--since", size, "-o", request)
        result = aid("check", request, "--vkey", ledger.vkey, "--old", path)
        assert result.status == FINE, result
        assert "nothing of that was changed, removed or put in between" in result.out
        for other in set(notes) - {size}:
            result = aid("check", request, "--vkey", ledger.vkey, "--old", notes[other])
            assert result.status == NO and f"goes on from {size} entries" in result.out, result


def test_two_histories_of_one_size_are_told(tmp_path):
    """One key, two ledgers: the keeper shows different people different things."""
    ledger = Ledger.make(tmp_path / "a.db")
    fork = ledger.copy_to(tmp_path / "fork")
    notes = []
    for number, branch in enumerate([ledger, fork]):
        branch.take([application(number)])
        (note,), = branch.rows("SELECT note FROM checkpoint")
        notes.append(tmp_path / f"{number}.checkpoint")
        notes[-1].write_text(note)
    result = aid("check", notes[0], "--vkey", ledger.vkey, "--old", notes[1])
    assert result.status == NO and "has signed two histories" in result.out, result


def test_checkpoints_are_checked_alone_and_against_another(checkpoint, key, grown):
    assert "has signed a head of" in done("check", checkpoint, "--vkey", key).out
    assert "the same as in" in done("check", checkpoint, "--vkey", key, "--old", checkpoint).out
    ledger, notes = grown
    small, large = min(notes), max(notes)
    refused(aid("check", notes[large], "--vkey", ledger.vkey, "--old", notes[small]), BAD_INPUT,
            f"prove LEDGER --since {small}")


# MARK: what cannot be proved

def test_what_cannot_be_proved_is_refused_in_words(grown, new_ledger, tmp_path):
    ledger, notes = grown
    largest = max(notes)
    refused(aid("prove", ledger, 10_000), BAD_INPUT, "there is no entry 10000")
    refused(aid("prove", ledger, "--since", largest + 1), BAD_INPUT, "nothing can be proved since")
    refused(aid("prove", ledger), BAD_INPUT, "either an entry's number or --since SIZE")
    refused(aid("prove", ledger, 1, "--since", 1), BAD_INPUT, "either")
    refused(aid("prove", new_ledger, 0), BAD_INPUT, "has no checkpoint yet", "aidledger checkpoint")
    refused(aid("prove", tmp_path / "none.db", 0), COULD_NOT, "there is no ledger")


def test_an_entry_after_the_checkpoint_is_told(new_ledger, tmp_path):
    done("checkpoint", new_ledger)
    file = tmp_path / "one.jsonl"
    file.write_text(json.dumps(application(1), ensure_ascii=False) + "\n")
    key = new_ledger.path.with_name(new_ledger.path.name + ".keys") / "signing.key"
    elsewhere = key.rename(tmp_path / "signing.key")
    done("import", new_ledger, file)
    elsewhere.rename(key)
    refused(aid("prove", new_ledger, 1), BAD_INPUT, "came after the newest checkpoint",
            "signs a newer one")
    done("checkpoint", new_ledger)
    done("prove", new_ledger, 1)


# MARK: witnesses, by a policy

class Witness:
    """Another department, with openssl for its key."""

    def __init__(self, folder):
        self.folder = folder
        self.openssl("genpkey", "-algorithm", "ed25519", "-outform", "DER", "-out", "witness.der")
        public = self.openssl("pkey", "-inform", "DER", "-in", "witness.der", "-pubout",
                              "-outform", "DER")
        key = b"\x04" + public[-32:]
        self.key_id = hashlib.sha256(WITNESS.encode() + b"\n" + key).digest()[:4]
        self.vkey = f"{WITNESS}+{self.key_id.hex()}+{base64.b64encode(key).decode()}"

    def openssl(self, *arguments):
        return subprocess.run(["openssl", *arguments], cwd=self.folder, check=True,
                              capture_output=True).stdout

    def cosigned(self, note, seconds=NOW):
        """What ends with a checkpoint, with one more line (C2SP tlog-cosignature)."""
        text = note.split("\n\n")[-2] + "\n"
        (self.folder / "text").write_bytes(
            f"cosignature/v1\ntime {seconds}\n{text}".encode())
        signature = self.openssl("pkeyutl", "-sign", "-keyform", "DER", "-inkey", "witness.der",
                                 "-rawin", "-in", "text")
        blob = self.key_id + seconds.to_bytes(8, "big") + signature
        return f"{note}— {WITNESS} {base64.b64encode(blob).decode()}\n"


def test_a_policy_says_whose_cosignatures_are_enough(proven, key, tmp_path):
    proof, entry = proven
    witness = Witness(tmp_path)
    policy = tmp_path / "policy"
    policy.write_text(f"log {key}\nwitness finance {witness.vkey}\nquorum finance\n")
    lacking = aid("check", proof, "--policy", policy, "--entry", entry)
    assert lacking.status == NO and "too few witnesses" in lacking.out, lacking
    proof.write_text(witness.cosigned(proof.read_text()))
    for options in [["--policy", policy], ["--policy", policy, "--vkey", key]]:
        enough = aid("check", proof, *options, "--entry", entry)
        assert enough.status == FINE, enough
        assert f"cosigned by  {WITNESS} at 2026-01-01T00:00:00Z" in enough.out
        assert "everybody is shown the same" not in enough.out
    blob = bytearray(base64.b64decode(proof.read_text().split()[-1]))
    blob[-1] ^= 1
    spoilt = proof.read_text().replace(proof.read_text().split()[-1],
                                       base64.b64encode(blob).decode())
    proof.write_text(spoilt)
    wrong = aid("check", proof, "--policy", policy, "--entry", entry)
    assert wrong.status == NO, wrong
