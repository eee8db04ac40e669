"""Several programs write to one ledger at once."""

import random
import time
from functools import partial

from content import entries, keys
from recovery import check_sound
from rounds import Round, promise
from tasks import Checkpoint, Import, Rebuild, end, finish_all


def rounds(stock):
    return [*(Round(f"writers/two-{number}", partial(two, stock)) for number in range(3)),
            *(Round(f"writers/killed-{number}", partial(one_of_two_killed, stock, number))
              for number in range(5)),
            Round("writers/all-commands", partial(all_commands, stock))]


def imports(stock, folder, *, parts=4, each=12):
    """Two imports of some files each. Both name the same new persons, in records of their own."""
    def task(name, ids):
        files = [stock.persons(f"{folder.name}-{name}-{part}.jsonl", 500 + each * part, each, ids)
                 for part in range(parts)]
        return Import(name, stock.begun, files)
    return task("one", 10_000), task("other", 20_000)


def check_both(ledger, tasks):
    added = [key for task in tasks for rows in task.rows for key in rows]
    expected = keys(tasks[0].template) + added
    promise(sorted(keys(ledger)) == sorted(expected), "not everything is there once")
    check_sound(ledger)
    check_one_person_each(ledger)


def check_one_person_each(ledger):
    """The records of the one file and of the other name the same pseudonyms."""
    named = {entry["id"]: entry["body"]["person"] for entry in entries(ledger)
             if entry["kind"] == "aid.applied" and int(entry["id"][2:]) >= 10_000}
    for id, person in named.items():
        number = int(id[2:]) % 10_000
        promise(person == named[f"T-{10_000 + number}"], "somebody has two pseudonyms", id)


def two(stock, folder):
    ledger = stock.begun.copy_to(folder)
    tasks = imports(stock, folder)
    finish_all([task.start(ledger) for task in tasks])
    check_both(ledger, tasks)
    return "two writers at once: both complete"


def one_of_two_killed(stock, number, folder):
    ledger = stock.begun.copy_to(folder)
    tasks = imports(stock, folder)
    killed, other = [task.start(ledger) for task in tasks]
    time.sleep(random.Random(number).uniform(0.05, 0.3))
    end(killed)
    finish_all([other])
    check_sound(ledger)
    finish_all([tasks[0].start(ledger)])
    check_both(ledger, tasks)
    return "one of two writers killed: the other completes"


def all_commands(stock, folder):
    """Imports, checkpoints and rebuilds at once."""
    ledger = stock.begun.copy_to(folder)
    tasks = imports(stock, folder)
    others = [Checkpoint("checkpoint", stock.begun), Rebuild(stock.begun, stock.begun, [])] * 4
    finish_all([task.start(ledger) for task in [*tasks, *others]])
    check_both(ledger, tasks)
    return "imports, checkpoints and rebuilds at once: all complete"
