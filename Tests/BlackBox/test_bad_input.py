"""Whatever is given: a clear message, the right exit status, and nothing lost."""

import base64
import contextlib
import fcntl
import json
import os
import random
import re
import shutil
import stat
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from harness import (BAD_INPUT, COULD_NOT, ENVIRONMENT, FINE, NO, ORIGIN, PROGRAM, Ledger, aid,
                     application, connect, done, dump, record, records_of, refused, start, tamper)


def given(ledger, tmp_path, data, *options):
    file = tmp_path / "in.jsonl"
    file.write_bytes(data)
    return aid("import", ledger, file, *options)


# MARK: files that are no input at all

LINE = json.dumps(record(1), ensure_ascii=False)
REJECTS = Path(tempfile.gettempdir()) / "aidledger-test-rejects.jsonl"

NO_INPUT = {
    "empty": (b"", "holds no record"),
    "white space": (b"\n \n\r\n", "holds no record"),
    "byte-order mark alone": (b"\xef\xbb\xbf", "holds no record"),
    "binary": (random.Random(1).randbytes(100_000), "binary data"),
    "utf-16": (LINE.encode("utf-16"), "UTF-16; save it as UTF-8 or GB18030"),
    "utf-16 without mark": (LINE.encode("utf-16-le") * 5, "UTF-16"),
    "workbook": (b"PK\x03\x04" + bytes(100), "Excel workbook"),
    "gzip": (b"\x1f\x8b\x08" + bytes(100), "gzip archive"),
    "pdf": (b"%PDF-1.7\n", "PDF"),
    "database": (b"SQLite format 3\0" + bytes(100), "SQLite database"),
}


@pytest.mark.parametrize("name", NO_INPUT)
def test_file_that_is_no_input_changes_nothing(new_ledger, tmp_path, name):
    data, words = NO_INPUT[name]
    before = new_ledger.state()
    refused(given(new_ledger, tmp_path, data), BAD_INPUT, "in.jsonl", words)
    assert new_ledger.state() == before
    assert not list(tmp_path.glob("in.jsonl.*"))


def test_folder_instead_of_a_file(new_ledger, tmp_path):
    refused(aid("import", new_ledger, tmp_path), BAD_INPUT, str(tmp_path), "not a file")


def test_missing_file(new_ledger, tmp_path):
    missing = tmp_path / "missing.jsonl"
    refused(aid("import", new_ledger, missing), BAD_INPUT, str(missing), "No such file")


def test_missing_one_of_several_files_loses_none_of_the_others(new_ledger, tmp_path):
    (tmp_path / "there.jsonl").write_text(LINE)
    result = aid("import", new_ledger, tmp_path / "there.jsonl", tmp_path / "missing.jsonl")
    refused(result, BAD_INPUT, "missing.jsonl")
    assert ("test", "T-1") in new_ledger.keys_on_it()
    assert new_ledger.verify().is_sound()


def test_json_in_place_of_csv_and_csv_in_place_of_json(new_ledger, tmp_path):
    csv = tmp_path / "in.csv"
    done("sample", csv, "--entries", 400, "--mapping", "aid-approvals-zh")
    refused(aid("import", new_ledger, csv), BAD_INPUT)
    refused(given(new_ledger, tmp_path, LINE.encode(), "--mapping", "aid-approvals-zh"), BAD_INPUT)
    assert new_ledger.verify().is_sound()


def test_csv_with_a_missing_and_an_unknown_column_names_them(new_ledger, tmp_path):
    csv = tmp_path / "in.csv"
    done("sample", csv, "--entries", 400, "--mapping", "aid-approvals-zh")
    text = csv.read_text("utf-8-sig")
    csv.write_text(text.replace("审批编号", "编号", 1))
    result = aid("import", new_ledger, csv, "--mapping", "aid-approvals-zh")
    refused(result, BAD_INPUT, "编号")


# MARK: lines

def nested(depth):
    return b'{"body":' * depth + b"1" + b"}" * depth


LINES = {
    "cut off": (LINE[:60].encode(), "ends too early"),
    "not JSON": (b"kind,source,id", ""),
    "wrong encoding": (LINE.encode().replace("备".encode(), b"\xff\xfe"), "not valid UTF-8"),
    "latin-1": ('{"kind":"é"}'.encode("latin-1"), ""),
    "surrogate bytes": (LINE.encode().replace("备".encode(), b"\xed\xa0\x80"), "UTF-8"),
    "lone surrogate": (LINE.encode().replace("备".encode(), b"\\ud800"), "surrogate"),
    "swapped surrogates": (LINE.encode().replace("备".encode(), b"\\udc00\\ud800"), "surrogate"),
    "NUL": (LINE.encode().replace("备".encode(), b"\x00"), "NUL"),
    "escaped NUL": (LINE.encode().replace("备".encode(), b"\\u0000"), "U+0000"),
    "overlong NUL": (LINE.encode().replace("备".encode(), b"\xc0\x80"), "UTF-8"),
    "deep": (nested(100_000), "nested deeper than 16 levels"),
    "deep lists": (b'{"a":' + b"[" * 500_000, "nested deeper than 16 levels"),
    "one level too deep": (nested(17), "nested deeper than 16 levels"),
    "duplicate key": (b'{"kind":"case.noted",' + LINE.encode()[1:], "twice"),
    "escaped duplicate key": (b'{"\\u006bind":"case.noted",' + LINE.encode()[1:], "twice"),
    "duplicate key inside": (LINE.replace('"case": ', '"case": "x", "case": ').encode(), "twice"),
    "list": (b"[" + LINE.encode() + b"]", "not a JSON object"),
    "null": (b"null", "not a JSON object"),
    "string": (b'"x"', "not a JSON object"),
    "empty object": (b"{}", "missing"),
    "two objects": (LINE.encode() + LINE.encode(), ""),
    "text behind": (LINE.encode() + b" x", ""),
    "unknown kind": (LINE.replace("case.noted", "case.nothing").encode(), "case.nothing"),
    "program's kind": (b'{"kind":"ledger.created","source":"t","id":"1","area":"150500",'
                       b'"occurredOn":"2024-01-01","operator":"u","body":{}}', "ledger.created"),
    "program's source": (LINE.replace('"test"', '"aidledger"').encode(), "program itself"),
    "unknown member": (LINE.replace('"area"', '"seq": 5, "area"').encode(), "seq"),
    "wrong type": (LINE.replace('"150502"', "150502").encode(), "/area"),
    "day that does not exist": (LINE.replace("2024-05-06", "2024-02-30").encode(), "/occurredOn"),
    "day to come": (LINE.replace("2024-05-06", "2999-05-06").encode(), "/occurredOn"),
    "single quotes": (LINE.replace('"', "'").encode(), ""),
    "comment": (b"// " + LINE.encode(), ""),
    "trailing comma": (LINE.encode()[:-1] + b",}", ""),
}


@pytest.fixture(scope="module")
def line_results(tmp_path_factory):
    """All bad lines in one file, a good one between every two: each is refused by itself."""
    folder = tmp_path_factory.mktemp("lines")
    ledger = Ledger.make(folder / "a.db")
    good = [json.dumps(record(1000 + number)).encode() for number in range(len(LINES))]
    file = folder / "in.jsonl"
    file.write_bytes(b"".join(bad + b"\n" + one + b"\n"
                              for (bad, _), one in zip(LINES.values(), good)))
    result = aid("import", ledger, file)
    return ledger, file, result, records_of(f"{file}.rejects.jsonl")


def test_good_lines_between_bad_ones_are_all_recorded(line_results):
    ledger, _, result, rejects = line_results
    refused(result, BAD_INPUT)
    assert {("test", f"T-{1000 + number}") for number in range(len(LINES))} <= ledger.keys_on_it()
    assert [line["rejected"]["line"] for line in rejects] == list(range(1, 2 * len(LINES), 2))
    assert ledger.verify().is_sound()


@pytest.mark.parametrize("name", LINES)
def test_bad_line_is_refused_with_its_reason(line_results, name):
    line = line_results[3][list(LINES).index(name)]
    reasons = json.dumps(line["rejected"]["errors"], ensure_ascii=False)
    assert line["rejected"]["errors"] and LINES[name][1] in reasons, reasons


@pytest.mark.parametrize("name", LINES)
def test_bad_line_is_kept_as_it_stood(line_results, name):
    line = line_results[3][list(LINES).index(name)]
    bad = LINES[name][0]
    if "record" in line:
        assert line["record"] == json.loads(bad)
    elif "text" in line:
        assert line["text"].encode() == bad
    else:
        assert base64.b64decode(line["base64"]) == bad


def test_sixteen_levels_are_no_fault_of_depth(new_ledger, tmp_path):
    result = given(new_ledger, tmp_path, nested(16))
    assert result.status == BAD_INPUT and "nested deeper" not in result.err, result


NO_AMOUNTS = ["1e2", "1.0", "-1", "01", "+1", "9007199254740992", "1e400", "99999999999999999999",
              "0x10", "NaN", "Infinity", "true", '"5"', "null", "[5]", ""]


def test_numbers_that_are_no_amounts_are_refused(new_ledger, tmp_path):
    text = json.dumps(application(1))
    lines = [text.replace('"requestedFen": 10001', f'"requestedFen": {number}')
             for number in NO_AMOUNTS]
    result = given(new_ledger, tmp_path, "\n".join(lines).encode())
    refused(result, BAD_INPUT)
    rejects = records_of(tmp_path / "in.jsonl.rejects.jsonl")
    assert [line["rejected"]["line"] for line in rejects] == list(range(1, len(lines) + 1))
    assert new_ledger.rows("SELECT * FROM aid_applied") == []


def test_minus_zero_is_zero(new_ledger, tmp_path):
    text = json.dumps(application(1)).replace('"requestedFen": 10001', '"requestedFen": -0')
    assert given(new_ledger, tmp_path, text.encode()).status == FINE
    assert b'"requestedFen":0' in new_ledger.value("SELECT bytes FROM entry WHERE id = 'T-1'")
    assert new_ledger.verify().is_sound()


def test_entry_that_would_be_too_long_is_refused(new_ledger):
    claims = [{"source": "s" * 64, "id": f"{number:0128}"} for number in range(1000)]
    result = new_ledger.take([application(1, claims=claims), record(2)])
    refused(result, BAD_INPUT, "65535")
    assert ("test", "T-2") in new_ledger.keys_on_it()
    assert new_ledger.verify().is_sound()


def test_mutated_lines_never_do_harm(small_ledger, tmp_path):
    """Single bytes changed at random: each line is taken or refused, and all stays sound."""
    ledger = Ledger.make(tmp_path / "a.db")
    chance = random.Random(7)
    lines = (small_ledger.path.parent / "small.jsonl").read_bytes().splitlines()
    mutated = []
    for line in lines * 2:
        line = bytearray(line)
        for _ in range(chance.randrange(1, 4)):
            line[chance.randrange(len(line))] = chance.choice(b'"\\{}[],:0\x00\x80\xffeE-. ')
        mutated.append(bytes(line).replace(b"\n", b" "))
    result = given(ledger, tmp_path, b"\n".join(mutated), "--json", "--encoding", "utf8")
    refused(result, BAD_INPUT)
    last = result.json_lines()[-1]
    blank = sum(not line.strip() for line in mutated)
    assert last["accepted"] + last["duplicates"] + last["rejected"] == len(mutated) - blank
    assert ledger.verify().is_sound()


def test_very_long_line_takes_no_memory(new_ledger, tmp_path):
    """300 MB without a line end, through a pipe."""
    process = start("import", new_ledger, "-", "--rejects", tmp_path / "r.jsonl",
                    stdin=subprocess.PIPE)
    chunk = b"x" * 1_000_000
    process.stdin.write(b'{"kind":"')
    for _ in range(300):
        process.stdin.write(chunk)
    process.stdin.write(b"\n" + LINE.encode() + b"\n")
    process.stdin.close()
    error = process.stderr.read().decode()
    process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close(), process.stderr.close()
    assert process.returncode == BAD_INPUT, error
    assert usage.ru_maxrss < 200_000  # kB
    assert "stdin:1: " in error and "1048576" in error
    assert ("test", "T-1") in new_ledger.keys_on_it()
    assert (tmp_path / "r.jsonl").stat().st_size < 10_000


# MARK: ledgers that are none, or not whole

COMMANDS = {"verify": [], "show": ["0"], "rebuild": [], "checkpoint": [], "import": ["-"],
            "report": None}


def run(command, ledger, *options, **how):
    if command == "report":
        return aid("report", "fund-use", ledger, "--year", "2023", "-o", "-", *options, **how)
    return aid(command, ledger, *COMMANDS[command], *options, stdin=LINE.encode(), **how)


@pytest.mark.parametrize("command", COMMANDS)
def test_what_is_no_ledger_is_left_alone(tmp_path, command):
    text = tmp_path / "text.db"
    text.write_text("Not a ledger.\n" * 1000)
    empty = tmp_path / "empty.db"
    empty.write_bytes(b"")
    other = tmp_path / "other.db"
    with contextlib.closing(connect(other)) as database:
        database.execute("CREATE TABLE t (x)")
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    missing = tmp_path / "missing.db"
    refused(run(command, missing), COULD_NOT, f"there is no ledger at {missing}", "init")
    refused(run(command, tmp_path), COULD_NOT, f"{tmp_path} is a folder")
    for file in (text, empty, other):
        refused(run(command, file), COULD_NOT, f"{file} is not a ledger")
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


@pytest.mark.parametrize("command", COMMANDS)
def test_ledger_of_a_newer_format_is_left_alone(new_ledger, command):
    with contextlib.closing(connect(new_ledger)) as database:
        database.execute("PRAGMA user_version = 2")
    before = new_ledger.content()
    refused(run(command, new_ledger), COULD_NOT, "has format 2", "up to 1", "newer")
    assert new_ledger.content() == before


@pytest.mark.parametrize("command", COMMANDS)
def test_ledger_without_its_first_entry_is_not_to_be_thrown_away(ledger, command):
    """Where entry 0 is gone and others are there, nobody is told to remove the ledger."""
    tamper(ledger, "DELETE FROM entry WHERE seq = 0")
    result = run(command, ledger)
    assert "remove it" not in result.text, result


def test_init_touches_nothing_that_is_there(new_ledger, tmp_path):
    before = new_ledger.state(), (new_ledger.keys / "signing.key").read_bytes()
    refused(aid("init", new_ledger, "--origin", ORIGIN), COULD_NOT, "exists already")
    assert (new_ledger.state(), (new_ledger.keys / "signing.key").read_bytes()) == before
    for suffix in (".vault", ".vkey", ".keys/signing.key"):
        path = tmp_path / f"other{suffix[1:3]}.db{suffix}"
        path.parent.mkdir(exist_ok=True)
        path.write_text("precious")
        ledger = str(path)[:-len(suffix)]
        refused(aid("init", ledger, "--origin", ORIGIN), COULD_NOT, "exists already")
        assert path.read_text() == "precious"
        assert not os.path.exists(ledger)


@pytest.mark.parametrize("origin", ["", "a b/150500", "a+b/150500", "a\nb/150500", "no-area"])
def test_init_refuses_an_origin_that_cannot_be(tmp_path, origin):
    result = aid("init", tmp_path / "a.db", "--origin", origin)
    refused(result, BAD_INPUT)
    assert list(tmp_path.iterdir()) == []


def test_init_into_a_missing_folder(tmp_path):
    refused(aid("init", tmp_path / "no" / "a.db", "--origin", ORIGIN), COULD_NOT, str(tmp_path))


# MARK: keys and vault

@pytest.fixture
def stranger(tmp_path):
    """Another ledger, of the same name."""
    (tmp_path / "stranger").mkdir()
    return Ledger.make(tmp_path / "stranger" / "s.db")


def test_missing_keys_folder(ledger):
    before = ledger.state()
    shutil.rmtree(ledger.keys)
    refused(run("import", ledger), COULD_NOT, "key", str(ledger.keys), "--keys")
    refused(run("checkpoint", ledger), COULD_NOT, "signing key", "--keys")
    assert ledger.state() == before
    verdict = ledger.verify()
    assert verdict.is_sound() and "not checked: vault" in verdict.result.out
    assert run("report", ledger).status == FINE
    assert run("show", ledger).status == FINE


def test_keys_elsewhere(ledger, tmp_path):
    """Under other names, too: they are found by their ids."""
    elsewhere = tmp_path / "safe"
    elsewhere.mkdir()
    for number, file in enumerate(ledger.keys.iterdir()):
        shutil.move(file, elsewhere / f"{number}.txt")
    result = run("import", ledger, "--keys", elsewhere)
    assert result.status == FINE, result
    assert ledger.verify("--keys", elsewhere).is_sound()
    nowhere = elsewhere.with_name("nowhere")
    answer = done("verify", ledger, "--keys", nowhere)
    assert f"--keys {nowhere}: there is no such folder" in answer.err


@pytest.mark.parametrize("name", ["vault.key", "index.key"])
def test_key_of_another_ledger(ledger, stranger, name):
    before = ledger.state()
    shutil.copy(stranger.keys / name, ledger.keys / name)
    refused(run("import", ledger), COULD_NOT, name[:-4] + " key", "--keys")
    assert ledger.state() == before
    # Whether keys or vault are the wrong ones cannot be told, so it is no clean bill of health.
    ledger.verify().says(f"the keys in {ledger.keys} are not those of this vault")


def test_folder_of_another_ledgers_keys_is_told(ledger, stranger):
    """It is the folder that is wrong, and not the ledger."""
    verdict = ledger.verify("--keys", stranger.keys)
    assert verdict.is_sound()
    assert f"not checked: vault: {stranger.keys} holds another ledger's keys" in verdict.result.out


def test_signing_key_of_another_ledger(ledger, stranger):
    """Records are taken all the same; that there is no checkpoint is said."""
    shutil.copy(stranger.keys / "signing.key", ledger.keys / "signing.key")
    result = run("import", ledger)
    assert result.status == FINE and "no checkpoint was signed" in result.err, result
    refused(run("checkpoint", ledger), COULD_NOT, "signing key")
    assert ledger.verify().is_sound()


@pytest.mark.parametrize("name", ["signing.key", "vault.key", "index.key"])
def test_damaged_key_file_is_named(ledger, name):
    before = ledger.state()
    file = ledger.keys / name
    text = file.read_text()
    flipped = text[:-8] + ("A" if text[-8] != "A" else "B") + text[-7:]
    for damaged in (text[:-10].encode(), b"", bytes(range(256)), flipped.encode()):
        file.write_bytes(damaged)
        refused(run("import", ledger), BAD_INPUT, str(file))
    assert ledger.state() == before
    file.write_text(text)
    assert ledger.verify().is_sound()


def test_missing_vault(ledger):
    before = dump(ledger)
    ledger.vault.rename(ledger.vault.with_suffix(".away"))
    for suffix in ("-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            os.remove(f"{ledger.vault}{suffix}")
    refused(run("import", ledger), COULD_NOT, str(ledger.vault), "missing")
    assert dump(ledger) == before and not ledger.vault.exists()
    verdict = ledger.verify()
    assert verdict.is_sound() and "not checked: vault" in verdict.result.out
    assert run("report", ledger).status == FINE


def test_ledger_as_vault(ledger):
    shutil.copy(ledger.path, ledger.vault)
    for suffix in ("-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            os.remove(f"{ledger.vault}{suffix}")
    refused(run("import", ledger), COULD_NOT, str(ledger.vault))
    assert ledger.verify().status in (NO, COULD_NOT)


# MARK: locks, rights and room

@pytest.fixture(scope="module", autouse=True)
def locked_import(small_ledger, tmp_path_factory):
    """An import into a ledger that another program holds, begun early because it is patient."""
    ledger = small_ledger.copy_to(tmp_path_factory.mktemp("locked") / "copy")
    holder = open(ledger.lock, "a")
    fcntl.flock(holder, fcntl.LOCK_EX)
    process = start("import", ledger, "-", stdin=subprocess.PIPE)
    process.stdin.write(LINE.encode())
    process.stdin.close()
    process.stdin = None
    yield ledger, process
    holder.close()


def test_locked_ledger_is_read_and_not_written(locked_import):
    ledger, process = locked_import
    assert ledger.verify().is_sound()
    out, error = process.communicate(timeout=60)
    assert process.returncode == COULD_NOT, error
    assert "another program is writing" in error.decode() and "try again" in error.decode()
    assert ("test", "T-1") not in ledger.keys_on_it()


def test_short_lock_is_waited_for(ledger):
    with open(ledger.lock, "a") as holder:
        fcntl.flock(holder, fcntl.LOCK_EX)
        process = start("import", ledger, "-", stdin=subprocess.PIPE)
        process.stdin.write(LINE.encode())
        process.stdin.close()
        process.stdin = None
        time.sleep(0.7)
        assert process.poll() is None
    _, error = process.communicate(timeout=60)
    assert process.returncode == FINE, error
    assert ("test", "T-1") in ledger.keys_on_it()


def test_read_only_folder_is_read_and_not_written(ordinary_user):
    ledger, how = ordinary_user
    for suffix in ("-wal", "-shm"):
        for path in (ledger.path, ledger.vault):
            with contextlib.suppress(FileNotFoundError):
                os.remove(f"{path}{suffix}")
    for file in ledger.path.parent.glob("a.db*"):
        if file.is_file():
            file.chmod(0o444)
    ledger.path.parent.chmod(0o555)
    before = ledger.files()
    refused(run("import", ledger, "--rejects", REJECTS, **how), COULD_NOT,
            str(ledger.path.parent), "read-only")
    refused(run("checkpoint", ledger, **how), COULD_NOT, "read-only")
    refused(run("rebuild", ledger, **how), COULD_NOT, "read-only")
    assert ledger.files() == before
    for command in ("verify", "show", "report"):
        result = run(command, ledger, **how)
        assert result.status == FINE, (command, result)
    assert ledger.files() == before


def test_read_only_file_is_not_written(ordinary_user):
    ledger, how = ordinary_user
    before = dump(ledger)
    ledger.path.chmod(0o444)
    refused(run("import", ledger, "--rejects", REJECTS, **how), COULD_NOT,
            str(ledger), "read-only")
    assert dump(ledger) == before


def test_unreadable_ledger(ordinary_user):
    ledger, how = ordinary_user
    ledger.path.chmod(0o000)
    for command in COMMANDS:
        refused(run(command, ledger, **how), COULD_NOT,
                f"{ledger}: it cannot be read: Permission denied")
    ledger.path.chmod(0o644)


def test_folder_without_right_to_write_rejects(ordinary_user, tmp_path):
    ledger, how = ordinary_user
    before = ledger.state()
    result = run("import", ledger, "--rejects", "/proc/rejects.jsonl", **how)
    refused(result, COULD_NOT, "/proc/rejects.jsonl")
    assert ledger.state() == before


def test_init_in_a_read_only_folder(ordinary_user):
    ledger, how = ordinary_user
    ledger.path.parent.chmod(0o555)
    before = sorted(os.listdir(ledger.path.parent))
    refused(aid("init", ledger.path.parent / "new.db", "--origin", ORIGIN, **how), COULD_NOT,
            "new.db")
    assert sorted(os.listdir(ledger.path.parent)) == before


def test_full_disk_loses_nothing_acknowledged(small_disk, sample_file, tmp_path):
    ledger = Ledger.make(small_disk / "a.db")
    records = records_of(sample_file)
    lines = tmp_path / "long.jsonl"  # long lines make small batches
    with open(lines, "wb") as file:
        for line in sample_file.read_bytes().splitlines():
            file.write(line + b" " * 40_000 + b"\n")
    result = aid("import", ledger, lines, "--json")
    refused(result, COULD_NOT, "disk", "full", "make room")
    count = max((line["committedThroughLine"] for line in result.json_lines()), default=0)
    assert 0 < count < 2000
    assert {(one["source"], one["id"]) for one in records[:count]} <= ledger.keys_on_it()
    assert ledger.verify().is_sound()
    subprocess.run(["mount", "-o", "remount,size=64m", small_disk], check=True)
    done("import", ledger, lines)
    assert {(one["source"], one["id"]) for one in records} <= ledger.keys_on_it()
    assert ledger.verify().is_sound()


def test_init_on_a_full_disk(small_disk):
    (small_disk / "filler").write_bytes(bytes(3 * 1024 * 1024 - 64 * 1024))
    result = aid("init", small_disk / "a.db", "--origin", ORIGIN)
    refused(result, COULD_NOT, "full")
    os.remove(small_disk / "filler")
    again = aid("init", small_disk / "a.db", "--origin", ORIGIN)
    assert again.status == FINE, again


def test_rejects_on_a_full_disk_are_told(small_disk, new_ledger, tmp_path):
    (small_disk / "filler").write_bytes(bytes(3 * 1024 * 1024 - 64 * 1024))
    bad = "".join(json.dumps(application(number, {"sex": "x", "name": "试" * 120})) + "\n"
                  for number in range(500))
    result = aid("import", new_ledger, "-", "--rejects", small_disk / "r.jsonl",
                 stdin=bad.encode())
    refused(result, COULD_NOT, str(small_disk / "r.jsonl"))
    assert new_ledger.verify().is_sound()


# MARK: results that cannot be written

@pytest.mark.parametrize("arguments", [
    ["show", "{}", "0"], ["show", "{}", "0", "--bytes"], ["verify", "{}"], ["checkpoint", "{}"],
    ["report", "fund-use", "{}", "--year", "2023", "-o", "-"], ["sample", "-", "--entries", "50"],
    ["kinds", "list"]], ids=lambda arguments: arguments[0])
def test_result_that_cannot_be_written_is_no_success(ledger, arguments):
    """Standard output on a full disk."""
    with open("/dev/full", "wb") as full:
        process = subprocess.run([PROGRAM, *(str(a).format(ledger) for a in arguments)],
                                 stdout=full, stderr=subprocess.PIPE, env=ENVIRONMENT)
    assert process.returncode == COULD_NOT, process.stderr


@pytest.mark.parametrize("arguments", [
    ["checkpoint", "{}"], ["report", "fund-use", "{}", "--year", "2023"]],
    ids=lambda arguments: arguments[0])
def test_output_into_a_pipe_leaves_it_a_pipe(ledger, tmp_path, arguments):
    """What is no regular file is written to, not replaced."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    process = start(*(a.format(ledger) for a in arguments), "-o", pipe)
    descriptor = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    data, deadline = b"", time.time() + 20
    while (process.poll() is None or not data) and time.time() < deadline:
        with contextlib.suppress(BlockingIOError):
            data += os.read(descriptor, 1 << 20)
        time.sleep(0.01)
    process.kill()
    process.communicate()
    os.close(descriptor)
    assert stat.S_ISFIFO(os.stat(pipe).st_mode)
    assert data


def test_output_into_a_missing_folder(ledger, tmp_path):
    target = tmp_path / "no" / "file"
    for arguments in (["checkpoint", ledger], ["report", "fund-use", ledger, "--year", "2023"]):
        refused(aid(*arguments, "-o", target), COULD_NOT, str(target))
    refused(aid("sample", target, "--entries", 5), COULD_NOT, str(target))


def test_sample_without_a_home_leaves_the_file_as_it_is(tmp_path):
    """The rulebooks that it adopts are read before the file is opened."""
    file = tmp_path / "s.jsonl"
    file.write_text("mine\n")
    refused(aid("sample", file, "--entries", 5, "--home", tmp_path), BAD_INPUT, "--home")
    assert file.read_text() == "mine\n"


def test_wrong_arguments_of_sample_leave_the_file_as_it_is(tmp_path):
    file = tmp_path / "precious.jsonl"
    file.write_text("precious")
    refused(aid("sample", file, "--entries", 5, "--mapping", "nothing"), BAD_INPUT, "nothing",
            "settlement-5203")
    assert file.read_text() == "precious"


# MARK: the command line

@pytest.mark.parametrize("arguments", [
    ["nothing"], ["--nothing"], ["import"], ["import", "{}"], ["verify"], ["verify", "{}", "more"],
    ["import", "{}", "-", "--nothing"], ["import", "{}", "-", "--encoding", "latin1"],
    ["import", "{}", "-", "--mapping", "nothing"], ["import", "{}", "-", "--strict", "--dry-run"],
    ["show", "{}"], ["show", "{}", "x"], ["show", "{}", "--", "-1"], ["show", "{}", "99999"],
    ["show", "{}", "99999999999999999999"], ["show", "{}", "1.5"],
    ["show", "{}", "0", "--lang", "fr"],
    ["verify", "{}", "--checkpoint", "missing"], ["verify", "{}", "--checkpoint", "{}"],
    ["init", "x.db"], ["sample", "x"], ["sample", "x", "--entries", "0"],
    ["sample", "x", "--entries", "-5"], ["sample", "x", "--entries", "1e3"],
    ["sample", "x", "--entries", "5", "--seed", "-1"], ["verify", "{}", "--home", "/proc"],
    ["report", "fund-use", "{}"], ["kinds", "nothing"]],
    ids=lambda arguments: " ".join(arguments).replace("{}", "LEDGER"))
def test_wrong_usage_is_told(small_ledger, tmp_path, arguments):
    result = aid(*(str(a).format(small_ledger) for a in arguments), stdin=LINE.encode(),
                 cwd=tmp_path)
    refused(result, BAD_INPUT)
    assert result.err.strip() and result.out == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["init", "import", "show", "verify", "rebuild", "checkpoint",
                                     "report", "sample", "kinds"])
def test_each_command_has_help(command):
    assert "USAGE: aidledger " + command in done(command, "--help").out


def test_reader_that_goes_away_is_no_error_to_shout_about(small_ledger):
    process = subprocess.Popen(
        f"{PROGRAM} sample - --entries 20000 | head -1", shell=True, env=ENVIRONMENT,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    out, error = process.communicate(timeout=60)
    assert out.count(b"\n") == 1 and error == b""


@pytest.mark.parametrize("options, words", [
    (["--area", "12"], "six digits"), (["--area", "12345x"], "six digits"),
    (["--operator", ""], "must not be empty")])
@pytest.mark.parametrize("mode", [[], ["--strict"], ["--dry-run"]])
def test_what_goes_into_the_closing_entry_is_looked_at_first(new_ledger, tmp_path, options, words,
                                                             mode):
    file = tmp_path / "one.jsonl"
    file.write_text(LINE + "\n")
    before = new_ledger.content()
    refused(aid("import", new_ledger, file, *options, *mode), BAD_INPUT, words)
    assert new_ledger.content() == before


def test_a_verifier_key_is_not_overwritten(ledger):
    before = ledger.vkey.read_bytes()
    refused(aid("checkpoint", ledger, "-o", ledger.vkey), BAD_INPUT, "not overwritten")
    assert ledger.vkey.read_bytes() == before


def test_a_file_cut_short_is_not_sound(ledger):
    """Not a failure to look, which a script would take for a reason to try again."""
    data = ledger.path.read_bytes()
    ledger.path.write_bytes(data[:len(data) // 2])
    result = aid("verify", ledger)
    assert result.status == NO and "NOT SOUND" in result.out, result


def test_an_auditor_without_right_to_keys_and_vault_can_verify(ordinary_user):
    ledger, how = ordinary_user
    private = [Path(f"{ledger}.keys"), Path(f"{ledger}.vault")]
    rights = [path.stat().st_mode for path in private]
    for path in private:
        path.chmod(0)
    result = aid("verify", ledger, **how)
    others = [aid(*command, **how) for command in (
        ["trace", ledger, "entry", 1, "--no-findings"], ["access", ledger])]
    for path, mode in zip(private, rights):
        path.chmod(mode)
    for other in others:
        assert other.status == FINE, other
        assert f"{ledger}.vault: it cannot be read: Permission denied" in other.err, other
    assert result.status == FINE, result
    assert "not checked: vault: there is no right to read it" in result.out, result
    assert "compared by its hashes" in result.err, result


def test_a_verifier_key_without_right_to_read_it_is_no_other_key(ordinary_user):
    ledger, how = ordinary_user
    mode = ledger.vkey.stat().st_mode
    ledger.vkey.chmod(0)
    result = aid("verify", ledger, **how)
    ledger.vkey.chmod(mode)
    assert result.status == FINE, result
    assert f"note: {ledger.vkey}: it cannot be read: Permission denied" in result.out, result


HOSTILE = {"operator": "u\x1b[2J\x1b[31m\x07", "id": "a\nin.jsonl: 2 recorded", "area": "\u202e10",
           "kind": "\u2028x\x9b"}


@pytest.mark.parametrize("field", HOSTILE)
def test_what_is_refused_gives_no_orders_to_the_terminal(new_ledger, tmp_path, field):
    line = json.dumps({**record(1), field: HOSTILE[field]}, ensure_ascii=False).encode()
    answer = given(new_ledger, tmp_path, line)
    refused(answer, BAD_INPUT, f"in.jsonl:1: /{field}: ")
    forbidden = "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]"
    assert not re.search(forbidden, answer.out + answer.err), answer
    assert not re.search("(?m)^in.jsonl: 2 recorded", answer.out + answer.err), answer
