"""The benchmark measures what it says: the C program does its work, and a fall is noticed."""

import contextlib
import hashlib
import json
import os
import shutil
import signal
import struct
import subprocess
import sys
import time
from pathlib import Path

import pytest

from harness import CHECKOUT, ENVIRONMENT, PROGRAM, connect, tamper

sys.path.insert(0, str(CHECKOUT / "Benchmarks"))
import figures  # noqa: E402
from measurements import Pair, Result, Timing  # noqa: E402

ROWS = [("源", "A-1", b"one"), ("s", "A-1", b""), ("s", "A-2", bytes(range(256)) * 40)]


@pytest.fixture(scope="session")
def baseline(tmp_path_factory):
    """The C program, compiled as scripts/bench does it."""
    headers = "#include <sqlite3.h>\n#include <openssl/sha.h>\n"
    if not shutil.which("cc") or subprocess.run(
            ["cc", "-fsyntax-only", "-x", "c", "-"], input=headers.encode(),
            capture_output=True).returncode != 0:
        pytest.skip("no C compiler, or no headers of SQLite and OpenSSL")
    program = tmp_path_factory.mktemp("baseline") / "baseline"
    subprocess.run(
        ["cc", "-O2", "-Wall", "-Wextra", "-Werror", "-o", program,
         CHECKOUT / "Benchmarks/baseline.c", "-lsqlite3", "-lcrypto"], check=True)
    return program


def called(*command):
    return subprocess.run([str(part) for part in command], capture_output=True, text=True,
                          timeout=60)


def rows_file(path, rows):
    path.write_bytes(b"".join(
        struct.pack("<3I", len(source.encode()), len(name), len(data))
        + source.encode() + name.encode() + data for source, name, data in rows))
    return path


def kept(database):
    with contextlib.closing(connect(database)) as connection:
        return connection.execute("SELECT * FROM entry ORDER BY seq").fetchall()


def chained(rows):
    """What must be kept of the rows."""
    result, hash = [], bytes(32)
    for seq, (source, name, data) in enumerate(rows):
        hash = hashlib.sha256(hash + data).digest()
        result.append((seq, source, name, data, hash))
    return result


# MARK: the C program

@pytest.mark.parametrize("batch", [1, 2, 3, 100])
def test_rows_are_kept_under_a_chain(baseline, tmp_path, batch):
    database = tmp_path / "a.db"
    result = called(baseline, "append", rows_file(tmp_path / "rows", ROWS), database,
                    "--batch", batch)
    assert result.returncode == 0, result
    assert json.loads(result.stdout)["rows"] == 3
    assert kept(database) == chained(ROWS)


def test_a_database_is_continued(baseline, tmp_path):
    database = tmp_path / "a.db"
    for rows in ROWS[:2], ROWS[2:]:
        result = called(baseline, "append", rows_file(tmp_path / "rows", rows), database,
                        "--batch", 10)
        assert (result.returncode, json.loads(result.stdout)["rows"]) == (0, len(rows))
    assert kept(database) == chained(ROWS)


def test_closing_leaves_one_file_that_is_in_wal_mode(baseline, tmp_path):
    database = tmp_path / "a.db"
    called(baseline, "append", rows_file(tmp_path / "rows", ROWS), database, "--batch", 1)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.db", "rows"]
    with contextlib.closing(connect(database)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_each_commit_waits_for_the_disk(baseline, tmp_path):
    """One a row, or the comparison would be with a program that promises less."""
    if not shutil.which("strace"):
        pytest.skip("no strace")
    rows = [("s", f"A-{number}", b"x") for number in range(50)]
    trace = tmp_path / "trace"
    called("strace", "-e", "trace=fsync,fdatasync", "-o", trace, baseline, "append",
           rows_file(tmp_path / "rows", rows), tmp_path / "a.db", "--batch", 1)
    assert len(kept(tmp_path / "a.db")) == 50
    assert sum("sync(" in line for line in trace.read_text().splitlines()) >= 50


def test_the_same_key_twice_is_refused(baseline, tmp_path):
    rows = [("s", "A", b"1"), ("s", "A", b"2")]
    result = called(baseline, "append", rows_file(tmp_path / "rows", rows), tmp_path / "a.db",
                    "--batch", 1)
    assert result.returncode == 3 and "UNIQUE" in result.stderr
    assert kept(tmp_path / "a.db") == chained(rows[:1])


@pytest.mark.parametrize("cut", [1, 5, 250 * 40, 256 * 40 + 5])
def test_a_file_that_is_cut_off_is_refused(baseline, tmp_path, cut):
    path = rows_file(tmp_path / "rows", ROWS)
    path.write_bytes(path.read_bytes()[:-cut])
    result = called(baseline, "append", path, tmp_path / "a.db", "--batch", 1)
    assert (result.returncode, result.stderr) == (3, "baseline: the last row is cut off\n")


def test_a_true_ledger_is_found_so(baseline, small_ledger):
    result = called(baseline, "verify", small_ledger)
    assert result.returncode == 0, result
    assert json.loads(result.stdout)["rows"] == small_ledger.size()


def test_all_claims_are_read(baseline, small_ledger):
    result = called(baseline, "read", small_ledger, "claim_settled")
    assert result.returncode == 0, result
    assert json.loads(result.stdout)["rows"] == small_ledger.value(
        "SELECT count(*) FROM claim_settled") > 0


def test_a_table_that_is_not_there_is_not_read(baseline, small_ledger):
    result = called(baseline, "read", small_ledger, 'no"table')
    assert result.returncode == 3 and "no such table" in result.stderr


@pytest.mark.parametrize("column", ["bytes", "leafHash"])
def test_a_flipped_byte_is_found(baseline, ledger, column):
    data = ledger.value(f"SELECT {column} FROM entry WHERE seq = 100")
    tamper(ledger, f"UPDATE entry SET {column} = ? WHERE seq = 100",
           data[:-2] + bytes([data[-2] ^ 1]) + data[-1:])
    result = called(baseline, "verify", ledger)
    assert (result.returncode, result.stderr) == (1, "baseline: row 100 differs\n")
    assert json.loads(result.stdout)["rows"] == ledger.size()


@pytest.mark.parametrize("arguments", [
    [], ["verify"], ["read", "a.db"], ["append", "rows", "a.db"],
    ["append", "rows", "a.db", "--batch", "0"], ["append", "rows", "a.db", "--batch", "3x"]])
def test_wrong_calls_are_told(baseline, tmp_path, arguments):
    result = subprocess.run([baseline, *arguments], cwd=tmp_path, capture_output=True, text=True)
    assert result.returncode == 2 and result.stderr.startswith("usage:")


# MARK: ratios

BOOK = """Prose with | a bar.

| Other | Ratio |
|---|---|
| x | 7 |

<!-- figures -->
| Item | Measured | Rows    | Ratio | Spread      |
| ---- | -------- | ------- | ----- | ----------- |
| a    | append   | 200,000 | 0.600 | 0.550–0.610 |
| c    | import   | 203,165 | 0.200 | 0.190–0.210 |
<!-- end of figures -->

More prose.
"""


def result_of(item, what, rows, *pairs):
    """Seconds of ours and of what it is compared with."""
    def timing(seconds):
        return Timing(rows, seconds, 2048, 1_000)
    return Result(item, what, "C", 0.5, [Pair(timing(ours), timing(bare)) for ours, bare in pairs])


def test_a_ratio_is_the_median_of_pairs():
    result = result_of("a", "append", 1_000, (1, 0.5), (10, 9), (2, 0.2))
    assert result.ratio == 0.5
    assert result.spread == (0.1, 0.9)


def test_the_recorded_ratios_are_read_from_the_table():
    assert figures.recorded(BOOK) == {"a": figures.Recorded(200_000, 0.6),
                                      "c": figures.Recorded(203_165, 0.2)}


def test_a_fall_of_more_than_a_fifth_is_named():
    comparison = figures.compared(BOOK, [result_of("a", "append", 200_000, (100, 47)),
                                         result_of("c", "import", 203_170, (100, 17))])
    assert comparison.fallen == ["a append: 0.470, recorded 0.600"]
    assert comparison.kept == ["c import: 0.170, recorded 0.200"]


def test_a_fall_of_less_and_a_rise_are_none():
    comparison = figures.compared(BOOK, [result_of("a", "append", 200_000, (100, 49)),
                                         result_of("c", "import", 203_165, (100, 90))])
    assert comparison.fallen == comparison.not_compared == []
    assert len(comparison.kept) == 2


def test_other_sizes_and_other_items_are_not_compared():
    comparison = figures.compared(BOOK, [result_of("a", "append", 20_000, (100, 1)),
                                         result_of("b", "one", 2_000, (100, 1))])
    assert comparison.fallen == comparison.kept == []
    assert comparison.not_compared == [
        "a append: recorded with 200,000 rows, measured with 20,000",
        "b one: no ratio is recorded"]


def test_what_is_recorded_is_read_again_and_prose_stays():
    results = [result_of("a", "append", 200_000, (3, 1)), result_of("b", "one", 2_000, (2, 1.9))]
    book = figures.replaced(BOOK, "figures", figures.table(results))
    assert figures.recorded(book) == {"a": figures.Recorded(200_000, 0.333),
                                      "b": figures.Recorded(2_000, 0.95)}
    before, after = BOOK.split("| Item")[0], BOOK.split("<!-- end")[1]
    assert book.startswith(before) and book.endswith(after)


def test_the_table_says_what_was_measured():
    row = next(figures.table_rows(figures.table([result_of("a", "append", 1_000, (0.01, 0.004))])))
    assert (row["Rows/s"], row["µs/row"], row["Rows/s against"], row["Ratio"], row["Peak MiB"]) == (
        "100,000", "10.00", "250,000", "0.400", "2")
    assert row["Target"] == "≥ 0.50 missed"


def test_a_book_without_the_block_is_refused():
    with pytest.raises(figures.NoSuchBlock):
        figures.replaced(BOOK, "growth", "")


def test_the_books_blocks_are_there():
    book = (CHECKOUT / "BENCHMARKS.md").read_text("utf-8")
    for block in "figures", "growth":
        assert figures.replaced(book, block, "x") != book


# MARK: the whole

def bench(folder, *arguments, **environment):
    """As a terminal starts it: a shell's background jobs ignore SIGINT, and hand that on."""
    return subprocess.Popen(
        [sys.executable, "-B", CHECKOUT / "Benchmarks/bench.py", "--folder", folder, "--rows",
         "300", "--runs", "1", "--only", "e1", *arguments],
        env={**ENVIRONMENT, "AIDLEDGER": PROGRAM, **environment}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "work"
    path.mkdir()
    return path


@pytest.mark.parametrize("recorded, status, word", [
    ("1000", 1, "FALLEN: e1 verify: "), ("0.00001", 0, "kept: e1 verify: "),
    (None, 3, "not compared: e1 verify: no ratio is recorded")])
def test_check_tells_by_its_status(baseline, folder, tmp_path, recorded, status, word):
    book = tmp_path / "book.md"
    rows = json.loads(bench(folder, "--json", BASELINE=str(baseline)).communicate()[0])
    count = rows["items"][0]["pairs"][0]["ours"]["rows"]
    book.write_text("" if recorded is None else
                    f"| Item | Rows | Ratio |\n|---|---|---|\n| e1 | {count} | {recorded} |\n")
    process = bench(folder, "--check", "--book", book, BASELINE=str(baseline))
    output, errors = process.communicate(timeout=60)
    assert process.returncode == status, errors
    assert word in errors
    assert "| e1 " in output
    assert list(folder.iterdir()) == []


def test_publishing_and_auditing_are_measured(baseline, folder):
    output, errors = bench(folder, "--only", "g,h", "--json",
                           BASELINE=str(baseline)).communicate(timeout=60)
    items = json.loads(output)["items"]
    assert [item["item"] for item in items] == ["g1", "g2", "h"], errors
    for item in items:
        ours = item["pairs"][0]["ours"]
        assert ours["rows"] > 300 and ours["seconds"] > 0 and item["ratio"] > 0
        assert ours["bytes_per_row"] > 300
    assert list(folder.iterdir()) == []


def test_traces_are_measured(baseline, folder):
    output, errors = bench(folder, "--only", "l", "--json",
                           BASELINE=str(baseline)).communicate(timeout=60)
    items = json.loads(output)["items"]
    assert [item["item"] for item in items] == ["l1", "l2", "l3"], errors
    for item in items:
        (pair,) = item["pairs"]
        assert 0 < pair["ours"]["rows"] == pair["against"]["rows"] < 600
        assert pair["ours"]["seconds"] > 0 and item["ratio"] > 0
    assert list(folder.iterdir()) == []


def test_reports_are_measured(baseline, folder):
    output, errors = bench(folder, "--only", "m,n,o", "--json",
                           BASELINE=str(baseline)).communicate(timeout=120)
    items = json.loads(output)["items"]
    assert [item["item"] for item in items] == ["m1", "m2", "n1", "n2", "o"], errors
    for item in items:
        (pair,) = item["pairs"]
        assert pair["ours"]["rows"] > 0 and pair["ours"]["seconds"] > 0 and item["ratio"] > 0
    annexes = [item["pairs"][0]["ours"]["rows"] for item in items[2:4]]
    assert annexes == [items[0]["pairs"][0]["against"]["rows"]] * 2
    assert list(folder.iterdir()) == []


def test_a_program_that_fails_is_told_and_the_folder_is_emptied(folder):
    process = bench(folder, AIDLEDGER="false")
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 3
    assert errors.startswith("bench: false init ")
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_empties_the_folder_and_ends_the_program(folder, tmp_path, number):
    slow = tmp_path / "slow"
    slow.write_text(f"#!/bin/sh\necho $$ > {tmp_path}/started\nexec sleep 60\n")
    slow.chmod(0o700)
    process = bench(folder, AIDLEDGER=str(slow))
    child = started(tmp_path / "started")
    process.send_signal(number)
    process.communicate(timeout=30)
    assert process.returncode == 128 + number
    assert list(folder.iterdir()) == []
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def started(path: Path) -> int:
    """The process id that a program writes when it is there."""
    for _ in range(600):
        with contextlib.suppress(FileNotFoundError, ValueError):
            return int(path.read_text())
        time.sleep(0.05)
    raise AssertionError("it did not start")
