"""The system gives less than the program asks for: memory, length of files, open files."""

import resource
import signal
import subprocess
from functools import partial

from harness import ENVIRONMENT, FINE, PROGRAM, aid
from recovery import check_repetition, check_survival
from rounds import Round, promise
from tasks import finish

# The loader says this where the libraries themselves do not fit.
NOT_STARTED = 127
LONG = 10
"""Seconds in which a command ends that does not wait for memory."""
MEMORY = [*range(80, 320, 8), *range(320, 1040, 48)]
COUNTS = range(4, 20)
# Where memory or files are short, the runtime cannot tell of a crash and would only stammer.
NO_BACKTRACE = {"SWIFT_BACKTRACE": "enable=no"}
LENGTHS = [1, 20, 60, 100, 200, 400, 600, 800, 1000, 1200]


def rounds(stock):
    named = {"import": stock.several_files, "rebuild": stock.rebuild}
    limits = [*((f"memory-{size}", f"--as={size << 20}:") for size in MEMORY),
              *((f"files-{count}", f"--nofile={count}") for count in COUNTS),
              *((f"length-{size}", f"--fsize={size << 10}") for size in LENGTHS)]
    return [*(Round(f"limits/{name}/{limit}", partial(with_limit, task, option))
              for name, task in named.items() for limit, option in limits),
            *(Round(f"limits/verify/files-{count}", partial(verified_with_few_files, stock, count))
              for count in COUNTS)]


def with_limit(task, limit, folder):
    ledger = task.template.copy_to(folder)
    result = run(task, ledger, ["prlimit", "--core=0", limit])
    promise(result.status in (task.status_when_done, 2, 3, NOT_STARTED),
            f"exit status {result.status}", result)
    if result.status in (2, 3):
        promise("aidledger: " in result.err, "what is wrong is not said", result)
    check_survival(task, ledger, result.status, result.out)
    check_repetition(task, ledger)
    return f"{limit.partition('=')[0]}: {ending(task, result)}"


def verified_with_few_files(stock, count, folder):
    """Whoever cannot open the files does not say that they are not sound."""
    ledger = stock.begun.copy_to(folder)
    result = aid("--core=0", f"--nofile={count}", PROGRAM, "verify", ledger, program="prlimit",
                 env={**ENVIRONMENT, **NO_BACKTRACE}, timeout=60)
    promise(result.status in (FINE, 3, NOT_STARTED), f"exit status {result.status}", result)
    promise(result.status != 3 or "aidledger: " in result.err, "what is wrong is not said", result)
    return f"verify, --nofile: exit status {result.status}"


def run(task, ledger, wrapper):
    """Runs the command. The runtime's library waits where there is no memory for a thread; so
    memory is given after a while, and then the command must get to its end."""
    process = task.start(ledger, wrapper, NO_BACKTRACE)
    try:
        process.wait(LONG)
    except subprocess.TimeoutExpired:
        ample = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
        resource.prlimit(process.pid, resource.RLIMIT_AS, ample)
    return finish(process)


def ending(task, result):
    if result.status == task.status_when_done:
        return "went through"
    if result.status == NOT_STARTED:
        return "did not start"
    if result.status < 0:
        return f"died by {signal.Signals(-result.status).name}"
    return f"exit status {result.status}: {result.err.strip().split(': ')[-1]}"
