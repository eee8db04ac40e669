import os
import subprocess

import pytest

from harness import CHECKOUT, PROGRAM, Ledger, done


def pytest_report_header():
    return f"aidledger: {PROGRAM} (home {CHECKOUT})"


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory):
    """2,000 sample records."""
    path = tmp_path_factory.mktemp("sample") / "sample.jsonl"
    done("sample", path, "--entries", 2000)
    return path


@pytest.fixture(scope="session")
def sample_ledger(tmp_path_factory, sample_file):
    """A ledger of them, which no test may change."""
    ledger = Ledger.make(tmp_path_factory.mktemp("ledger") / "a.db")
    done("import", ledger, sample_file)
    return ledger


@pytest.fixture(scope="session")
def small_ledger(tmp_path_factory):
    """A ledger of 500 records, enough for whatever is about single entries; likewise untouchable."""
    folder = tmp_path_factory.mktemp("small")
    done("sample", folder / "small.jsonl", "--entries", 500)
    ledger = Ledger.make(folder / "a.db")
    done("import", ledger, folder / "small.jsonl")
    return ledger


@pytest.fixture
def ledger(small_ledger, tmp_path):
    """A copy of the small one, to be changed."""
    return small_ledger.copy_to(tmp_path / "copy")


@pytest.fixture(scope="session")
def empty_ledger(tmp_path_factory):
    return Ledger.make(tmp_path_factory.mktemp("empty") / "new.db")


@pytest.fixture
def new_ledger(empty_ledger, tmp_path):
    """A ledger of one entry, to be added to."""
    return empty_ledger.copy_to(tmp_path)


@pytest.fixture
def small_disk(tmp_path):
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() != 0 or subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", folder],
            capture_output=True).returncode != 0:
        pytest.skip("needs the right to mount")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)
