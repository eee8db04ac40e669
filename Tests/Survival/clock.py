"""The clock is set back, or was far ahead."""

from datetime import date
from functools import partial

from content import entries, keys
from recovery import check_sound
from rounds import Round, promise
from shim import library
from tasks import Import

DAY = 86_400


def rounds(stock):
    changes = {"hour-back": [0, -3600, -7200], "month-back": [0, -30 * DAY, 0],
               "year-ahead": [365 * DAY, 0, 366 * DAY]}
    return [Round(f"clock/{name}", partial(set_clock, stock, offsets))
            for name, offsets in changes.items()]


def set_clock(stock, offsets, folder):
    ledger = stock.begun.copy_to(folder)
    files = stock.several_files.files
    for file, offset in zip(files, offsets):
        task = Import("import", stock.begun, [file])
        result = task.run(ledger, environment={"LD_PRELOAD": str(library("clock")),
                                               "SURVIVAL_CLOCK": str(offset)})
        promise(result.status == 0, "the import does not succeed", result)
    times = [entry["at"] for entry in entries(ledger)]
    promise(times == sorted(times), "an entry is older than its predecessor", times)
    first, last = (date.fromisoformat(times[index][:10]) for index in (0, -1))
    days_ahead = max(offsets) // DAY
    promise((last - first).days in (days_ahead, days_ahead + 1), "the clock was not set", times[-1])
    expected = stock.several_files.rows[:len(offsets)]
    promise(set(keys(ledger)) >= {key for rows in expected for key in rows}, "records are missing")
    check_sound(ledger)
    return "clock set back: times never go back"
