"""The published JSON Schemas and the program's own validator judge the same records alike.

The corpus says of each record whether it is good; the Swift tests hold the validator to that,
this file holds the schemas to it, with PyPI's jsonschema.
"""

import json
from pathlib import Path

import jsonschema
import pytest

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "ledger/schema/records"
CORPUS = ROOT / "Tests/AidRecordsTests/Corpus/records.jsonl"


def judge(kind):
    """The validator of a kind, with days that must exist."""
    schema = json.loads((SCHEMAS / f"{kind}.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    checker = jsonschema.FormatChecker(formats=["date"])
    return jsonschema.Draft202012Validator(schema, format_checker=checker)


def corpus():
    lines = CORPUS.read_text("utf-8").splitlines()
    return [json.loads(line) | {"line": number} for number, line in enumerate(lines, 1)]


def existing_days(record):
    """Whether the days in times exist: the schema says their form only."""
    def check(value):
        if isinstance(value, dict):
            return all(map(check, value.values()))
        if isinstance(value, list):
            return all(map(check, value))
        if isinstance(value, str) and len(value) in (20, 25) and value[10:11] == "T":
            try:
                __import__("datetime").date.fromisoformat(value[:10])
            except ValueError:
                return False
        return True
    return check(record)


def test_schemas_judge_the_corpus_as_written():
    validators = {}
    wrong = []
    for case in corpus():
        if case.get("schemaCannotSay"):
            continue
        record = case["record"]
        kind = record.get("kind") if isinstance(record, dict) else None
        if not isinstance(kind, str) or not (SCHEMAS / f"{kind}.schema.json").exists():
            accepted = False
        else:
            if kind not in validators:
                validators[kind] = judge(kind)
            accepted = validators[kind].is_valid(record) and existing_days(record)
        if accepted != case["valid"]:
            wrong.append((case["line"], case["why"]))
    assert wrong == []


def test_there_is_a_schema_for_every_kind_of_the_corpus():
    kinds = {case["kind"] for case in corpus() if case["valid"]}
    assert kinds == {path.name.removesuffix(".schema.json") for path in SCHEMAS.iterdir()}


@pytest.mark.parametrize("path", sorted(SCHEMAS.iterdir()), ids=lambda path: path.name)
def test_schema_is_a_schema(path):
    jsonschema.Draft202012Validator.check_schema(json.loads(path.read_text("utf-8")))
