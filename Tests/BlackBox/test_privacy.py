"""Nobody's name, number, phone, address or account, and no sealed text, stands in the clear
anywhere but in the input."""

import base64
import contextlib
import hashlib
import json
import os
import re
import signal
import stat
import subprocess

import pytest

from harness import (BAD_INPUT, CHECKOUT, PERSON, Ledger, aid, application, connect, done, record,
                     records_of, start)

PARTICULARS = ("idNumber", "name", "phone", "address", "household")


def sealed_fields():
    """(kind, field) of every text that the kinds declare as sealed."""
    found = set()
    for file in (CHECKOUT / "ledger/kinds").glob("*.*.yaml"):
        for name in re.findall(r"^\s*(\w+):.*\bsealed: true", file.read_text("utf-8"), re.M):
            found.add((file.stem, name))
    return found


def secrets_of(records):
    """What must not be found: each value with the name of its field."""
    sealed, secrets = sealed_fields(), set()

    def walk(kind, value, name=""):
        if isinstance(value, dict):
            if "idNumber" in value:
                secrets.update((field, value[field]) for field in PARTICULARS if field in value)
            for member, inner in value.items():
                walk(kind, inner, member)
        elif isinstance(value, list):
            for inner in value:
                walk(kind, inner, name)
        elif isinstance(value, str):
            if (kind, name) in sealed:
                secrets.add((name, value))
            if name == "account" and re.search(r"\d{6}", value):
                secrets.add((name, value))
    for one in records:
        walk(one["kind"], one["body"])
    return sorted(secrets)


def found(secrets, data):
    return [(field, value) for field, value in secrets if value.encode() in data]


@pytest.fixture(scope="module")
def secrets(sample_file):
    secrets = secrets_of(records_of(sample_file))
    fields = {field for field, _ in secrets}
    assert fields >= {*PARTICULARS, "account", "reason", "summary", "note", "signatory"}
    assert len(secrets) > 400
    return secrets


def test_secrets_are_in_the_input(secrets, sample_file):
    """The search itself works."""
    assert found(secrets, sample_file.read_bytes()) == secrets


def test_no_secret_is_in_the_files(secrets, sample_ledger):
    for name, data in sample_ledger.files().items():
        assert found(secrets, data) == [], name


def test_no_secret_is_in_the_files_in_another_guise(secrets, sample_ledger):
    """Nor as GB18030, in hexadecimal, or as a plain hash that a list of candidates would open."""
    some = [(field, value) for field, value in secrets if field in ("idNumber", "name")][::4]
    assert len(some) > 20
    for name, data in sample_ledger.files().items():
        for _, value in some:
            utf8 = value.encode()
            plain = hashlib.sha256(utf8)
            guises = [value.encode("gb18030"), utf8.hex().encode(), value.encode("utf-16-le"),
                      base64.b64encode(utf8).rstrip(b"="), plain.digest(),
                      plain.hexdigest().encode()]
            for guise in guises:
                assert guise not in data, (name, value)


def test_no_secret_is_in_the_files_while_they_are_written(secrets, sample_file, tmp_path):
    """The program is stopped at several moments of an import, and its files are looked at."""
    ledger = Ledger.make(tmp_path / "a.db")
    # Long lines make small batches.
    lines = [line + b" " * 40_000 + b"\n" for line in sample_file.read_bytes().splitlines()]
    process = start("import", ledger, "-", stdin=subprocess.PIPE)
    sizes = []
    for first in range(0, 2000, 400):
        process.stdin.write(b"".join(lines[first:first + 400]))
        process.stdin.flush()
        os.kill(process.pid, signal.SIGSTOP)
        files = ledger.files()
        os.kill(process.pid, signal.SIGCONT)
        sizes.append(sum(map(len, files.values())))
        for name, data in files.items():
            assert found(secrets, data) == [], name
    process.communicate()
    assert process.returncode == 0
    assert len(set(sizes)) >= 4
    beside = {file.name for file in tmp_path.iterdir()}
    assert all(name.startswith("a.db") for name in beside), beside


def test_no_secret_is_in_what_the_program_says(secrets, sample_ledger, sample_file, tmp_path):
    ledger = sample_ledger.copy_to(tmp_path / "copy")
    said = []
    for kind in ("aid_paid", "resolution_adopted", "entry_reversed", "person_registered",
                 "claim_settled", "case_noted", "person_merged"):
        seq = ledger.value(f"SELECT max(seq) FROM {kind}")
        for options in (["--json"], ["--lang", "zh-Hans"]):
            said.append(done("show", ledger, seq, *options))
    said.append(done("verify", ledger))
    said.append(done("verify", ledger, "--json"))
    said.append(done("import", ledger, sample_file))
    said.append(done("import", ledger, sample_file, "--dry-run", "--json"))
    for report in ("fund-use", "joint-inspection"):
        for form in ("html", "xml"):
            said.append(done("report", report, ledger, "--year", 2023, "--area", "000000",
                             "--format", form, "-o", "-"))
    for result in said:
        assert found(secrets, result.text.encode()) == []


def test_no_secret_is_in_a_broken_vault_s_problems(secrets, ledger):
    with contextlib.closing(connect(ledger.vault)) as database:
        database.execute("UPDATE identity SET pseudonym = 'p:' || hex(randomblob(16))")
    verdict = ledger.verify()
    assert verdict.status == 1
    assert found(secrets, verdict.result.text.encode()) == []


def test_refused_particulars_are_masked(new_ledger, tmp_path):
    wrong = [application(1, {"sex": "男男"}), application(2, {"birthDate": "1990-13-07"}),
             application(3, {"phone": "1380000" * 10}), application(4, {"idType": "身份证"}),
             application(5, {"name": "试甲乙" * 100}), application(6, {"phone": 13800001111}),
             application(7, {"nickname": "试小甲"}), application(8, {"idNumber": ""})]
    result = new_ledger.take(wrong)
    assert result.status == BAD_INPUT
    for value in ("试甲乙", "110101199003078515", "13800001111", "1380000138", "样例市试验路1号",
                  "试小甲"):
        assert value not in result.text, result
    for number in range(1, 9):
        assert f"stdin:{number}: " in result.err


def test_refusal_of_other_content_tells_no_particulars(new_ledger):
    assert new_ledger.take([application(1), record(2)]).status == 0
    other = {"phone": "13911112222", "name": "试丙丁"}
    result = new_ledger.take([application(1, other), record(2, case="C-2", note="另一备注",
                                                            entries=[])])
    assert result.status == BAD_INPUT
    for value in [*other.values(), PERSON["name"], PERSON["phone"], "另一备注", "备注2"]:
        assert value not in result.text, result


def mode(path):
    return stat.S_IMODE(os.stat(path).st_mode)


def test_keys_are_their_owners_alone(tmp_path):
    previous = os.umask(0)
    try:
        ledger = Ledger.make(tmp_path / "a.db")
    finally:
        os.umask(previous)
    assert mode(ledger.keys) == 0o700
    names = sorted(file.name for file in ledger.keys.iterdir())
    assert names == ["index.key", "signing.key", "vault.key"]
    for name in names:
        assert mode(ledger.keys / name) == 0o600


def test_rejects_file_is_its_owners_alone(new_ledger, tmp_path):
    rejects = tmp_path / "rejects.jsonl"
    rejects.write_text("from before\n")
    rejects.chmod(0o666)
    previous = os.umask(0)
    try:
        result = aid("import", new_ledger, "-", "--rejects", rejects,
                     stdin=json.dumps(application(1, {"sex": "x"})).encode())
    finally:
        os.umask(previous)
    assert result.status == BAD_INPUT
    assert mode(rejects) == 0o600
    assert PERSON["idNumber"] in rejects.read_text("utf-8")


def test_destroyed_key_erases_a_person_and_leaves_the_rest(ledger):
    """Without the data key nobody opens the particulars; the chain stands."""
    with contextlib.closing(connect(ledger.vault)) as database:
        database.execute("DELETE FROM dataKey")
    verdict = ledger.verify()
    assert verdict.lines and all("the data key of " in line for line in verdict.lines)
