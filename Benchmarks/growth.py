"""Growth: whether a ledger that has a million records takes the next million as fast."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from measurements import (AIDLEDGER, BASELINE, BATCH, Pair, Result, Timing, appended, entries,
                          imported, made_ledger, remove, sample, second_sample, timing, write_rows)
from running import Progress, run

# The second million may take 1.4 times as long as the first.
TARGET = 1 / 1.4
PEAK_MIB_MAX = 200


@dataclass(frozen=True)
class Peak:
    """The most memory that a command held at the full size."""

    command: str
    mib: float


@dataclass(frozen=True)
class Growth:
    results: list[Result]
    peaks: list[Peak]


def measured(folder: Path, records: int, runs: int, progress: Progress) -> Growth:
    progress.show("f growth: samples")
    files = [sample(folder / "first.jsonl", records), second_sample(folder, records)]
    ours, bare = [], []
    for number in range(runs):
        progress.show(f"f growth: {number + 1} of {runs}")
        ledger = folder / "growth.db"
        remove(ledger)
        ours.append(imports(ledger, files, records))
        bare.append(appends(ledger, folder, second=ours[-1].ours.rows))
    progress.show("f growth: memory")
    import_peak = max(max(pair.ours.peak_kib, pair.against.peak_kib) for pair in ours)
    peaks = [Peak("import", import_peak / 1024), *command_peaks(ledger)]
    remove(ledger)
    return Growth([Result("f1", "import, second half", "its first half", TARGET, ours),
                   Result("f2", "C append, second half", "its first half", None, bare)], peaks)


def imports(ledger: Path, files: list[Path], records: int) -> Pair:
    made_ledger(ledger)
    timings: list[Timing] = []
    before = entries(ledger)
    for file in files:
        result = imported(ledger, file, records)
        after = entries(ledger)
        timings.append(timing(result, ledger, after - before, rows_in_all=after))
        before = after
    return Pair(against=timings[0], ours=timings[1])


def appends(ledger: Path, folder: Path, second: int) -> Pair:
    """The same entries by the C program, in the same two steps."""
    file, database = folder / "growth.rows", folder / "growth-bare.db"
    timings: list[Timing] = []
    end_of_all = entries(ledger)
    end_of_first = end_of_all - second
    for start, end in [(0, end_of_first), (end_of_first, end_of_all)]:
        write_rows(ledger, file, start, end)
        result = appended(BASELINE, file, database, end - start, BATCH)
        timings.append(timing(result, database, end - start, rows_in_all=end))
    remove(database)
    file.unlink()
    return Pair(against=timings[0], ours=timings[1])


def command_peaks(ledger: Path) -> list[Peak]:
    copy = ledger.with_name("growth-backup")
    commands = [("verify", []), ("show", [entries(ledger) // 2]), ("checkpoint", []),
                ("rebuild", []), ("backup", [copy])]
    peaks = [Peak(command, run(AIDLEDGER, command, ledger, *arguments).peak_kib / 1024)
             for command, arguments in commands]
    shutil.rmtree(copy)
    return peaks
