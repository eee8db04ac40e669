"""What the tests share: the program from outside, a ledger's files, and ways of getting at them
that the program would not allow."""

import contextlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("AIDLEDGER", str(CHECKOUT / ".build/release/aidledger"))
# What findings are kept in for traces is no folder of whoever runs the tests.
CACHE = tempfile.TemporaryDirectory(prefix="aidledger-cache-")
ENVIRONMENT = {**os.environ, "AIDLEDGER_HOME": str(CHECKOUT), "XDG_CACHE_HOME": CACHE.name}
ORIGIN = "aid.example.gov.cn/150500"

FINE, NO, BAD_INPUT, COULD_NOT = 0, 1, 2, 3

PERSON = {"idType": "resident-id", "idNumber": "110101199003078515", "name": "试甲乙",
          "birthDate": "1990-03-07", "sex": "male", "phone": "13800001111",
          "address": "样例市试验路1号", "household": "TEST0001"}


class Unavailable(Exception):
    """This machine lacks what a test needs."""


class Result:
    """What a run of the program came to."""

    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, err
        self.text = out + err

    def __repr__(self):
        return f"exit {self.status}\n--- out\n{self.out[-3000:]}\n--- err\n{self.err[-3000:]}"

    def json_lines(self):
        return [json.loads(line) for line in self.out.splitlines()]


def aid(*arguments, stdin=None, timeout=120, program=None, **options):
    """Runs the program to its end."""
    command = [program or PROGRAM, *map(str, arguments)]
    done = subprocess.run(command, input=stdin, capture_output=True, timeout=timeout,
                          env=options.pop("env", ENVIRONMENT), **options)
    return Result(done.returncode, done.stdout.decode("utf-8", "replace"),
                  done.stderr.decode("utf-8", "replace"))


def done(*arguments, **options):
    """Runs the program, which must succeed."""
    result = aid(*arguments, **options)
    assert result.status == FINE, result
    return result


CRASH = re.compile(r"Fatal error|Stack dump|Segmentation|Thread \d|0x[0-9a-f]{12}|\.swift:\d|"
                   r"Optional\(|Error Domain|couldn’t be completed", re.I)


def refused(result, status, *texts):
    """It ended as it should, and says what is wrong in words."""
    assert result.status == status, result
    assert not CRASH.search(result.text), result
    for text in texts:
        assert text in result.err, (text, result)


def start(*arguments, **options):
    return subprocess.Popen([PROGRAM, *map(str, arguments)], env=ENVIRONMENT,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)


class Ledger:
    """A ledger's files."""

    def __init__(self, path):
        self.path = Path(path)
        self.vault = Path(f"{path}.vault")
        self.keys = Path(f"{path}.keys")
        self.vkey = Path(f"{path}.vkey")
        self.lock = Path(f"{path}.lock")

    def __fspath__(self):
        return str(self.path)

    def __str__(self):
        return str(self.path)

    @staticmethod
    def make(path):
        done("init", path, "--origin", ORIGIN, "--operator", "tests")
        return Ledger(path)

    def copy_to(self, folder):
        """All files of the ledger in another folder, under the same names."""
        folder = Path(folder)
        folder.mkdir(exist_ok=True)
        for file in self.path.parent.glob(self.path.name + "*"):
            if file.is_dir():
                shutil.copytree(file, folder / file.name)
            else:
                shutil.copy2(file, folder / file.name)
        return Ledger(folder / self.path.name)

    def files(self):
        """The databases and what SQLite keeps beside them, as bytes."""
        return {file.name: file.read_bytes()
                for file in sorted(self.path.parent.glob(self.path.name + "*"))
                if file.is_file()}

    def take(self, records, *arguments, **options):
        """Imports records through standard input."""
        text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
        rejects = self.path.parent / "refused.jsonl"
        return aid("import", self, "-", "--rejects", rejects, *arguments,
                   stdin=text.encode(), **options)

    def verify(self, *arguments):
        return Verdict(aid("verify", self, *arguments))

    def size(self):
        return self.value("SELECT size FROM head")

    def rows(self, sql, *values, file=None):
        with contextlib.closing(connect(file or self.path)) as database:
            return database.execute(sql, values).fetchall()

    def state(self):
        """What both databases hold."""
        return dump(self), dump(self.vault)

    def content(self):
        """What stands in the files that last; `-shm` does not, and an empty log is none."""
        return {name: data for name, data in self.files().items()
                if data and not name.endswith("-shm")}

    def value(self, sql, *values, file=None):
        return self.rows(sql, *values, file=file)[0][0]

    def entry(self, seq):
        return json.loads(self.value("SELECT bytes FROM entry WHERE seq = ?", seq))

    def keys_on_it(self):
        return set(self.rows("SELECT source, id FROM entry"))


class Verdict:
    """What `verify` says: its lines, and where it ends."""

    def __init__(self, result):
        self.result = result
        self.status = result.status
        # What happened is told after the verdict.
        problems = re.split("^(?:NOT SOUND|sound:)", result.out, maxsplit=1, flags=re.M)[0]
        self.lines = [line for line in problems.splitlines()
                      if not line.startswith(("note:", "not checked"))]
        self.notes = [line for line in result.out.splitlines() if line.startswith("note:")]

    def __repr__(self):
        return repr(self.result)

    def is_sound(self):
        return (self.status == FINE and not self.lines
                and re.search("^sound: ", self.result.out, re.M) is not None)

    def says(self, *lines):
        """It is these lines that are said, and no others: nothing is blamed for another's fault."""
        assert self.status == NO, self
        assert sorted(self.lines) == sorted(lines), self

    def mentions(self, *texts):
        """Each text stands in a line."""
        assert self.status == NO, self
        for text in texts:
            assert any(text in line for line in self.lines), (text, self)


def connect(path):
    """A connection that keeps no transaction open of its own."""
    return sqlite3.connect(path, isolation_level=None)


def reader(ledger):
    """A connection, for `with`, that cannot write, not even when it closes."""
    return contextlib.closing(
        sqlite3.connect(f"file:{ledger.path}?mode=ro", uri=True, isolation_level=None))


@contextlib.contextmanager
def tampering(path):
    """A connection under which the guards are gone; they are put back as they were."""
    with contextlib.closing(connect(path)) as database:
        guards = database.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY rowid").fetchall()
        for name, _ in guards:
            database.execute(f"DROP TRIGGER {name}")
        yield database
        for _, sql in guards:
            database.execute(sql)


def tamper(path, sql, *values):
    """One change behind the guards' back; it must really have changed something."""
    with tampering(path) as database:
        assert database.execute(sql, values).rowcount != 0


def dump(path):
    """Everything that a database holds, table by table, in an order that storage does not decide."""
    with contextlib.closing(connect(path)) as database:
        schema = database.execute(
            "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name").fetchall()
        content = {"schema": schema}
        for pragma in ("application_id", "user_version"):
            content[pragma] = database.execute(f"PRAGMA {pragma}").fetchone()
        for kind, name, _, _ in schema:
            if kind == "table":
                rows = database.execute(f'SELECT * FROM "{name}"').fetchall()
                content[name] = sorted(rows, key=repr)
        return content


def records_of(path):
    return [json.loads(line) for line in Path(path).read_text("utf-8").splitlines()]


def record(number, kind="case.noted", **body):
    """A small valid record."""
    return {"kind": kind, "source": "test", "id": f"T-{number}", "area": "150502",
            "occurredOn": "2024-05-06", "operator": "u1",
            "body": body or {"case": f"C-{number}", "note": f"备注{number}", "entries": []}}


def application(number, person=None, **changes):
    """A record that names a person."""
    body = {"person": {**PERSON, **(person or {})}, "aidType": "case-by-case",
            "requestedFen": 10_000 + number, "channel": "counter", "claims": [],
            "receivedOn": "2024-05-06"}
    body.update(changes)
    return record(number, "aid.applied", **body)


@contextlib.contextmanager
def small_disk(folder, size):
    """A folder on a disk of its own: a file system in memory, of so many bytes."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True).returncode != 0:
        raise Unavailable("a file system can be mounted by root only")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)
