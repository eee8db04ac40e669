"""Measures the ledger beside a bare C program, in the same run on the same disk.

Exit status: 0 fine; 1 a ratio has fallen (--check); 2 bad usage; 3 it could not be done.
"""

import argparse
import dataclasses
import datetime
import json
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path

import figures
import growth
import machine
from catalogue import MEASUREMENTS
from measurements import BASELINE, CHECKOUT, Result, Workspace
from running import Failed, Progress, run

FINE, FALLEN, COULD_NOT = 0, 1, 3

# Sample, ledgers, rows and logs at the worst moment, for each record; measured, and rounded up.
BYTES_PER_RECORD = 8_000
BYTES_FOR_LOGS = 512 << 20


def options() -> argparse.Namespace:
    items = ", ".join(f"{each.item} {each.what}" for each in MEASUREMENTS)
    parser = argparse.ArgumentParser(
        prog="scripts/bench", description="Measures the ledger beside a bare C program.",
        epilog=f"Items: {items}, f growth.")
    parser.add_argument("--rows", type=positive, default=1_000_000, metavar="N",
                        help="records of the sample (default: 1000000)")
    parser.add_argument("--runs", type=positive, default=5, metavar="N",
                        help="pairs of runs of each item (default: 5)")
    parser.add_argument("--only", metavar="ITEMS", help="some items, like a,c")
    parser.add_argument("--growth", action="store_true",
                        help="also f: a first and a second million on one ledger, and memory then")
    parser.add_argument("--growth-rows", type=positive, default=1_000_000, metavar="N",
                        help="records of each half (default: 1000000)")
    parser.add_argument("--json", action="store_true", help="print JSON with every single run")
    parser.add_argument("--check", action="store_true",
                        help="compare the ratios with those in BENCHMARKS.md; exit 1 where one has "
                             "fallen by more than a fifth")
    parser.add_argument("--record", action="store_true", help="put the tables into BENCHMARKS.md")
    parser.add_argument("--book", type=Path, default=CHECKOUT / "BENCHMARKS.md", metavar="FILE",
                        help="another file than BENCHMARKS.md")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()), metavar="DIR",
                        help="where to work: a folder on a real disk (default: TMPDIR)")
    result = parser.parse_args()
    if result.only and result.record:
        parser.error("--record needs all items: it replaces the whole table")
    result.items = selected(result, parser)
    return result


def positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def selected(chosen: argparse.Namespace, parser: argparse.ArgumentParser) -> set[str]:
    """Items by name or, like e for e1 and e2, by letter."""
    items = [each.item for each in MEASUREMENTS] + (["f"] if chosen.growth else [])
    if not chosen.only:
        return set(items)
    wanted = chosen.only.split(",")
    for name in wanted:
        if not any(name in (item, item[0]) for item in items):
            parser.error(f"there is no item {name}; f needs --growth")
    return {item for item in items if item in wanted or item[0] in wanted}


@dataclasses.dataclass(frozen=True)
class Outcome:
    machine: str
    results: list[Result]
    growth: growth.Growth | None

    @property
    def all_results(self) -> list[Result]:
        return self.results + (self.growth.results if self.growth else [])


def measured(chosen: argparse.Namespace) -> Outcome:
    """Measures in a folder that is gone afterwards, whatever happens."""
    machine.check_folder(chosen.folder, space_needed(chosen))
    folder = Path(tempfile.mkdtemp(prefix="aidledger-bench-", dir=chosen.folder.resolve()))
    progress = Progress()
    try:
        work = Workspace(folder, chosen.rows)
        results = [each.run(work, chosen.runs, progress) for each in MEASUREMENTS
                   if each.item in chosen.items]
        grown = None
        if "f" in chosen.items:
            grown = growth.measured(folder, chosen.growth_rows, chosen.runs, progress)
        return Outcome(machine.described(folder, sqlite_version(folder)), results, grown)
    finally:
        progress.clear()
        shutil.rmtree(folder)


def space_needed(chosen: argparse.Namespace) -> int:
    records = chosen.rows + (2 * chosen.growth_rows if "f" in chosen.items else 0)
    return records * BYTES_PER_RECORD + BYTES_FOR_LOGS


def sqlite_version(folder: Path) -> str:
    """Of the library that programs are linked with; Python may have another one."""
    nothing = folder / "nothing.rows"
    nothing.touch()
    return run(BASELINE, "append", nothing, folder / "nothing.db", "--batch", 1).line["sqlite"]


# MARK: what to do with the figures

def tell(outcome: Outcome) -> None:
    print(outcome.machine)
    for _, content in blocks(outcome):
        print(f"\n{content}")


def blocks(outcome: Outcome) -> list[tuple[str, str]]:
    """The blocks of BENCHMARKS.md by their names."""
    result = []
    if outcome.results:
        result.append(("figures", figures.table(outcome.results)))
    if outcome.growth:
        result.append(("growth", f"{figures.table(outcome.growth.results)}\n\n"
                                 f"{figures.peak_table(outcome.growth.peaks)}"))
    return result


def tell_json(outcome: Outcome) -> None:
    print(json.dumps({
        "machine": outcome.machine,
        "items": [{**dataclasses.asdict(result), "ratio": result.ratio, "spread": result.spread}
                  for result in outcome.all_results],
        "peaks": [dataclasses.asdict(peak) for peak in outcome.growth.peaks]
        if outcome.growth else [],
    }, ensure_ascii=False, indent=1))


def record(outcome: Outcome, book: Path, runs: int) -> None:
    text = book.read_text("utf-8")
    origin = f"{datetime.date.today()}, {runs} pairs of runs. {outcome.machine}."
    for block, content in blocks(outcome):
        text = figures.replaced(text, block, f"{origin}\n\n{content}")
    book.write_text(text, "utf-8")


def check(outcome: Outcome, book: Path) -> int:
    """Compares with what is recorded; where nothing can be compared, that is no good news."""
    comparison = figures.compared(book.read_text("utf-8"), outcome.all_results)
    for label, lines in [("kept", comparison.kept), ("not compared", comparison.not_compared),
                         ("FALLEN", comparison.fallen)]:
        for line in lines:
            print(f"{label}: {line}", file=sys.stderr)
    if comparison.fallen:
        return FALLEN
    return FINE if comparison.kept else COULD_NOT


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    os.environ["AIDLEDGER_HOME"] = str(CHECKOUT)
    chosen = options()
    try:
        outcome = measured(chosen)
        (tell_json if chosen.json else tell)(outcome)
        status = check(outcome, chosen.book) if chosen.check else FINE
        if chosen.record:
            record(outcome, chosen.book, chosen.runs)
        return status
    except (Failed, OSError, figures.NoSuchBlock) as error:
        print(f"bench: {error}", file=sys.stderr)
        return COULD_NOT
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


if __name__ == "__main__":
    sys.exit(main())
