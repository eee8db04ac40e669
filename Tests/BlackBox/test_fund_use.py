"""Fund use: budget, institutions and schemes, burden by layer, recoveries, surplus, reckoned from
the input records alone."""

from collections import defaultdict

import pytest

from cases import Case, at, claim, entry, person
from harness import Ledger, done, records_of
from test_reports import YEAR, Reckoning, Tables, by_line, drawn

MONEY = ("basicPaidFen", "majorIllnessPaidFen", "employeeLargePaidFen", "medicalAidPaidFen",
         "secondAidPaidFen", "tiltAidPaidFen")
# What hospitals are cleared for is inpatient and outpatient aid together.
LINES = {"clearing": "care", "inpatient": "care", "outpatient": "care", "major-illness": "care",
         "enrolment": "enrolment", "second": "second", "tilt": "tilt", "above-cap": "above-cap"}


def rows(tables, table):
    return {row.get("id").partition(":")[2]: {
        cell.get("column"): cell.get("value") for cell in row} for row in tables.table(table)
        if row.tag.endswith("}row")}


def budgeted(number, purpose, fen, version="initial", on="2024-01-02", month=None, **more):
    body = {"fund": "medical-aid", "year": 2024, "version": version, "purpose": purpose,
            "amountFen": fen, "docNo": "1号", **more}
    if month:
        body["month"] = month
    return entry(number, "fund.budgeted", body, on=on)


def received(number, fen, on="2024-02-01", source="county"):
    return entry(number, "fund.received", {
        "fundSource": source, "fund": "medical-aid", "toAccount": "medical-aid-subaccount",
        "year": int(on[:4]), "amountFen": fen, "docNo": "2号"}, on=on)


def spent(number, fen, on):
    return entry(number, "fund.transferred", {
        "fromAccount": "medical-aid-subaccount", "toAccount": "resident-insurance-subaccount",
        "purpose": "enrolment", "amountFen": fen, "year": int(on[:4])}, on=on)


def recovered(number, nature, fen, *related, on="2024-05-06"):
    return entry(number, "recovery.received", {
        "institution": "H150502", "relatesTo": [at(name) for name in related],
        "fund": "medical-aid", "toAccount": "medical-aid-subaccount", "nature": nature,
        "amountFen": fen, "reason": "多付"}, on=on)


@pytest.fixture
def case(tmp_path):
    return Case(Ledger.make(tmp_path / "a.db"))


def report(case):
    return Tables(done("report", "fund-use", case.ledger, "--year", 2024, "--area", "150500",
                       "--format", "xml", "-o", "-").out)


def test_last_adjustment_takes_the_place_of_the_initial_budget(case):
    case.take(budgeted("a", "enrolment", 10_000),
              budgeted("b", "enrolment", 14_000, "adjusted", "2024-06-01"),
              budgeted("c", "enrolment", 12_000, "adjusted", "2024-08-01"),
              budgeted("d", "inpatient", 5_000), budgeted("e", "outpatient", 1_000),
              budgeted("f", "enrolment", 99, on="2023-01-02", year=2023),
              budgeted("g", "enrolment", 99, fund="targeted-poverty"),
              budgeted("h", "enrolment", 3_000, month=3), spent("i", 9_000, "2024-03-31"))
    tables = report(case)
    found = rows(tables, "budget-by-purpose")
    assert [found["enrolment"][name] for name in (
        "initialFen", "budgetFen", "expenditureFen", "rate")] == ["10000", "12000", "9000", "7500"]
    assert found["care"]["budgetFen"] == "6000" and found["care"]["rate"] is None
    total = tables.total("budget-by-purpose")
    assert Tables.value(total, "budgetFen") == 18_000 and Tables.value(total, "rate") == 5_000
    month = rows(tables, "budget-by-month")["2024-03"]
    assert (month["planFen"], month["enrolmentFen"], month["expenditureFen"]) == (
        "3000", "9000", "9000")


def test_pace_is_cumulative(case):
    case.take(budgeted("a", "enrolment", 10_000), spent("b", 1_000, "2024-03-31"),
              spent("c", 2_000, "2024-04-01"), spent("d", 3_000, "2024-12-31"))
    found = rows(report(case), "pace-by-quarter")
    assert [(row["expenditureFen"], row["upToFen"], row["rate"]) for row in found.values()] == [
        ("1000", "1000", "1000"), ("2000", "3000", "3000"), (None, "3000", "3000"),
        ("3000", "6000", "6000")]


def test_months_without_money_keep_their_place(case):
    """Up to the last month that the ledger has money of, whichever area's that is."""
    case.take(received("a", 5_000, "2024-02-29"), spent("b", 1_000, "2024-04-30"),
              budgeted("c", "enrolment", 700, month=9))
    tables = report(case)
    moved = rows(tables, "movements-by-month")
    assert [(month, row["incomeFen"], row["expenditureFen"]) for month, row in moved.items()] == [
        ("2024-01", "0", "0"), ("2024-02", "5000", "0"), ("2024-03", "0", "0"),
        ("2024-04", "0", "1000")]
    assert [tables.row("movements-by-month", month).get("entries") for month in moved] == [
        "0", "1", "0", "1"]
    planned = rows(tables, "budget-by-month")
    assert [(month, row["planFen"], row["enrolmentFen"], row["expenditureFen"])
            for month, row in planned.items()] == [
        ("2024-01", None, None, "0"), ("2024-02", None, None, "0"), ("2024-03", None, None, "0"),
        ("2024-04", None, "1000", "1000"), ("2024-09", "700", None, None)]
    case.take(entry("elsewhere", "fund.received", {
        "fundSource": "county", "fund": "medical-aid", "toAccount": "medical-aid-subaccount",
        "year": 2024, "amountFen": 1, "docNo": "3号"}, area="440703", on="2025-01-02"))
    tables = report(case)
    for table in ("movements-by-month", "budget-by-month"):
        assert list(rows(tables, table)) == [f"2024-{month:02}" for month in range(1, 13)]


def test_surplus_lasts_whole_months(case):
    """30,000 were left and 42,000 came, 30,000 went: 42,000 lasts 16.8 months at 2,500 a month."""
    case.take(received("a", 78_000, "2023-02-01"), spent("b", 48_000, "2023-03-01"),
              received("c", 42_000), spent("d", 30_000, "2024-06-01"))
    row = rows(report(case), "surplus")["150502"]
    assert [row[name] for name in ("openingFen", "incomeFen", "availableFen", "expenditureFen",
                                   "closingFen", "surplusShare", "spendingShare", "months")] == [
        "30000", "42000", "72000", "30000", "42000", "5833", "14000", "16"]


def test_recovery_of_several_records_counts_once(case):
    case.take(claim("a", 1, "dibao", 1_000), claim("b", 1, "dibao", 2_000),
              recovered("c", "overpayment", 3_000, "a", "b"),
              recovered("d", "fraud", 500, "nothing"), recovered("e", "penalty", 7_000))
    tables = report(case)
    found = rows(tables, "recoveries-by-nature")
    assert {key: (row["recoveries"], row["amountFen"]) for key, row in found.items()} == {
        "overpayment.claim.settled": ("1", "3000"), "fraud.-": ("1", "500"),
        "penalty.-": ("1", "7000")}
    row = tables.row("recoveries-by-nature", "overpayment.claim.settled")
    assert row.get("entries") == "3"
    assert Tables.value(tables.total("recoveries"), "amountFen") == 10_500
    assert Tables.value(tables.total("income-by-source"), "amountFen") == 10_500


@pytest.mark.parametrize("area", ["000000", "440703", "150502"])
def test_sample_is_reckoned_likewise(sample_ledger, sample_file, area):
    tables = Tables(drawn("fund-use", sample_ledger, area=area))
    reckoning = Reckoning(records_of(sample_file), area)
    bills = [body for _, body in reckoning.of("claim.settled")]
    approvals = [body for _, body in reckoning.of("aid.approved", "approvedOn")
                 if body["amountFen"]]
    assert bills

    # What each layer leaves and pays, by type of visit.
    left = defaultdict(lambda: [0] * 5)
    for body in bills:
        amounts = defaultdict(int, body["amounts"])
        basic, major, large, aid, second, tilt = (amounts[name] for name in MONEY)
        steps = [amounts["totalFen"]]
        for layer in (basic, major + large, aid + second + tilt):
            steps.append(steps[-1] - layer)
        steps.append(amounts["cashPaidFen"])
        line = left[body["visit"]["type"]]
        line[:] = [one + other for one, other in zip(line, steps)]
    names = ("totalFen", "afterBasicFen", "afterMajorIllnessFen", "afterAidFen", "cashFen")
    found = rows(tables, "burden-left")
    assert {visit: [int(row[name]) for name in names] for visit, row in found.items()} == left
    for visit, row in rows(tables, "burden-paid").items():
        total, after_basic, after_major, after_aid, cash = left[visit]
        assert [int(row[name]) for name in ("basicFen", "majorIllnessFen", "aidFen", "otherFen",
                                            "cashFen")] == [
            total - after_basic, after_basic - after_major, after_major - after_aid,
            after_aid - cash, cash]
    people = {(body["person"]["idType"], body["person"]["idNumber"]) for body in bills}
    total = tables.total("burden-left")
    assert (Tables.value(total, "persons"), Tables.value(total, "times")) == (
        len(people), len(bills))

    # Aid by level and by scheme, with what was approved on application.
    levels = {}
    for one in sorted((one for one in reckoning.live if one["kind"] == "institution.designated"),
                      key=lambda one: one["body"]["designatedFrom"]):
        levels[one["body"]["institution"]["code"]] = one["body"]["institution"]["level"]
    by_level, by_scheme = defaultdict(int), defaultdict(int)
    for body in bills:
        aid = sum(body["amounts"].get(name, 0) for name in MONEY[3:])
        by_level[f"level-{levels.get(body['institution'], 'unknown')}"] += aid
        by_scheme[body["scheme"]] += aid
    by_level["by-application"] = by_scheme["-"] = sum(body["amountFen"] for body in approvals)
    assert by_line(tables, "by-level", "aidFen") == {key: aid for key, aid in by_level.items()
                                                     if aid}
    assert by_line(tables, "by-scheme", "aidFen") == {key: aid for key, aid in by_scheme.items()
                                                      if aid}
    assert Tables.value(tables.total("by-level"), "aidFen") == reckoning.incurred()

    # Budget execution and pace agree with the cash.
    spent_by = defaultdict(int)
    for purpose, amount in reckoning.expenditure().items():
        spent_by[LINES.get(purpose, "other")] += amount
    assert by_line(tables, "budget-by-purpose", "expenditureFen") == spent_by
    initial, final = defaultdict(int), defaultdict(int)
    for one in reckoning.here:
        body = one["body"]
        if one["kind"] != "fund.budgeted" or body["year"] != YEAR or "month" in body \
                or body["fund"] != "medical-aid":
            continue
        key = (one["area"], body["purpose"])
        if body["version"] == "initial":
            initial[key] += body["amountFen"]
            final.setdefault(key, body["amountFen"])
        else:
            final[key] = body["amountFen"]
    total = tables.total("budget-by-purpose")
    assert (Tables.value(total, "initialFen"), Tables.value(total, "budgetFen")) == (
        sum(initial.values()), sum(final.values()))
    quarter = rows(tables, "pace-by-quarter")["q4"]
    assert int(quarter["upToFen"]) == sum(spent_by.values())
    assert int(quarter["budgetFen"]) == sum(final.values())
    months = tables.total("budget-by-month")
    assert Tables.value(months, "expenditureFen") == sum(spent_by.values())

    # Recoveries.
    natures = defaultdict(int)
    for _, body in reckoning.of("recovery.received"):
        if body["fund"] == "medical-aid":
            natures[body["nature"]] += body["amountFen"]
    told = defaultdict(int)
    for key, row in rows(tables, "recoveries-by-nature").items():
        told[key.partition(".")[0]] += int(row["amountFen"])
    assert told == natures
    closing = by_line(tables, "balance").get("closing", 0)
    assert Tables.value(tables.total("surplus"), "closingFen") == closing
