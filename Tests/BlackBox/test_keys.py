"""Keys: made, put on the ledger, replaced; and what becomes of who forges that."""

import base64
import hashlib
import stat
import subprocess

import pytest

from chain import Tree, leaf_hash, opened_note, rechain
from harness import (BAD_INPUT, COULD_NOT, NO, ORIGIN, Ledger, aid, application, done,
                     refused, tampering)


def statement(origin, size, root, old, new):
    """What both keys sign: ledger/FORMAT.md, Succession."""
    return ("aidledger/1 key rotation\n" f"{origin}\n{size}\n"
            f"{base64.b64encode(root).decode()}\n{old}\n{new}\n").encode()


def holds(vkey, encoded, text, folder):
    """Whether `openssl` finds the signature of a note's line good."""
    key = base64.b64decode(vkey.split("+", 2)[2])
    signature = base64.b64decode(encoded)
    assert signature[:4].hex() == vkey.split("+")[1]
    (folder / "key.der").write_bytes(bytes.fromhex("302a300506032b6570032100") + key[1:])
    (folder / "text").write_bytes(text)
    (folder / "signature").write_bytes(signature[4:])
    return subprocess.run(
        ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", "key.der",
         "-rawin", "-in", "text", "-sigfile", "signature"],
        cwd=folder, capture_output=True).returncode == 0


def root_before(ledger, seq):
    tree = Tree()
    for (data,) in ledger.rows("SELECT bytes FROM entry WHERE seq < ? ORDER BY seq", seq):
        tree.append(leaf_hash(data))
    return tree.root()


@pytest.fixture
def rotated(ledger, tmp_path):
    """A ledger whose key was replaced, a checkpoint from before, and both verifier keys."""
    old = ledger.vkey.read_text().strip()
    before = tmp_path / "before"
    done("checkpoint", ledger, "-o", before)
    (told,) = done("keys", "rotate", ledger, "--json").json_lines()
    assert ledger.vkey.read_text().strip() == told["vkey"] != old
    return ledger, before, old, told


# MARK: keys by themselves

def test_key_file_is_its_owners_alone_and_never_overwritten(tmp_path):
    file = tmp_path / "a.key"
    vkey = done("keys", "new", "finance.example", "-o", file, "--cosigner").out.strip()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert base64.b64decode(vkey.split("+", 2)[2])[0] == 4
    assert done("keys", "show", file).out.strip() == vkey
    text = file.read_text()
    refused(aid("keys", "new", "finance.example", "-o", file), COULD_NOT, "exists already")
    assert file.read_text() == text


@pytest.mark.parametrize("name", ["", "two words", "a+b", "tab\tbed"])
def test_names_that_no_key_can_have(name, tmp_path):
    refused(aid("keys", "new", name, "-o", tmp_path / "k"), BAD_INPUT, "cannot be a key's name")
    assert not (tmp_path / "k").exists()


def test_showing_what_is_no_signing_key(ledger, tmp_path):
    refused(aid("keys", "show", ledger.keys / "vault.key"), BAD_INPUT, "has no verifier key")
    refused(aid("keys", "show", tmp_path / "none"), BAD_INPUT, "there is no such file")
    (tmp_path / "text").write_text("hello\n")
    refused(aid("keys", "show", tmp_path / "text"), BAD_INPUT)


# MARK: a department's key

def test_registered_key_stands_on_the_ledger(ledger, tmp_path):
    vkey = done("keys", "new", "finance.example", "-o", tmp_path / "k", "--cosigner").out.strip()
    (told,) = done("keys", "register", ledger, "--holder", "finance", "--vkey", vkey,
                   "--valid-from", "2026-01-31", "--operator", "u1", "--json").json_lines()
    entry = ledger.entry(told["seq"])
    assert entry["kind"] == "key.registered"
    assert entry["body"] == {"holder": "finance", "validFrom": "2026-01-31", "vkey": vkey}
    assert (entry["operator"], entry["area"]) == ("u1", "150500")
    assert ledger.verify().is_sound()
    (shown,) = done("keys", "show", ledger, "--json").json_lines()
    assert shown["registered"] == [{"holder": "finance", "seq": told["seq"], "vkey": vkey,
                                    "validFrom": "2026-01-31"}]
    refused(aid("keys", "register", ledger, "--holder", "finance", "--vkey", vkey), BAD_INPUT,
            f"stands in entry {told['seq']} already")


def test_one_key_counts_once(ledger, tmp_path):
    """The same public key under another name would count as two."""
    vkey = done("keys", "new", "finance.example", "-o", tmp_path / "k").out.strip()
    done("keys", "register", ledger, "--holder", "finance", "--vkey", vkey)
    key = base64.b64decode(vkey.split("+", 2)[2])
    key_id = hashlib.sha256(b"tax.example\n" + key).digest()[:4].hex()
    other = f"tax.example+{key_id}+{base64.b64encode(key).decode()}"
    refused(aid("keys", "register", ledger, "--holder", "tax", "--vkey", other), BAD_INPUT,
            "stands in entry")
    assert "signs resolutions from" in done("keys", "show", ledger).out


def test_registration_needs_neither_vault_nor_keys(ledger, tmp_path):
    vkey = done("keys", "new", "finance.example", "-o", tmp_path / "k", "--cosigner").out.strip()
    ledger.vault.rename(tmp_path / "vault")
    ledger.keys.rename(tmp_path / "keys")
    done("keys", "register", ledger, "--holder", "finance", "--vkey", vkey)


@pytest.mark.parametrize("change, text", [
    (("--holder", "treasury"), "no department; known are: civil-affairs, finance"),
    (("--valid-from", "31.1.2026"), "no date"),
    (("--vkey", "nonsense"), "neither a verifier key nor a file"),
    (("--vkey", "LEDGER"), "only its own keys bear it"),
])
def test_what_cannot_be_registered(ledger, tmp_path, change, text):
    vkey = done("keys", "new", "finance.example", "-o", tmp_path / "k", "--cosigner").out.strip()
    options = {"--holder": "finance", "--vkey": vkey,
               change[0]: str(ledger.vkey) if change[1] == "LEDGER" else change[1]}
    size = ledger.size()
    refused(aid("keys", "register", ledger, *(part for pair in options.items() for part in pair)),
            BAD_INPUT, text)
    assert ledger.size() == size


# MARK: the ledger's own key replaced

def test_stranger_finds_both_signatures_good(rotated, tmp_path):
    ledger, _, old, told = rotated
    seq = told["seq"]
    body = ledger.entry(seq)["body"]
    assert (body["oldVkey"], body["newVkey"]) == (old, told["vkey"])
    text = statement(ORIGIN, seq, root_before(ledger, seq), old, told["vkey"])
    assert holds(old, body["oldSignature"], text, tmp_path)
    assert holds(told["vkey"], body["newSignature"], text, tmp_path)


def test_checkpoints_before_and_after_are_followed(rotated, tmp_path):
    ledger, before, old, told = rotated
    ledger.take([application(1)])
    (note,) = ledger.rows("SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1")[0]
    assert opened_note(note, told["vkey"], tmp_path)[0] == ORIGIN
    for key in (old, told["vkey"]):
        verdict = ledger.verify("--checkpoint", before, "--vkey", key)
        assert verdict.is_sound(), verdict
        assert any("was replaced by entry" in line for line in verdict.notes) == (key == old)
    assert ledger.verify("--chain-only").is_sound()
    assert done("prove", ledger, 3).out.endswith(note)


def test_rotated_ledger_can_be_replaced_again_and_rebuilt(rotated):
    ledger, before, old, told = rotated
    (again,) = done("keys", "rotate", ledger, "--json").json_lines()
    done("rebuild", ledger)
    assert ledger.verify("--checkpoint", before, "--vkey", old).is_sound()
    (shown,) = done("keys", "show", ledger, "--json").json_lines()
    assert [reign["vkey"] for reign in shown["signs"]] == [old, told["vkey"], again["vkey"]]
    assert [reign["fromSize"] for reign in shown["signs"]] == [0, told["seq"] + 1,
                                                              again["seq"] + 1]


def test_rotation_without_the_old_key_changes_nothing(ledger, tmp_path):
    (ledger.keys / "signing.key").rename(tmp_path / "signing.key")
    before, files = ledger.content(), sorted(ledger.keys.iterdir())
    refused(aid("keys", "rotate", ledger), COULD_NOT, "the signing key")
    assert (ledger.content(), sorted(ledger.keys.iterdir())) == (before, files)


def test_old_key_signs_no_more(rotated, tmp_path):
    """A head of the later ledger that the old key has signed."""
    ledger, _, old, told = rotated
    (size, root), = ledger.rows("SELECT size, rootHash FROM head")
    text = f"{ORIGIN}\n{size}\n{base64.b64encode(root).decode()}\n".encode()
    note = signed(text, ledger.keys / "signing.key", old, tmp_path)
    file = tmp_path / "old-signs"
    file.write_bytes(note)
    ledger.verify("--checkpoint", file).mentions("not signed by the log's key")


def signature(text, key_file, vkey, folder):
    """base64(key ID ‖ signature), made by `openssl` with the seed of a key file."""
    seed = base64.b64decode(key_file.read_text().strip().split("+", 4)[4])[1:]
    (folder / "private.der").write_bytes(bytes.fromhex("302e020100300506032b657004220420") + seed)
    (folder / "text").write_bytes(text)
    made = subprocess.run(
        ["openssl", "pkeyutl", "-sign", "-keyform", "DER", "-inkey", "private.der", "-rawin",
         "-in", "text"], cwd=folder, check=True, capture_output=True).stdout
    return base64.b64encode(bytes.fromhex(vkey.split("+")[1]) + made).decode()


def signed(text, key_file, vkey, folder):
    return text + f"\n— {vkey.split('+')[0]} {signature(text, key_file, vkey, folder)}\n".encode()


@pytest.mark.parametrize("forged, text", [
    ("oldSignature", "has not signed the rotation"),
    ("newSignature", "has not signed the rotation"),
    ("place", "has not signed the rotation"),
    ("oldVkey", "which was not in force"),
    ("newVkey", "cannot sign for the ledger"),
])
def test_forged_rotations_are_named(rotated, tmp_path, forged, text):
    """Re-hashed, so that only the signatures speak."""
    ledger, _, old, told = rotated
    seq = told["seq"]
    other = Ledger.make(tmp_path / "other.db")
    other_vkey = other.vkey.read_text().strip()
    key_file = ledger.keys / f"signing-{told['vkey'].split('+')[1]}.key"
    root = root_before(ledger, seq)

    def change(entry):
        if entry["seq"] != seq:
            return
        body = entry["body"]
        if forged == "oldSignature":  # by the new key alone
            good = statement(ORIGIN, seq, root, old, told["vkey"])
            body[forged] = signature(good, key_file, old, tmp_path)
        elif forged == "newSignature":
            body[forged] = body["oldSignature"]
        elif forged == "place":  # signed for another place
            elsewhere = statement(ORIGIN, seq - 1, root, old, told["vkey"])
            body["oldSignature"] = signature(
                elsewhere, ledger.keys / "signing.key", old, tmp_path)
            body["newSignature"] = signature(elsewhere, key_file, told["vkey"], tmp_path)
        elif forged == "oldVkey":
            body[forged] = other_vkey
        else:
            body[forged] = done("keys", "new", "elsewhere.example", "-o", tmp_path / "k").out.strip()

    with tampering(ledger.path) as database:
        rechain(database, seq, change)
    verdict = ledger.verify()
    verdict.mentions(text)
    refused(aid("prove", ledger, 3), COULD_NOT, "key.rotated", text)


def test_newer_checkpoint_of_a_lost_rotation_says_so(rotated, tmp_path):
    """A backup from before the rotation, and a checkpoint from after it."""
    ledger, before, *_ = rotated
    size = int(before.read_text().splitlines()[1])
    done("checkpoint", ledger, "-o", tmp_path / "newer")
    older = ledger.copy_to(tmp_path / "older")
    with tampering(older.path) as database:
        database.execute("DELETE FROM entry WHERE seq >= ?", (size,))
        database.execute("DELETE FROM key_rotated")
        database.execute("DELETE FROM checkpoint WHERE size > ?", (size,))
        database.execute("UPDATE head SET size = ?, rootHash = ?", (size, root_before(older, size)))
    older.verify("--chain-only", "--checkpoint", tmp_path / "newer").mentions(
        "the key was replaced in entries that this ledger has lost")


@pytest.mark.parametrize("hide", ["DELETE FROM key_rotated", "DROP TABLE key_rotated"])
def test_rotation_hidden_from_the_read_model_is_named(rotated, hide):
    """And nothing is signed with the key that was replaced."""
    ledger, *_ = rotated
    with tampering(ledger.path) as database:
        database.execute(hide)
    for arguments in [(), ("--chain-only",)]:
        verdict = ledger.verify(*arguments)
        assert verdict.status == NO, verdict
        verdict.mentions("stored checkpoint of size")
    before = ledger.rows("SELECT * FROM checkpoint")
    for command in ["checkpoint"], ["keys", "rotate"]:
        result = aid(*command, ledger)
        assert result.status == COULD_NOT, result
    assert ledger.rows("SELECT * FROM checkpoint") == before


def test_nothing_is_signed_over_a_forged_history(ledger):
    def change(entry):
        if entry["seq"] == 30:
            entry["operator"] = "somebody-else"

    with tampering(ledger.path) as database:
        rechain(database, 30, change)
    done("rebuild", ledger)
    before = ledger.rows("SELECT * FROM checkpoint"), ledger.size()
    for command in ["checkpoint"], ["keys", "rotate"]:
        refused(aid(*command, ledger), COULD_NOT, "not those that were signed")
    assert (ledger.rows("SELECT * FROM checkpoint"), ledger.size()) == before


def test_verify_says_how_much_is_signed(ledger):
    assert "  signed       all of them" in ledger.verify().result.out
    (ledger.keys / "signing.key").rename(ledger.path.parent / "away")
    ledger.take([application(5)])
    size = ledger.value("SELECT max(size) FROM checkpoint")
    out = ledger.verify().result.out
    assert f"signed       the first {size:,}; the last {ledger.size() - size} not yet" in out
    with tampering(ledger.path) as database:
        database.execute("DELETE FROM checkpoint")
    verdict = ledger.verify()
    assert verdict.is_sound() and "signed       nothing" in verdict.result.out
    ledger.verify("--vkey", ledger.vkey).mentions("no checkpoint holds")
    (told,) = ledger.verify("--json").result.json_lines()
    assert "signedSize" not in told
