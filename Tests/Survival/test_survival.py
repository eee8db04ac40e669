"""A short round of each of what `scripts/survive` does at length."""

import pytest

import disk
import fault
import founding
import kill
import others
from rounds import run_one

KILLS = 25
FAULTS = 36
FOUNDINGS = 14
ROTATIONS = 16
DISKS = ["import-files/enlarged-64", "rebuild/ballast-removed-256"]
OTHERS = [
    "writers/two-0", "writers/killed-0", "writers/all-commands",
    "readers/many", "readers/one-that-stays", "clock/year-ahead",
    "signals/SIGTERM-0", "signals/SIGINT-1", "signals/stopped-0",
    "streams/output-to-head", "streams/output-full", "streams/closed-import-files-12",
    "streams/closed-import-refused-2", "streams/input-ends-50",
    "limits/import/memory-128", "limits/import/length-600", "limits/rebuild/length-600",
    "limits/import/files-14"]


def run(round, folder):
    outcome, finding = run_one(round, folder)
    if finding:
        name, text, _ = finding
        pytest.fail(f"{name}: {text}", pytrace=False)
    if outcome.startswith("skipped"):
        pytest.skip(outcome)


def named(rounds, name):
    return next(round for round in rounds if round.name == name)


@pytest.fixture(scope="session")
def every_fault(stock):
    return fault.rounds(stock)


@pytest.fixture(scope="session")
def faults(every_fault):
    return fault.sample(every_fault, FAULTS, "short")


@pytest.fixture(scope="session")
def foundings(stock):
    return founding.rounds(stock)


@pytest.fixture(scope="session")
def rotations(every_fault):
    return [round for round in every_fault if round.name.startswith("rotate/")]


@pytest.mark.parametrize("number", range(1, KILLS + 1))
def test_kill(stock, tmp_path, number):
    run(kill.rounds(stock, KILLS, "short")[number - 1], tmp_path)


@pytest.mark.parametrize("number", range(1, FAULTS + 1))
def test_fault(faults, tmp_path, number):
    run(faults[number - 1], tmp_path)


@pytest.mark.parametrize("number", range(1, FOUNDINGS + 1))
def test_fault_while_a_ledger_is_made(foundings, tmp_path, number):
    run(fault.sample(foundings, FOUNDINGS, "short")[number - 1], tmp_path)


def test_verifier_key_whose_making_fails_too_late_is_taken_away(foundings, tmp_path):
    """The last file that is made is the verifier key's."""
    run([round for round in foundings if round.name.endswith("/create/late-EIO")][-1], tmp_path)


@pytest.mark.parametrize("number", range(1, ROTATIONS + 1))
def test_fault_while_the_key_is_replaced(rotations, tmp_path, number):
    run(fault.sample(rotations, ROTATIONS, "short")[number - 1], tmp_path)


@pytest.mark.parametrize("way", ["die", "torn"])
def test_half_a_key_is_not_taken_for_one(rotations, tmp_path, way):
    """SQLite writes by pwrite; so these are the files of the key and of the verifier key."""
    rounds = [round for round in rotations if round.name.endswith(f"/write/{way}-EIO")]
    assert len(rounds) == 2
    for round in rounds:
        run(round, tmp_path)


def test_few_open_files_end_no_verification_by_a_crash(stock, tmp_path):
    run(named(others.rounds(stock), "limits/verify/files-10"), tmp_path)


def test_few_open_files_make_no_ledger_unsound(stock, tmp_path):
    run(named(others.rounds(stock), "limits/verify/files-6"), tmp_path)


@pytest.mark.parametrize("name", DISKS)
def test_full_disk(stock, tmp_path, name):
    run(named(disk.rounds(stock), name), tmp_path)


@pytest.mark.parametrize("name", OTHERS)
def test_other(stock, tmp_path, name):
    run(named(others.rounds(stock), name), tmp_path)
