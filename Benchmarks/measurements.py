"""How the ledger is measured: each function runs ours and what it is compared with, as a pair."""

import contextlib
import os
import shutil
import sqlite3
import statistics
import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from running import Failed, Run, run, warm

CHECKOUT = Path(__file__).resolve().parent.parent
AIDLEDGER = os.environ.get("AIDLEDGER", str(CHECKOUT / ".build/release/aidledger"))
LEDGER_BENCH = os.environ.get("LEDGER_BENCH", str(CHECKOUT / ".build/release/ledger-bench"))
BASELINE = os.environ.get("BASELINE", str(CHECKOUT / ".build/bench/baseline"))

BATCH = 5_000
SINGLES_MAX = 2_000
MORE = 1_000
PROOFS = 100_000


# MARK: results

@dataclass(frozen=True)
class Timing:
    """One run over so many rows."""

    rows: int
    seconds: float
    peak_kib: int
    bytes_per_row: float

    @property
    def micros(self) -> float:
        return self.seconds / self.rows * 1e6


@dataclass(frozen=True)
class Pair:
    """Two runs, one straight after the other."""

    ours: Timing
    against: Timing

    @property
    def ratio(self) -> float:
        """1 is as fast as what we compare with, 0.5 is half as fast."""
        return self.against.micros / self.ours.micros


@dataclass(frozen=True)
class Result:
    item: str
    what: str
    against: str
    target: float | None
    pairs: list[Pair]

    @property
    def rows(self) -> int:
        return self.pairs[0].ours.rows

    @property
    def ratio(self) -> float:
        return statistics.median(pair.ratio for pair in self.pairs)

    @property
    def spread(self) -> tuple[float, float]:
        ratios = [pair.ratio for pair in self.pairs]
        return min(ratios), max(ratios)


# MARK: files

class Workspace:
    """A folder with what the measurements share; each is made when first needed, outside all
    times."""

    def __init__(self, folder: Path, records: int) -> None:
        self.folder = folder
        self.records = records

    @cached_property
    def sample(self) -> Path:
        return sample(self.folder / "sample.jsonl", self.records)

    @cached_property
    def ledger(self) -> Path:
        """A ledger of the sample, which nobody changes."""
        path = made_ledger(self.folder / "shared.db")
        imported(path, self.sample, self.records)
        return path

    @cached_property
    def judged(self) -> Path:
        """A ledger of the sample where everything is judged, which nobody changes."""
        path = made_ledger(self.folder / "judged-shared.db")
        imported(path, self.sample, self.records, judging=True)
        return path

    @cached_property
    def judged_quarter(self) -> Path:
        """Likewise of a quarter of the records."""
        file, path = self.folder / "quarter.jsonl", made_ledger(self.folder / "quarter.db")
        records = max(self.records // 4, 1)
        imported(path, sample(file, records), records, judging=True)
        file.unlink()
        return path

    def rows(self, count: int) -> Path:
        """The ledger's first entries."""
        path = self.folder / f"{count}.rows"
        if not path.exists():
            write_rows(self.ledger, path, 0, count)
        return path


def sample(path: Path, records: int, seed: int = 1) -> Path:
    run(AIDLEDGER, "sample", path, "--entries", records, "--seed", seed)
    return path


def second_sample(folder: Path, records: int) -> Path:
    """Other persons, and other sending systems: serial numbers do not depend on the seed, and would
    be taken for those of the first file."""
    plain = sample(folder / "plain.jsonl", records, seed=2)
    path = folder / "second.jsonl"
    with open(plain, "rb") as source, open(path, "wb") as target:
        for line in source:
            target.write(line.replace(b'"source":"', b'"source":"second-'))
    plain.unlink()
    return path


def made_ledger(path: Path) -> Path:
    run(AIDLEDGER, "init", path, "--origin", "bench.example/150500", "--operator", "bench")
    return path


def imported(ledger: Path, file: Path, records: int, judging: bool = False) -> Run:
    """An import that must take every record."""
    options = [] if judging else ["--no-judge"]
    result = run(AIDLEDGER, "import", ledger, file, "--json", *options)
    if result.line["accepted"] != records:
        raise Failed(f"{records} records were to be imported, and it says {result.output}")
    return result


def entries(ledger: Path) -> int:
    with contextlib.closing(reader(ledger)) as database:
        return database.execute("SELECT max(seq) + 1 FROM entry").fetchone()[0]


def reader(ledger: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{ledger.as_uri()}?mode=ro", uri=True)


def write_rows(ledger: Path, path: Path, first: int, end: int) -> None:
    """The flat file that both append programs read: its form stands in baseline.c."""
    with contextlib.closing(reader(ledger)) as database, open(path, "wb") as file:
        for row in database.execute(
                "SELECT CAST(source AS BLOB), CAST(id AS BLOB), bytes FROM entry "
                "WHERE seq >= ? AND seq < ? ORDER BY seq", (first, end)):
            file.write(struct.pack("<3I", *map(len, row)) + b"".join(row))


def remove(database: Path) -> None:
    """A database, what SQLite keeps beside it, and a ledger's other files."""
    for file in database.parent.glob(f"{database.name}*"):
        if file.is_dir():
            shutil.rmtree(file)
        else:
            file.unlink()


def size(database: Path) -> int:
    """Of the database and, where there is one, of the vault; of a folder, of all files in it."""
    if database.is_dir():
        return sum(file.stat().st_size for file in database.rglob("*") if file.is_file())
    vault = database.with_name(f"{database.name}.vault")
    return database.stat().st_size + (vault.stat().st_size if vault.exists() else 0)


# MARK: what is timed

def timing(result: Run, database: Path, rows: int, rows_in_all: int | None = None) -> Timing:
    return Timing(rows, result.seconds, result.peak_kib, size(database) / (rows_in_all or rows))


def appended(program: str, rows_file: Path, database: Path, rows: int, batch: int) -> Run:
    """One of the two programs that append ready-made rows; it must append all of them."""
    result = run(program, "append", rows_file, database, "--batch", batch)
    if result.line["rows"] != rows:
        raise Failed(f"{program} was to append {rows} rows, and it says {result.output}")
    return result


def append(work: Workspace, rows: int, batch: int) -> Pair:
    """Both programs time themselves, from opening to closing: neither is a command that people
    start, and starting is not what is measured."""

    def one(program: str) -> Timing:
        database = work.folder / "append.db"
        result = appended(program, work.rows(rows), database, rows, batch)
        result = replace(result, seconds=result.line["seconds"])
        try:
            return timing(result, database, rows)
        finally:
            remove(database)

    return Pair(ours=one(LEDGER_BENCH), against=one(BASELINE))


def import_whole(work: Workspace) -> Pair:
    """The C program appends the very entries that the import has made."""
    ledger = made_ledger(work.folder / "import.db")
    ours = imported(ledger, work.sample, work.records)
    rows, file, database = entries(ledger), work.folder / "import.rows", work.folder / "bare.db"
    write_rows(ledger, file, 0, rows)
    against = appended(BASELINE, file, database, rows, BATCH)
    try:
        return Pair(timing(ours, ledger, rows), timing(against, database, rows))
    finally:
        remove(ledger)
        remove(database)
        file.unlink()


def import_judged(work: Workspace) -> Pair:
    """The same file into two new ledgers, with judging and without."""

    def one(judging: bool) -> Timing:
        ledger = made_ledger(work.folder / "import.db")
        try:
            result = imported(ledger, work.sample, work.records, judging)
            return timing(result, ledger, entries(ledger))
        finally:
            remove(ledger)

    return Pair(ours=one(judging=True), against=one(judging=False))


def judge(work: Workspace) -> Pair:
    """All records that are judged, of a ledger where none has been; and its entries hashed."""
    ledger = work.folder / "judged.db"
    try:
        run(AIDLEDGER, "backup", work.ledger, work.folder / "backup")
        run(AIDLEDGER, "restore", work.folder / "backup", ledger, "--keys", f"{work.ledger}.keys")
        warm(ledger)
        ours = run(AIDLEDGER, "verdicts", ledger, "--year", 1900)
        with contextlib.closing(reader(ledger)) as database:
            rows, = database.execute("SELECT count(*) FROM verdict").fetchone()
        against = run(BASELINE, "verify", ledger)
        return Pair(timing(ours, ledger, rows), timing(against, ledger, entries(ledger)))
    finally:
        remove(ledger)
        shutil.rmtree(work.folder / "backup", ignore_errors=True)


def detect(work: Workspace) -> Pair:
    """All detectors over the whole ledger, judged beforehand; and every column of its claims read
    once, which several detectors cannot do without."""
    ours = detected(work, work.judged)
    against = run(BASELINE, "read", work.judged, "claim_settled")
    return Pair(ours, timing(against, work.judged, against.line["rows"]))


def detect_growth(work: Workspace) -> Pair:
    """All detectors over the whole ledger, and over one of a quarter of the records."""
    return Pair(ours=detected(work, work.judged), against=detected(work, work.judged_quarter))


def detected(work: Workspace, ledger: Path, *options: str) -> Timing:
    """What is found is kept for lookups, here where it goes with the folder."""
    warm(ledger)
    result = run("env", f"XDG_CACHE_HOME={work.folder}", AIDLEDGER, "findings", ledger,
                 "--format", "json", *options)
    return timing(result, ledger, entries(ledger))


def trace(work: Workspace, kind: str, busiest: str) -> Pair:
    """Of the one with the most claims; and every column of the claims read once, since no index
    leads to what a trace looks for."""
    ledger = work.judged
    with contextlib.closing(reader(ledger)) as database:
        name, = database.execute(busiest).fetchone()
    warm(ledger)
    ours = run(AIDLEDGER, "trace", ledger, kind, name, "--no-findings", "--format", "json")
    against = run(BASELINE, "read", ledger, "claim_settled")
    claims = against.line["rows"]
    return Pair(timing(ours, ledger, claims, entries(ledger)),
                timing(against, ledger, claims, entries(ledger)))


BUSIEST_HOSPITAL = ("SELECT institution FROM claim_settled GROUP BY institution "
                    "ORDER BY count(*) DESC, institution")
BUSIEST_PERSON = ("SELECT pseudonym FROM claim_settled JOIN subject ON subject.seq = person "
                  "AND pseudonym LIKE 'p:%' GROUP BY pseudonym ORDER BY count(*) DESC, pseudonym")


def verify(work: Workspace, *options: str, has_vault: bool = True) -> Pair:
    """Both read the same file, from the page cache."""
    ledger, rows = work.ledger, entries(work.ledger)
    warm(ledger)
    with contextlib.nullcontext() if has_vault else vault_away(ledger):
        ours = run(AIDLEDGER, "verify", ledger, *options)
    against = run(BASELINE, "verify", ledger)
    if against.line["rows"] != rows:
        raise Failed(f"baseline verified {against.line['rows']} of {rows} entries")
    return Pair(timing(ours, ledger, rows), timing(against, ledger, rows))


@contextlib.contextmanager
def vault_away(ledger: Path) -> Iterator[None]:
    """As on an auditor's machine, where the vault never comes."""
    vault = ledger.with_name(f"{ledger.name}.vault")
    hidden = ledger.with_name("vault-away")
    vault.rename(hidden)
    try:
        yield
    finally:
        hidden.rename(vault)


def publish(work: Workspace) -> Pair:
    """Into a new folder, to the disk; and the same files copied, to the disk."""
    ledger, rows, folder = work.ledger, entries(work.ledger), work.folder / "published"
    copy = work.folder / "copy"
    warm(ledger)
    try:
        ours = run(AIDLEDGER, "publish", ledger, folder, "--json")
        if ours.line["size"] != rows:
            raise Failed(f"{rows} entries were to be published, and it says {ours.output}")
        against = run("sh", "-c", 'cp -r "$0" "$1" && sync -f "$1"', folder, copy)
        return Pair(timing(ours, folder, rows), timing(against, copy, rows))
    finally:
        for each in folder, copy:
            shutil.rmtree(each, ignore_errors=True)


def audit(work: Workspace) -> Pair:
    """Of a published folder; the C program verifies the ledger that was published."""
    ledger, rows, folder = work.ledger, entries(work.ledger), work.folder / "published"
    run(AIDLEDGER, "publish", ledger, folder)
    try:
        warm(ledger)
        ours = run(AIDLEDGER, "verify", folder, "--vkey", f"{ledger}.vkey")
        against = run(BASELINE, "verify", ledger)
        return Pair(timing(ours, folder, rows), timing(against, ledger, rows))
    finally:
        shutil.rmtree(folder)


def publish_more(work: Workspace) -> Pair:
    """What a day adds, into a folder that holds the rest; and the rest, the first time."""
    ledger, folder = work.folder / "grown.db", work.folder / "published"
    more = second_sample(work.folder, MORE)
    try:
        run(AIDLEDGER, "backup", work.ledger, work.folder / "backup")
        run(AIDLEDGER, "restore", work.folder / "backup", ledger, "--keys", f"{work.ledger}.keys")
        first = run(AIDLEDGER, "publish", ledger, folder, "--json")
        run(AIDLEDGER, "import", ledger, more, "--keys", f"{work.ledger}.keys",
            "--rejects", work.folder / "more.rejects")
        ours = run(AIDLEDGER, "publish", ledger, folder, "--json")
        rows = ours.line["size"] - first.line["size"]
        size = ours.line["size"]
        return Pair(timing(ours, folder, rows, size), timing(first, folder, size - rows, size))
    finally:
        remove(ledger)
        for each in folder, work.folder / "backup":
            shutil.rmtree(each, ignore_errors=True)


def proofs(work: Workspace) -> Pair:
    """Of entries chosen by chance, made and checked on every core; and the hashing alone that as
    many checks need."""
    result = run(LEDGER_BENCH, "prove", work.ledger, "--proofs", PROOFS)
    rows = entries(work.ledger)
    return Pair(timing(replace(result, seconds=result.line["seconds"]), work.ledger, PROOFS, rows),
                timing(replace(result, seconds=result.line["hashing"]), work.ledger, PROOFS, rows))


def one_proof(work: Workspace) -> Pair:
    """Making one, and checking one: each the median of 2,000."""
    result = run(LEDGER_BENCH, "prove", work.ledger, "--proofs", 2_000)
    rows = entries(work.ledger)
    return Pair(timing(replace(result, seconds=result.line["made"]), work.ledger, 1, rows),
                timing(replace(result, seconds=result.line["checked"]), work.ledger, 1, rows))
