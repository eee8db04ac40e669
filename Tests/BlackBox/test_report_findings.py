"""Findings in reports: those of verified tables, whatever was found in altered ones before."""

import pytest

from cases import Case, claim, tongliao
from harness import ENVIRONMENT, Ledger, done, tamper

AREA, RULE = "150502", "S1"


@pytest.fixture
def ledger(tmp_path):
    """One bill of whose sums one is wrong."""
    wrong = claim("a", 1, "dibao", 100_000)
    wrong["body"]["amounts"]["cashPaidFen"] -= 1
    made = Ledger.make(tmp_path / "a.db")
    Case(made).take(tongliao(), wrong)
    return made


@pytest.fixture
def environment(tmp_path):
    """An investigator's, who has kept nothing yet."""
    return {**ENVIRONMENT, "XDG_CACHE_HOME": str(tmp_path / "cache")}


def test_findings_of_altered_tables_are_not_reported(ledger, environment, tmp_path):
    """Whoever alters a table, has it looked at and sets it right again has hidden nothing."""
    year = 2024
    report = ["report", "joint-inspection", ledger, "--year", year, "--area", AREA, "--format",
              "xml", "-o"]
    tamper(ledger, "DELETE FROM claim_settled")
    found = done("findings", ledger, "--rule", RULE, env=environment)
    assert "S1-" not in found.out
    done("findings", ledger, env=environment)
    done("rebuild", ledger)
    done("verify", ledger)
    file = tmp_path / "r.xml"
    done(*report, file, env=environment)
    assert f"{RULE}-" in file.read_text("utf-8")
    checked = done("report", "check", file, ledger, env=environment).out
    assert "figures stand" in checked and "the ledger is sound" in checked
    seq = ledger.value("SELECT seq FROM claim_settled")
    verified = done("trace", ledger, "entry", seq, "--verify", env=environment)
    assert f"{RULE}-" in verified.out
    # A trace that is not verified has the verified ones too, now that they are there.
    assert f"{RULE}-" in done("trace", ledger, "entry", seq, env=environment).out


def test_report_needs_no_folder_for_findings(ledger, tmp_path):
    nowhere = {name: value for name, value in ENVIRONMENT.items()
               if name not in ("HOME", "XDG_CACHE_HOME")}
    file = tmp_path / "r.xml"
    done("report", "joint-inspection", ledger, "--year", 2024, "--area", AREA, "--format", "xml",
         "-o", file, env=nowhere)
    assert f"{RULE}-" in file.read_text("utf-8")
