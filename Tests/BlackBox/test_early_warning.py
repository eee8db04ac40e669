"""The report on the two warnings: persons above a line, by hand and by a second reckoning.

Lines are those of Tongliao's plan (T31, T32): the city's rural income of the year before, and half
of the local one. What is pushed in a month tells of the month before (T33, T34)."""

import datetime
import re
import shutil
from collections import defaultdict

import pytest

from cases import (Case, adopted, at, certified, claim, entry, parameter, person, reversed_,
                   tongliao)
from harness import CHECKOUT, Ledger, done, records_of
from test_reports import NS, YEAR, Tables, drawn

CITY, COUNTY = "150500", "150502"
INCOME = 1_500_000


def income(fen=INCOME, area=CITY, year=2023):
    return parameter("rural-disposable-income", area=area, year=year, valueFen=fen)


def bill(number, who, burden, on="2024-03-05", **more):
    """A bill that leaves so much after insurance; medical aid pays a part of that."""
    return claim(number, who, "dibao", paid=min(burden, 100), compliant=burden + 70_000,
                 basic=50_000, major=20_000, own=9_000, on=on, **more)


def pushed(number, who, warning, on, area=COUNTY, burden=1):
    return entry(number, "warning.raised", {
        "person": person(who), "warning": warning, "burdenFen": burden, "pushedOn": on,
        "toDepartment": "civil-affairs"}, area=area, on=on)


def answered(number, push, on):
    return entry(number, "warning.answered", {"warning": at(push), "outcome": "已纳入监测"}, on=on)


def latest(on="2025-06-30"):
    """A record by which it is known how far the ledger goes."""
    return entry(f"latest-{on}", "case.noted", {"case": "C-1", "note": "备注", "entries": []}, on=on)


class Drawn(Tables):
    """The report, drawn."""

    def __init__(self, ledger, year=2024, area=CITY):
        super().__init__(done("report", "early-warning", ledger, "--year", year, "--area", area,
                              "--lang", "en", "--format", "xml", "-o", "-").out)

    def rows(self, table):
        return [{cell.get("column"): cell.get("value") for cell in row if cell.get("value")}
                for row in self.table(table) if row.tag.endswith("}row")]

    def persons(self, line):
        return self.value(self.row("overview", line), "persons")


@pytest.fixture
def case(tmp_path):
    return Case(Ledger.make(tmp_path / "a.db")).take(tongliao(), income(), latest())


def known(*numbers):
    return [certified(number, "dibao") for number in numbers]


def only(report, table):
    (row,) = report.rows(table)
    return row


def test_lines_are_the_incomes_of_the_year_before(case):
    case.take(income(9_999, year=2024), income(9_999, year=2022), known(1), bill("b", 1, 1))
    lines = {row["warning"]: (row["parameter"], row["year"], row["measureFen"], row["lineFen"])
             for row in Drawn(case.ledger).rows("lines")}
    measure = ("rural-disposable-income", "2023", str(INCOME))
    assert lines == {"illness-to-poverty": (*measure, str(INCOME)),
                     "illness-return": (*measure, str(INCOME // 2))}


def test_city_counts_for_poverty_and_the_county_for_return(case):
    case.take(income(1_000_000, area=COUNTY), known(1), bill("b", 1, 1))
    lines = {row["warning"]: row["lineFen"] for row in Drawn(case.ledger).rows("lines")}
    assert lines == {"illness-to-poverty": str(INCOME), "illness-return": "500000"}


def test_province_is_no_city(tmp_path):
    case = Case(Ledger.make(tmp_path / "a.db")).take(
        tongliao(), income(area="150000"), known(1), bill("b", 1, 10_000_000))
    report = Drawn(case.ledger)
    missing = only(report, "lines-missing")
    assert (missing["warning"], missing["parameter"], missing["year"], missing["persons"]) == (
        "illness-to-poverty", "rural-disposable-income", "2023", "1")
    assert only(report, "persons")["lineFen"] == str(INCOME // 2)


def test_missing_parameter_is_said_by_name(tmp_path):
    case = Case(Ledger.make(tmp_path / "a.db")).take(
        tongliao(), income(year=2024), known(1, 2), bill("b", 1, 10_000_000),
        bill("c", 2, 10_000_000))
    report = Drawn(case.ledger)
    assert [(row["parameter"], row["persons"]) for row in report.rows("lines-missing")] == [
        ("rural-disposable-income", "2")] * 2
    assert report.rows("persons") == [] and report.rows("lines") == []


def test_no_clause_no_line(tmp_path):
    case = Case(Ledger.make(tmp_path / "a.db")).take(
        tongliao(), income(year=2021), certified(1, "dibao"),
        bill("b", 1, 10_000_000, on="2022-03-05"))
    report = Drawn(case.ledger, year=2022)
    assert report.rows("lines") == report.rows("lines-missing") == report.rows("persons") == []


def said(ledger, year, language):
    """What stands below the captions of empty tables."""
    page = done("report", "early-warning", ledger, "--year", year, "--area", CITY, "--no-verify",
                "--lang", language, "-o", "-").out
    return dict(re.findall(r'id="table:([a-z-]+)">(?:(?!</p>).)*</p>\s*<p>([^<]*)</p>', page))


@pytest.mark.parametrize("has_clause", [False, True])
def test_nobody_is_cleared_without_a_line(tmp_path, has_clause):
    """Persons with a great burden, a push, and nothing to compare them with: what is not known must
    not read as if all were well."""
    case = Case(Ledger.make(tmp_path / "a.db")).take(
        *([tongliao()] if has_clause else []), known(1), bill("b", 1, 10_000_000),
        pushed("p", 1, "illness-return", "2024-04-02"), latest("2024-04-30"))
    rest = "没有监测线可比的，不作判断，见“监测线”和“监测线参数未设定的地区”两表。"
    words = said(case.ledger, 2024, "zh-Hans")
    for table in ("overview", "by-area", "by-category", "persons", "persons-pushed"):
        assert words[table].endswith(f"本表只反映能够与监测线比较的人员；{rest}"), table
    assert words["pushes-overdue"] == (
        "没有发现逾期推送和逾期未推送的人员。没有监测线可比的人员和没有按月推送规定的地区，不计逾期。")
    assert words["not-above"] == (
        "没有发现本年度2月至12月推送、而负担未超过监测线的预警。没有监测线可比的，无从判断，不在此列。")
    assert ("lines-missing" in words) != has_clause
    words = said(case.ledger, 2024, "en")
    assert words["persons"] == (
        "No certified person was found above a line. This is of persons who can be compared with "
        "one; where there is no line nothing is said, see “The lines” and “Areas where the line's "
        "parameter is not set”.")
    assert "or nobody was pushed" not in words["not-above"]


def test_locality_lays_down_the_line(tmp_path):
    """Guangdong leaves it to the locality: one line, and either push tells of it."""
    case = Case(Ledger.make(tmp_path / "a.db")).take(
        adopted("guangdong-2022", "440100", "2023-01-01"),
        parameter("warning-line", area="440100", year=2024, valueFen=2_000_000),
        certified(1, "dibao", area="440103"), certified(2, "dibao", area="440103"),
        bill("b", 1, 2_000_001, area="440103"), bill("c", 2, 2_000_000, area="440103"),
        pushed("p", 1, "illness-return", "2024-12-05", area="440103"), latest())
    report = Drawn(case.ledger, area="440100")
    row = only(report, "persons")
    assert (row["lineFen"], row["aboveFen"]) == ("2000000", "1")
    assert report.persons("pushed") == 1
    assert report.rows("pushes-overdue") == report.rows("answers-overdue") == []


@pytest.mark.parametrize("burden, warning", [
    (INCOME // 2, None), (INCOME // 2 + 1, "illness-return"), (INCOME, "illness-return"),
    (INCOME + 1, "illness-to-poverty")])
def test_exactly_the_line_is_not_above(case, burden, warning):
    case.take(known(1), bill("b", 1, burden))
    rows = Drawn(case.ledger).rows("persons")
    assert [(row["warning"], row["burdenFen"]) for row in rows] == (
        [(warning, str(burden))] if warning else [])


def test_burden_is_of_the_year_of_all_areas_and_of_merged_persons(case):
    merger = entry("merger", "person.merged", {
        "from": person(2), "into": person(1), "reason": "number-corrected"}, on="2024-12-30")
    case.take(known(1, 2), bill("a", 1, INCOME, on="2023-12-31"), bill("b", 1, 500_000),
              bill("c", 1, 400_000, area="150521", on="2024-06-01"),
              bill("d", 2, 700_000, on="2024-08-01"), bill("e", 1, 900_000), reversed_("e"),
              merger)
    row = only(Drawn(case.ledger), "persons")
    assert (row["burdenFen"], row["aboveFen"], row["passedOn"]) == (
        "1600000", "100000", "2024-08-01")
    # The area is that of the last settlement.
    assert row["area"] == COUNTY
    assert Drawn(case.ledger, area="150521").rows("persons") == []


def test_only_the_certified_are_monitored(case):
    case.take(known(1), bill("b", 1, INCOME + 1), bill("c", 2, INCOME + 1),
              certified(3, "dibao", until="2023-12-31"), bill("d", 3, INCOME + 1),
              certified(4, "dibao", since="2024-12-31"), bill("e", 4, INCOME + 1))
    report = Drawn(case.ledger)
    assert report.persons("above") == 2
    assert report.persons("not-on-list") == 2
    assert len(report.rows("persons")) == 2


def test_push_in_the_month_after_is_in_time(case):
    case.take(known(1), bill("b", 1, INCOME + 1, on="2024-01-31"),
              pushed("p", 1, "illness-to-poverty", "2024-02-29"), answered("r", "p", "2024-03-31"))
    report = Drawn(case.ledger)
    assert report.rows("pushes-overdue") == report.rows("answers-overdue") == []
    row = only(report, "persons-pushed")
    assert (row["pushedOn"], row["answeredOn"], row["outcome"]) == (
        "2024-02-29", "2024-03-31", "已纳入监测")
    assert (report.persons("pushed"), report.persons("answered")) == (1, 1)


def test_push_and_answer_a_day_late(case):
    case.take(known(1), bill("b", 1, INCOME + 1, on="2024-01-31"),
              pushed("p", 1, "illness-to-poverty", "2024-03-01"), answered("r", "p", "2024-05-01"))
    report = Drawn(case.ledger)
    late = only(report, "pushes-overdue")
    assert (late["dueOn"], late["daysLate"]) == ("2024-02-29", "1")
    late = only(report, "answers-overdue")
    assert (late["dueOn"], late["answeredOn"], late["daysLate"]) == (
        "2024-04-30", "2024-05-01", "1")


def test_nothing_is_overdue_before_its_day(tmp_path):
    case = Case(Ledger.make(tmp_path / "a.db")).take(
        tongliao(), income(), known(1, 2), bill("b", 1, INCOME + 1, on="2024-03-05"),
        bill("c", 2, INCOME + 1, on="2024-02-05"),
        pushed("p", 2, "illness-to-poverty", "2024-03-20"), latest("2024-04-30"))
    report = Drawn(case.ledger)
    assert report.rows("pushes-overdue") == report.rows("answers-overdue") == []
    case.take(latest("2024-05-01"))
    report = Drawn(case.ledger)
    assert only(report, "pushes-overdue")["daysLate"] == "1"
    assert only(report, "answers-overdue")["daysLate"] == "1"


def test_december_is_pushed_in_january(case):
    case.take(known(1, 2), bill("b", 1, INCOME + 1, on="2024-12-20"),
              pushed("p", 1, "illness-to-poverty", "2025-01-31"),
              bill("c", 2, INCOME + 1, on="2024-12-20"),
              pushed("q", 2, "illness-to-poverty", "2025-02-01"))
    report = Drawn(case.ledger)
    assert (report.persons("pushed"), report.persons("not-pushed")) == (1, 1)
    # 31 January to 30 June 2025.
    assert only(report, "pushes-overdue")["daysLate"] == "150"


def test_push_of_the_lesser_warning_is_told(case):
    case.take(known(1), bill("b", 1, INCOME, on="2024-03-05"),
              pushed("p", 1, "illness-return", "2024-04-02"), bill("c", 1, 1, on="2024-07-01"))
    report = Drawn(case.ledger)
    assert report.persons("pushed-lesser") == 1
    late = only(report, "pushes-overdue")
    assert (late["warning"], late["pushedAs"], late["dueOn"]) == (
        "illness-to-poverty", "illness-return", "2024-08-31")
    case.take(pushed("q", 1, "illness-to-poverty", "2024-08-02"))
    report = Drawn(case.ledger)
    assert report.persons("pushed") == 1 and report.rows("pushes-overdue") == []


def test_push_without_need_is_told(case):
    case.take(known(1, 2, 3), bill("b", 1, INCOME // 2), bill("c", 2, INCOME),
              pushed("p", 1, "illness-return", "2024-04-02", burden=800_000),
              pushed("q", 2, "illness-return", "2024-04-02"),
              pushed("r", 3, "illness-to-poverty", "2024-01-31"),
              pushed("s", 3, "illness-to-poverty", "2024-02-01"))
    rows = Drawn(case.ledger).rows("not-above")
    assert [(row["statedFen"], row.get("burdenFen"), row["pushedOn"]) for row in rows] == [
        ("1", None, "2024-02-01"), ("800000", str(INCOME // 2), "2024-04-02")]


def test_months_hold_pushes_and_answers(case):
    case.take(known(1, 2), pushed("p", 1, "illness-return", "2024-04-02"),
              pushed("q", 2, "illness-to-poverty", "2024-04-03"), answered("r", "p", "2024-05-02"))
    rows = {row["month"]: row for row in Drawn(case.ledger).rows("by-month")}
    assert {name: rows["2024-04"][name] for name in ("povertyPushes", "returnPushes", "persons")} \
        == {"povertyPushes": "1", "returnPushes": "1", "persons": "2"}
    assert rows["2024-05"]["answers"] == "1"


# MARK: a second reckoning of sample records

YEAR = 2023


def last_of_next_month(day):
    date = datetime.date.fromisoformat(day)
    first = (date.replace(day=1) + datetime.timedelta(62)).replace(day=1)
    return (first - datetime.timedelta(1)).isoformat()


class Expected:
    """Who is above which line of Tongliao, from the input records alone."""

    def __init__(self, records):
        gone = {(one["body"]["reverses"]["source"], one["body"]["reverses"]["id"])
                for one in records if one["kind"] == "entry.reversed"}
        live = [one for one in records if (one["source"], one["id"]) not in gone]
        same = {key(one["body"]["from"]): key(one["body"]["into"]) for one in live
                if one["kind"] == "person.merged"}
        (self.line,) = {one["body"]["valueFen"] for one in live if one["kind"] == "parameter.set"
                        and one["body"]["name"] == "rural-disposable-income"
                        and one["area"] == CITY and one["body"]["year"] == YEAR - 1}
        bills = defaultdict(list)
        for place, one in enumerate(live):
            if one["kind"] == "claim.settled" and one["occurredOn"].startswith(str(YEAR)):
                who = key(one["body"]["person"])
                bills[same.get(who, who)].append((one["occurredOn"], place, one))
        self.above = {}
        for who, found in bills.items():
            found.sort(key=lambda item: item[:2])
            total, passed = 0, {}
            for day, _, one in found:
                total += left(one["body"]["amounts"])
                for warning, line in (("illness-to-poverty", self.line),
                                      ("illness-return", self.line // 2)):
                    if total > line:
                        passed.setdefault(warning, day)
            last = found[-1][2]
            warning = next((name for name in ("illness-to-poverty", "illness-return")
                            if total > (self.line if name.endswith("poverty") else self.line // 2)),
                           None)
            if warning and last["area"].startswith("1505"):
                self.above[who] = (warning, total, last["area"], last["body"]["category"],
                                   passed[warning])


def left(amounts):
    return amounts["compliantFen"] - sum(amounts.get(name, 0) for name in (
        "basicPaidFen", "majorIllnessPaidFen", "employeeLargePaidFen", "civilServantPaidFen",
        "enterprisePaidFen"))


def key(who):
    return (who["idType"], who["idNumber"])


def test_sample_is_reckoned_likewise(tmp_path):
    file = tmp_path / "sample.jsonl"
    done("sample", file, "--entries", 12000)
    ledger = Ledger.make(tmp_path / "a.db")
    done("import", ledger, file)
    expected = sorted(Expected(records_of(file)).above.values())
    report = Tables(drawn("early-warning", ledger, area=CITY))
    rows = [{cell.get("column"): cell.get("value") for cell in row}
            for row in report.table("persons") if row.tag.endswith("}row")]
    found = sorted((row["warning"], int(row["burdenFen"]), row["area"], row["category"],
                    row["passedOn"]) for row in rows)
    assert found == expected and len(expected) > 3
    late = {row.get("id").split(":")[1] for row in report.table("pushes-overdue")
            if row.tag.endswith("}row")}
    due = {row["person"]: last_of_next_month(row["passedOn"]) for row in rows}
    pushes = {cell["person"]: cell for cell in (
        {cell.get("column"): cell.get("value") for cell in row}
        for row in report.table("persons-pushed") if row.tag.endswith("}row"))}
    warning = {row["person"]: row["warning"] for row in rows}
    today = max(one["occurredOn"] for one in records_of(file))
    assert late == {who for who, day in due.items() if day < (
        pushes[who]["pushedOn"] if pushes[who].get("pushedAs") in (
            warning[who], "illness-to-poverty") else today)}


LONG = {"pushes-overdue", "answers-overdue", "persons", "persons-pushed", "not-above"}


def test_lists_of_persons_go_into_annexes(tmp_path):
    """A province has more persons than a document holds: beyond so many they stand in pages."""
    file = tmp_path / "sample.jsonl"
    done("sample", file, "--entries", 12000)
    ledger = Ledger.make(tmp_path / "a.db")
    done("import", ledger, file)
    home = tmp_path / "home"
    for part in ("ledger", "templates"):
        shutil.copytree(CHECKOUT / part, home / part)
    definition = home / "templates/early-warning/report.yaml"
    text = definition.read_text("utf-8")
    assert text.count("annex: 1000") == len(LONG)
    definition.write_text(text.replace("annex: 1000", "annex: 0"), "utf-8")
    output = tmp_path / "report.xml"
    done("report", "early-warning", ledger, "--home", home, "--year", YEAR, "--area", CITY,
         "--format", "xml", "-o", output)
    whole, short = Tables(drawn("early-warning", ledger, area=CITY)), Tables(output.read_text())

    def rows(tables, table):
        return [(row.get("id"), row.get("recordSet"), [cell.get("value") for cell in row])
                for row in tables.table(table).findall("r:row", NS)]

    paged = set()
    for table in LONG:
        assert not rows(short, table)
        pages = sorted((tmp_path / "report.xml.annexes").glob(f"{table}-0*.xml"))
        found = [row for page in pages for row in rows(Tables(page.read_text()), table)]
        assert found == rows(whole, table)
        if found:
            paged.add(table)
    assert {"persons", "persons-pushed", "pushes-overdue"} <= paged
    persons = [(cells[3] == "illness-return", -int(cells[5])) for _, _, cells in rows(whole, "persons")]
    assert persons == sorted(persons) and len({kind for kind, _ in persons}) == 2
