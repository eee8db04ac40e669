"""The working-day calendar against counts made by hand from the notices, and against a package."""
import csv
import datetime
import subprocess
from pathlib import Path

import pytest

from harness import CHECKOUT

CALENDAR = CHECKOUT / "ledger/calendar"

# Counted by hand from the notices' words: Monday to Friday, of them off, weekend days worked.
BY_HAND = {
    2015: (261, 17, 5), 2016: (261, 17, 6), 2017: (260, 16, 5), 2018: (261, 18, 7),
    2019: (261, 17, 6), 2020: (262, 19, 6), 2021: (261, 18, 7), 2022: (260, 18, 7),
    2023: (260, 18, 7), 2024: (262, 19, 8), 2025: (261, 18, 5), 2026: (261, 19, 6),
}


@pytest.fixture(scope="module")
def rows():
    with open(CALENDAR / "cn-workdays.csv", encoding="utf-8", newline="") as file:
        return [(datetime.date.fromisoformat(row["date"]), row["workday"], row["name"])
                for row in csv.DictReader(file)]


def test_every_day_of_the_years_stands_there_once_and_in_order(rows):
    assert rows[0][0] == datetime.date(2015, 1, 1)
    assert rows[-1][0] == datetime.date(2026, 12, 31)
    assert all(later[0] - row[0] == datetime.timedelta(1) for row, later in zip(rows, rows[1:]))
    assert {workday for _, workday, _ in rows} == {"0", "1"}


@pytest.mark.parametrize("year", BY_HAND)
def test_a_year_has_the_working_days_that_its_notices_leave(rows, year):
    of_year = [row for row in rows if row[0].year == year]
    weekdays = [row for row in of_year if row[0].weekday() < 5]
    off = sum(workday == "0" for _, workday, _ in weekdays)
    worked = sum(workday == "1" for day, workday, _ in of_year if day.weekday() >= 5)
    assert (len(weekdays), off, worked) == BY_HAND[year]


@pytest.mark.parametrize(("start", "thirtieth"), [
    # 29 Jan–2 Feb, 5–9, 11–14, 22–24 and 26 Feb–2 Mar, 5–9, 12–14 Mar: 5+5+4+3+5+5+3
    ("2018-01-26", "2018-03-14"),
    # 3–7, 10–14, 17–21, 25–30 Sep, 8–12, 15–18 Oct: 5+5+5+6+5+4
    ("2018-08-31", "2018-10-18"),
    # 19–23 Jan, 3–7, 10–14, 17–21, 24–28 Feb, 2–6 Mar: 6 times 5
    ("2020-01-17", "2020-03-06"),
])
def test_the_thirtieth_working_day_is_the_one_counted_on_paper(rows, start, thirtieth):
    after = [day for day, workday, _ in rows
             if workday == "1" and day > datetime.date.fromisoformat(start)]
    assert after[29].isoformat() == thirtieth


def test_a_day_that_is_not_what_its_weekday_says_is_named(rows):
    for day, workday, name in rows:
        if (workday == "1") != (day.weekday() < 5):
            assert name.endswith("调休上班") == (workday == "1") and name
        if workday == "1" and day.weekday() < 5:
            assert name == ""


def test_the_file_is_what_the_script_writes(tmp_path):
    for part in ("scripts/calendar", "ledger/calendar/notices.tsv"):
        (tmp_path / part).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / part).write_bytes((CHECKOUT / part).read_bytes())
    subprocess.run(["python3", tmp_path / "scripts/calendar"], check=True)
    written = (tmp_path / "ledger/calendar/cn-workdays.csv").read_bytes()
    assert written == (CALENDAR / "cn-workdays.csv").read_bytes()


def test_a_package_made_by_others_agrees_on_every_day(rows):
    others = pytest.importorskip("chinese_calendar")
    assert [day for day, workday, _ in rows if others.is_workday(day) != (workday == "1")] == []


def test_the_notices_in_the_readme_are_those_in_the_table():
    notices = {line.split("\t")[0]
               for line in (CALENDAR / "notices.tsv").read_text("utf-8").splitlines()[1:]}
    for name in ("README.md", "README.zh-Hans.md"):
        text = Path(CALENDAR / name).read_text("utf-8")
        assert [n for n in notices if n[n.index("〔"):] not in text] == []
