"""What must hold of a ledger after a disturbance, whatever it was."""

import json

from harness import aid
from rounds import promise


def verdict(ledger):
    """What `verify` says: its problems, and its notes.

    Where a disturbance keeps an import from judging at its end, or tables are not sound, the
    verdicts on benefits cannot be checked; all else always is.
    """
    result = aid("verify", "--json", ledger, timeout=60)
    promise(result.status in (0, 1), "verify does not get to its end", result)
    told = json.loads(result.out)
    promise(told["sound"] == (result.status == 0) and set(told["notChecked"]) <= {"verdicts"},
            "verify", result)
    return told


def check_sound(ledger, besides=()):
    """The ledger is sound, or lacks just what it lacked before."""
    told = verdict(ledger)
    problems = [problem["text"] for problem in told["problems"]]
    promise(not problems or problems == list(besides), "the ledger is not sound",
            *told["problems"][:10])
    return told


def check_survival(task, ledger, status, out):
    """After a disturbance the ledger is sound, and all that was acknowledged is there.

    Gives what `verify` notes.
    """
    is_done = status == task.status_when_done
    told = check_sound(ledger, besides=() if is_done else task.faults_before())
    task.check_acknowledged(ledger, out)
    if is_done:
        task.check_done(ledger, out)
    return told["notices"]


def check_repetition(task, ledger):
    """The same command again brings it to its end."""
    again = task.run(ledger)
    promise(again.status == task.status_when_done, "the command does not succeed afterwards", again)
    task.check_done(ledger, again.out)
    check_sound(ledger)
    check_judged(ledger)


def check_judged(ledger):
    """Whoever reads the verdicts has them brought up to date, and they are as they should be."""
    read = aid("verdicts", "--json", ledger, timeout=60)
    promise(read.status == 0, "verdicts cannot be read afterwards", read)
    told = check_sound(ledger)
    stale = [notice for notice in told["notices"] if notice.startswith("verdicts")]
    promise(not told["notChecked"] and not stale, "verdicts are not up to date",
            told["notChecked"], *stale)
