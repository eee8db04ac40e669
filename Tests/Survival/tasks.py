"""What the program is doing when it is disturbed, and how to tell that it is done."""

import json
import os
import signal
import subprocess
import time

from content import content, keys, read
from harness import BAD_INPUT, ENVIRONMENT, FINE, PROGRAM, Result, aid, dump, records_of
from rounds import promise

PATIENCE = 60


class Task:
    """A command on a ledger."""

    name = ""
    status_when_done = FINE
    piped = None
    """A file that comes through a pipe."""

    def __init__(self, template):
        self.template = template

    def arguments(self, ledger):
        raise NotImplementedError

    def check_acknowledged(self, ledger, out):
        """What the output has acknowledged must be there, however the command ended."""

    def check_done(self, ledger, out):
        """The command is said to be done, so all of it must be there, and once."""

    def faults_before(self):
        """What `verify` may still say of the ledger when the command did not get to its end."""
        return []

    def start(self, ledger, wrapper=(), environment=None, **options):
        """Starts the command in the ledger's folder, with pipes to its output and its errors."""
        command = [*wrapper, PROGRAM, *map(str, self.arguments(ledger))]
        feeder = None
        if self.piped:
            feeder = subprocess.Popen(["cat", self.piped], stdout=subprocess.PIPE,
                                      stderr=subprocess.DEVNULL)
            options["stdin"] = feeder.stdout
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        process = subprocess.Popen(command, cwd=ledger.path.parent, start_new_session=True,
                                   env={**ENVIRONMENT, **(environment or {})},
                                   **{**pipes, **options})
        if feeder:
            feeder.stdout.close()
            process.feeder = feeder
        return process

    def run(self, ledger, **options):
        """Runs the command to its end."""
        return finish(self.start(ledger, **options))

    def learn(self, folder):
        """Runs it undisturbed, to know how long it takes."""
        ledger = self.template.copy_to(folder)
        start = time.monotonic()
        result = self.run(ledger)
        self.seconds = time.monotonic() - start
        assert result.status == self.status_when_done, result
        self.check_done(ledger, result.out)
        return ledger


def finish(process):
    """Waits for the end of a command; one that does not come to it is killed, and that is told."""
    try:
        out, err = process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        promise(False, f"it hangs: no end after {PATIENCE} s", process.args, *end(process))
    stop_feeding(process)
    return Result(process.returncode, (out or b"").decode(), (err or b"").decode("utf-8", "replace"))


def end(process):
    """Kills a command with its wrapper, if it is still there; gives what it wrote."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    out, err = process.communicate()
    stop_feeding(process)
    return out, err


def finish_all(processes):
    """Waits for commands that run at once. All must succeed; none is left running if one hangs."""
    try:
        for process in processes:
            result = finish(process)
            promise(result.status == FINE, f"one of several ends with {result.status}", result)
    finally:
        for process in processes:
            if process.poll() is None:
                end(process)


def stop_feeding(process):
    """Waits for what feeds a process that has ended."""
    if feeder := getattr(process, "feeder", None):
        feeder.wait(PATIENCE)


class Import(Task):
    """Takes records from files, or from one file through a pipe."""

    def __init__(self, name, template, files, piped=False, refused=0):
        super().__init__(template)
        self.name = name
        self.piped = files[0] if piped else None
        self.files = files
        self.rows = [[(record["source"], record["id"]) for record in records_of(file)]
                     for file in files]
        self.refused = refused
        """How many lines at the end of the last file will be refused."""
        if refused:
            self.status_when_done = BAD_INPUT
            self.rows[-1] = self.rows[-1][:-refused]
        self.expected = None
        """The content that an undisturbed run gives."""

    def arguments(self, ledger):
        rejects = ["--rejects", ledger.path.parent / "refused.jsonl"] if self.refused else []
        return ["import", "--json", ledger, *(["-"] if self.piped else self.files), *rejects]

    def acknowledged(self, out):
        """The keys that complete lines of the output acknowledge, and the size they state."""
        keys, size, file, through = [], 0, 0, 0
        for line in out.split("\n")[:-1]:
            told = json.loads(line)
            size = told["size"]
            if "committedThroughLine" in told:
                through = told["committedThroughLine"]
            else:
                keys += self.rows[file]
                file, through = file + 1, 0
        if through:
            keys += self.rows[file][:through]
        return keys, size

    def check_acknowledged(self, ledger, out):
        expected, size = self.acknowledged(out)
        present = keys(ledger)
        promise(len(set(present)) == len(present), "a record is there twice", present)
        missing = set(expected) - set(present)
        promise(not missing, "acknowledged records are missing", sorted(missing)[:5], out)
        head = read(ledger, "SELECT size FROM head")[0][0]
        promise(head >= size, f"size {head} is less than was acknowledged", out)

    def check_done(self, ledger, out):
        added = {key for rows in self.rows for key in rows}
        expected = sorted({*keys(self.template), *added})
        present = sorted(keys(ledger))
        promise(present == expected, f"{len(present)} records instead of {len(expected)}",
                sorted(set(expected) ^ set(present))[:5])
        if self.expected:
            found = content(ledger)
            for part, value in self.expected.items():
                promise(found[part] == value, f"{part} differ from those of an undisturbed run",
                        difference(found[part], value))
        signed = read(ledger, "SELECT count(*) FROM checkpoint JOIN head USING (size)")[0][0]
        promise(signed == 1, "the import signed no checkpoint")
        if self.refused:
            refused = (ledger.path.parent / "refused.jsonl").read_text().count("\n")
            promise(refused == self.refused, f"{refused} lines in the rejects file")

    def learn(self, folder):
        ledger = super().learn(folder)
        self.expected = content(ledger)
        return ledger


def difference(found, expected):
    """The first things that differ."""
    if isinstance(found, dict):
        found, expected = sorted(found.items(), key=str), sorted(expected.items(), key=str)
    pairs = [(a, b) for a, b in zip(found, expected) if a != b]
    return f"{len(found)} instead of {len(expected)}; found, expected: {pairs[:2]}"


class Checkpoint(Task):
    """Signs the head, to standard output or into a file."""

    def __init__(self, name, template, to_file=False):
        super().__init__(template)
        self.name = name
        self.to_file = to_file

    def note_path(self, ledger):
        return ledger.path.parent / "note.txt"

    def arguments(self, ledger):
        output = ["--output", self.note_path(ledger)] if self.to_file else []
        return ["checkpoint", ledger, *output]

    def note(self, ledger, out):
        """The note that was handed out; one whose last line is not complete was not. A file is
        there as a whole or not at all."""
        if not self.to_file:
            return out if out.count("\n") == 5 else ""
        path = self.note_path(ledger)
        return path.read_text() if path.exists() else ""

    def check_acknowledged(self, ledger, out):
        if note := self.note(ledger, out):
            size = int(note.split("\n")[1])
            stored = read(ledger, "SELECT note FROM checkpoint WHERE size = ?", size)
            promise(stored == [(note,)], "another note is stored than was handed out", note, stored)
        promise(keys(ledger) == keys(self.template), "the records have changed")

    def check_done(self, ledger, out):
        promise(self.note(ledger, out), "no note was handed out", out)
        self.check_acknowledged(ledger, out)


class Rebuild(Task):
    """Makes the read model of a ledger anew in which rows of it are missing."""

    name = "rebuild"

    def __init__(self, template, sound, faults):
        """`sound` is the ledger from which rows were taken, `faults` what `verify` says of it."""
        super().__init__(template)
        self.expected = dump(sound.path)
        self.faults = faults

    def arguments(self, ledger):
        return ["rebuild", ledger]

    def faults_before(self):
        return self.faults

    def check_acknowledged(self, ledger, out):
        sql = "SELECT seq, bytes, leafHash, subtreeHashes FROM entry ORDER BY seq"
        promise(read(ledger, sql) == read(self.template, sql), "entries have changed")

    def check_done(self, ledger, out):
        found = dump(ledger.path)
        wrong = [name for name in self.expected if found.get(name) != self.expected[name]]
        promise(not wrong and len(found) == len(self.expected), "not as before the damage", wrong)


class Rotation(Task):
    """Replaces the signing key. The key in force can sign, however the command ended."""

    name = "rotate"

    def arguments(self, ledger):
        return ["keys", "rotate", "--json", ledger]

    def check_acknowledged(self, ledger, out):
        promise(keys(ledger) == keys(self.template), "the records have changed")
        signed = aid("checkpoint", ledger, timeout=PATIENCE)
        promise(signed.status == FINE, "the key in force cannot sign", signed)
        verdict = aid("verify", ledger, "--vkey", self.template.vkey, timeout=PATIENCE)
        promise(verdict.status == FINE, "whoever knows the first key cannot follow", verdict)

    def check_done(self, ledger, out):
        if out:
            vkey = json.loads(out)["vkey"]
            published = ledger.path.with_name(ledger.path.name + ".vkey").read_text().strip()
            promise(published == vkey, "another verifier key is published", published, vkey)
        self.check_acknowledged(ledger, out)
