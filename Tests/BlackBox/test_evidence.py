"""Evidence packs: made by `prove --pack`, checked by `check` and by a script that knows only the
published formats."""

import contextlib
import functools
import hashlib
import importlib.util
import json
import re
import subprocess
import sys
import zipfile

import pytest

from chain import canonical
from harness import (BAD_INPUT, CHECKOUT, COULD_NOT, FINE, NO, ORIGIN, Ledger, aid, application,
                     done, record, refused, tamper)
from test_witness import Witness, collect, policy

SCRIPT = CHECKOUT / "scripts/check-evidence.py"


def by_script(pack, vkey, *arguments):
    return subprocess.run([sys.executable, SCRIPT, pack, "--vkey", vkey, *map(str, arguments)],
                          capture_output=True, text=True)


def files_of(pack):
    with zipfile.ZipFile(pack) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def first(ledger, table, condition="1"):
    return ledger.value(f"SELECT min(seq) FROM {table} WHERE {condition}")


@pytest.fixture
def pack(ledger, tmp_path):
    file = tmp_path / "pack.zip"
    done("prove", ledger, 0, 17, first(ledger, "claim_settled"), "--pack", file)
    return file


def test_both_checkers_agree_that_it_holds(ledger, pack):
    result = aid("check", pack, "--vkey", ledger.vkey)
    assert result.status == FINE, result
    other = by_script(pack, ledger.vkey)
    assert other.returncode == 0, other
    seqs = [0, 17, first(ledger, "claim_settled")]
    (told,) = done("check", pack, "--vkey", ledger.vkey, "--json").json_lines()
    assert (told["holds"], told["entries"]) == (True, seqs)
    for seq in seqs:
        assert f"entry {seq}  " in result.out and f"entry {seq}  " in other.stdout
    for text in (result.out, other.stdout):
        assert "not shown: that what was recorded is true" in text


def test_files_are_what_they_are_said_to_be(ledger, pack):
    files = files_of(pack)
    manifest = json.loads(files["evidence.json"])
    assert canonical(manifest) == files["evidence.json"]
    assert manifest["files"] == {name: hashlib.sha256(data).hexdigest()
                                 for name, data in files.items() if name != "evidence.json"}
    assert (manifest["origin"], manifest["v"]) == (ORIGIN, 1)
    for seq in manifest["entries"]:
        assert files[f"entries/{seq}.json"] == ledger.value(
            "SELECT bytes FROM entry WHERE seq = ?", seq)
        proof = files[f"entries/{seq}.tlog-proof"]
        assert proof == done("prove", ledger, seq).out.encode()
        assert proof.endswith(files["checkpoint"])
        rendering = files[f"entries/{seq}.txt"].decode()
        kind = json.loads(files[f"entries/{seq}.json"])["kind"]
        assert rendering.count(f"({kind})") == 2 and "负责地区" in rendering
    assert files["log.vkey"] == ledger.vkey.read_bytes()
    guide = files["HOW-TO-CHECK.txt"].decode()
    assert "徒手核对" in guide and "By hand" in guide


def test_same_pack_twice_is_the_same_bytes(ledger, pack, tmp_path):
    again = tmp_path / "again.zip"
    done("prove", ledger, 17, first(ledger, "claim_settled"), 0, 17, "--pack", again)
    assert again.read_bytes() == pack.read_bytes()


def test_another_key_does_not_confirm_it(pack, tmp_path):
    other = Ledger.make(tmp_path / "other.db")
    assert aid("check", pack, "--vkey", other.vkey).status == NO
    assert by_script(pack, other.vkey).returncode == 1


def test_pack_needs_no_declarations_to_be_checked(ledger, pack, tmp_path):
    result = aid("check", pack, "--vkey", ledger.vkey, cwd=tmp_path, env={"PATH": "/usr/bin:/bin"})
    assert result.status == FINE, result


def cosigned(ledger, folder):
    """A witness whose cosignature the ledger has of its newest checkpoint."""
    witness = Witness(folder / "w", "finance.example", ledger)
    done("keys", "register", ledger, "--holder", "finance", "--vkey", witness.vkey)
    done("checkpoint", ledger, "-o", folder / "c")
    (folder / "one").write_text(witness.cosign(folder / "c").out)
    assert collect(ledger, folder / "one").status == FINE
    return witness


def test_witnesses_of_a_pack(ledger, tmp_path):
    witness = cosigned(ledger, tmp_path)
    rules = policy(tmp_path / "policy", ledger, 1, witness)
    file = tmp_path / "pack.zip"
    done("prove", ledger, 5, "--pack", file, "--policy", rules)
    files = files_of(file)
    assert files["policy"] == rules.read_bytes()
    assert f"finance {witness.vkey} entry" in files["keys.txt"].decode()
    assert "finance.example" in done("check", file, "--policy", rules).out
    result = by_script(file, ledger.vkey, "--witness", witness.vkey, "--quorum", 1)
    assert (result.returncode, "cosigned by  finance.example" in result.stdout) == (0, True), result
    stranger = Witness(tmp_path / "w2", "health.example", ledger)
    assert by_script(file, ledger.vkey, "--witness", stranger.vkey, "--quorum", 1).returncode == 1
    others = policy(tmp_path / "others", ledger, 1, stranger)
    assert aid("check", file, "--policy", others).status == NO


# MARK: sealed fields

PARTICULARS = {"name": "试甲乙", "idNumber": "110101199003078515", "address": "样例市试验路1号",
               "phone": "13800001111"}


@pytest.fixture
def personal(new_ledger):
    """A ledger of one application, whose person's particulars are known, and a sealed note."""
    new_ledger.take([application(1), record(2)])
    return new_ledger


def disclose(ledger, seq, file, *fields, reason="complaint 12"):
    return aid("prove", ledger, seq, "--pack", file, "--disclose", *fields, "--reason", reason,
               "--operator", "inspector-7")


def test_disclosed_particulars_are_confirmed_and_recorded(personal, tmp_path):
    seq, file, before = first(personal, "aid_applied"), tmp_path / "p.zip", personal.size()
    assert disclose(personal, seq, file, "person.name", "person.idNumber").status == FINE
    (told,) = done("check", file, "--vkey", personal.vkey, "--json").json_lines()
    registration = first(personal, "person_registered")
    assert told["entries"] == sorted([seq, registration])
    assert [(item["field"], item["value"], item["entry"]) for item in told["disclosed"]] == [
        (field, PARTICULARS[field], registration) for field in ("idNumber", "name")]
    pseudonym = json.loads(files_of(file)[f"entries/{seq}.json"])["body"]["person"]
    assert {item["of"] for item in told["disclosed"]} == {pseudonym}
    result = by_script(file, personal.vkey)
    assert result.returncode == 0, result
    for text in (result.stdout, done("check", file, "--vkey", personal.vkey).out):
        for field in ("idNumber", "name"):
            assert f"of {pseudonym} (entry {registration}): {field} = {PARTICULARS[field]}" in text
        assert re.search(rf"entry {seq}  aid.applied .* {pseudonym}$", text, re.M), text
    entry = personal.entry(before)
    assert (personal.size(), entry["kind"]) == (before + 1, "access.revealed")
    body = entry["body"]
    assert body["person"] == json.loads(files_of(file)[f"entries/{seq}.json"])["body"]["person"]
    assert (body["fields"], body["by"]) == (["idNumber", "name"], "inspector-7")
    assert re.fullmatch("[0-9a-f]{64}", body["reason"])
    assert personal.verify().is_sound()


def test_nothing_else_leaks(personal, tmp_path):
    seq, file = first(personal, "aid_applied"), tmp_path / "p.zip"
    assert disclose(personal, seq, file, "person.name").status == FINE
    whole = b"".join(files_of(file).values()) + file.read_bytes()
    assert PARTICULARS["name"].encode() in whole
    for field in ("idNumber", "address", "phone"):
        assert PARTICULARS[field].encode() not in whole, field
    assert b"complaint 12" not in whole
    salts = re.findall(rb'"salt":"([0-9a-f]{64})"', whole)
    assert len(set(salts)) == 1
    # Nothing at all without being asked.
    done("prove", personal, seq, "--pack", file)
    assert PARTICULARS["name"].encode() not in b"".join(files_of(file).values())


def test_disclosed_text_of_an_entry(personal, tmp_path):
    seq, file, before = first(personal, "case_noted"), tmp_path / "p.zip", personal.size()
    text = record(2)["body"]["note"]
    assert disclose(personal, seq, file, "note").status == FINE
    assert f"note = {text}" in done("check", file, "--vkey", personal.vkey).out
    assert f"note = {text}" in by_script(file, personal.vkey).stdout
    body = personal.entry(before)["body"]
    assert (body["entry"], body["fields"]) == (seq, ["note"]) and "person" not in body
    assert personal.verify().is_sound()


def test_what_was_known_when_it_was_recorded(personal, tmp_path):
    """A name that came later is not what the entry was recorded with."""
    later = application(3)
    later["body"]["person"] = {**later["body"]["person"], "name": "试改名"}
    assert personal.take([later]).status == FINE
    one, two = personal.rows("SELECT seq FROM aid_applied ORDER BY seq")
    for (seq,), name in ((one, PARTICULARS["name"]), (two, "试改名")):
        file = tmp_path / f"{seq}.zip"
        assert disclose(personal, seq, file, "person.name").status == FINE
        assert f"name = {name}" in done("check", file, "--vkey", personal.vkey).out


@pytest.mark.parametrize("fields, text", [
    (["summary"], "none of these entries has a sealed field summary"),
    (["person.shoeSize"], "no shoeSize was known"),
    (["nobody.name"], "none of these entries"),
    (["person"], "none of these entries"),
    (["commitments/name"], "none of these entries"),
    (["sealed"], "none of these entries"),
    (["body/../note"], "none of these entries"),
])
def test_what_cannot_be_disclosed(personal, tmp_path, fields, text):
    file, size = tmp_path / "p.zip", personal.size()
    refused(disclose(personal, first(personal, "aid_applied"), file, *fields), BAD_INPUT, text)
    assert (file.exists(), personal.size()) == (False, size)


def test_disclosure_needs_a_reason_and_keys(personal, tmp_path):
    file, seq, size = tmp_path / "p.zip", first(personal, "aid_applied"), personal.size()
    refused(aid("prove", personal, seq, "--pack", file, "--disclose", "person.name"), BAD_INPUT,
            "--reason")
    refused(disclose(personal, seq, file, "person.name", reason=""), BAD_INPUT, "reason")
    (personal.keys / "vault.key").rename(tmp_path / "vault.key")
    refused(disclose(personal, seq, file, "person.name"), COULD_NOT, "key")
    assert (file.exists(), personal.size()) == (False, size)


def test_erased_person_cannot_be_shown(personal, tmp_path):
    tamper(personal.vault, "DELETE FROM dataKey WHERE pseudonym LIKE 'p:%'")
    refused(disclose(personal, first(personal, "aid_applied"), tmp_path / "p", "person.name"),
            BAD_INPUT, "was destroyed")


# MARK: what cannot be packed

@pytest.mark.parametrize("seqs, text", [([500_000], "there is no entry"), ([0, -1], "")])
def test_entries_that_are_not_there(ledger, tmp_path, seqs, text):
    refused(aid("prove", ledger, *seqs, "--pack", tmp_path / "p"), BAD_INPUT, text)
    assert not (tmp_path / "p").exists()


def test_altered_entry_is_not_packed(ledger, tmp_path):
    data = ledger.value("SELECT bytes FROM entry WHERE seq = 17")
    tamper(ledger, "UPDATE entry SET bytes = ? WHERE seq = 17",
           data.replace(b'"operator":"', b'"operator":"x'))
    for arguments in (("--pack", tmp_path / "p"), ("-o", tmp_path / "p")):
        refused(aid("prove", ledger, 17, *arguments), COULD_NOT, "damaged")
        assert not (tmp_path / "p").exists()


def test_pack_is_not_written_over_a_key(ledger):
    before = ledger.vkey.read_bytes()
    refused(aid("prove", ledger, 1, "--pack", ledger.vkey), BAD_INPUT, "not overwritten")
    assert ledger.vkey.read_bytes() == before


# MARK: altered packs

@pytest.fixture(scope="module")
def script():
    """The script as a module; signatures that were checked once are not checked again."""
    spec = importlib.util.spec_from_file_location("check_evidence", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    has_signed = module.Key.has_signed
    known = functools.cache(lambda key, *arguments: has_signed(module.Key(key), *arguments))
    module.Key.has_signed = lambda key, *arguments: known(key.text, *arguments)
    return module


def test_every_changed_byte_is_refused_or_without_effect(new_ledger, tmp_path, script):
    """By the script: what Python's zipfile passes over changes nothing in what is proved."""
    file = tmp_path / "p.zip"
    done("checkpoint", new_ledger)
    done("prove", new_ledger, 0, "--pack", file)
    vkey = new_ledger.vkey.read_text().strip()
    key = script.Key(vkey)
    key.text = vkey
    good, data = list(script.check(file, key, [], 0)), file.read_bytes()
    altered, unaffected = tmp_path / "altered.zip", 0
    for place in range(len(data)):
        altered.write_bytes(data[:place] + bytes([data[place] ^ 1 << place % 8]) + data[place + 1:])
        shown = None
        with contextlib.suppress(Exception):
            shown = list(script.check(altered, key, [], 0))
        assert shown in (None, good), place
        unaffected += shown is not None
    # Only times, versions and rights in the archive's own headers, of some 80 bytes a file.
    assert 0 < unaffected < 80 * len(files_of(file))


def test_program_refuses_changed_bytes(ledger, pack, tmp_path):
    data, altered = pack.read_bytes(), tmp_path / "altered.zip"
    for place in range(0, len(data), len(data) // 60):
        altered.write_bytes(data[:place] + bytes([data[place] ^ 4]) + data[place + 1:])
        result = aid("check", altered, "--vkey", ledger.vkey)
        assert result.status in (NO, BAD_INPUT), (place, result)


def test_forged_pack_with_its_lists_made_anew(ledger, pack, tmp_path):
    """Amount altered, archive and manifest consistent: only the proof speaks."""
    files = files_of(pack)
    name = f"entries/{first(ledger, 'claim_settled')}.json"
    files[name] = files[name].replace(b'Fen":1', b'Fen":9', 1).replace(b'Fen":2', b'Fen":9', 1)
    manifest = json.loads(files["evidence.json"])
    assert manifest["files"][name] != hashlib.sha256(files[name]).hexdigest()
    manifest["files"][name] = hashlib.sha256(files[name]).hexdigest()
    files["evidence.json"] = canonical(manifest)
    forged = tmp_path / "forged.zip"
    with zipfile.ZipFile(forged, "w") as archive:
        for each, data in files.items():
            archive.writestr(each, data)
    result = by_script(forged, ledger.vkey)
    assert (result.returncode, "does not lead to the root hash" in result.stdout) == (1, True), result
    # Packed by another program, it is not taken at all.
    refused_pack = aid("check", forged, "--vkey", ledger.vkey)
    assert (refused_pack.status, "packed anew" in refused_pack.out) == (NO, True), refused_pack


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"PK\x03\x04" + b"\xff" * 5_000, b"PK\x03\x04" * 999],
                         ids=["cut off", "promises", "headers"])
def test_what_is_no_pack(ledger, tmp_path, data):
    file = tmp_path / "p.zip"
    file.write_bytes(data)
    result = aid("check", file, "--vkey", ledger.vkey)
    assert (result.status, "DOES NOT HOLD" in result.out) == (NO, True), result
    assert by_script(file, ledger.vkey).returncode == 1


def test_options_that_do_not_apply_to_packs(ledger, pack):
    refused(aid("check", pack, "--vkey", ledger.vkey, "--entry", pack), BAD_INPUT, "--entry")
    refused(aid("prove", ledger, 1, 2), BAD_INPUT, "--pack")
    refused(aid("prove", ledger, 1, "--disclose", "person.name", "--reason", "x"), BAD_INPUT, "--pack")


def test_script_is_short_and_stands_alone():
    text = SCRIPT.read_text()
    assert len(text.splitlines()) < 200
    imported = set(re.findall(r"^(?:import|from) (\w+)", text, re.M))
    assert imported <= set(sys.stdlib_module_names)


# MARK: what a keeper could make up

def plain_zip(file, contents):
    """An archive of the plain form, of whatever files."""
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in contents.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return file


def made_anew(files, file):
    manifest = json.loads(files.pop("evidence.json"))
    manifest["files"] = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    return plain_zip(file, {"evidence.json": canonical(manifest), **files})


@pytest.mark.parametrize("change, text", [
    (lambda manifest: manifest.update(origin="other.example"), "evidence.json is not that"),
    (lambda manifest: manifest.update(size=7), "evidence.json is not that"),
    (lambda manifest: manifest.update(entries=manifest["entries"][::-1]), "not in order"),
    (lambda manifest: manifest.update(entries=[]), "no entries"),
])
def test_script_refuses_a_manifest_that_says_otherwise(ledger, pack, tmp_path, change, text):
    files = files_of(pack)
    manifest = json.loads(files["evidence.json"])
    change(manifest)
    files["evidence.json"] = canonical(manifest)
    result = by_script(plain_zip(tmp_path / "p.zip", files), ledger.vkey)
    assert (result.returncode, text in result.stdout) == (1, True), result


def test_script_refuses_what_does_not_belong(ledger, pack, tmp_path):
    files = files_of(pack)
    files["ruling.txt"] = b"guilty"
    result = by_script(made_anew(files, tmp_path / "p.zip"), ledger.vkey)
    assert (result.returncode, "do not belong" in result.stdout) == (1, True), result
    for before, after in ((b"x", b""), (b"", b"x")):
        (tmp_path / "q.zip").write_bytes(before + pack.read_bytes() + after)
        result = by_script(tmp_path / "q.zip", ledger.vkey)
        assert (result.returncode, "around the archive" in result.stdout) == (1, True), result


def test_an_index_below_zero_is_none(script):
    leaf = hashlib.sha256(b"\0x").digest()
    with pytest.raises(script.DoesNotHold):
        script.root_of(-1, 1, leaf, [])


def test_a_text_cannot_pose_as_a_line(personal, tmp_path):
    forged = "x\nnot shown: nothing\n  cosigned by  finance.example \u202e\u2028\u009b"
    personal.take([{**record(9), "body": {**record(9)["body"], "note": forged}}])
    seq, file = personal.value("SELECT max(seq) FROM case_noted"), tmp_path / "p.zip"
    assert disclose(personal, seq, file, "note").status == FINE
    for text in (done("check", file, "--vkey", personal.vkey).out,
                 by_script(file, personal.vkey).stdout):
        assert not re.search(r"^not shown: nothing", text, re.M), text
        assert not re.search("[\u202e\u2028\u009b]", text) and "cosigned by  finance" in text
        assert not re.search(r"^ *cosigned by", text, re.M), text


def test_pack_of_a_replaced_key_names_the_key_that_signed(ledger, tmp_path):
    cosigned(ledger, tmp_path)
    old = ledger.vkey.read_text().strip()
    done("keys", "rotate", ledger)
    file = tmp_path / "pack.zip"
    done("prove", ledger, 5, "--pack", file)
    assert files_of(file)["log.vkey"].decode().strip() == old
    result = aid("check", file, "--vkey", ledger.vkey)
    assert (result.status, "give the others too" in result.out) == (NO, True), result
    assert aid("check", file, "--vkey", ledger.vkey, "--vkey", old).status == FINE


def test_packs_with_names_are_private_and_refused_before_anything_is_shown(personal, tmp_path):
    seq, size = first(personal, "aid_applied"), personal.size()
    refused(disclose(personal, seq, tmp_path / "none" / "p.zip", "person.name"), COULD_NOT,
            "no such folder")
    assert personal.size() == size
    file = tmp_path / "p.zip"
    assert disclose(personal, seq, file, "person.name").status == FINE
    assert file.stat().st_mode & 0o777 == 0o600
    # What was revealed is signed at once.
    assert personal.value("SELECT max(size) FROM checkpoint") == personal.size()
