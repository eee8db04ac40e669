"""The system gives less than the program asks for: memory, length of files, open files."""

import resource
import signal
import subprocess
from functools import partial

from harness import Result
from recovery import check_repetition, check_survival
from rounds import Round, promise
from tasks import PATIENCE

# The loader says this where the libraries themselves do not fit.
NOT_STARTED = 127
LONG = 10
"""Seconds in which a command ends that does not wait for memory."""
MEMORY = [*range(80, 320, 8), *range(320, 1040, 48)]
COUNTS = range(4, 20)
LENGTHS = [1, 20, 60, 100, 200, 400, 600, 800, 1000, 1200]


def rounds(stock):
    named = {"import": stock.several_files, "rebuild": stock.rebuild}
    limits = [*((f"memory-{size}", f"--as={size << 20}:") for size in MEMORY),
              *((f"files-{count}", f"--nofile={count}") for count in COUNTS)]
    lengths = [(f"length-{size}", f"--fsize={size << 10}") for size in LENGTHS]
    return [round for name, task in named.items() for round in [
        *(Round(f"limits/{name}/{limit}", partial(with_limit, task, option))
          for limit, option in limits + lengths),
        *(Round(f"limits/{name}/{limit}-ignored", partial(with_limit, task, option, dies=False))
          for limit, option in lengths)]]


def with_limit(task, limit, folder, dies=True):
    """`dies`: whether SIGXFSZ ends the program; Python ignores it, which children inherit."""
    ledger = task.template.copy_to(folder)
    result = run(task, ledger, ["prlimit", "--core=0", limit], dies)
    promise(result.status in (task.status_when_done, 2, 3, NOT_STARTED) or result.status < 0,
            f"exit status {result.status}", result)
    if result.status in (2, 3):
        promise("aidledger: " in result.err, "what is wrong is not said", result)
    check_survival(task, ledger, result.status, result.out)
    check_repetition(task, ledger)
    return f"{limit.partition('=')[0]}: {ending(task, result)}"


def run(task, ledger, wrapper, dies):
    """Runs the command. The runtime's library waits where there is no memory for a thread; so
    memory is given after a while, and then the command must get to its end."""
    # Where memory or files are short, the runtime cannot tell of a crash and would only stammer.
    process = task.start(ledger, wrapper, {"SWIFT_BACKTRACE": "enable=no"}, restore_signals=dies,
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        out, err = process.communicate(timeout=LONG)
    except subprocess.TimeoutExpired:
        ample = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
        resource.prlimit(process.pid, resource.RLIMIT_AS, ample)
        out, err = communicate(process, PATIENCE)
    return Result(process.returncode, out, err)


def communicate(process, patience):
    try:
        return process.communicate(timeout=patience)
    except subprocess.TimeoutExpired:
        process.kill()
        promise(False, "it hangs, even when there is memory again", *process.communicate())


def ending(task, result):
    if result.status == task.status_when_done:
        return "went through"
    if result.status == NOT_STARTED:
        return "did not start"
    if result.status < 0:
        return f"died by {signal.Signals(-result.status).name}"
    return f"exit status {result.status}: {result.err.strip().split(': ')[-1]}"
