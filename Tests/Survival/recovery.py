"""What must hold of a ledger after a disturbance, whatever it was."""

import json

from harness import aid
from rounds import promise


def verdict(ledger):
    """What `verify` says: its problems, and its notes."""
    result = aid("verify", "--json", ledger, timeout=60)
    promise(result.status in (0, 1), "verify does not get to its end", result)
    told = json.loads(result.out)
    promise(told["sound"] == (result.status == 0) and not told["notChecked"], "verify", result)
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
