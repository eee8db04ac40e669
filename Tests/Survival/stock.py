"""Ledgers and inputs from which rounds start. They are made once and then only copied."""

import json
from functools import cached_property
from pathlib import Path

from harness import Ledger, application, done, record, tamper
from recovery import verdict
from tasks import Checkpoint, Import, Rebuild, Rotation


class Stock:
    def __init__(self, folder):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True)
        self.samples = self.folder / "samples.jsonl"
        done("sample", self.samples, "--entries", 12_000)

    # Inputs

    def write(self, name, lines):
        path = self.folder / name
        path.write_text("".join(line.rstrip("\n") + "\n" for line in lines), "utf-8")
        return path

    def sample(self, name, first, count, width=0):
        """So many of the sample records; lines are filled with blanks to `width`."""
        with self.samples.open(encoding="utf-8") as lines:
            chosen = list(lines)[first:first + count]
        return self.write(name, [line.rstrip("\n").ljust(width) for line in chosen])

    def persons(self, name, first, count, ids=0):
        """Records of which each names a new person, and each has a sealed text beside it. `ids`
        is added to their numbers, for other records of the same persons."""
        records = []
        for number in range(first, first + count):
            records += [application(ids + number, person(number)), record(f"{ids + number}-N")]
        return self.write(name, [json.dumps(record, ensure_ascii=False) for record in records])

    # Ledgers

    @cached_property
    def new(self):
        """One entry."""
        folder = self.folder / "new"
        folder.mkdir()
        return Ledger.make(folder / "a.db")

    @cached_property
    def begun(self):
        """A hundred records, of which some name persons; nobody has signed the head."""
        ledger = self.new.copy_to(self.folder / "begun")
        signing_key = ledger.keys / "signing.key"
        kept = signing_key.read_bytes()
        signing_key.unlink()
        files = [self.sample("begun.jsonl", 0, 80), self.persons("known.jsonl", 0, 10)]
        done("import", ledger, *files)
        signing_key.write_bytes(kept)
        return ledger

    @cached_property
    def damaged(self):
        """The same, but rows of its read model are gone."""
        ledger = self.begun.copy_to(self.folder / "damaged")
        for table in ("aid_applied", "case_noted"):
            tamper(ledger.path, f"DELETE FROM {table} WHERE rowid % 2 = 0")
        return ledger

    # Tasks

    def learnt(self, task):
        task.learn(self.folder / f"undisturbed-{task.name}")
        return task

    @cached_property
    def several_files(self):
        """Six files: six acknowledgements and twelve transactions."""
        files = [self.sample(f"part-{part}.jsonl", 100 + 60 * part, 60) for part in range(6)]
        return self.learnt(Import("import-files", self.begun, files))

    @cached_property
    def long_lines(self):
        """Lines so long that nine fill a batch, through a pipe."""
        file = self.sample("wide.jsonl", 1_000, 48, width=500_000)
        return self.learnt(Import("import-pipe", self.begun, [file], piped=True))

    @cached_property
    def new_persons(self):
        """Mostly writes to the vault."""
        files = [self.persons(f"persons-{part}.jsonl", 100 + 70 * part, 70) for part in range(3)]
        return self.learnt(Import("import-persons", self.begun, files))

    @cached_property
    def two_batches(self):
        """More than a batch of 5,000 records."""
        file = self.sample("batches.jsonl", 0, 6_000)
        return self.learnt(Import("import-batches", self.begun, [file]))

    @cached_property
    def few(self):
        """Little of everything: known and new persons, sealed texts."""
        files = [self.persons("few-1.jsonl", 5, 10), self.sample("few-2.jsonl", 600, 20)]
        return self.learnt(Import("import", self.begun, files))

    @cached_property
    def refused(self):
        """Its last line is refused, and so goes to the rejects file."""
        lines = self.persons("most.jsonl", 300, 3).read_text("utf-8").splitlines()
        lines.append(json.dumps(record("X", "case.noted", case="C-X", note=7, entries=[])))
        file = self.write("refused.jsonl", lines)
        return self.learnt(Import("import-refused", self.begun, [file], refused=1))

    @cached_property
    def checkpoint(self):
        return self.learnt(Checkpoint("checkpoint", self.begun))

    @cached_property
    def checkpoint_file(self):
        return self.learnt(Checkpoint("checkpoint-file", self.begun, to_file=True))

    @cached_property
    def rotation(self):
        return self.learnt(Rotation(self.new))

    @cached_property
    def rebuild(self):
        faults = [problem["text"] for problem in verdict(self.damaged)["problems"]]
        assert faults
        return self.learnt(Rebuild(self.damaged, self.begun, faults))


def person(number):
    """Somebody with a number of their own, whose household has three."""
    year = 1950 + number // 999
    return {"idNumber": identity_number(f"110101{year}0307{number % 999:03}"), "name": f"试{number}",
            "birthDate": f"{year}-03-07", "sex": "male" if number % 999 % 2 else "female",
            "phone": f"139{number:08}", "household": f"TEST{number // 3:04}"}


def identity_number(digits):
    """Seventeen digits and the one that checks them (GB 11643)."""
    weights = [2 ** (17 - place) % 11 for place in range(17)]
    total = sum(int(digit) * weight for digit, weight in zip(digits, weights))
    return digits + "10X98765432"[total % 11]
