"""Rounds: each disturbs the program once, in a folder of its own, and sees what came of it."""

import concurrent.futures
import shutil
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable

from harness import Unavailable


class Finding(Exception):
    """The program has broken a promise."""


def promise(holds, text, *evidence):
    """What must hold; else the round has found something."""
    if not holds:
        raise Finding("\n".join([text, *(str(item) for item in evidence)]))


@dataclass(frozen=True)
class Round:
    name: str
    run: Callable[[Path], str]
    """Takes the folder, and gives in a few words what became of the disturbance."""


@dataclass
class Tally:
    """What many rounds came to."""

    outcomes: Counter = field(default_factory=Counter)
    findings: list = field(default_factory=list)

    @property
    def rounds(self):
        return sum(self.outcomes.values()) + len(self.findings)


def run_all(rounds, folder, jobs, keep, tell):
    """Runs the rounds, some at a time. The folders of those that found something are kept."""
    folder.mkdir(parents=True, exist_ok=True)
    tally = Tally()
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        running = [pool.submit(run_one, round, folder, keep) for round in rounds]
        for future in concurrent.futures.as_completed(running):
            outcome, finding = future.result()
            if finding:
                tally.findings.append(finding)
            else:
                tally.outcomes[outcome] += 1
            tell(tally, len(running), finding)
    return tally


def run_one(round, folder, keep=False):
    """Gives the outcome, or what was found: (name, text, folder)."""
    place = folder / round.name.replace("/", "_")
    if place.exists():
        shutil.rmtree(place)
    place.mkdir(parents=True)
    try:
        outcome = round.run(place)
    except Unavailable as reason:
        outcome = f"skipped: {reason}"
    except Finding as finding:
        return None, (round.name, str(finding), place)
    except Exception:
        return None, (round.name, "the round itself failed\n" + traceback.format_exc(), place)
    if not keep:
        shutil.rmtree(place)
    return outcome, None
