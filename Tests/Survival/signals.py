"""Signals other than `kill -9`."""

import random
import signal
import time
from functools import partial

from recovery import check_repetition, check_survival, check_sound
from rounds import Round, promise
from tasks import finish

ENDING = [signal.SIGTERM, signal.SIGINT, signal.SIGHUP]


def rounds(stock):
    return [*(Round(f"signals/{number.name}-{turn}", partial(ended, stock, number, turn))
              for number in ENDING for turn in range(5)),
            *(Round(f"signals/stopped-{turn}", partial(stopped, stock, turn))
              for turn in range(10))]


def start_and_signal(stock, number, turn, folder):
    chance = random.Random(f"{number}/{turn}")
    task = chance.choice([stock.several_files, stock.long_lines, stock.new_persons])
    ledger = task.template.copy_to(folder)
    process = task.start(ledger)
    time.sleep(chance.uniform(0, task.seconds))
    process.send_signal(number)
    return task, ledger, process


def ended(stock, number, turn, folder):
    task, ledger, process = start_and_signal(stock, number, turn, folder)
    result = finish(process)
    promise(result.status in (0, -number), f"exit status {result.status}", result)
    check_survival(task, ledger, result.status, result.out)
    check_repetition(task, ledger)
    return f"{number.name}: {'had ended' if result.status == 0 else 'ended by it'}"


def stopped(stock, turn, folder):
    """A writer that is suspended keeps nobody from reading, and then goes on."""
    task, ledger, process = start_and_signal(stock, signal.SIGSTOP, turn, folder)
    try:
        check_sound(ledger)
    finally:
        process.send_signal(signal.SIGCONT)
        result = finish(process)
    promise(result.status == 0, "the import does not go on", result)
    task.check_done(ledger, result.out)
    check_sound(ledger)
    return "SIGSTOP, a reader, SIGCONT: completes"
