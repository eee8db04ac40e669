"""Failing system calls by strace, which sees what the kernel sees: what fault.c does is checked
against it."""

import re
import shutil
from collections import Counter
from functools import partial

from fault import ending
from harness import Unavailable
from recovery import check_repetition, check_survival
from rounds import Round, promise
from shim import read_trace, tracing

CHANGES = {"openat", "pwrite64", "write", "fsync", "fdatasync", "ftruncate", "flock", "mmap",
           "unlink", "rename", "mkdir"}
# What the C library calls the same.
SAME = {"pread64": "pread64", "pwrite64": "pwrite64", "fdatasync": "fdatasync", "fsync": "fsync",
        "ftruncate64": "ftruncate", "flock": "flock", "fcntl": "fcntl", "mmap64": "mmap"}


def rounds(stock):
    if not shutil.which("strace"):
        return [Round("strace", without_strace)]
    tasks = [stock.few, stock.checkpoint, stock.rebuild]
    return [round for task in tasks for round in rounds_of(stock, task)]


def without_strace(folder):
    raise Unavailable("there is no strace")


def rounds_of(stock, task):
    yield Round(f"strace/{task.name}/agrees", partial(agrees, task))
    ledger = task.template.copy_to(stock.folder / f"strace-{task.name}")
    for name, count in sorted(traced(task, ledger).items()):
        if name in CHANGES:
            for number in range(1, count + 1):
                yield Round(f"strace/{task.name}/{name}/{number}",
                            partial(fail_once, task, name, number))


def strace(ledger, log, *options):
    """Watches the calls on files of the ledger, and no others."""
    files = [ledger.path.with_name(ledger.path.name + suffix) for suffix in
             ("", "-wal", "-shm", ".lock", ".vault", ".vault-wal", ".vault-shm")]
    return ["strace", "-f", "-qq", "-o", log, *(f"--trace-path={file}" for file in files), *options]


def traced(task, ledger):
    """How often the program makes each call, undisturbed."""
    log = ledger.path.with_name("strace")
    result = task.run(ledger, wrapper=strace(ledger, log))
    assert result.status == task.status_when_done, result
    return Counter(re.findall(r"^\d+ +(\w+)\(", log.read_text(), re.M))


def agrees(task, folder):
    """fault.c sees every call that the kernel sees."""
    by_strace = traced(task, task.template.copy_to(folder / "strace"))
    ledger = task.template.copy_to(folder / "shim")
    result = task.run(ledger, environment=tracing(f"{ledger}", folder / "trace"))
    promise(result.status == task.status_when_done, "the program fails when it is watched", result)
    seen = Counter(SAME.get(name) for _, name, path in read_trace(folder / "trace")
                   if ".keys" not in path)
    missed = {name: (by_strace[name], seen[name]) for name in SAME.values()
              if by_strace[name] != seen[name]}
    promise(not missed, "fault.c misses calls", missed)
    return "fault.c sees what strace sees"


def fail_once(task, name, number, folder):
    ledger = task.template.copy_to(folder / "ledger")
    inject = f"--inject={name}:error=EIO:when={number}"
    result = task.run(ledger, wrapper=strace(ledger, folder / "strace", inject))
    met = "(INJECTED)" in (folder / "strace").read_text()
    end = ending("fail", result, task.status_when_done) if met else "not met"
    check_survival(task, ledger, result.status, result.out)
    check_repetition(task, ledger)
    return f"{task.name}, strace: {end}"
