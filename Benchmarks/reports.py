"""What reports cost: one that fits a screen, the longest, long annexes, and all of a province.

Each is compared with the C program that reads every column of the ledger's claims once."""

import contextlib
import shutil
from pathlib import Path

from measurements import (AIDLEDGER, BASELINE, CHECKOUT, Pair, Workspace, detected, entries, reader,
                          timing)
from running import Failed, run, warm

YEAR = 2023
PROVINCE = "440000"
ANNEX = CHECKOUT / "Benchmarks/annex"


def compared(work: Workspace, rows: int, *arguments: str | Path | int) -> Pair:
    """One command on the judged ledger, and the C program's reading."""
    ledger = work.judged
    warm(ledger)
    ours = run("env", f"XDG_CACHE_HOME={work.folder}", AIDLEDGER, *arguments)
    against = run(BASELINE, "read", ledger, "claim_settled")
    return Pair(timing(ours, ledger, rows),
                timing(against, ledger, against.line["rows"], entries(ledger)))


def fund_use(work: Workspace) -> Pair:
    """Of everything in the ledger, not verified: what an official waits for."""
    return compared(work, entries(work.judged), "report", "fund-use", work.judged, "--year", YEAR,
                    "--area", "000000", "--no-verify", "-o", work.folder / "fund-use.html")


def joint_inspection(work: Workspace) -> Pair:
    """With the ledger verified, and what the detectors found at hand."""
    keep_findings(work)
    return compared(work, entries(work.judged), "report", "joint-inspection", work.judged, "--year",
                    YEAR, "--area", "000000", "-o", work.folder / "inspection.html")


def keep_findings(work: Workspace) -> None:
    """Of tables that are verified: a report that is verified takes no others."""
    detected(work, work.judged, "--verify")


def annex(work: Workspace, form: str) -> Pair:
    """A report of nothing but claims, 200,000 of them where there are so many."""
    with contextlib.closing(reader(work.judged)) as database:
        rows, = database.execute("SELECT min(count(*), 200000) FROM claim_settled").fetchone()
    output = work.folder / f"claims.{form}"
    pair = compared(work, rows, "report", "claims", work.judged, "--home", home(work.folder),
                    "--year", YEAR, "--lang", "en", "--no-verify", "--format", form, "-o", output)
    annexes = output.with_name(f"{output.name}.annexes")
    if not any(annexes.iterdir()):
        raise Failed(f"{annexes} holds nothing")
    shutil.rmtree(annexes)
    return pair


def home(folder: Path) -> Path:
    """Our templates and one report more."""
    made = folder / "home"
    if not made.exists():
        shutil.copytree(CHECKOUT / "templates", made / "templates")
        (made / "ledger").symlink_to(CHECKOUT / "ledger")
        shutil.copytree(ANNEX, made / "templates/claims",
                        ignore=shutil.ignore_patterns("words.*"))
        words = made / "templates/l10n/en.xml"
        ours = words.read_text("utf-8")
        added = (ANNEX / "words.en.xml").read_text("utf-8")
        words.write_text(ours.replace("</messages>", f"{added}</messages>"), "utf-8")
    return made


def all_reports(work: Workspace) -> Pair:
    """Every report of a province, its cities and its counties; verified, findings at hand."""
    keep_findings(work)
    areas = province(work)
    folder = work.folder / "all"
    chosen = [word for area in areas for word in ("--area", area)]
    try:
        return compared(work, entries(work.judged), "report-all", work.judged, "--year", YEAR,
                        *chosen, "-o", folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def province(work: Workspace) -> list[str]:
    with contextlib.closing(reader(work.judged)) as database:
        counties = [area for area, in database.execute(
            "SELECT DISTINCT area FROM claim_settled WHERE area LIKE ?", (PROVINCE[:2] + "%",))]
    return sorted({PROVINCE, *counties, *(f"{area[:4]}00" for area in counties)})
