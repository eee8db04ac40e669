"""The performance report: its indicators are what the records say, and what they do not say is left
open."""

import json
import xml.etree.ElementTree as ElementTree

import pytest
import yaml

from evaluating import Evaluation, half_up
from harness import CHECKOUT, FINE, NO, Ledger, aid, done, record, records_of
from test_report_formats import rows_of
from test_reports import LANGUAGES, NS, YEAR, drawn, record_set

TREE = yaml.safe_load((CHECKOUT / "templates/performance/indicators.yaml").read_text("utf-8"))
BLANKS = {"grounds", "procedure", "objectives-reasonable", "objectives-clear", "budget-making",
          "allocation", "rules-sound", "cost-saving", "satisfaction"}
RECKONED = ["funds-received", "matching-funds", "budget-execution", "above-cap-resolved",
            "record-completeness", "rectification", "recoveries", "coverage-of-listed",
            "aid-times", "one-stop", "burden-relief", "warnings-answered", "clearing-in-time"]
AREAS = ["000000", "150500", "440700", "520200", "150502", "440703"]


class Indicators:
    """The indicators of a report's XML."""

    def __init__(self, text):
        self.root = ElementTree.fromstring(text)
        self.whole = self.root.find(".//r:indicators", NS)
        self.all = {one.get("id"): one for one in self.root.iter(f"{{{NS['r']}}}indicator")}

    def __getitem__(self, identifier):
        return self.all[identifier]

    def figure(self, identifier, part):
        return self[identifier].find(f"r:figure[@id='{identifier}:{part}']", NS)

    def value(self, identifier, part):
        figure = self.figure(identifier, part)
        return None if figure is None else int(figure.get("value"))


@pytest.fixture(scope="module")
def indicators(sample_ledger):
    return Indicators(drawn("performance", sample_ledger))


def target_at(number, indicator, area, **body):
    """A record that lays down a target."""
    one = record(number, "parameter.set", name="indicator-target", indicator=indicator,
                 docNo=f"样目标〔{YEAR}〕{number}号", **body)
    return {**one, "area": area}


# MARK: formats

@pytest.mark.parametrize("language", LANGUAGES)
def test_workbook_has_every_indicator(sample_ledger, tmp_path, language):
    report = Indicators(drawn("performance", sample_ledger, language=language))
    file = tmp_path / "a.xlsx"
    done("report", "performance", sample_ledger, "--year", YEAR, "--area", "000000", "--no-verify",
         "--lang", language, "--format", "xlsx", "-o", file)
    sheet = pytest.importorskip("openpyxl").load_workbook(file).worksheets[1]
    rows = {row[-1]: row for row in sheet.iter_rows(values_only=True) if row[-1] in report.all}
    assert rows.keys() == report.all.keys()
    parts = {"fen": 100, "percent": 10_000, "count": 1}
    for identifier, one in report.all.items():
        _, _, title, formula, numerator, denominator, actual, target, source, weight, score, *_ = (
            rows[identifier])
        assert (title, source) == (one.get("title"), one.get("targetSource"))
        assert formula.startswith(one.get("formula"))
        for name, found in (("numerator", numerator), ("denominator", denominator)):
            figure = report.figure(identifier, name)
            assert found == (None if figure is None else
                             pytest.approx(int(figure.get("value")) / parts[figure.get("type")]))
        for name, found, whole in (
                ("actual", actual, parts.get(one.get("unit"))), ("weight", weight, 100),
                ("target", target, parts.get(one.get("unit")))):
            value = one.get(name)
            assert found == (None if value is None else pytest.approx(int(value) / whole)), name
        if one.get("score"):
            assert score == pytest.approx(int(one.get("score")) / 100)
        else:
            assert isinstance(score, str)
    points = [row[1:6] for row in sheet.iter_rows(values_only=True)
              if isinstance(row[1], (int, float))]
    assert len(points) == len(report.whole.findall("r:group", NS)) + 1
    assert points[-1] == tuple(pytest.approx(int(report.whole.get(name)) / whole) for name, whole in (
        ("weight", 100), ("measured", 100), ("score", 100), ("rate", 10_000), ("open", 100)))


def test_csv_has_every_indicator(sample_ledger, indicators, tmp_path):
    folder = tmp_path / "tables"
    done("report", "performance", sample_ledger, "--year", YEAR, "--area", "000000", "--no-verify",
         "--lang", "en", "--format", "csv", "-o", folder)
    head, *rows = rows_of(folder / "indicators-indicators.csv")
    assert head[2:7] == ["Indicator", "Formula and scoring", "Numerator", "Denominator", "Actual"]
    assert [row[-1] for row in rows] == list(indicators.all)
    for row in rows:
        one = indicators[row[-1]]
        figures = [indicators.figure(row[-1], part) for part in ("numerator", "denominator")]
        assert row[4:8] == [*("" if one is None else one.get("text") for one in figures),
                            one.get("actualText") or "", one.get("targetText") or ""]
        assert row[9] == one.get("weightText")
        assert row[10] == (one.get("scoreText") or row[10]) and row[10]
    *groups, whole = rows_of(folder / "indicators-groups.csv")[1:]
    assert [group[0] for group in groups] == ["Decision", "Process", "Output", "Effect"]
    assert whole == ["Total", *(indicators.whole.get(f"{name}Text") for name in (
        "weight", "measured", "score", "rate", "open"))]


def test_no_number_stops_the_report(sample_ledger, tmp_path):
    """A population that no place has is not reckoned with."""
    ledger = sample_ledger.copy_to(tmp_path / "copy")
    one = record("pop", "parameter.set", name="resident-population", year=YEAR, docNo="样1号",
                 valueCount=2 ** 53 - 1, validFrom=f"{YEAR}-12-31")
    assert ledger.take([{**one, "area": "150502"}]).status == FINE
    report = Indicators(drawn("performance", ledger, area="150502"))
    assert report["matching-funds"].get("state") == "no-data"


# MARK: figures

@pytest.mark.parametrize("area", AREAS)
def test_figures_are_those_of_the_records(sample_ledger, sample_file, area):
    report = Indicators(drawn("performance", sample_ledger, area=area))
    evaluation = Evaluation(records_of(sample_file), area)
    for identifier in RECKONED:
        above, below = getattr(evaluation, identifier.replace("-", "_"))()
        one = report[identifier]
        if below is None:
            assert report.value(identifier, "numerator") == (above or None), identifier
            assert one.get("state") == ("no-target" if above else "no-data")
        elif not below:
            assert one.get("state") == "no-data" and one.get("score") is None, identifier
        else:
            found = (report.value(identifier, "numerator"), report.value(identifier, "denominator"))
            assert found == (above, below), identifier
            if above >= 0:
                assert int(one.get("actual")) == half_up(10_000 * above, below), identifier


def test_most_of_it_is_measured_in_the_sample(indicators):
    measured = {name for name, one in indicators.all.items() if one.get("state") == "measured"}
    # Of two no target is laid down; requests of hospitals are few, see below.
    assert measured >= set(RECKONED) - {"aid-times", "burden-relief", "clearing-in-time"}


def test_clearing_is_measured_by_working_days(tmp_path):
    """A sample large enough to have requests in Liupanshui, one of them paid late."""
    file = tmp_path / "sample.jsonl"
    done("sample", file, "--entries", 20_000)
    records = records_of(file)
    received = {one["id"]: one["body"]["receivedOn"] for one in records
                if one["kind"] == "clearing.requested" and one["area"].startswith("5202")}
    one = next(one for one in records if one["kind"] == "clearing.paid"
               and f"{YEAR}-01" <= received.get(one["body"]["request"]["id"], "") < f"{YEAR}-09")
    one["occurredOn"] = f"{YEAR}-12-29"
    one.pop("occurredAt", None)
    ledger = Ledger.make(tmp_path / "a.db")
    assert ledger.take(records).status == 0
    report = Indicators(drawn("performance", ledger, area="520200"))
    kept, due = Evaluation(records, "520200").clearing_in_time()
    assert 0 < kept == due - 1
    assert (report.value("clearing-in-time", "numerator"),
            report.value("clearing-in-time", "denominator")) == (kept, due)
    # No clause of the other documents sets a number of days.
    elsewhere = Indicators(drawn("performance", ledger, area="440700"))["clearing-in-time"]
    assert elsewhere.get("state") == "no-data"


@pytest.mark.parametrize("area", ["000000", "440700"])
def test_judging_is_counted(sample_ledger, area):
    """What the ledger's verdicts say, entry by entry, looked up without the report's queries."""
    report = Indicators(drawn("performance", sample_ledger, area=area))
    prefix = "" if area == "000000" else area.rstrip("0")
    judged = in_order = due = met = 0
    for seq, verdict, expected, most, actual in sample_ledger.rows(
            "SELECT seq, verdict, expectedFen, expectedMostFen, actualFen FROM verdict"):
        entry = sample_ledger.entry(seq)
        body, kind = entry["body"], entry["kind"]
        day = {"claim.settled": entry["occurredOn"], "aid.approved": body.get("approvedOn"),
               "enrolment.subsidised": f"{body.get('year')}-01-01"}[kind]
        taken_back = sample_ledger.rows(
            "SELECT 1 FROM entry_reversed WHERE reverses_source = ? AND reverses_id = ?",
            entry["source"], entry["id"])
        if taken_back or not day.startswith(str(YEAR)) or not entry["area"].startswith(prefix):
            continue
        if verdict == "cannot-be-judged" or not (actual or expected or most):
            continue
        judged += 1
        in_order += verdict in ("exact", "within", "excused")
        if body["category"] in ("tekun", "orphan", "dibao"):
            due += expected or 0
            met += min(actual, expected or 0)
    assert judged > 20 and due > 0
    assert report.value("spending-in-order", "numerator") == in_order
    assert report.value("spending-in-order", "denominator") == judged
    assert report.value("entitlement-met", "numerator") == met
    assert report.value("entitlement-met", "denominator") == due


def expected_score(one):
    """By the rules in templates/README.md."""
    weight, actual, target = (int(one.get(name)) for name in ("weight", "actual", "target"))
    if one.get("rule") == "at-most":
        return weight if actual <= target else half_up(weight * max(target, 0), actual)
    if actual >= target:
        return weight
    return 0 if one.get("rule") == "yes-no" else half_up(weight * max(actual, 0), target)


@pytest.mark.parametrize("area", AREAS)
def test_scores_add_up(sample_ledger, area):
    report = Indicators(drawn("performance", sample_ledger, area=area))
    for one in report.all.values():
        score = one.get("score")
        assert (score is not None) == (one.get("state") == "measured")
        if score is not None:
            assert int(score) == expected_score(one), one.get("id")
    for group in [report.whole, *report.whole.iter(f"{{{NS['r']}}}group")]:
        inside = list(group.iter(f"{{{NS['r']}}}indicator"))
        measured = [one for one in inside if one.get("score") is not None]
        assert int(group.get("weight")) == sum(int(one.get("weight")) for one in inside)
        assert int(group.get("measured")) == sum(int(one.get("weight")) for one in measured)
        assert int(group.get("open")) == int(group.get("weight")) - int(group.get("measured"))
        assert group.get("score") == (
            str(sum(int(one.get("score")) for one in measured)) if measured else None)
    whole = report.whole
    assert whole.get("weight") == "10000"
    assert int(whole.get("most")) == int(whole.get("least")) + int(whole.get("open"))


def grade(points):
    """财预〔2020〕10号: 90 and more, 80 and more, 60 and more, less."""
    return ("excellent" if points >= 9_000 else "good" if points >= 8_000
            else "fair" if points >= 6_000 else "poor")


def test_grade_is_not_guessed(indicators):
    whole = indicators.whole
    assert whole.get("leastGrade") == grade(int(whole.get("least")))
    assert whole.get("mostGrade") == grade(int(whole.get("most")))
    assert whole.get("leastGrade") != whole.get("mostGrade") and whole.get("grade") is None


def test_framework_is_complete():
    assert [group["id"] for group in TREE["groups"]] == ["decision", "process", "output", "effect"]
    weights = {group["id"]: sum(one["weight"] for part in group["groups"]
                                for one in part["indicators"]) for group in TREE["groups"]}
    assert sum(weights.values()) == 10_000
    # In principle output and effect have no less than 60 of the 100 points.
    assert weights["output"] + weights["effect"] >= 6_000


# MARK: what is left open

def test_what_the_ledger_cannot_know_is_a_blank(indicators, sample_ledger):
    blanks = {name for name, one in indicators.all.items() if one.get("state") == "blank"}
    assert blanks == BLANKS
    for name in blanks:
        one = indicators[name]
        assert one.get("score") is None and one.get("actual") is None and len(one) == 0
        assert one.get("entries") == "0"
    page = drawn("performance", sample_ledger, "html")
    assert page.count("to be filled in</span>") == len(BLANKS)
    assert f"{indicators.whole.get('measuredText')} of 100 points" in page


def test_empty_ledger_measures_nothing(empty_ledger):
    report = Indicators(drawn("performance", empty_ledger))
    assert {one.get("state") for one in report.all.values()} == {"blank", "no-data"}
    assert report.whole.get("measured") == "0" and report.whole.get("score") is None
    assert (report.whole.get("least"), report.whole.get("most")) == ("0", "10000")
    assert "0.00 of 100 points" in drawn("performance", empty_ledger, "html")


def test_base_of_which_nothing_was_done_scores_nothing(new_ledger):
    """Found and not put right is 0 of 1, not unknown."""
    found = record(1, "inspection.found", inspection="DC-1", department="civil-affairs",
                   area="150502", basis=[], entries=[], summary="问题", deadline=f"{YEAR}-05-01")
    found["body"]["number"] = "1"
    assert new_ledger.take([{**found, "occurredOn": f"{YEAR}-03-01"}]).status == 0
    one = Indicators(drawn("performance", new_ledger))["rectification"]
    assert (one.get("state"), one.get("actual"), one.get("score")) == ("measured", "0", "0")


# MARK: targets

def test_target_laid_down_takes_the_place_of_the_default(indicators, sample_ledger, tmp_path):
    assert indicators["budget-execution"].get("target") == "10000"  # of no area in particular
    ledger = sample_ledger.copy_to(tmp_path / "copy")
    assert ledger.take([target_at(1, "one-stop", "150500", basisPoints=9_500),
                        target_at(2, "aid-times", "150500", valueCount=1_000),
                        target_at(3, "burden-relief", "150500", basisPoints=500),
                        # Of another unit, another year, another city.
                        target_at(4, "one-stop", "150500", valueCount=5),
                        target_at(5, "coverage-of-listed", "150500", basisPoints=1, year=YEAR - 1),
                        target_at(6, "coverage-of-listed", "440700", basisPoints=2)]).status == 0
    report = Indicators(drawn("performance", ledger, area="150500"))
    one = report["one-stop"]
    assert one.get("target") == "9500" and one.get("targetSource") == f"样目标〔{YEAR}〕1号"
    seq = ledger.value("SELECT seq FROM entry WHERE id = 'T-1'")
    assert report.figure("one-stop", "target").get("recordSet") == record_set(ledger, [seq])
    assert report["coverage-of-listed"].get("target") == "10000"
    for name in ("aid-times", "burden-relief"):
        assert report[name].get("state") == "measured"
        assert int(report[name].get("score")) == expected_score(report[name])
    assert int(report["burden-relief"].get("actual")) > 500
    assert 0 < int(report["burden-relief"].get("score")) < 1_000


def test_nearest_area_and_named_year_win(sample_ledger, tmp_path):
    ledger = sample_ledger.copy_to(tmp_path / "copy")
    ledger.take([target_at(1, "one-stop", "150000", basisPoints=7_000),
                 target_at(2, "one-stop", "150500", basisPoints=8_000),
                 target_at(3, "one-stop", "150500", basisPoints=8_100, year=YEAR),
                 target_at(4, "one-stop", "150500", basisPoints=8_200),
                 target_at(5, "one-stop", "150521", basisPoints=9_000)])
    def target(area):
        return Indicators(drawn("performance", ledger, area=area))["one-stop"].get("target")
    assert [target(area) for area in ("150000", "150500", "150502", "150521", "000000")] == [
        "7000", "8100", "8100", "9000", "10000"]


# MARK: what is behind a figure

@pytest.fixture(scope="module")
def file(sample_ledger, tmp_path_factory):
    path = tmp_path_factory.mktemp("performance") / "report.xml"
    done("report", "performance", sample_ledger, "--year", YEAR, "--area", "000000",
         "--format", "xml", "-o", path)
    return path


def traced(file, row, ledger):
    answer = json.loads(done("report", "trace", file, row, ledger, "--json").out)
    assert answer["agrees"]
    return [entry["seq"] for entry in answer["entries"]]


def test_figures_of_an_indicator_can_be_traced(indicators, file, sample_ledger):
    whole = set()
    for part in ("numerator", "denominator"):
        figure = indicators.figure("rectification", part)
        seqs = traced(file, figure.get("id"), sample_ledger)
        assert len(seqs) == int(figure.get("entries"))
        assert figure.get("recordSet") == record_set(sample_ledger, seqs)
        whole |= set(seqs)
    assert traced(file, "rectification", sample_ledger) == sorted(whole)
    kinds = {sample_ledger.entry(seq)["kind"]
             for seq in traced(file, "rectification:numerator", sample_ledger)}
    assert kinds == {"inspection.found", "inspection.rectified"}


def test_numerator_rests_on_what_it_counts_only(indicators, file, sample_ledger):
    seqs = traced(file, "one-stop:numerator", sample_ledger)
    assert len(seqs) == indicators.value("one-stop", "numerator")
    assert all(sample_ledger.entry(seq)["body"]["channel"] == "one-stop" for seq in seqs)


def test_blank_has_nothing_to_trace(file, sample_ledger):
    assert traced(file, "satisfaction", sample_ledger) == []
    answer = aid("report", "trace", file, "satisfaction:numerator", sample_ledger)
    assert answer.status == 2 and "row" in answer.err


def test_report_stands_and_altered_scores_do_not(file, sample_ledger, tmp_path):
    answer = json.loads(done("report", "check", file, sample_ledger, "--json").out)
    assert answer["stands"]
    for path, name in ((".//r:indicator[@id='one-stop']", "score"),
                       (".//r:indicator[@id='one-stop']", "target"),
                       (".//r:figure[@id='one-stop:numerator']", "value"),
                       (".//r:group[@id='quality']", "score"), (".//r:indicators", "least")):
        tree = ElementTree.parse(file)
        one = tree.getroot().find(path, NS)
        one.set(name, str(int(one.get(name)) - 1))
        altered = tmp_path / "altered.xml"
        ElementTree.register_namespace("", NS["r"])
        tree.write(altered, "utf-8", xml_declaration=True)
        answer = aid("report", "check", altered, sample_ledger)
        assert answer.status == NO and "1 of" in answer.out and f"{name}=" in answer.out
