"""Detectors find what is on the ledger, and can do nothing but read."""

import csv
import io
import json
import os
import re
import sqlite3
import time
from pathlib import Path

import jsonschema
import pytest
import yaml

from small_detectors import CLAIMS, GROUNDS, X1, X2, DetectingHome, head, name
from harness import BAD_INPUT, CHECKOUT, FINE, NO, aid, record, refused, tamper
from judging import RULEBOOK, adoption, claim
from tracing import B, designated

SCHEMA = json.loads((CHECKOUT / "ledger/schema/detector.schema.json").read_text("utf-8"))


@pytest.fixture
def home(tmp_path):
    return DetectingHome(tmp_path / "home")


@pytest.fixture
def ledger(home, new_ledger):
    home.take(new_ledger, GROUNDS + CLAIMS)
    return new_ledger


def seq(ledger, number):
    return ledger.value("SELECT seq FROM entry WHERE source = 'test' AND id = ?", f"T-{number}")


def person(ledger):
    """Its number and its pseudonym."""
    return ledger.rows("SELECT seq, pseudonym FROM subject WHERE pseudonym LIKE 'p:%'")[0]


def about_one(ledger):
    return name("X1", [seq(ledger, 2)], [seq(ledger, 2)])


def about_all(ledger, *numbers):
    return name("X2", [person(ledger)[0]], [seq(ledger, number) for number in numbers or (1, 2)])


# MARK: what is said

def test_finding_says_what_it_rests_on(home, ledger):
    found, told = home.findings(ledger, "--lang", "en")
    assert set(found) == {about_one(ledger), about_all(ledger)}
    assert found[about_one(ledger)] == {
        "id": about_one(ledger), "rule": "X1", "grade": "F", "state": "open", "title": "Test X1",
        "area": "150502", "day": "2024-05-06", "amountFen": 2_000_000,
        "subjects": [{"type": "person", "id": person(ledger)[1]},
                     {"type": "institution", "id": "H1"}],
        "entries": [seq(ledger, 2)], "figures": {"totalFen": 2_000_000},
        "parameters": {"least": 1_500_000},
        "provisions": [{"rulebook": "test-2024", "rule": "R7", "quote": "年度限额三万元"}],
        "notes": [],
        "department": "medical-security", "next": "Look at it"}
    whole = found[about_all(ledger)]
    assert (whole["grade"], whole["amountFen"]) == ("W", 3_000_000)
    assert whole["entries"] == sorted([seq(ledger, 1), seq(ledger, 2)])
    assert told["X1"] == {"rule": "X1", "title": "Test X1", "examined": 2, "findings": {"F": 1},
                          "amountFen": 2_000_000, "missing": [], "failure": None,
                          "tables": "not-verified"}


def test_two_runs_say_the_same(home, ledger):
    first = home.run("findings", ledger, "--json")
    assert first.status == FINE and first.out
    assert home.run("findings", ledger, "--json").out == first.out


def test_no_clause_is_named_that_was_not_in_force(home, new_ledger):
    home.take(new_ledger, GROUNDS[1:] + CLAIMS)
    found, _ = home.findings(new_ledger, "--rule", "X1")
    (one,) = found.values()
    assert (one["grade"], one["provisions"]) == ("W", [])


def test_table_is_for_people(home, ledger):
    result = home.run("findings", ledger, "--lang", "en")
    assert result.status == FINE
    assert "X1  Test X1: looked at 2; breach 1; 20,000.00 yuan" in result.out
    assert about_one(ledger) in result.out and "test-2024 R7 「年度限额三万元」" in result.out
    chinese = home.run("findings", ledger).out
    assert "X1  测试X1：查 2 条；确认 1；涉及 20,000.00 元" in chinese


def test_csv_gives_no_formulas(home, ledger):
    home.lay("X1", X1.replace("zh: 测试X1", "zh: '=1+1'"))
    result = home.run("findings", ledger, "--format", "csv", "--rule", "X1")
    assert result.out.startswith("\ufeffid,rule,")
    (row,) = csv.DictReader(io.StringIO(result.out.lstrip("\ufeff")))
    assert row["title"] == "'=1+1"
    assert (row["id"], row["amountFen"]) == (about_one(ledger), "2000000")
    assert row["entries"] == str(seq(ledger, 2))
    assert row["provisions"] == "test-2024 R7: 年度限额三万元"


def test_reversed_records_are_not_looked_at(home, ledger):
    home.take(ledger, [record("gone", "entry.reversed", reason="录入有误",
                              reverses={"source": "test", "id": "T-2"})])
    found, told = home.findings(ledger)
    assert set(found) == {about_all(ledger, 1)}
    assert told["X1"]["examined"] == 1


def test_merged_persons_are_one_in_the_filter(home, ledger):
    other = {"idType": "none", "idNumber": "NB-1", "name": "试新生", "birthDate": "2024-01-01",
             "sex": "male"}
    home.take(ledger, [claim(3, 0, person=other),
                       record("merge", "person.merged", **{
                           "from": other, "into": person(ledger)[1],
                           "reason": "newborn-numbered"})])
    found, _ = home.findings(ledger, "--rule", "X2", "--person", person(ledger)[1])
    assert len(found) == 2


# MARK: choosing

def test_filters(home, ledger):
    one, whole = about_one(ledger), about_all(ledger)

    def ids(*arguments):
        return set(home.findings(ledger, *arguments)[0])

    assert ids("--rule", "X1") == {one}
    assert ids("--grade", "W") == {whole}
    assert ids("--area", "150500") == {one, whole} and ids("--area", "150503") == set()
    assert ids("--institution", "H1") == {one, whole}
    assert ids("--person", person(ledger)[1]) == {one, whole}
    assert ids("--year", 2024) == {one, whole} and ids("--year", 2023) == set()
    assert ids("--from", "2024-05-06", "--to", "2024-05-06") == {one, whole}
    assert ids("--from", "2024-05-07") == set()
    assert ids("--least-amount", 2_000_001) == {whole}
    assert ids("--state", "open") == {one, whole} and ids("--state", "excused") == set()
    for wrong in (["--rule", "X9"], ["--grade", "Q"], ["--area", "15"], ["--person", "x"],
                  ["--year", 2024, "--from", "2024-01-01"], ["--from", "yesterday"],
                  ["--institution", "H2"], ["--person", "p:" + "0" * 32], ["--state", "lost"],
                  ["--set", "X1.most=1"], ["--set", "X1.least=much"],
                  ["--set", "X9.least=1"], ["--time-limit", 0], ["--size", 10_000]):
        refused(home.run("findings", ledger, *wrong), BAD_INPUT)
    # Of whom there are records, and no findings.
    known = person(ledger)[1]
    home.take(ledger, [designated("H2", "样例中医院"), claim(3, 0, person=B)])
    (other,) = [pseudonym for pseudonym, in ledger.rows(
        "SELECT pseudonym FROM subject WHERE pseudonym LIKE 'p:%'") if pseudonym != known]
    assert ids("--institution", "H2") == set() and ids("--rule", "X1", "--person", other) == set()


def test_parameters_are_set(home, ledger):
    found, _ = home.findings(ledger, "--rule", "X1", "--set", "X1.least=1000000")
    assert {one["entries"][0] for one in found.values()} == {seq(ledger, 1), seq(ledger, 2)}
    assert {one["parameters"]["least"] for one in found.values()} == {1_000_000}


def test_fail_on(home, ledger):
    def status(*arguments):
        return home.run("findings", ledger, *arguments).status

    assert status("--fail-on", "F") == NO
    assert status("--fail-on", "W", "--rule", "X2") == NO
    assert status("--fail-on", "F", "--rule", "X2") == FINE
    assert status("--fail-on", "F", "--year", 2023) == FINE


def test_other_folders_of_detectors(home, ledger, tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "Y1.sql").write_text(X1.replace("id: X1", "id: Y1"), "utf-8")
    found, _ = home.findings(ledger, "--detectors", folder)
    assert {one["rule"] for one in found.values()} == {"X1", "X2", "Y1"}
    (folder / "Y1.sql").write_text(X1, "utf-8")
    result = home.run("findings", ledger, "--detectors", folder, "--json")
    refused(result, BAD_INPUT, f"{folder}/Y1.sql: the id X1 is taken by")
    assert len(result.json_lines()) == 4


# MARK: states

def exception(number, rule, subject, on="2024-05-06"):
    granted = record(number, "exception.granted", rule=rule, by="局长", docNo="5号", reason="疫情",
                     subject={"source": "test", "id": f"T-{subject}"})
    return {**granted, "occurredOn": on}


@pytest.fixture
def lenient(home, new_ledger):
    """A ledger on which the clause that X1 rests on binds in principle only."""
    text = RULEBOOK.replace("R7: {nature: exact", "R7: {nature: in-principle")
    home.put(text)
    home.take(new_ledger, [adoption(text=text), *GROUNDS[1:], *CLAIMS])
    return new_ledger


def case(number, *findings):
    return record(number, "case.opened", case=f"C-{number}", summary="疑点",
                  subjects=[{"institution": "H1"}], findings=list(findings))


def state(home, ledger, finding):
    return home.findings(ledger)[0][finding]["state"]


def told(home, ledger, finding):
    """Its state and its notes, each with the records that it rests on."""
    one = home.findings(ledger)[0][finding]
    names = dict(ledger.rows("SELECT seq, id FROM entry"))
    return one["state"], {note["note"]: [names[seq] for seq in note["entries"]]
                          for note in one["notes"]}


@pytest.mark.parametrize("rule, subject, on, expected", [
    ("X1", 2, "2024-05-06", ("excused", {"excused": ["T-e"]})),
    ("R7", 2, "2024-01-01", ("excused", {"excused": ["T-e"]})),
    ("R7", 2, "2024-05-07", ("open", {"granted-afterwards": ["T-e"]})),
    ("R6", 2, "2024-05-06", ("open", {})), ("X1", 1, "2024-05-06", ("open", {}))])
def test_exceptions_excuse(home, lenient, rule, subject, on, expected):
    home.take(lenient, [exception("e", rule, subject, on)])
    assert told(home, lenient, about_one(lenient)) == expected
    assert home.run("findings", lenient, "--rule", "X1", "--fail-on", "F").status == (
        FINE if expected[0] == "excused" else NO)


def test_exception_is_taken_back(home, lenient):
    home.take(lenient, [exception("e", "R7", 2)])
    home.take(lenient, [record("gone", "entry.reversed", reason="录入有误",
                               reverses={"source": "test", "id": "T-e"})])
    assert told(home, lenient, about_one(lenient)) == ("open", {})


def test_exception_for_a_part_excuses_no_whole(home, lenient):
    home.lay("X3", head("X3", grades="[F, W]", basis="[R7]", key="[person]")
             + X2[X2.index("SELECT"):].replace("'S'", "'F'"))
    whole = name("X3", [person(lenient)[0]], [seq(lenient, 1), seq(lenient, 2)])
    home.take(lenient, [exception("e", "X3", 1)])
    assert told(home, lenient, whole) == ("open", {"excused-in-part": ["T-e"]})
    home.take(lenient, [exception("late", "X3", 2, on="2024-06-01")])
    assert told(home, lenient, whole) == (
        "open", {"excused-in-part": ["T-e"], "granted-afterwards": ["T-late"]})
    home.take(lenient, [exception("timely", "R7", 2)])
    assert told(home, lenient, whole) == ("excused", {"excused": ["T-e", "T-timely"]})


def test_nothing_excuses_a_clause_that_binds_in_any_case(home, ledger):
    home.take(ledger, [exception("e", "R7", 2)])
    assert told(home, ledger, about_one(ledger)) == ("open", {"admits-no-exception": ["T-e"]})
    text = home.run("findings", ledger, "--rule", "X1", "--lang", "en").out
    assert (f"an exception was granted where none is admitted: it stands "
            f"(entry {seq(ledger, 'e')})") in text


def test_nothing_excuses_a_contradiction(home, lenient):
    home.lay("X1", X1.replace("basis: [R7]", "basis: [R7]\ncontradiction: true"))
    home.take(lenient, [exception("e", "X1", 2)])
    assert told(home, lenient, about_one(lenient)) == ("open", {"admits-no-exception": ["T-e"]})


def test_nothing_excuses_from_no_clause(home, lenient):
    """X2 rests on none: a warning is dismissed by a case, not excepted."""
    home.take(lenient, [exception("e", "X2", 1), exception("f", "X2", 2)])
    assert told(home, lenient, about_all(lenient)) == (
        "open", {"admits-no-exception": ["T-e", "T-f"]})


def test_cases_are_opened_dismissed_and_reopened(home, ledger):
    one = about_one(ledger)
    home.take(ledger, [case("k", one)])
    assert state(home, ledger, one) == "in-case"
    home.take(ledger, [record("d", "case.closed", case="C-k", outcome="dismissed")])
    assert state(home, ledger, one) == "dismissed"
    home.take(ledger, [record("r", "case.reopened", case="C-k", reason="新线索")])
    assert state(home, ledger, one) == "in-case"


def test_confirmed_case_stays_a_case(home, ledger):
    home.take(ledger, [case("k", about_one(ledger)),
                       record("d", "case.closed", case="C-k", outcome="confirmed")])
    assert state(home, ledger, about_one(ledger)) == "in-case"


def test_case_that_was_closed_before_dismisses_nothing_that_it_names_later(home, ledger):
    one = about_one(ledger)
    home.take(ledger, [case("k", about_all(ledger)),
                       record("d", "case.closed", case="C-k", outcome="dismissed")])
    assert state(home, ledger, about_all(ledger)) == "dismissed"
    later = case("l", one)
    later["body"]["case"] = "C-k"
    home.take(ledger, [later])
    assert state(home, ledger, one) == "in-case"
    assert state(home, ledger, about_all(ledger)) == "dismissed"
    home.take(ledger, [record("e", "case.closed", case="C-k", outcome="dismissed")])
    assert state(home, ledger, one) == "dismissed"


def test_problem_that_was_put_right_before_rectifies_nothing_found_later(home, ledger):
    one = about_one(ledger)

    def problem(identifier, what, **body):
        entry = record(identifier, f"inspection.{what}")
        entry["body"] = {"inspection": "2017", "number": "1", **body}
        return entry

    def found(identifier, finding):
        return problem(identifier, "found", department="medical-security", area="150502",
                       basis=["R7"], entries=[{"source": "test", "id": "T-2"}], summary="超限额",
                       deadline="2024-12-31", finding=finding)

    home.take(ledger, [
        found("f", about_all(ledger)), problem("a", "answered", unit="医院", accepts=True, statement="属实"),
        problem("r", "rectified", rectifiedOn="2024-05-01", evidence="已退回", acceptedBy="督查组",
                acceptedOn="2024-05-06"), found("g", one)])
    assert state(home, ledger, about_all(ledger)) == "rectified"
    assert state(home, ledger, one) == "open"


def test_inspections_answer_and_rectify(home, ledger):
    one = about_one(ledger)

    def inspection(what, **body):
        entry = record(what, f"inspection.{what}")
        entry["body"] = {"inspection": "2024", "number": "7", **body}
        home.take(ledger, [entry])

    inspection("found", department="medical-security", area="150502", basis=["R7"], finding=one,
               entries=[{"source": "test", "id": "T-2"}], summary="超限额", deadline="2024-12-31")
    assert state(home, ledger, one) == "open"
    inspection("answered", unit="医院", accepts=True, statement="属实")
    assert state(home, ledger, one) == "answered"
    inspection("rectified", rectifiedOn="2024-05-01", evidence="已退回")
    assert told(home, ledger, one) == (
        "answered", {"rectification-not-accepted": ["T-rectified"]})
    again = record("accepted", "inspection.rectified")
    again["body"] = {"inspection": "2024", "number": "7", "rectifiedOn": "2024-05-01",
                     "evidence": "已退回", "acceptedBy": "督查组", "acceptedOn": "2024-05-06"}
    home.take(ledger, [again])
    assert told(home, ledger, one) == ("rectified", {})


# MARK: two states

def test_since(home, ledger):
    size = ledger.size()
    home.take(ledger, [claim(3, 0, compliant=1_600_000, basic=1_200_000)])
    found, _ = home.findings(ledger, "--since", size)
    changes = {one["id"]: one["change"] for one in found.values()}
    assert changes == {
        about_one(ledger): "unchanged", about_all(ledger, 1, 2, 3): "changed",
        name("X1", [seq(ledger, 3)], [seq(ledger, 3)]): "new"}
    home.take(ledger, [record("gone", "entry.reversed", reason="录入有误",
                              reverses={"source": "test", "id": "T-2"})])
    found, told = home.findings(ledger, "--since", size, "--rule", "X1")
    changes = {one["id"]: one["change"] for one in found.values()}
    assert changes[about_one(ledger)] == "gone"
    assert told["X1"]["findings"] == {"F": 1}
    assert "since" in home.run("findings", ledger, "--since", size, "--lang", "en").out


def test_since_tells_states_and_amounts(home, ledger):
    """X2 with other entries has another amount; the case gives X1 another state."""
    one, size = about_one(ledger), ledger.size()
    home.take(ledger, [case("k", one), claim(3, 0)])
    found, _ = home.findings(ledger, "--since", size)
    assert (found[one]["change"], found[one]["state"], found[one]["was"]) == (
        "changed", "in-case", {"state": "open"})
    assert found[about_all(ledger, 1, 2, 3)]["was"] == {
        "id": about_all(ledger, 1, 2), "amountFen": 3_000_000}
    text = home.run("findings", ledger, "--since", size, "--lang", "en").out
    assert "in a case  changed" in text and "before: open" in text
    assert f"before: 30,000.00 yuan; entries {seq(ledger, 1)} {seq(ledger, 2)}" in text
    table = home.run("findings", ledger, "--since", size, "--rule", "X1", "--format", "csv").out
    (row,) = csv.DictReader(io.StringIO(table.lstrip("\ufeff")))
    assert (row["change"], row["was"]) == ("changed", "state=open")


def test_what_leaves_the_filter_is_not_gone(home, ledger):
    one, size = about_one(ledger), ledger.size()
    home.take(ledger, [case("k", one)])

    def change(*arguments):
        found, told = home.findings(ledger, "--since", size, "--rule", "X1", *arguments)
        assert set(found) == {one}
        return found[one]["change"], told["X1"]["findings"]

    assert change("--state", "open") == ("changed", {})
    assert change("--state", "in-case") == ("changed", {"F": 1})
    assert home.run("findings", ledger, "--since", size, "--state", "open",
                    "--fail-on", "F").status == FINE


def test_size(home, ledger):
    before = home.findings(ledger)
    size = ledger.size()
    home.take(ledger, [claim(3, 0)])
    assert home.findings(ledger) != before
    assert home.findings(ledger, "--size", size) == before


def test_what_a_filter_leaves_out_was_found_all_the_same(home, ledger):
    told = home.run("findings", ledger, "--area", "440103", "--lang", "en").out
    line, = [line for line in told.splitlines() if line.startswith("X1")]
    assert "none of 1 passes the filter" in line and "nothing found" not in line


# MARK: hostile and broken detectors

QUERY = ("SELECT 1 AS person, 1 AS entry, 'H' AS institution, '150502' AS area, 1 AS day, "
         "1 AS totalFen")

HOSTILE = {
    "attach": ("ATTACH 'x.db' AS x", "a detector only reads: ATTACH is refused"),
    "pragma": ("PRAGMA query_only = OFF", "a detector only reads: PRAGMA is refused"),
    "pragma table": ("SELECT name FROM pragma_database_list", "refused"),
    "insert": ("INSERT INTO latest_day VALUES (1)", "INSERT is refused"),
    "delete": ("DELETE FROM entry", "is refused"),
    "update": ("UPDATE head SET size = 1", "is refused"),
    "temp": ("CREATE TEMP TABLE x AS SELECT 1", "is refused"),
    "view": ("CREATE TEMP VIEW x AS SELECT 1", "is refused"),
    "drop": ("DROP TABLE temp.latest_day", "is refused"),
    "commit": ("COMMIT", "a transaction is refused"),
    "savepoint": ("SAVEPOINT x", "SAVEPOINT is refused"),
    "vacuum": ("VACUUM INTO 'x.db'", "a detector"),
    "explain": ("EXPLAIN " + QUERY, "one SELECT"),
    "extension": ("SELECT load_extension('x.so')", "the function load_extension is refused"),
    "chance": ("SELECT random()", "the function random is refused"),
    "clock": ("SELECT date('now')", "the function date is refused"),
    "schema": ("SELECT sql FROM sqlite_schema", "reading sqlite_master is refused"),
    "rulebooks": ("SELECT bytes FROM rulebook", "reading rulebook is refused"),
    "second": (QUERY + ";\nDELETE FROM entry", "one SELECT without a semicolon"),
    "semicolon": (QUERY + ";", "one SELECT without a semicolon"),
    "huge text": ("SELECT replace(replace(replace('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'a', "
                  "'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb'), 'b', "
                  "'cccccccccccccccccccccccccccccccccccccccc'), 'c', "
                  "'dddddddddddddddddddddddddddddddddddddddd')", "too big"),
    "deep": ("SELECT " + "(" * 300 + "1" + ")" * 300, "X3.sql"),
    "syntax": ("SELECT 1 AS person,\n  FROM live_claim_settled", 'near "FROM": syntax error'),
    "column": ("SELECT c.person,\n  c.nowhere\nFROM live_claim_settled AS c",
               "no such column: c.nowhere"),
    "parameter": (QUERY.replace("1 AS day", "CAST(:days AS BIGINT) AS day"),
                  "the head has no parameter `days`"),
    "fraction": (QUERY.replace("1 AS totalFen", "1.5 AS totalFen"),
                 "`totalFen` of a row is neither a whole number nor a text"),
    "text": (QUERY.replace("1 AS totalFen", "'1' AS totalFen"),
             "`totalFen` of a row is no whole number"),
    "far day": (QUERY.replace("1 AS day", "9223372036854775807 AS day"),
                "the day of a row, 9223372036854775807, lies outside the years 1900 to 2999"),
    "no entry": (QUERY.replace("1 AS entry", "-1 AS entry"), "a row names entry -1"),
    "no entry yet": (QUERY.replace("1 AS entry", "99999999 AS entry"),
                     "a row names entry 99999999, and the ledger has"),
    "lacking": (QUERY.replace("1 AS day", "1 AS days"), "the query gives no column `day`"),
}


@pytest.mark.parametrize("which", HOSTILE)
def test_detector_can_only_read(home, ledger, tmp_path, which):
    query, words = HOSTILE[which]
    home.lay("X3", head("X3") + query + "\n")
    before = ledger.content()
    result = home.run("findings", ledger, "--json", cwd=tmp_path)
    refused(result, BAD_INPUT, "X3.sql:", words)
    assert ledger.content() == before
    assert not (tmp_path / "x.db").exists()
    found = {line["rule"] for line in result.json_lines() if "id" in line}
    assert found == {"X1", "X2"}, "the others run all the same"
    told = {line["summary"]["rule"]: line["summary"] for line in result.json_lines()
            if "summary" in line}
    assert words in told["X3"]["failure"] and told["X1"]["failure"] is None


def test_detector_that_is_asked_for_runs_beside_one_whose_head_is_wrong(home, ledger):
    home.lay("X3", "/* id: [ */\nSELECT 1\n")
    result = home.run("findings", ledger, "--rule", "X1", "--rule", "X3", "--json")
    refused(result, BAD_INPUT, "X3.sql")
    assert {line["rule"] for line in result.json_lines() if "id" in line} == {"X1"}
    alone = home.run("findings", ledger, "--rule", "X3", "--json")
    refused(alone, BAD_INPUT, "X3.sql")


@pytest.mark.parametrize("which, lines_on", [("syntax", 1), ("column", 1), ("extension", 0)])
def test_error_says_the_line(home, ledger, which, lines_on):
    text = head("X3")
    home.lay("X3", text + HOSTILE[which][0] + "\n")
    line = text.count("\n") + 1 + lines_on
    refused(home.run("findings", ledger), BAD_INPUT, f"X3.sql:{line}: ")


def test_mistake_in_a_head_says_line_and_column(home, ledger):
    home.lay("X3", head("X3").replace("method: rule", "method: guess") + QUERY)
    result = home.run("findings", ledger, "--json")
    refused(result, BAD_INPUT, "X3.sql:5:9: `guess` is not known here")
    assert {line["rule"] for line in result.json_lines() if "id" in line} == {"X1", "X2"}


def test_what_is_no_file_is_told(home, ledger):
    os.mkfifo(home.detectors / "X3.sql")
    (home.detectors / "X4.sql").write_text("-- " + "x" * (2 << 20))
    result = home.run("findings", ledger, "--json")
    refused(result, BAD_INPUT, "X3.sql: it is no file", "X4.sql: it is longer than")
    assert {line["rule"] for line in result.json_lines() if "id" in line} == {"X1", "X2"}


def test_endless_query_is_stopped(home, ledger):
    home.lay("X3", head("X3") + """\
WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t)
SELECT 1 AS person, count(*) AS entry, 'H' AS institution, '150502' AS area, 1 AS day,
  1 AS totalFen FROM t
""")
    start = time.monotonic()
    result = home.run("findings", ledger, "--time-limit", 1)
    assert time.monotonic() - start < 20
    refused(result, BAD_INPUT, "X3.sql:", "longer than 1 s")


def test_rows_as_long_as_a_book_are_stopped(home, ledger):
    home.lay("X3", head("X3") + """\
WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 1000),
  long (text) AS (SELECT 'xxxxxxxx' UNION ALL SELECT text || text FROM long WHERE LENGTH(text) < 400000)
SELECT n AS person, n AS entry, text AS institution, '150502' AS area, 1 AS day, 1 AS totalFen
FROM t CROSS JOIN long WHERE LENGTH(text) > 400000
""")
    refused(home.run("findings", ledger), BAD_INPUT, "X3.sql:", "more than 256,000,000 bytes of text")


def test_parameter_is_not_below_zero(home, ledger):
    refused(home.run("findings", ledger, "--rule", "X1", "--set", "X1.least=-1"), BAD_INPUT,
            "--set X1.least=-1: a parameter is not below zero")


def test_days_that_are_turned_round_are_told(home, ledger):
    refused(home.run("findings", ledger, "--from", "2024-02-03", "--to", "2023-01-01"), BAD_INPUT,
            "--from 2024-02-03 is after --to 2023-01-01")


def test_endless_rows_are_stopped(home, ledger):
    home.lay("X3", head("X3") + """\
WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t)
SELECT n AS person, n AS entry, 'H' AS institution, '150502' AS area, 1 AS day, 1 AS totalFen
FROM t
""")
    refused(home.run("findings", ledger), BAD_INPUT, "X3.sql:", "more than 2,000,000 rows")


def test_what_is_lacking_is_said(home, ledger):
    home.lay("X3", head("X3", more="topics: [clearing-deadline]\nasks: [annual-cap]\n")
             .replace("examines: [claim.settled]", "examines: [clearing.paid]")
             + QUERY + ", 'parameter annual-cap category dibao year 2024' AS missing")
    _, told = home.findings(ledger, "--rule", "X3", "--lang", "en")
    assert (told["X3"]["examined"], told["X3"]["findings"]) == (0, {})
    assert {one["code"]: one["text"] for one in told["X3"]["missing"]} == {
        "parameter annual-cap category dibao year 2024":
            "parameter annual-cap, “Annual cap” (Recipient of the minimum living allowance; 2024)",
        "record clearing.paid": "records of clearing.paid, “Clearing paid”",
        "clause clearing-deadline": "a clause on clearing-deadline in force",
        "parameter annual-cap": "parameter annual-cap, “Annual cap”"}
    assert ("缺参数 “年度救助限额（封顶线）” annual-cap（低保对象；2024年）"
            in home.run("findings", ledger, "--rule", "X3").out)


# MARK: where it is read, and where it is kept

def test_ledger_in_a_folder_that_cannot_be_written(home, ledger):
    expected = home.findings(ledger)
    folder = ledger.path.parent
    for file in folder.glob("*-wal"):
        assert file.stat().st_size == 0
    modes = {path: path.stat().st_mode for path in [folder, *folder.iterdir()]}
    for path in modes:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        assert home.findings(ledger) == expected
    finally:
        for path, mode in modes.items():
            path.chmod(mode)


def test_stale_verdicts_that_cannot_be_written_are_made_for_the_answer(ordinary_user):
    ledger, how = ordinary_user
    expected = aid("findings", ledger, "--json", **how)
    os.chmod(ledger.path.parent, 0o555)
    assert aid("findings", ledger, "--json", **how).out == expected.out


def test_findings_are_kept_in_the_users_own_cache(home, ledger):
    home.findings(ledger)
    folder = Path(home.env["XDG_CACHE_HOME"]) / "aidledger/findings"
    (file,) = folder.iterdir()
    assert re.fullmatch("[0-9a-f]{64}[.]sqlite", file.name)
    assert file.stat().st_mode & 0o777 == 0o600 and folder.stat().st_mode & 0o777 == 0o700
    with sqlite3.connect(file) as database:
        kept = {row[0] for row in database.execute("SELECT id FROM finding")}
        (second,) = ledger.rows("SELECT seq FROM claim_settled WHERE id = 'T-2'")
        about = database.execute(
            "SELECT count(*) FROM finding_entry WHERE seq = ?", second)
        assert about.fetchone() == (2,), "a trace finds them by what they rest on"
    assert kept == {about_one(ledger), about_all(ledger)}
    home.findings(ledger, "--rule", "X1", "--set", "X1.least=1")
    assert list(folder.iterdir()) == [file], "a run of some detectors is not kept"
    for least in range(1, 7):
        home.findings(ledger, "--set", f"X1.least={least}")
    assert len(list(folder.iterdir())) == 5 and not file.exists()


# MARK: tables

UNVERIFIED = "the tables that this is drawn from were not verified against the entries"
SMALLER = "UPDATE claim_settled SET amounts_totalFen = 1 WHERE id = 'T-2'"


def test_tables_that_were_not_verified_are_called_so(home, ledger):
    result = home.run("findings", ledger, "--json")
    assert result.err.count(UNVERIFIED) == 1 and "`aidledger verify" in result.err
    assert {line["summary"]["tables"] for line in result.json_lines() if "summary" in line} == {
        "not-verified"}


def test_tables_are_verified_where_it_is_wanted(home, ledger):
    result = home.run("findings", ledger, "--json", "--verify")
    assert result.status == FINE and UNVERIFIED not in result.err
    assert {line["summary"]["tables"] for line in result.json_lines() if "summary" in line} == {
        "verified"}
    assert len(result.json_lines()) == 4


def test_nothing_is_told_of_a_ledger_that_is_not_sound(home, ledger):
    home.findings(ledger)
    tamper(ledger, SMALLER)
    assert about_one(ledger) not in home.findings(ledger)[0], "the tables are believed"
    result = home.run("findings", ledger, "--json", "--verify")
    refused(result, NO, "the ledger is NOT SOUND, and nothing is told from it", "claim_settled")
    assert result.out == ""


# MARK: what detectors are

def test_list_and_explain(home):
    result = home.run("findings", "--list", "--lang", "en")
    assert result.status == FINE
    assert [line.split()[0] for line in result.out.splitlines()] == ["X1", "X2"]
    listed = home.run("findings", "--list", "--json").json_lines()
    assert [one["id"] for one in listed] == ["X1", "X2"]
    assert listed[0]["parameters"][0]["default"] == 1_500_000
    text = home.run("findings", "--explain", "X1", "--lang", "en").out
    assert "X1  Test X1" in text and "least = 15,000.00 yuan (Least; an auditor's default)" in text
    assert "测试X1" in home.run("findings", "--explain", "X1").out
    assert "method: rule" in text
    assert "方法：规则比对" in home.run("findings", "--explain", "X1").out
    assert "规则比对" in home.run("findings", "--list").out
    refused(home.run("findings", "--explain", "X9"), BAD_INPUT, "no detector X9")
    refused(home.run("findings"), BAD_INPUT)


@pytest.mark.parametrize("arguments", [
    ["--json", "--format", "csv"], ["--json", "--format", "table"], ["--list", "--explain", "X1"],
    ["--list", "--format", "csv"]])
def test_nothing_is_dropped_silently(home, ledger, arguments):
    result = home.run("findings", ledger, *arguments)
    assert result.status == BAD_INPUT and result.out == ""


@pytest.mark.parametrize("arguments", [
    ["--rule", "X3"], ["--explain", "X3"], ["--set", "X3.least=1"]])
def test_a_broken_detector_that_is_asked_for_shows_its_mistake(home, ledger, arguments):
    home.lay("X3", head("X3").replace("method: rule", "method: guess") + QUERY)
    result = home.run("findings", ledger, *arguments)
    refused(result, BAD_INPUT, "X3.sql:5:9: `guess` is not known here")
    assert "there is no detector" not in result.err


def test_one_is_not_several(home, ledger):
    text = home.run("findings", ledger, "--rule", "X1", "--lang", "en").out
    assert f"1 finding at {ledger.size():,} entries" in text and "\n    entry " in text
    assert "2 findings at" in home.run("findings", ledger, "--lang", "en").out


DETECTORS = sorted((CHECKOUT / "ledger/detectors").glob("*.sql"))


@pytest.mark.parametrize("path", DETECTORS, ids=lambda path: path.stem)
def test_head_fits_the_schema(path):
    text = path.read_text("utf-8")
    content = yaml.safe_load(text[text.index("/*") + 2:text.index("*/")])
    errors = jsonschema.Draft202012Validator(SCHEMA).iter_errors(content)
    assert [error.message for error in errors] == []
    assert content["id"] == path.stem


def test_schema_refuses_what_the_program_refuses():
    text = head("X1", more="parameters: {n: {default: 1, unit: count, source: R1, zh: a, en: b}}\n")
    sound = yaml.safe_load(text[2:text.index("*/")])
    validator = jsonschema.Draft202012Validator(SCHEMA)
    assert validator.is_valid(sound)
    for change in ({"id": "1"}, {"grades": []}, {"basis": []}, {"key": []}, {"methode": "rule"},
                   {"subjects": {"persons": "x"}}, {"step": "magic"}):
        assert not validator.is_valid({**sound, **change}), change
    figure = {"id": "n", "type": "code", "zh": "甲", "en": "A"}
    own = {"values": {"a": {"zh": "甲", "en": "A"}}}
    for more in ({}, {"codes": "fund"}, own):
        assert validator.is_valid({**sound, "figures": [{**figure, **more}]}), more
    for more in ({"codes": "fund", **own}, {"values": {}}, {"values": {"a": {"zh": "甲"}}},
                 {"type": "text", "codes": "fund"}, {"type": "text", **own}):
        assert not validator.is_valid({**sound, "figures": [{**figure, **more}]}), more
