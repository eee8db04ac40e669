"""The command line: `scripts/survive`."""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import disk
import fault
import founding
import kill
import others
import tracer
from harness import CHECKOUT, COULD_NOT
from rounds import run_all
from stock import Stock


def some_of(*modules):
    """The rounds of these modules, or so many of them as chance gives."""
    def rounds(stock, count, seed):
        every = [round for module in modules for round in module.rounds(stock)]
        random.Random(seed).shuffle(every)
        return every[:count]
    return rounds


MODES = {"kill": kill.rounds, "fault": some_of(fault, founding, tracer), "disk": some_of(disk),
         "others": some_of(others)}
"""What gives the rounds: of a stock, a count or none, and a seed."""


def arguments():
    parser = argparse.ArgumentParser(
        prog="scripts/survive", description="Disturbs the program in every way it must survive, "
        "and looks whether what it acknowledged is there. Exit status 1 where it is not.")
    parser.add_argument("modes", nargs="*", metavar="mode",
                        help="kill, fault, disk, others (default: all)")
    parser.add_argument("--rounds", type=int,
                        help="how many of each mode (default: 1,000 kills, all of the rest)")
    parser.add_argument("--seed", help="for chance (default: another one each time)")
    parser.add_argument("--only", help="the one round of this name")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="rounds at a time")
    parser.add_argument("--folder", type=Path, help="where to work (default: a temporary folder)")
    parser.add_argument("--keep", action="store_true", help="keep the folders of all rounds")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    chosen = parser.parse_args()
    if unknown := set(chosen.modes) - set(MODES):
        parser.error(f"there is no mode {', '.join(sorted(unknown))}")
    for name in ["stock", *MODES]:
        if chosen.folder and (chosen.folder / name).exists():
            parser.error(f"{chosen.folder / name} is there already, and would be overwritten")
    return chosen


def build():
    """Builds the program, if no other is named."""
    command = ["swift", "build", "-c", "release", "--product", "aidledger"]
    if "AIDLEDGER" not in os.environ:
        if subprocess.run(command, cwd=CHECKOUT, stdout=sys.stderr).returncode != 0:
            sys.exit(COULD_NOT)


def main():
    chosen = arguments()
    build()
    os.nice(10)
    seed = chosen.seed or str(random.randrange(1_000_000))
    folder = (chosen.folder or Path(tempfile.mkdtemp(prefix="survive-"))).resolve()
    told = {"seed": seed, "modes": {}}
    stock = Stock(folder / "stock")
    for mode in chosen.modes or MODES:
        count = None if chosen.only else chosen.rounds
        todo = MODES[mode](stock, count, seed)
        if chosen.only:
            todo = [round for round in todo if round.name == chosen.only]
        if not todo:
            sys.exit(f"{mode} has no round {chosen.only or 'at all'}")
        tally = run_all(todo, folder / mode, chosen.jobs, chosen.keep, Teller(mode, seed))
        told["modes"][mode] = {
            "rounds": tally.rounds, "outcomes": dict(sorted(tally.outcomes.items())),
            "findings": [{"round": name, "text": text, "folder": str(place)}
                         for name, text, place in tally.findings]}
        if not chosen.json:
            tell(mode, tally)
    if chosen.json:
        print(json.dumps(told, ensure_ascii=False, indent=1))
    is_fine = not any(mode["findings"] for mode in told["modes"].values())
    if is_fine and not chosen.keep:
        remove(folder, ["stock", *told["modes"]])
    return 0 if is_fine else 1


def remove(folder, made):
    """Takes away what was made, and the folder if there was nothing else in it."""
    for name in made:
        shutil.rmtree(folder / name)
    if not any(folder.iterdir()):
        folder.rmdir()


class Teller:
    """Says how far the rounds are and, at once, what they find."""

    def __init__(self, mode, seed):
        self.mode, self.seed = mode, seed

    def __call__(self, tally, total, finding):
        if finding:
            name, text, folder = finding
            again = f"scripts/survive {self.mode} --seed {self.seed} --only {name}"
            print(f"{self.mode} {name}: {text}\n  in {folder}\n  again: {again}", file=sys.stderr)
        elif tally.rounds % 100 == 0:
            print(f"{self.mode}: {tally.rounds} of {total}, {len(tally.findings)} findings",
                  file=sys.stderr)


def tell(mode, tally):
    print(f"{mode}: {tally.rounds} rounds, {len(tally.findings)} findings")
    for outcome, count in sorted(tally.outcomes.items()):
        print(f"{count:>7}  {outcome}")
