"""`ledger/policies/COVERAGE.tsv` says truly where each clause is used, and what tests it."""

import csv
import re

import pytest
import yaml
from rulebooks import POLICIES, ROOT, rulebooks, used_rules

BOOKS = rulebooks()
CASES = ROOT / "Tests/PolicyRulesTests/cases"
DETECTORS = ROOT / "ledger/detectors"
# Members of these are told apart; other parts of a rulebook are named as a whole.
DIVIDED = {"aid", "layers", "wholeSettlement", "dates"}


def table(path):
    with open(path, encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


ROWS = table(POLICIES / "COVERAGE.tsv")
each_row = pytest.mark.parametrize("row", ROWS, ids=[row["rule"] for row in ROWS])


def places(book):
    """Every part of a rulebook that rests on a rule, with the rule."""
    for name, part in book.items():
        if name == "displaces":
            yield from ((name, item["by"]) for item in part)
        elif name == "provisions":
            for item in part:
                yield from ((f"{name}.{item['topic']}", rule) for rule in used_rules(item))
        elif name in DIVIDED:
            for member, inner in part.items():
                yield from ((f"{name}.{member}", rule) for rule in used_rules(inner))
        elif name != "rules":
            yield from ((name, rule) for rule in used_rules(part))


def test_every_rule_has_its_row():
    rules = sorted(rule for book in BOOKS.values() for rule in book["rules"])
    assert [row["rule"] for row in ROWS] == rules
    assert list(ROWS[0]) == ["rule", "where", "test"]


@each_row
def test_rule_is_used_where_it_is_said_to_be(row):
    used = {f"{name}#{place}" for name, book in BOOKS.items()
            for place, rule in places(book) if rule == row["rule"]}
    said = [word for word in row["where"].split(" ") if "#" in word]
    assert set(said) == used and len(said) == len(used)


@each_row
def test_kinds_and_sections_exist(row):
    for word in (word for word in row["where"].split(" ") if "#" not in word):
        sort, _, name = word.partition(":")
        if sort == "kind":
            assert (ROOT / f"ledger/kinds/{name}.yaml").exists(), word
        elif sort == "detector":
            assert (DETECTORS / f"{name}.sql").exists(), word
        else:
            assert sort == "section", word
            report, _, section = name.partition("/")
            form = yaml.safe_load((ROOT / f"templates/{report}/report.yaml").read_text("utf-8"))
            assert section in [part["id"] for part in form["sections"]], word


@each_row
def test_detectors_that_rest_on_the_rule_are_named(row):
    resting = {f"detector:{path.stem}" for path in DETECTORS.glob("*.sql")
               if row["rule"] in basis(path)}
    assert {word for word in row["where"].split(" ") if word.startswith("detector:")} == resting


def basis(path):
    """Of a detector's head."""
    (rules,) = re.findall(r"^basis: \[(.*)\]$", path.read_text("utf-8"), re.M)
    return re.findall(r"\w+", rules)


@each_row
def test_named_test_exists(row):
    test = row["test"]
    if test == "duty: reported only":
        return
    if test.startswith("cases:"):
        assert test == f"cases:{row['rule']}"
        assert row["rule"] in rules_of_cases(), f"no worked case names {row['rule']}"
    elif "::" in test:
        file, _, name = test.partition("::")
        assert re.search(rf"^def {name}\(", (ROOT / file).read_text("utf-8"), re.M), test
    else:
        suite, _, name = test.partition("/")
        assert name and any(is_swift_test(path.read_text("utf-8"), suite, name)
                            for path in (ROOT / "Tests").rglob("*.swift")), test


def is_swift_test(text, suite, name):
    return re.search(rf"\b(struct|class|enum) {suite}\b", text) and f"func {name}(" in text


def rules_of_cases():
    files = sorted(CASES.glob("*.tsv"))
    assert files, f"there are no worked cases in {CASES.relative_to(ROOT)} yet"
    return {rule for file in files for row in table(file)
            for rule in re.findall(r"[A-Z]\d\d", row["rules"] or "")}
