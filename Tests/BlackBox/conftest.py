import os
import tempfile
from pathlib import Path

import pytest

import harness
from authority import Authority
from harness import CHECKOUT, FINE, PROGRAM, Ledger, Unavailable, aid, application, done
from stamping import request, respond


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
    """A folder with room for three MiB."""
    try:
        with harness.small_disk(tmp_path / "disk", 3 << 20) as folder:
            yield folder
    except Unavailable as reason:
        pytest.skip(str(reason))


@pytest.fixture
def ordinary_user(small_ledger):
    """A copy of the small ledger, and how to run the program as somebody whom rights bind."""
    with tempfile.TemporaryDirectory(prefix="aidledger-test-") as folder:
        copy = small_ledger.copy_to(Path(folder) / "copy")
        how = {}
        if os.geteuid() == 0:
            os.chmod(folder, 0o755)
            for path in [Path(folder), *Path(folder).rglob("*")]:
                os.chown(path, 65534, 65534)
            how = {"user": 65534, "group": 65534, "extra_groups": []}
            try:
                if aid("--version", **how).status != FINE:
                    pytest.skip("the program cannot be run by an ordinary user here")
            except PermissionError:
                pytest.skip("the program cannot be run by an ordinary user here")
        yield copy, how
        os.chmod(copy.path.parent, 0o755)


@pytest.fixture(scope="session")
def authority(tmp_path_factory):
    """A time-stamping authority."""
    return Authority(tmp_path_factory.mktemp("tsa") / "one")


@pytest.fixture(scope="session")
def stranger(tmp_path_factory):
    """Another, whose certificates bear the same names."""
    return Authority(tmp_path_factory.mktemp("tsa") / "two")


@pytest.fixture
def log(new_ledger):
    """A ledger of a few entries and one checkpoint."""
    new_ledger.take([application(number) for number in range(5)])
    return new_ledger


@pytest.fixture
def response(log, authority, tmp_path):
    """What the authority answers when the ledger asks it to stamp its checkpoint."""
    request(log, tmp_path / "q")
    return authority.answer(tmp_path / "q", tmp_path / "r")


@pytest.fixture
def stamped(log, authority, response):
    """The ledger with a time-stamp of its first checkpoint."""
    assert respond(log, response, authority).status == FINE
    return log
