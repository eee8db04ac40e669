"""`kill -9` at any instant, and at some that are aimed at."""

import contextlib
import random
import signal
import time
from functools import partial

from harness import reader
from recovery import check_repetition, check_survival
from rounds import Round, promise
from tasks import PATIENCE, stop_feeding

COUNT = 1_000
"""How many there are where nobody says."""


def rounds(stock, count, seed):
    return [Round(str(number), partial(kill_once, stock, f"{seed}/{number}"))
            for number in range(1, (count or COUNT) + 1)]


def kill_once(stock, seed, folder):
    chance = random.Random(seed)
    task = choose_task(stock, chance)
    aim = chance.choice(AIMS if task.name.startswith("import") else AIMS_WITHOUT_RECORDS)
    ledger = task.template.copy_to(folder)
    with left_open(ledger) if chance.random() < 0.3 else contextlib.nullcontext():
        status, out = run_and_kill(task, ledger, partial(aim, chance, task))
        notices = check_survival(task, ledger, status, out)
    promise(status in (task.status_when_done, -signal.SIGKILL), f"exit status {status}",
            (folder / "err").read_text())
    check_repetition(task, ledger)
    end = "killed" if status < 0 else "had ended"
    if any("vault" in notice for notice in notices):
        end += " between the two commits"
    return ", ".join([task.name, aim.__name__.replace("_", " "), end])


def choose_task(stock, chance):
    names = {"several_files": 30, "long_lines": 15, "new_persons": 25, "two_batches": 1,
             "checkpoint": 6, "checkpoint_file": 6, "rebuild": 17}
    return getattr(stock, chance.choices(list(names), list(names.values()))[0])


@contextlib.contextmanager
def left_open(ledger):
    """Somebody reads an old state of the ledger all the while."""
    with reader(ledger) as database:
        database.execute("BEGIN")
        before = database.execute("SELECT size, rootHash FROM head").fetchall()
        yield
        promise(database.execute("SELECT size, rootHash FROM head").fetchall() == before,
                "a reader's state has changed under it")


def run_and_kill(task, ledger, aim):
    """Gives the exit status, and what was written to standard output."""
    out_path, err_path = ledger.path.parent / "out", ledger.path.parent / "err"
    with out_path.open("wb") as out, err_path.open("wb") as err:
        process = task.start(ledger, stdout=out, stderr=err)
    watch = Watch(process, ledger, out_path, task.seconds + 1)
    aim(watch)
    process.kill()
    status = process.wait(PATIENCE)
    stop_feeding(process)
    return status, out_path.read_text()


class Watch:
    """Looks at a running command until it has got somewhere."""

    def __init__(self, process, ledger, out, seconds):
        self.process, self.ledger, self.out = process, ledger, out
        self.end = time.monotonic() + seconds

    def until(self, condition):
        """At the latest until the time is over."""
        while self.process.poll() is None and time.monotonic() < self.end and not condition():
            time.sleep(0.0001)

    def until_told(self, text, times):
        self.until(lambda: self.out.read_bytes().count(text) >= times)

    def until_growth(self, path, times):
        """Until a file has grown so many times."""
        sizes = {size_of(path)}

        def has_grown():
            sizes.add(size_of(path))
            return len(sizes) > times

        self.until(has_grown)


def size_of(path):
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def at_random(chance, task, watch):
    time.sleep(chance.uniform(0, task.seconds * 1.05))


def after_an_acknowledgement(chance, task, watch):
    watch.until_told(b"committedThroughLine", chance.randint(1, len(task.files) + 3))
    time.sleep(chance.choice([0, chance.uniform(0, 0.02)]))


def as_the_log_of_the_vault_grows(chance, task, watch):
    watch.until_growth(watch.ledger.path.with_name("a.db.vault-wal"), chance.randint(1, 8))
    time.sleep(chance.choice([0, chance.uniform(0, 0.003)]))


def as_the_log_of_the_ledger_grows(chance, task, watch):
    watch.until_growth(watch.ledger.path.with_name("a.db-wal"), chance.randint(1, 16))
    time.sleep(chance.choice([0, chance.uniform(0, 0.003)]))


def at_the_close(chance, task, watch):
    watch.until_told(b'"sha256"', len(task.files))
    time.sleep(chance.uniform(0, 0.03))


AIMS_WITHOUT_RECORDS = [at_random, at_random, at_random, as_the_log_of_the_ledger_grows]
AIMS = [at_random, at_random, at_random, after_an_acknowledgement, as_the_log_of_the_vault_grows,
        as_the_log_of_the_ledger_grows, at_the_close]
