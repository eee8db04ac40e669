"""Witnesses: what they cosign, what they refuse and keep; and cosignatures back on the ledger."""

import base64
import stat
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from chain import rechain
from harness import (BAD_INPUT, COULD_NOT, FINE, NO, ORIGIN, Ledger, aid, application, done,
                     refused, tampering)


class Witness:
    """A witness's folder."""

    def __init__(self, path, name, *logs):
        self.path, self.name = path, name
        (told,) = done("witness", "init", path, "--name", name, "--json",
                       *(part for log in logs for part in ("--log", log.vkey))).json_lines()
        self.vkey = told["vkey"]

    def cosign(self, file, *arguments):
        return aid("witness", "cosign", self.path, file, *arguments)

    def shown(self):
        return done("witness", "show", self.path, "--json").json_lines()[0]

    def seen(self):
        return [(log["origin"], log.get("size")) for log in self.shown()["logs"]]

    def conflicts(self):
        return [path for log in self.shown()["logs"] for path in log["conflicts"]]


def cosignature(note, vkey, folder):
    """The time of a witness's cosignature, which `openssl` finds good: C2SP tlog-cosignature."""
    name, key_id, key = vkey.split("+", 2)
    key = base64.b64decode(key)
    assert key[0] == 4
    text, lines = note.split("\n\n")
    line, = [line for line in lines.splitlines() if line.split(" ")[1] == name]
    data = base64.b64decode(line.split(" ")[2])
    assert data[:4].hex() == key_id and len(data) == 4 + 8 + 64
    seconds = int.from_bytes(data[4:12], "big")
    (folder / "key.der").write_bytes(bytes.fromhex("302a300506032b6570032100") + key[1:])
    (folder / "message").write_text(f"cosignature/v1\ntime {seconds}\n{text}\n")
    (folder / "signature").write_bytes(data[12:])
    subprocess.run(
        ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", "key.der",
         "-rawin", "-in", "message", "-sigfile", "signature"],
        cwd=folder, check=True, capture_output=True)
    return seconds


def size_of(note):
    return int(note.splitlines()[1])


@pytest.fixture
def witness(log, tmp_path):
    return Witness(tmp_path / "w", "finance.example", log)


@pytest.fixture
def first(log, tmp_path):
    file = tmp_path / "first"
    done("checkpoint", log, "-o", file)
    return file


@pytest.fixture
def seen(witness, log, first):
    """A witness that has cosigned the first checkpoint, and the ledger has grown since."""
    assert witness.cosign(first).status == FINE
    log.take([application(number) for number in range(5, 12)])
    return witness


def request(log, since, file):
    done("prove", log, "--since", since, "-o", file)
    return file


# MARK: what is cosigned

def test_first_checkpoint_is_cosigned(witness, first, tmp_path):
    before = int(time.time())
    result = witness.cosign(first)
    assert result.status == FINE, result
    assert result.out.startswith(first.read_text())
    assert before <= cosignature(result.out, witness.vkey, tmp_path) <= time.time()
    assert witness.seen() == [(ORIGIN, size_of(first.read_text()))]


def test_key_is_its_owners_alone(witness):
    assert stat.S_IMODE((witness.path / "witness.key").stat().st_mode) == 0o600
    assert stat.S_IMODE(witness.path.stat().st_mode) == 0o700


def test_later_checkpoint_is_cosigned_where_it_is_shown_to_go_on(seen, log, first, tmp_path):
    size = size_of(first.read_text())
    result = seen.cosign(request(log, size, tmp_path / "r"))
    assert result.status == FINE, result
    assert size_of(result.out) == log.size()
    cosignature(result.out, seen.vkey, tmp_path)
    assert seen.seen() == [(ORIGIN, log.size())]


def test_same_checkpoint_is_cosigned_again(seen, first):
    result = seen.cosign(first)
    assert result.status == FINE, result
    assert result.out.count("finance.example") == 1


def test_since_nothing_is_a_first_request(witness, log, tmp_path):
    assert witness.cosign(request(log, 0, tmp_path / "r")).status == FINE


def test_file_goes_round(log, witness, first, tmp_path):
    """A second witness adds its line to what the first has given out."""
    other = Witness(tmp_path / "w2", "health.example", log)
    file = tmp_path / "one"
    file.write_text(witness.cosign(first).out)
    both = other.cosign(file).out
    for one in (witness, other):
        cosignature(both, one.vkey, tmp_path)


def test_witness_is_what_other_witnesses_are(seen, log, first):
    """The state that is stored is what was given out."""
    stored, = (seen.path / "logs").glob("*/checkpoint")
    assert stored.read_text().startswith(first.read_text())


# MARK: what is refused

def test_unknown_ledger_is_refused_until_its_key_is_said(first, log, tmp_path):
    witness = Witness(tmp_path / "w", "finance.example")
    refused(witness.cosign(first), BAD_INPUT, "is not watched here", "--log VKEY")
    assert witness.cosign(first, "--log", log.vkey).status == FINE
    assert witness.cosign(first).status == FINE


def test_later_checkpoint_without_proof(seen, log, first, tmp_path):
    size = size_of(first.read_text())
    file = tmp_path / "bare"
    done("checkpoint", log, "-o", file)
    refused(seen.cosign(file), NO, f"aidledger prove LEDGER --since {size}")
    assert (seen.seen(), seen.conflicts()) == ([(ORIGIN, size)], [])


def test_proof_from_another_size(seen, log, first, tmp_path):
    size = size_of(first.read_text())
    refused(seen.cosign(request(log, size + 1, tmp_path / "r")), NO,
            f"aidledger prove LEDGER --since {size}")
    assert seen.conflicts() == []


def test_checkpoint_of_a_foreign_key(witness, tmp_path):
    other = Ledger.make(tmp_path / "other.db")
    done("checkpoint", other, "-o", tmp_path / "c")
    refused(witness.cosign(tmp_path / "c"), NO, "not signed by a key of the ledger")
    assert witness.seen() == [(ORIGIN, None)]


def test_rollback_is_refused_and_kept(seen, log, first, tmp_path):
    sent = request(log, size_of(first.read_text()), tmp_path / "r")
    assert seen.cosign(sent).status == FINE
    for _ in range(2):
        result = seen.cosign(first)
        refused(result, NO, "ROLLED BACK", "Both checkpoints are kept in")
    folder, = seen.conflicts()
    assert open(f"{folder}/sent").read() == first.read_text()
    assert size_of(open(f"{folder}/seen").read()) == log.size()
    assert seen.seen() == [(ORIGIN, log.size())]


@pytest.fixture
def rewritten(log, tmp_path):
    """The ledger with an entry changed, everything hashed and signed anew."""
    copy = log.copy_to(tmp_path / "rewritten")

    def change(entry):
        if entry["seq"] == 2:
            entry["operator"] = "somebody-else"

    with tampering(copy.path) as database:
        rechain(database, 2, change)
        database.execute("DELETE FROM checkpoint")
    done("rebuild", copy)
    return copy


def test_fork_of_one_size_is_refused_and_kept(witness, first, rewritten, tmp_path):
    assert witness.cosign(first).status == FINE
    done("checkpoint", rewritten, "-o", tmp_path / "forged")
    refused(witness.cosign(tmp_path / "forged"), NO, "FORKED")
    folder, = witness.conflicts()
    assert open(f"{folder}/sent").read() == (tmp_path / "forged").read_text()


def test_rewritten_past_is_refused_and_kept(witness, first, rewritten, tmp_path):
    assert witness.cosign(first).status == FINE
    rewritten.take([application(77)])
    sent = request(rewritten, size_of(first.read_text()), tmp_path / "r")
    refused(witness.cosign(sent), NO, "NOT SHOWN TO GO ON")
    assert len(witness.conflicts()) == 1
    assert witness.seen() == [(ORIGIN, size_of(first.read_text()))]


def test_follows_a_replaced_key_only_when_told(seen, log, first, tmp_path):
    size = size_of(first.read_text())
    done("keys", "rotate", log)
    sent = request(log, size, tmp_path / "r")
    refused(seen.cosign(sent), NO, "not signed by a key of the ledger")
    assert seen.cosign(sent, "--log", log.vkey).status == FINE
    assert seen.seen() == [(ORIGIN, log.size())]
    # From then on the old key is nobody's.
    assert seen.shown()["logs"][0]["vkeys"] == [log.vkey.read_text().strip()]


@pytest.mark.parametrize("text", ["", "hello\n", "old 3\n", "\x00\x01", "x" * 3_000_000],
                         ids=["empty", "text", "cut-off", "bytes", "huge"])
def test_what_is_no_request(witness, tmp_path, text):
    file = tmp_path / "f"
    file.write_text(text)
    refused(witness.cosign(file), BAD_INPUT, str(file))


def test_proof_of_an_entry_is_no_request(witness, log, tmp_path):
    done("prove", log, 2, "-o", tmp_path / "p")
    refused(witness.cosign(tmp_path / "p"), BAD_INPUT, "a proof of one entry")


def test_folder_that_is_no_witness(log, first, tmp_path):
    refused(aid("witness", "cosign", tmp_path / "none", first), BAD_INPUT, "witness init")
    refused(aid("witness", "init", tmp_path, "--name", "a.example"), COULD_NOT, "not empty")
    refused(aid("witness", "init", tmp_path / "w", "--name", "a b"), BAD_INPUT, "key's name")


def test_two_at_once_cosign_one_history(seen, log, first, tmp_path):
    """Whoever comes second has seen what the first has cosigned."""
    size = size_of(first.read_text())
    sent = request(log, size, tmp_path / "r")
    with ThreadPoolExecutor() as pool:
        results = list(pool.map(lambda _: seen.cosign(sent).status, range(6)))
    assert FINE in results and seen.seen() == [(ORIGIN, log.size())]


# MARK: back on the ledger

@pytest.fixture
def registered(log, witness):
    done("keys", "register", log, "--holder", "finance", "--vkey", witness.vkey)
    return log


def collect(log, *files):
    return aid("checkpoint", log, *(part for file in files for part in ("--add-cosignature", file)))


def policy(file, log, quorum, *witnesses):
    lines = [f"log {log.vkey.read_text().strip()}"]
    lines += [f"witness w{number} {one.vkey}" for number, one in enumerate(witnesses)]
    lines += ["group g {} {}".format(quorum, " ".join(f"w{n}" for n in range(len(witnesses)))),
              "quorum g", ""]
    file.write_text("\n".join(lines))
    return file


def test_cosignatures_return_to_the_ledger(registered, witness, first, tmp_path):
    other = Witness(tmp_path / "w2", "health.example", registered)
    done("keys", "register", registered, "--holder", "health", "--vkey", other.vkey)
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text(witness.cosign(first).out)
    # The lines alone, as a witness on the net answers.
    two.write_text(other.cosign(first).out.splitlines()[-1] + "\n")
    result = collect(registered, one, two)
    assert result.status == FINE, result
    for each in (witness, other):
        cosignature(result.out, each.vkey, tmp_path)
    entry = registered.entry(registered.size() - 1)
    assert entry["kind"] == "checkpoint.cosigned"
    assert entry["body"]["note"] == result.out
    assert entry["body"]["size"] == size_of(first.read_text())
    assert registered.verify().is_sound()
    again = collect(registered, one)
    assert (again.status, again.out) == (FINE, result.out), again
    assert "on the ledger already" in again.err


def test_proofs_bear_the_cosignatures(registered, witness, first, tmp_path):
    (tmp_path / "one").write_text(witness.cosign(first).out)
    cosigned = collect(registered, tmp_path / "one").out
    registered.take([application(50)])
    proof, entry = tmp_path / "p", tmp_path / "e"
    done("prove", registered, 3, "-o", proof)
    assert proof.read_text().endswith(cosigned)
    entry.write_bytes(done("show", registered, 3, "--bytes").out.encode())
    rules = policy(tmp_path / "policy", registered, 1, witness)
    shown = done("check", proof, "--policy", rules, "--entry", entry)
    assert "finance.example" in shown.out
    # An entry that the witness has not seen is proved by the newest checkpoint.
    newest = registered.size() - 2
    assert size_of(done("prove", registered, newest).out.split("\n\n", 1)[1]) == registered.size()


def test_verify_reports_the_policy(registered, witness, first, tmp_path):
    (tmp_path / "one").write_text(witness.cosign(first).out)
    other = Witness(tmp_path / "w2", "health.example", registered)
    rules = policy(tmp_path / "policy", registered, 1, witness, other)
    registered.verify("--policy", rules).mentions("no checkpoint meets the policy")
    assert collect(registered, tmp_path / "one").status == FINE
    verdict = registered.verify("--policy", rules)
    assert verdict.is_sound(), verdict
    size = size_of(first.read_text())
    assert f"policy       met at {size} entries by: finance.example" in verdict.result.out
    (told,) = registered.verify("--policy", rules, "--json").result.json_lines()
    assert told["quorum"] == {"size": size, "cosigners": ["finance.example"]}
    both = policy(tmp_path / "both", registered, "all", witness, other)
    registered.verify("--policy", both).says(
        "no checkpoint meets the policy: too few witnesses cosigned the checkpoint")


def test_a_cosigned_checkpoint_kept_elsewhere_meets_the_policy(registered, witness, first, tmp_path):
    kept = tmp_path / "kept"
    kept.write_text(witness.cosign(first).out)
    rules = policy(tmp_path / "policy", registered, 1, witness)
    assert registered.verify("--policy", rules, "--checkpoint", kept).is_sound()


def test_unregistered_cosigner(log, witness, first, tmp_path):
    (tmp_path / "one").write_text(witness.cosign(first).out)
    size = log.size()
    refused(collect(log, tmp_path / "one"), BAD_INPUT, "finance.example", "keys register")
    assert log.size() == size


def test_cosignature_of_something_else(registered, witness, first, tmp_path):
    good = witness.cosign(first).out
    lines = good.splitlines()
    data = bytearray(base64.b64decode(lines[-1].split(" ")[2]))
    data[20] ^= 1
    lines[-1] = " ".join(lines[-1].split(" ")[:2] + [base64.b64encode(data).decode()])
    (tmp_path / "bad").write_text("\n".join(lines) + "\n")
    size = registered.size()
    refused(collect(registered, tmp_path / "bad"), NO, "signature")
    refused(collect(registered, first), BAD_INPUT, "no cosignature")
    registered.take([application(60)])
    done("checkpoint", registered, "-o", tmp_path / "newer")
    sent = request(registered, size_of(first.read_text()), tmp_path / "r")
    (tmp_path / "one").write_text(good)
    (tmp_path / "two").write_text(witness.cosign(sent).out)
    refused(collect(registered, tmp_path / "one", tmp_path / "two"), BAD_INPUT,
            "one checkpoint at a time")


def test_fork_shows_when_the_cosignature_comes_back(registered, witness, rewritten, tmp_path):
    """The witness was shown another history of the same size than the ledger holds."""
    done("checkpoint", rewritten, "-o", tmp_path / "shown")
    done("checkpoint", registered, "-o", tmp_path / "held")
    assert size_of((tmp_path / "shown").read_text()) == size_of((tmp_path / "held").read_text())
    (tmp_path / "cosigned").write_text(witness.cosign(tmp_path / "shown").out)
    refused(collect(registered, tmp_path / "cosigned"), NO, "FORKED", "keep both as evidence")


def test_forged_cosigned_entry_is_named(registered, witness, first, tmp_path):
    """Re-hashed with a cosignature that does not hold."""
    (tmp_path / "one").write_text(witness.cosign(first).out)
    collect(registered, tmp_path / "one")
    seq = registered.size() - 1

    def change(entry):
        if entry["seq"] == seq:
            head, tail = entry["body"]["note"].rsplit(" ", 1)
            data = bytearray(base64.b64decode(tail))
            data[-1] ^= 1
            entry["body"]["note"] = f"{head} {base64.b64encode(data).decode()}\n"

    with tampering(registered.path) as database:
        rechain(database, seq, change)
    done("rebuild", registered)
    registered.verify().mentions(f"entry {seq}: the checkpoint in it: ")


# MARK: another ledger's checkpoints

@pytest.fixture
def province(tmp_path):
    done("init", tmp_path / "province.db", "--origin", "aid.example.gov.cn/150000")
    return Ledger(tmp_path / "province.db")


def anchor(province, file, log, *arguments):
    return aid("anchor", province, file, "--vkey", log.vkey, *arguments)


def test_province_keeps_its_citys_checkpoints(province, log, first, tmp_path):
    result = anchor(province, first, log, "--json")
    seq = result.json_lines()[0]["seq"]
    entry = province.entry(seq)
    assert (entry["kind"], entry["body"]["note"]) == ("checkpoint.anchored", first.read_text())
    log.take([application(70)])
    size = size_of(first.read_text())
    refused(anchor(province, log_checkpoint(log, tmp_path), log), BAD_INPUT,
            f"aidledger prove LEDGER --since {size}", f"entry {seq}")
    assert anchor(province, request(log, size, tmp_path / "r"), log).status == FINE
    same = anchor(province, log_checkpoint(log, tmp_path), log)
    assert (same.status, "last one kept already" in same.out) == (FINE, True)
    refused(anchor(province, first, log), NO, "ROLLED BACK")
    assert province.verify().is_sound()


def log_checkpoint(log, folder):
    done("checkpoint", log, "-o", folder / "now")
    return folder / "now"


def test_rewritten_city_is_refused(province, log, first, rewritten, tmp_path):
    assert anchor(province, first, log).status == FINE
    size = province.size()
    refused(anchor(province, log_checkpoint(rewritten, tmp_path), log), NO, "FORKED")
    rewritten.take([application(71)])
    sent = request(rewritten, size_of(first.read_text()), tmp_path / "r")
    refused(anchor(province, sent, log), NO, "NOT SHOWN TO GO ON")
    assert province.size() == size


def test_what_cannot_be_anchored(province, log, first, tmp_path):
    refused(anchor(province, first, province), NO, "not signed")
    done("checkpoint", province, "-o", tmp_path / "own")
    refused(anchor(province, tmp_path / "own", province), BAD_INPUT, "the ledger's own")
    done("prove", log, 1, "-o", tmp_path / "p")
    refused(anchor(province, tmp_path / "p", log), BAD_INPUT, "no checkpoint")
