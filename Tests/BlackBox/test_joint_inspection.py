"""The joint inspection: every section against a reckoning from the records alone."""

import collections
import hashlib
import json
import math
import re
import xml.etree.ElementTree as ElementTree

import pytest

import inspecting
from cases import (adopted, at, certified, claim, designated, entry, liupanshui, parameter,
                   subsidised, tongliao)
from harness import FINE, Ledger, application, done, record, records_of

NS = {"r": "urn:aidledger:report:1"}
YEARS = [2018, 2023]
# Records end in the middle of a year, so that some work is still open on the last day.
LAST_DAY = "2023-10-12"


def thinned(records):
    """Of the sample, up to a day, without some of what ends a matter, and some answers turned."""
    seen = collections.Counter()
    for one in records:
        kind, body = one["kind"], one["body"]
        seen[kind] += 1
        if one["occurredOn"] > LAST_DAY:
            continue
        if kind in ("clearing.paid", "list.shared", "inspection.answered",
                    "inspection.rectified") and seen[kind] % 5 == 0:
            continue
        if kind == "review.concluded" and seen[kind] % 2 == 0:
            continue
        if kind == "subsidy.requested" and one["area"] == "150521":
            continue
        if kind == "inspection.found" and seen[kind] % 7 == 0:
            body["deadline"] = LAST_DAY
        if kind == "inspection.rectified" and seen[kind] % 4 == 0:
            body.pop("acceptedBy"), body.pop("acceptedOn", None)
        if kind == "inspection.answered" and seen[kind] % 3 == 0:
            body["accepts"] = False
        if kind == "duty.assigned" and body["function"] == "aid-settlement":
            body["function"] = "clearing"
        yield one


@pytest.fixture(scope="module")
def inspected(tmp_path_factory):
    """The records and their ledger."""
    folder = tmp_path_factory.mktemp("inspected")
    done("sample", folder / "s.jsonl", "--entries", 20_000, "--seed", 3, "--fraud", 4,
         "--truth", folder / "truth.tsv")
    records = list(thinned(records_of(folder / "s.jsonl")))
    file = folder / "thinned.jsonl"
    file.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records),
                    "utf-8")
    ledger = Ledger.make(folder / "a.db")
    done("import", ledger, file)
    return records, ledger


class Report:
    """The rows of a report."""

    def __init__(self, ledger, year, *options, area="000000"):
        self.text = done("report", "joint-inspection", ledger, "--year", year, "--area", area,
                         "--no-verify", "--lang", "en", "--format", "xml", "-o", "-", *options).out
        self.root = ElementTree.fromstring(self.text)

    def chart(self, table):
        return self.root.find(f".//r:chart[@of='{table}']", NS)

    @staticmethod
    def cells(row):
        return {cell.get("column"): cell.get("value") for cell in row.findall("r:cell", NS)}

    def rows(self, table):
        found = self.root.find(f".//r:table[@id='{table}']", NS)
        return [self.cells(row) for row in found.findall("r:row", NS)]

    def keyed(self, table, *columns):
        rows = self.rows(table)
        found = {tuple(row[name] for name in columns): row for row in rows}
        assert len(found) == len(rows)
        return found


def number(row, column):
    return int(row[column]) if row[column] is not None else None


@pytest.fixture(scope="module", params=YEARS)
def year(request, inspected):
    """A year's report, and the reckoning of the same year."""
    records, ledger = inspected
    return Report(ledger, request.param), inspecting.Records(records, request.param)


def some(year, of):
    """Whether this is the year in which the sample has occasion for what is tested."""
    return year[1].year == str(of)


# MARK: deadlines

def test_clearing_requests_are_held_to_their_time(year):
    report, reckoning = year
    counts = collections.defaultdict(collections.Counter)
    for area, _, amount, state in reckoning.clearings():
        counts[area].update(requests=1, amountFen=amount, ruled=1 if state else 0)
        if state:
            counts[area][state] += 1
    rows = report.keyed("deadlines-clearing", "area")
    assert {area for area, in rows} == set(counts)
    for (area,), row in rows.items():
        found = counts[area]
        assert (row["rule"], row["allowed"]) == (("L16", "30") if found["ruled"] else (None, None))
        assert (number(row, "requests"), number(row, "amountFen")) == (
            found["requests"], found["amountFen"])
        for state in ("kept", "late", "open", "overdue"):
            assert number(row, state) == (found[state] if found["ruled"] else None), (area, state)
    states = collections.Counter(state for *_, state in reckoning.clearings())
    assert states["kept"] and states["overdue"]


def test_histogram_holds_every_request_once(year):
    report, reckoning = year
    spans = [*((f"to-{days}", days) for days in range(10, 70, 10)), ("over-60", 9_999)]
    counts = collections.Counter()
    for _, used, _, _ in reckoning.clearings():
        counts["unpaid" if used is None else
               next(span for span, most in spans if used <= most)] += 1
    rows = report.keyed("clearing-days", "span")
    assert {span: number(row, "requests") or 0 for (span,), row in rows.items()} == {
        **{span: counts[span] for span, _ in spans}, "unpaid": counts["unpaid"], "unreckoned": 0}
    chart = report.chart("clearing-days")
    assert len(chart.findall(".//r:point", NS)) == 8
    assert chart.get("mark") == "clearing-days:to-30"


def test_later_recognised_persons_are_held_to_two_months(year):
    report, reckoning = year
    counts = collections.defaultdict(collections.Counter)
    for area, state in reckoning.recognitions():
        counts[area][state] += 1
    rows = report.keyed("deadlines-recognition", "area")
    assert {area for area, in rows} == set(counts)
    for (area,), row in rows.items():
        found = counts[area]
        assert number(row, "claims") == sum(found.values())
        if None in found:
            assert row["rule"] is row["kept"] is row["late"] is None
        else:
            assert (row["rule"], number(row, "kept"), number(row, "late")) == (
                "L17", found["kept"], found["late"])


def test_monthly_lists_are_held_to_the_twentieth(year):
    report, reckoning = year
    rows = collections.defaultdict(collections.Counter)
    for row in report.rows("deadlines-lists"):
        assert row["rule"] in (None, "T07")
        assert (row["rule"] is None) == (row["ruled"] is None)
        for name in ("lists", "ruled", "kept", "late", "open", "overdue"):
            rows[row["area"], row["department"]][name] += number(row, name) or 0
    expected = reckoning.lists()
    assert {key: +row for key, row in rows.items()} == {
        key: +counts for key, counts in expected.items()}
    if some(year, 2023):
        assert all(any(counts[state] for counts in expected.values())
                   for state in ("kept", "open", "overdue"))


def test_head_counts_are_held_to_one_month(year):
    report, reckoning = year
    rows = collections.defaultdict(collections.Counter)
    names = ("requests", "amountFen", "kept", "late", "open", "overdue", "supplements")
    for row in report.rows("deadlines-head-counts"):
        assert row["rule"] in (None, "T10")
        for name in names:
            rows[row["area"]][name] += number(row, name) or 0
    expected = reckoning.head_counts()
    assert {key: +row for key, row in rows.items()} == {
        key: +counts for key, counts in expected.items()}
    if some(year, 2023):
        assert expected["150521"]["overdue"] == 1 and expected["150502"]["kept"]


def asked(number, on, fen=100_000, fund="medical-aid", area="520201"):
    return entry(number, "clearing.requested", {
        "institution": "H1", "period": "2018-01", "amountFen": fen, "fund": fund,
        "receivedOn": on, "claimCount": 1}, area=area, on=on)


def cleared(number, of, on, fen=100_000, disallowed=0, applied=0, area="520201"):
    return entry(number, "clearing.paid", {
        "request": at(of), "fromAccount": "medical-aid-treasury-account", "paidFen": fen,
        "disallowedFen": disallowed, "prepaymentAppliedFen": applied}, area=area, on=on)


def only(report, table, *keys):
    """The numbers of a table's one row that are not 0, without what is told by name."""
    row, = report.rows(table)
    return {name: int(row[name]) for name in keys if row[name] not in (None, "0")}


STATES = ("requests", "ruled", "kept", "late", "open", "overdue", "unreckoned")


def test_thirtieth_working_day(new_ledger):
    """Complete on 26 January 2018: with the Spring Festival, 14 March is the thirtieth. That is the
    ledger's last day; requests of 26 January unpaid then are open, those of 25 overdue."""
    new_ledger.take([
        liupanshui(), asked("a", "2018-01-26"), cleared("b", "a", "2018-03-14"),
        asked("c", "2018-01-25"), cleared("d", "c", "2018-03-14"),
        asked("e", "2018-01-26"), asked("f", "2018-01-25"),
        asked("g", "2018-01-26"), cleared("h", "g", "2018-02-26", fen=60_000),
        asked("i", "2018-01-26", fund="basic-resident"),
        asked("j", "2018-01-26"), cleared("k", "j", "2018-02-26", fen=60_000, disallowed=15_000),
        cleared("l", "j", "2018-03-14", fen=20_000, applied=5_000)])
    report = Report(new_ledger, 2018)
    assert only(report, "deadlines-clearing", *STATES) == {
        "requests": 6, "ruled": 6, "kept": 2, "late": 1, "open": 2, "overdue": 1}
    spans = {row["span"]: row["requests"] for row in report.rows("clearing-days")}
    assert spans == {"to-10": "0", "to-20": "0", "to-30": "2", "to-40": "1", "to-50": "0",
                     "to-60": "0", "over-60": "0", "unpaid": "3", "unreckoned": None}


def test_no_clause_is_said_and_not_counted(new_ledger):
    """Tongliao has no time for clearing, Liupanshui none before its document was in force."""
    new_ledger.take([liupanshui(), tongliao(), asked("a", "2023-01-26", area="150502"),
                     asked("b", "2017-08-23"), asked("c", "2017-08-24"),
                     entry("z", "policy.adopted", adopted("jiangmen-2019", "440700",
                                                          "2023-12-01")["body"],
                           area="440700", on="2023-12-01")])
    unruled = Report(new_ledger, 2023)
    row, = unruled.rows("deadlines-clearing")
    assert row["requests"] == "1"
    assert not [name for name in (*STATES[1:], "rule", "allowed", "keptShare") if row[name]]
    assert "mark" not in unruled.chart("clearing-days").keys()
    ruled, other = Report(new_ledger, 2017).rows("deadlines-clearing")
    assert (ruled["rule"], ruled["overdue"], other["rule"], other["requests"]) == (
        "L16", "1", None, "1")


def lacking(ledger, year, **options):
    rows = Report(ledger, year, **options).rows("findings-lacking")
    return {(row["rule"], row["lack"]): row["times"] for row in rows}


def test_rules_that_could_not_be_applied_are_not_passed_over(new_ledger):
    """Nothing found is one thing, not being able to look is another."""
    clause = ("P3", "clause clearing-deadline")
    new_ledger.take([asked("a", "2018-01-26")])
    assert lacking(new_ledger, 2018)[clause] == "1"
    new_ledger.take([liupanshui()])
    assert clause not in lacking(new_ledger, 2018)


def test_what_is_lacking_is_told_of_its_year_and_area(new_ledger):
    new_ledger.take([
        tongliao(), entry("f", "fund.received", {
            "fund": "medical-aid", "fundSource": "city", "year": 2023, "amountFen": 1,
            "docNo": "5号", "forArea": "150502", "toAccount": "medical-aid-treasury-account"},
            area="150502", on="2023-03-05"),
        entry("n", "case.noted", {"case": "C-n", "note": "n", "entries": []}, area="150502",
              on="2024-05-06")])
    lack = ("P6", "parameter resident-population year 2023 area 150502")
    for area, year, is_told in [("000000", 2023, True), ("150000", 2023, True),
                                ("150502", 2023, True), ("150502", 2022, False),
                                ("150581", 2023, False), ("520200", 2023, False)]:
        assert (lack in lacking(new_ledger, year, area=area)) == is_told, (area, year)


def test_evidence_cites_the_document(new_ledger):
    """A clause by its document's title and number, a date as officials write it."""
    new_ledger.take([liupanshui(), asked("a", "2018-01-25"), cleared("b", "a", "2018-03-14")])
    row, = [row for row in Report(new_ledger, 2018, "--lang", "zh-Hans").root.findall(
        ".//r:table[@id='findings-evidence']/r:row", NS) if "L16" in ElementTree.tostring(
            row, "unicode")]
    texts = {cell.get("column"): cell.get("text") for cell in row.findall("r:cell", NS)}
    assert re.search(r"^《.+》（.+号，liupanshui-2017 L16）：“.*30个工作日.*”$", texts["clauses"])
    assert "2018年3月14日" in texts["facts"] and not re.search(r"\d-\d\d-", texts["facts"])


def listed(number, department, period, on, area="150502"):
    return entry(number, "list.shared", {
        "purpose": "monthly-update", "fromDepartment": department,
        "toDepartment": "medical-security", "period": period, "count": 1, "added": 1,
        "removed": 0, "sharedOn": on}, area=area, on=on)


def test_list_of_the_twentieth(new_ledger):
    """The ledger ends on 20 May: that month's list is still open, April's is overdue."""
    new_ledger.take([
        tongliao(), parameter("list-departments", valueCode=["civil-affairs"]),
        listed("a", "civil-affairs", "2024-01", "2024-01-20"),
        listed("b", "civil-affairs", "2024-02", "2024-02-21"),
        listed("c", "civil-affairs", "2024-03", "2024-03-25"),
        listed("d", "civil-affairs", "2024-03", "2024-03-19"),
        listed("e", "civil-affairs", "2023-12", "2024-05-20"),
        listed("f", "tax", "2024-02", "2024-03-21")])
    rows = Report(new_ledger, 2024).keyed("deadlines-lists", "department")
    assert {name: rows["civil-affairs",][name] for name in
            ("lists", "ruled", "kept", "late", "open", "overdue")} == {
        "lists": "4", "ruled": "12", "kept": "2", "late": "1", "open": "8", "overdue": "1"}
    assert (rows["tax",]["lists"], rows["tax",]["ruled"]) == ("1", None)


@pytest.mark.parametrize("end, on, last, states", [
    ("2023-12-31", "2024-01-31", "2024-02-02", {"requests": 1, "ruled": 1, "kept": 1}),
    ("2023-12-31", "2024-02-01", "2024-02-02", {"requests": 1, "ruled": 1, "late": 1}),
    ("2023-12-31", None, "2024-01-31", {"ruled": 1, "open": 1}),
    ("2023-12-31", None, "2024-02-01", {"ruled": 1, "overdue": 1}),
    ("2024-01-31", "2024-02-29", "2024-03-02", {"requests": 1, "ruled": 1, "kept": 1}),
    ("2024-01-31", "2024-03-01", "2024-03-02", {"requests": 1, "ruled": 1, "late": 1}),
    ("2024-01-31", None, "2024-02-29", {"ruled": 1, "open": 1}),
    ("2024-01-31", None, "2024-03-01", {"ruled": 1, "overdue": 1}),
    ("2024-03-31", None, "2024-05-01", {"ruled": 1, "overdue": 1})])
def test_head_counts_a_month_after_the_collection(new_ledger, end, on, last, states):
    """The same day a month on, or that month's last."""
    request = entry("q", "subsidy.requested", {
        "year": 2024, "scheme": "resident", "headCount": 2, "amountFen": 76_000,
        "fund": "medical-aid", "headCountApprovedOn": "2024-01-09", "requestedOn": on},
        on=on or "2024-01-01")
    new_ledger.take([tongliao(), parameter("collection-end", year=2024, valueDate=end),
                     subsidised("a", 1, "dibao", 19_000), subsidised("b", 2, "dibao", 19_000),
                     listed("z", "civil-affairs", "2024-02", last), *([request] if on else [])])
    assert only(Report(new_ledger, 2024), "deadlines-head-counts", *STATES) == states


@pytest.mark.parametrize("beginning, on, state", [
    ("recognition", "2018-05-10", "kept"), ("recognition", "2018-05-11", "late"),
    ("application", "2018-05-01", "kept"), ("application", "2018-05-02", "late"),
    (None, "2018-05-01", "unreckoned")])
def test_two_months_from_what_the_locality_says(new_ledger, beginning, on, state):
    """Applied for on 1 March, recognised on 10 March."""
    certificate = certified(1, "dibao", area="520201", since="2018-03-10", basis="on-application")
    certificate["body"]["appliedOn"] = "2018-03-01"
    begins = [parameter("two-months-from", area="520200", valueCode=[beginning])]
    bill = claim("c", 1, "dibao", 10_000, area="520201", on=on, channel="manual",
                 visit={"admittedOn": "2018-02-20", "dischargedOn": "2018-02-25"})
    new_ledger.take([liupanshui(), designated("520201"), *(begins if beginning else []),
                     certificate, bill])
    row, = Report(new_ledger, 2018).rows("deadlines-recognition")
    assert row["rule"] == "L17" and row[state] == "1"
    assert [row[name] for name in ("kept", "late", "unreckoned")].count("1") == 1


# MARK: settlement

@pytest.mark.parametrize("own, above", [(50_000, "0"), (50_001, "1")])
def test_exactly_the_limit_is_sound(new_ledger, own, above):
    """5 % of 10,000 yuan at a level-2 hospital of Tongliao."""
    new_ledger.take([tongliao(), designated("150502"), parameter(
        "outside-catalogue-period", valueCode=["year"]), certified(1, "dibao"),
        claim("c", 1, "dibao", 0, compliant=1_000_000 - own, own=own)])
    row, = Report(new_ledger, 2024).rows("outside-catalogue")
    assert (row["rule"], row["limitBasisPoints"], row["above"]) == ("T38", "500", above)


def test_levels_are_called_by_their_words(new_ledger):
    areas = ["150502", "150521", "150522", "150523"]
    for level, area in enumerate(areas):
        hospital = designated(area)
        hospital["body"]["institution"]["level"] = level
        new_ledger.take([hospital, claim(f"c{level}", 1, "dibao", 1_000, area=area)])
    for language, words in (("zh-Hans", ["未定级", "一级", "二级", "三级"]),
                            ("en", ["Ungraded", "Level 1", "Level 2", "Level 3"])):
        report = Report(new_ledger, 2024, "--lang", language)
        found = {cells["institution"].get("value"): cells["level"].get("text") for cells in (
            {cell.get("column"): cell for cell in row} for row in report.root.findall(
                ".//r:table[@id='outside-catalogue']/r:row", NS))}
        assert [found[f"H{area}"] for area in areas] == words


def test_share_over_no_span_is_not_judged(new_ledger):
    """Where the locality has not said over what the share is taken."""
    new_ledger.take([tongliao(), designated("150502"), certified(1, "dibao"),
                     claim("c", 1, "dibao", 0, compliant=500_000, own=500_000)])
    row, = Report(new_ledger, 2024).rows("outside-catalogue")
    assert (row["share"], row["above"]) == ("5000", None)


def test_agency_counts_as_its_department(new_ledger):
    """And who pays is not compared where nobody has the duty on record."""
    duty = entry("d", "duty.assigned", {
        "function": "清算拨付", "department": "medical-security", "validFrom": "2018-03-01",
        "docNo": "1号"}, area="520000", on="2018-03-01")
    days = {"b": "2018-02-28", "c": "2018-03-01", "e": "2018-03-02", "f": "2018-03-03"}
    payments = [cleared(name, "a", on) for name, on in days.items()]
    for payment, department in zip(payments, ("finance", "medical-security-agency",
                                              "medical-security", "civil-affairs")):
        payment["department"] = department
    new_ledger.take([duty, asked("a", "2018-01-26"), *payments])
    rows = Report(new_ledger, 2018).keyed("duties-shown", "department")
    assert {department: [name for name in ("assigned", "other", "unassigned") if row[name] == "1"]
            for (department,), row in rows.items()} == {
        "finance": ["unassigned"], "medical-security-agency": ["assigned"],
        "medical-security": ["assigned"], "civil-affairs": ["other"]}
    row, = Report(new_ledger, 2018).rows("duties-other")
    assert (row["department"], row["assignedTo"], row["firstOn"]) == (
        "civil-affairs", "medical-security", "2018-03-03")


def test_limits_of_the_funnel_are_those_of_the_bills(year):
    """Control limits as a textbook has them: the ratio of all, and three standard errors of a ratio
    of sums for as many bills as the institution has."""
    report, reckoning = year
    bills = list(reckoning.outside_bills())
    places = collections.Counter(place for place, _, _ in bills)
    total, outside = (sum(bill[part] for bill in bills) for part in (1, 2))
    ratio = outside / total
    variance = sum((out - ratio * cost) ** 2 for _, cost, out in bills) / (len(bills) - 1)
    rows = report.rows("outside-catalogue-spread")
    assert {row["institution"]: number(row, "claims") for row in rows} == places
    for row in rows:
        count = number(row, "claims")
        error = math.sqrt(variance / count) / (total / len(bills))
        for name, limit in (("lower", ratio - 3 * error), ("upper", ratio + 3 * error)):
            assert abs(number(row, name) - min(max(limit, 0), 1) * 10_000) <= 0.51, row
    chart = report.root.find(".//r:chart[@kind='funnel']", NS)
    beyond = {point.get("row") for point in chart.findall(".//r:point[@beyond]", NS)}
    assert beyond == {f"outside-catalogue-spread:{row['institution']}" for row in rows
                      if not number(row, "lower") <= number(row, "share") <= number(row, "upper")}
    assert len(chart.findall(".//r:point", NS)) == len(rows) > 10


def test_funnel_plot_and_its_table_have_captions_of_their_own(inspected):
    _, ledger = inspected
    page = done("report", "joint-inspection", ledger, "--year", 2023, "--no-verify",
                "--lang", "zh-Hans", "-o", "-").out
    assert re.search(r"</span>各机构目录外费用比例的分布<", page)
    assert re.search(r"<figcaption>图\d+-1　各机构目录外费用比例的漏斗图（比例）</figcaption>", page)
    assert page.count("</span>各机构目录外费用比例的漏斗图") == 0


def test_institutions_stand_in_the_order_of_their_pinyin(year):
    """By their first characters, which stand here in that order: guǎng, huā, jiāng, lì, liù, pán,
    péng, tái."""
    names = [row["institutionName"] for row in year[0].rows("outside-catalogue-spread")]
    first = [name[0] for name in names]
    known = [one for one in first if one in "广花江荔六盘蓬台"]
    assert known == sorted(known, key="广花江荔六盘蓬台".index)
    assert len(set(known)) > 5


def test_share_outside_the_catalogue_of_each_institution(year):
    report, reckoning = year
    rows = {(row["institution"], number(row, "level"), row["area"],
             number(row, "limitBasisPoints") if row["area"][:2] in ("15", "52") else None):
            [number(row, name) for name in ("claims", "totalFen", "outsideFen")]
            for row in report.rows("outside-catalogue")}
    assert rows == reckoning.outside_catalogue()
    for row in report.rows("outside-catalogue"):
        total, outside = number(row, "totalFen"), number(row, "outsideFen")
        assert number(row, "share") == (outside * 10_000 * 2 + total) // (2 * total)
        limit = row["limitBasisPoints"]
        # The sample's cities take the share over the year, of own expense and cost above limits.
        assert number(row, "above") == (
            None if limit is None else int(outside * 10_000 > total * int(limit)))
        assert row["rule"] in {"15": (None, "T38"), "44": ("G09", None)}.get(
            row["area"][:2], (None,))


def test_settlements_outside_the_city_by_referral(year):
    report, reckoning = year
    expected = reckoning.referrals()
    rows = {row["referral"]: [number(row, name) for name in ("claims", "aidFen", "countyClaims")]
            for row in report.rows("referral-by-state")}
    assert rows == expected
    if some(year, 2023):
        assert {"filed", "emergency"} <= set(rows)
    areas = collections.defaultdict(lambda: [0, 0, 0])
    for row in report.rows("referral-by-area"):
        for index, name in enumerate(("claims", "aidFen", "countyClaims")):
            areas[row["referral"]][index] += number(row, name)
    assert areas == expected


def test_expert_reviews_case_by_case(year):
    report, reckoning = year
    names = ("ownFen", "reviewedFen", "acceptedFen", "rejectedFen")
    rows = [tuple(number(row, name) for name in names) for row in report.rows("reviews-by-case")]
    expected = list(reckoning.reviews())
    def by_size(values):
        return sorted(values, key=lambda value: tuple(part or 0 for part in value))
    assert by_size(rows) == by_size(expected)
    sums = collections.Counter()
    for row in report.rows("reviews-by-area"):
        assert row["rule"] == "J10"
        for name in ("cases", "reviewed", "partly", "unreviewed"):
            sums[name] += number(row, name)
    assert +sums == +collections.Counter(
        cases=len(expected),
        reviewed=sum(one[1] is not None and one[1] >= one[0] for one in expected),
        partly=sum(one[1] is not None and one[1] < one[0] for one in expected),
        unreviewed=sum(one[1] is None for one in expected))
    if some(year, 2018):
        assert sums["reviewed"] and sums["unreviewed"]


def test_amount_above_which_experts_review_can_be_changed(inspected):
    _, ledger = inspected
    usual = Report(ledger, 2018).rows("reviews-by-case")
    amounts = sorted({number(row, "ownFen") for row in usual})
    least = amounts[len(amounts) // 2 - 1]
    fewer = Report(ledger, 2018, "--set", f"reviewAbove={least}").rows("reviews-by-case")
    assert fewer == [row for row in usual if number(row, "ownFen") > least]
    assert 0 < len(fewer) < len(usual)


@pytest.mark.parametrize("language, amount", [
    ("zh-Hans", "12,345.60元"), ("en", "12,345.60 yuan")])
def test_amount_among_the_parameters_has_its_unit(empty_ledger, tmp_path, language, amount):
    def draw(form, output):
        return done("report", "joint-inspection", empty_ledger, "--year", 2023, "--no-verify",
                    "--lang", language, "--set", "reviewAbove=1234560", "--set", "sampleSize=1200",
                    "--format", form, "-o", output).out
    page = draw("html", "-")
    assert f"<dd>{amount}</dd>" in page and "<dd>1,200</dd>" in page
    draw("csv", tmp_path / "tables")
    text = (tmp_path / "tables/report.csv").read_text("utf-8-sig")
    assert f'"{amount}"' in text and "1,200元" not in text and "1,200 yuan" not in text


# MARK: departments

def test_departments_beside_their_duties(year):
    report, reckoning = year
    expected = reckoning.acts()
    counts = collections.Counter()
    for row in report.rows("duties-shown"):
        for duty in ("assigned", "other", "unassigned"):
            counts[row["recordKind"], row["department"], duty] += number(row, duty)
    assert +counts == +expected
    others = collections.Counter()
    for row in report.rows("duties-other"):
        others[row["recordKind"], row["department"]] += number(row, "records")
        assert row["assignedTo"] != row["department"] and row["firstOn"] <= row["lastOn"]
    assert others == collections.Counter({
        (kind, department): count for (kind, department, duty), count in expected.items()
        if duty == "other"}) and others


def test_duties_of_the_year_are_those_last_assigned(year):
    report, reckoning = year
    day = f"{reckoning.year}-12-31"
    expected = set()
    for one in reckoning.kinds["duty.assigned"]:
        same = [other["body"]["validFrom"] for other in reckoning.kinds["duty.assigned"]
                if other["area"] == one["area"]
                and other["body"]["function"] == one["body"]["function"]]
        first = f"{reckoning.year}-01-01"
        if one["body"]["validFrom"] <= day and not any(
                one["body"]["validFrom"] < other <= first for other in same):
            expected.add((one["area"], one["body"]["function"], one["body"]["department"]))
    assert {(row["area"], row["function"], row["department"])
            for row in report.rows("duties-assigned")} == expected


# MARK: problems

def test_lists_of_problems_responsibilities_and_rectifications(year):
    report, reckoning = year
    expected = list(reckoning.problems())
    assert len(expected) >= 6
    assert sorted((row["inspection"], row["number"]) for row in report.rows("problem-list")) \
        == sorted(one[:2] for one in expected)
    answers = report.keyed("responsibility-list", "inspection", "number")
    states = report.keyed("rectification-list", "inspection", "number")
    for inspection, which, department, accepts, state in expected:
        row = answers[inspection, which]
        assert row["department"] == department
        assert [row[name] for name in ("answered", "accepted", "disputed")] == {
            None: ["0", "0", "0"], True: ["1", "1", "0"], False: ["1", "0", "1"]}[accepts]
        row = states[inspection, which]
        assert [name for name in ("inTime", "late", "open", "overdue") if row[name] == "1"] \
            == [state]
    departments = collections.Counter(one[2] for one in expected)
    for table in ("responsibility-by-department", "rectification-by-department"):
        assert {row["department"]: number(row, "problems") for row in report.rows(table)} \
            == departments


def test_every_state_of_a_problem_is_in_the_sample(inspected):
    records, _ = inspected
    problems = [one for year in range(2017, 2024)
                for one in inspecting.Records(records, year).problems()]
    assert {one[3] for one in problems} == {None, True, False}
    assert {"inTime", "late", "overdue"} <= {one[4] for one in problems}


def test_problem_that_names_clauses_and_records(new_ledger):
    """Seven clauses and one more, records on the ledger and not."""
    clauses = [f"T{place:02}" for place in range(1, 9)]
    new_ledger.take([record(1)])
    found = {**record(2, "inspection.found"), "body": {
        "inspection": "督-2024", "number": "甲1", "department": "finance", "area": "150502",
        "basis": clauses, "summary": "样例", "deadline": "2024-05-06", "amountFen": 12_300,
        "entries": [{"source": "test", "id": "T-1"}, {"source": "test", "id": "T-99"}]}}
    assert new_ledger.take([found]).status == FINE
    row, = Report(new_ledger, 2024).rows("problem-list")
    assert row["basis"] == "T01 T02 T03 T04 T05 T06 …"
    assert (row["records"], row["amountFen"]) == ("2", "12300")
    element = ElementTree.fromstring(Report(new_ledger, 2024).text).find(
        ".//r:table[@id='problem-list']/r:row", NS)
    assert element.get("entries") == "2"
    row, = Report(new_ledger, 2024).rows("rectification-list")
    # The deadline is the ledger's last day: it has not passed.
    assert (row["open"], row["overdue"]) == ("1", "0")
    assert Report(new_ledger, 2024, area="440000").rows("problem-list") == []


# MARK: the sample

@pytest.mark.parametrize("seed, size", [(1, 20), (20_231_231, 7), (10 ** 15 + 3, 5)])
def test_sample_can_be_drawn_again(inspected, seed, size):
    records, ledger = inspected
    report = Report(ledger, 2023, "--set", f"seed={seed}", "--set", f"sampleSize={size}")
    reckoning = inspecting.Records(records, 2023)
    for table, kind, day in (("sample-claims", "claim.settled", lambda one: one["occurredOn"]),
                             ("sample-approvals", "aid.approved",
                              lambda one: one["body"]["approvedOn"])):
        numbers = {
            ledger.value("SELECT seq FROM entry WHERE source = ? AND id = ?",
                         one["source"], one["id"]): one["id"]
            for one in reckoning.kinds[kind] if day(one)[:4] == "2023"}
        rows = report.rows(table)
        assert [int(row["entry"]) for row in rows] == inspecting.drawn(numbers, seed, size)
        assert [row["id"] for row in rows] == [numbers[int(row["entry"])] for row in rows]
        assert [row["place"] for row in rows] == [str(place + 1) for place in range(len(rows))]
        assert len(rows) == min(size, len(numbers))


def test_seed_stands_in_the_document(inspected):
    _, ledger = inspected
    text = done("report", "joint-inspection", ledger, "--year", 2023, "--no-verify", "--lang", "en",
                "--set", "seed=987654", "-o", "-").out
    assert "Seed of the sample" in text and "987,654" in text


def test_no_number_is_drawn_twice():
    """Numbers below the prime give different draws: 5 does not divide it less one."""
    prime = inspecting.PRIME
    assert all(prime % part for part in range(2, int(prime ** 0.5) + 1))
    assert (prime - 1) % 5 != 0
    # Every product stays where a spreadsheet is exact.
    assert (prime - 1) ** 2 < 2 ** 53


def test_sample_is_even():
    """A tenth of the entries has about a tenth of a sample, whatever the seed."""
    counts = collections.Counter(number // 10_000 for seed in range(50)
                                 for number in inspecting.drawn(range(100_000), seed, 100))
    assert all(400 < counts[tenth] < 600 for tenth in range(10)), counts


# MARK: the document

@pytest.mark.parametrize("table, columns", [
    ("deadlines-clearing", ("seq",)), ("problem-list", ("seq",)), ("sample-claims", ("seq",))])
def test_rows_name_their_entries(inspected, table, columns):
    _, ledger = inspected
    report = Report(ledger, 2023)
    found = report.root.find(f".//r:table[@id='{table}']", NS)
    for row in found.findall("r:row", NS):
        assert int(row.get("entries")) > 0
        assert row.get("recordSet") != hashlib.sha256(b"").hexdigest()


NEGATIVES = {
    "zh-Hans": {
        "above-cap-unresolved": "没有发现缺少已入账决议的突破封顶线救助审批。"
                                "结算中超过年度限额的救助不在本表之列，由检查规则S4核对。",
        "completeness-unstated": "没有发现缺少来源总数声明可供核对的记录。",
        "duties-other": "没有发现办理部门与职责分工不一致的记录。"
                        "未载明部门或者无分工可对照的记录，不作对照。",
        "reviews-by-area": "没有发现须经专家审核的费用。没有专家审核条款的地区，不在此列。",
    },
    "en": {
        "above-cap-unresolved": "No approval above the cap was found that lacks a resolution on the "
                                "ledger. Aid above the annual cap in settlements is not looked at "
                                "here but by detector S4.",
        "deadlines-lists": "No monthly list of this year was found, and no area that owes one by a "
                           "clause.",
        "completeness-unstated": "No record of the period was found that no stated total covers.",
    },
}


def test_empty_ledger_says_so(empty_ledger):
    """Nothing there, nothing judged; and nobody is overdue."""
    report = Report(empty_ledger, 2023)
    for table in report.root.iterfind(".//r:table", NS):
        # What detectors lack on an empty ledger is everything.
        if table.get("id") not in ("overview", "findings-lacking"):
            assert table.findall("r:row", NS) == [], table.get("id")
    for language, negatives in NEGATIVES.items():
        text = done("report", "joint-inspection", empty_ledger, "--year", 2023, "--no-verify",
                    "--lang", language, "-o", "-").out
        said = dict(re.findall(r'id="table:([a-z-]+)">(?:(?!</p>).)*</p>\s*<p>([^<]*)</p>', text))
        for table, words in negatives.items():
            assert said[table] == words
        # What was looked for was not found: nothing is said to be in order.
        assert not any(word in " ".join(said.values()) for word in ("均", "或者没有", ", or there"))


# MARK: completeness

def test_totals_that_reach_back_and_cover_areas_below(new_ledger):
    """A city's total from December to March, beside a county's of the quarter: records of the last
    year count where the period begins there, those of another city and of April nowhere."""
    days = [("150502", "2023-12-01"), ("150502", "2023-11-30"), ("150502", "2024-03-31"),
            ("150521", "2024-02-01"), ("150502", "2024-04-01"), ("150600", "2024-02-01")]
    sent = [{**application(number), "area": area, "occurredOn": day}
            for number, (area, day) in enumerate(days)]
    totals = [{**record(f"t{area}", "source.totalled", recordKind="aid.applied", periodFrom=first,
                        periodTo="2024-03-31", count=count, amountFen=0, statedBy="报送系统"),
               "area": area}
              for area, first, count in (("150500", "2023-12-01", 3), ("150521", "2024-01-01", 2))]
    new_ledger.take(sent + totals)
    report = Report(new_ledger, 2024, area="150000")
    counted = [(row["statedCount"], row["ledgerCount"], row["differenceCount"])
               for row in report.rows("completeness-counts")]
    assert counted == [("3", "3", "0"), ("2", "1", "-1")]
    unstated = report.keyed("completeness-unstated", "recordKind", "recordSource")
    assert unstated["aid.applied", "test"]["entries"] == "2"
