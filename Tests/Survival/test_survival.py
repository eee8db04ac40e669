"""A short round of each of what `scripts/survive` does at length."""

import pytest

import disk
import fault
import kill
import others
from rounds import run_one

KILLS = 25
FAULTS = 36
DISKS = ["import-files/enlarged-64", "rebuild/ballast-removed-256"]
OTHERS = [
    "writers/two-0", "writers/killed-0", "writers/all-commands",
    "readers/many", "readers/one-that-stays", "clock/year-ahead",
    "signals/SIGTERM-0", "signals/SIGINT-1", "signals/stopped-0",
    "streams/output-to-head", "streams/output-full", "streams/closed-import-files-12",
    "streams/closed-import-refused-2", "streams/input-ends-50",
    "limits/import/memory-128", "limits/import/length-600", "limits/rebuild/length-600-ignored",
    "limits/import/files-12"]


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
def faults(stock):
    return fault.sample(stock, FAULTS, "short")


@pytest.mark.parametrize("number", range(1, KILLS + 1))
def test_kill(stock, tmp_path, number):
    run(kill.rounds(stock, KILLS, "short")[number - 1], tmp_path)


@pytest.mark.parametrize("number", range(1, FAULTS + 1))
def test_fault(faults, tmp_path, number):
    run(faults[number - 1], tmp_path)


@pytest.mark.parametrize("name", DISKS)
def test_full_disk(stock, tmp_path, name):
    run(named(disk.rounds(stock), name), tmp_path)


@pytest.mark.parametrize("name", OTHERS)
def test_other(stock, tmp_path, name):
    run(named(others.rounds(stock), name), tmp_path)
