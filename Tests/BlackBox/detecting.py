"""Detectors run by Python: a second reading of ledger/detectors/README.md beside the program's.

The tables that the program makes for detectors are made here anew, from the ledger and the
rulebooks alone, as TEMP tables beside a ledger that is opened for reading only."""

import csv
import datetime
import hashlib
import itertools
import re
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from rulebooks import POLICIES, ROOT, StrictLoader, load

DETECTORS = ROOT / "ledger/detectors"
CALENDAR = ROOT / "ledger/calendar/cn-workdays.csv"
CODE_LISTS = load(ROOT / "ledger/kinds/codes.yaml")
EPOCH = datetime.date(1970, 1, 1)
FOR_EVER = (datetime.date.max - EPOCH).days
HEAD = re.compile(r"\A/\*\n(.*?)\n\*/\n(.*)\Z", re.S)

TABLES = """
CREATE TEMP TABLE area_within (area TEXT, within TEXT, distance BIGINT);
CREATE TEMP TABLE rule_in_force (
  rulebook TEXT, rule TEXT, nature TEXT, area TEXT, fromDay BIGINT, toDay BIGINT);
CREATE TEMP TABLE provision (
  provision BIGINT, rulebook TEXT, rule TEXT, nature TEXT, topic TEXT, area TEXT, fromDay BIGINT,
  toDay BIGINT, fen BIGINT, basisPoints BIGINT, atLeast BIGINT, atMost BIGINT, days BIGINT,
  workingDays BIGINT, months BIGINT, dayOfMonth BIGINT, byDay BIGINT, measure TEXT, level TEXT,
  parameter TEXT);
CREATE TEMP TABLE provision_code (provision BIGINT, member TEXT, code TEXT);
CREATE TEMP TABLE kept_person (person BIGINT PRIMARY KEY, kept BIGINT);
CREATE TEMP TABLE workday (day BIGINT PRIMARY KEY, number BIGINT);
CREATE TEMP TABLE calendar_end (lastDay BIGINT);
CREATE TEMP TABLE institution (
  code TEXT PRIMARY KEY, level BIGINT, type TEXT, area TEXT, name TEXT);
CREATE TEMP TABLE latest_day (day BIGINT);
"""
# The tables of the kinds that the program writes itself.
OWN_KINDS = {re.sub(r"[.-]", "_", path.stem) for path in (ROOT / "ledger/kinds").glob("*.yaml")
             if re.search(r"^program: true$", path.read_text("utf-8"), re.M)}
SCALARS = ["fen", "basisPoints", "atLeast", "atMost", "days", "workingDays", "months",
           "dayOfMonth"]
CODES = {"categories": "category", "schemes": "scheme", "visits": "visit",
         "levels": "institution-level", "fromAccounts": "from-account",
         "toAccounts": "to-account", "funds": "fund", "sources": "fund-source",
         "departments": "department", "purposes": "purpose"}
AREA_COLUMNS = {"area", "enrolledArea", "certifiedArea", "hukouArea", "residenceArea",
                "institution_area", "forArea", "fromArea"}


OPTIONAL = {"rule", "missing", "grade", "node", "link"}
# What a query may say that it lacks: a code, its arguments, pairs of a key and a value.
MISSING = re.compile(
    r"(parameter [a-z-]+|peers \d+ \d+|calendar \d{4}|clause [a-z-]+|record [a-z.]+)"
    r"( (year|level|area|category|scheme|visit|type|fund|institution|of) \S+)*")


def day_number(text):
    return (datetime.date.fromisoformat(text) - EPOCH).days


def chain(area):
    """The area, its city, its province."""
    return list(dict.fromkeys([area, area[:4] + "00", area[:2] + "0000"]))


# MARK: The tables

def open_ledger(path, policies=POLICIES):
    """A connection that cannot change the ledger, with the tables of a run beside it."""
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None)
    database.execute("PRAGMA temp_store = MEMORY")
    database.executescript(TABLES)
    fill(database, "area_within", [(area, within, distance)
                                   for area in sorted(named_areas(database))
                                   for distance, within in distances(area)])
    spans = rulebook_spans(database, policies)
    fill(database, "rule_in_force", rules_in_force(spans))
    fill_provisions(database, spans)
    fill(database, "kept_person", kept_persons(database))
    fill_institutions(database)
    fill_calendar(database)
    days = " UNION ALL ".join(f"SELECT MAX(occurredOnDay) AS day FROM {name}"
                              for name, columns in tables(database)
                              if "occurredOnDay" in columns and name not in OWN_KINDS)
    database.execute(f"INSERT INTO latest_day SELECT MAX(day) FROM ({days})")
    return database


def fill(database, table, rows):
    rows = list(rows)
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        database.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


def tables(database):
    names = database.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table'")
    for (name,) in names.fetchall():
        yield name, [row[1] for row in database.execute(f'PRAGMA main.table_info("{name}")')]


def distances(area):
    """Itself (0), its city (1), its province (2); a wider area has fewer."""
    places = [(0, area), (1, area[:4] + "00"), (2, area[:2] + "0000")]
    return [place for index, place in enumerate(places)
            if place[1] not in [within for _, within in places[:index]]]


def named_areas(database):
    found = set()
    for name, columns in tables(database):
        for column in AREA_COLUMNS.intersection(columns):
            found.update(area for (area,) in database.execute(
                f"SELECT DISTINCT {column} FROM {name} WHERE {column} IS NOT NULL"))
    return found


def rulebook_spans(database, policies):
    """(rulebook, area of the adoption, first day, last day) for every stretch in force."""
    books = {}
    for path in Path(policies).glob("*.yaml"):
        books[hashlib.sha256(path.read_bytes()).hexdigest()] = load(path)
    adoptions = database.execute(
        "SELECT rulebook, area, effectiveFromDay, source, id, sha256 FROM live_policy_adopted "
        "ORDER BY rulebook, area, effectiveFromDay, source, id").fetchall()
    spans = []
    for _, group in itertools.groupby(adoptions, lambda row: row[:2]):
        group = list(group)
        ends = [later[2] - 1 for later in group[1:]] + [FOR_EVER]
        for (_, area, since, _, _, sha256), end in zip(group, ends):
            book = books.get(sha256)
            if book is None or book["area"] not in chain(area):
                continue
            for period in book["inForce"]:
                first = max(since, day_number(period["from"]) if "from" in period else since)
                last = min(end, day_number(period["to"]) if "to" in period else FOR_EVER)
                if first <= last:
                    spans.append((book, area, first, last))
    return spans


def standing(spans, book, area, first, last, rule):
    """The days on which a rule is not displaced, as (first day, last day)."""
    pieces = [(first, last)]
    for other, where, since, until in spans:
        displaced = {rule for item in other.get("displaces", []) for rule in item["rules"]}
        if rule not in displaced or other is book or where not in chain(area):
            continue
        pieces = [piece for start, end in pieces
                  for piece in ((start, min(end, since - 1)), (max(start, until + 1), end))
                  if piece[0] <= piece[1]]
    return pieces


def rules_in_force(spans):
    for book, area, first, last in spans:
        for rule, clause in book["rules"].items():
            for start, end in standing(spans, book, area, first, last, rule):
                yield book["rulebook"], rule, clause["nature"], area, start, end


def fill_provisions(database, spans):
    numbers = itertools.count(1)
    for book, area, first, last in spans:
        for item in book.get("provisions", []):
            since = max(first, day_number(item["from"]) if "from" in item else first)
            until = min(last, day_number(item["to"]) if "to" in item else last)
            if since > until:
                continue
            for start, end in standing(spans, book, area, since, until, item["rule"]):
                number = next(numbers)
                by = day_number(item["by"]) if "by" in item else None
                fill(database, "provision", [(
                    number, book["rulebook"], item["rule"],
                    book["rules"][item["rule"]]["nature"], item["topic"], area, start, end,
                    *(item.get(name) for name in SCALARS), by, item.get("of"),
                    item.get("level"), item.get("parameter"))])
                fill(database, "provision_code", [
                    (number, member, str(code)) for name, member in CODES.items()
                    for code in item.get(name, [])])


def kept_persons(database):
    merges = database.execute('SELECT "from", "into" FROM live_person_merged').fetchall()
    neighbours = {}
    for one, other in merges:
        if one != other:
            neighbours.setdefault(one, set()).add(other)
            neighbours.setdefault(other, set()).add(one)
    away, seen = {one for one, _ in merges}, set()
    for start in sorted(neighbours):
        if start in seen:
            continue
        group, waiting = set(), [start]
        while waiting:
            person = waiting.pop()
            if person not in group:
                group.add(person)
                waiting += neighbours[person]
        seen |= group
        kept = min(group - away, default=min(group))
        yield from ((person, kept) for person in sorted(group))


def fill_institutions(database):
    rows = database.execute(
        "SELECT institution_code, institution_level, institution_type, institution_area, "
        "institution_name FROM live_institution_designated "
        "ORDER BY designatedFromDay, source, id").fetchall()
    fill(database, "institution", {row[0]: row for row in rows}.values())


def fill_calendar(database):
    """Without the calendar's file no day is known, and deadlines in working days say so."""
    if not CALENDAR.exists():
        return
    number, rows = 0, []
    with CALENDAR.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            number += int(line["workday"])
            rows.append((day_number(line["date"]), number))
    fill(database, "workday", rows)
    fill(database, "calendar_end", [(max(rows)[0],)])


# MARK: Detectors

def words_of(figure):
    """The words of a figure's codes, by code."""
    return figure.get("values") or CODE_LISTS[figure["codes"]]


def coded(head):
    """The figures whose values are codes."""
    return [figure for figure in head.get("figures") or [] if figure.get("type") == "code"]


def unworded(head, found):
    """The codes in findings that people would have to read as they are."""
    return {(figure["id"], code) for figure in coded(head) for one in found.values()
            if (code := one.figures.get(figure["id"])) is not None
            and code not in words_of(figure)}


def detector(name, folder=DETECTORS):
    """The head and the query of a detector's file."""
    match = HEAD.match((Path(folder) / f"{name}.sql").read_text("utf-8"))
    return yaml.load(match[1], StrictLoader), match[2].strip()


@dataclass
class Finding:
    """What one key's rows come to."""
    rule: str
    grade: str
    key: tuple
    entries: set = field(default_factory=set)
    figures: dict = field(default_factory=dict)
    subjects: dict = field(default_factory=dict)
    amount: int | None = None
    area: str | None = None
    day: int | None = None
    clause: str | None = None

    @property
    def id(self):
        def digest(parts, length):
            text = "\n".join("" if part is None else str(part) for part in parts)
            return hashlib.sha256(text.encode()).hexdigest()[:length]
        return (f"{self.rule}-{digest([self.rule, *self.key], 10)}"
                f".{digest(sorted(self.entries), 6)}")


def bindings(head, ledger=1, **changed):
    values = {name: item["default"] for name, item in (head.get("parameters") or {}).items()}
    return {**values, **changed, "ledger": ledger}


def columns(head):
    """What a query has to give beside what it may."""
    named = {"area", "day", *head["key"], *head["entries"], *(head.get("subjects") or {}).values()}
    named |= {figure["id"] for figure in head.get("figures") or []}
    if "amount" in head:
        named.add(head["amount"])
    if head.get("step") == "benford":
        named |= {"groupKey", "firstTwo", "count"}
    made = {"components": {"component", "nodes"}, "benford": {"mad", "chiSquare", "digits"}}
    return named - made.get(head.get("step"), set())


def rows_of(database, head, sql, **changed):
    cursor = database.execute(sql, bindings(head, **changed))
    names = [column[0] for column in cursor.description]
    assert set(names) - OPTIONAL == columns(head) - OPTIONAL, names
    return [dict(zip(names, row)) for row in cursor]


def components(rows, size):
    """The engine's step: rows joined by nodes that share a link."""
    parent = {}

    def root(item):
        while parent.setdefault(item, item) != item:
            item = parent[item]
        return item

    for row in rows:
        ends = sorted([root(("node", row["node"])), root(("link", row["link"]))], key=repr)
        parent[ends[1]] = ends[0]
    groups = {}
    for row in rows:
        groups.setdefault(root(("node", row["node"])), []).append(row)
    for group in groups.values():
        nodes = {row["node"] for row in group}
        if len(nodes) >= size:
            least = min(nodes)
            yield from ({**row, "component": least, "nodes": len(nodes)} for row in group)


def run(database, name, folder=DETECTORS, **changed):
    """A detector's findings by their keys, and what it says is missing."""
    head, sql = detector(name, folder)
    rows = rows_of(database, head, sql, **changed)
    missing = {row["missing"] for row in rows if row.get("missing") is not None}
    assert all(MISSING.fullmatch(text) for text in missing), missing
    rows = [row for row in rows if row.get("missing") is None]
    if head.get("step") == "components":
        rows = list(components(rows, bindings(head, **changed)["size"]))
    found = {}
    for row in rows:
        key = tuple(row[column] for column in head["key"])
        if key not in found:
            grade = row["grade"] if len(head["grades"]) > 1 else head["grades"][0]
            found[key] = Finding(head["id"], grade, key)
        add(found[key], head, row)
    # Of small detectors of the tests' own no words are asked.
    assert folder != DETECTORS or not unworded(head, found), unworded(head, found)
    return found, missing


def add(finding, head, row):
    """Entries are those of all rows, the rest those of the first row that has them."""
    finding.entries |= {row[column] for column in head["entries"] if row[column] is not None}
    for figure in head.get("figures") or []:
        if finding.figures.get(figure["id"]) is None:
            finding.figures[figure["id"]] = row[figure["id"]]
    for name, column in (head.get("subjects") or {}).items():
        if finding.subjects.get(name) is None:
            finding.subjects[name] = row[column]
    for member, column in (("amount", head.get("amount")), ("area", "area"), ("day", "day"),
                           ("clause", "rule")):
        if getattr(finding, member) is None and column in row:
            setattr(finding, member, row[column])
