import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1] / "BlackBox"))

from harness import CHECKOUT, PROGRAM  # noqa: E402
from stock import Stock  # noqa: E402


def pytest_report_header():
    return f"aidledger: {PROGRAM} (home {CHECKOUT})"


@pytest.fixture(scope="session")
def stock(tmp_path_factory):
    return Stock(tmp_path_factory.mktemp("survival") / "stock")
