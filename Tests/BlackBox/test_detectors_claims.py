"""What is found of claims: stays, referrals, the catalogue, reviews, thresholds, crowds of visits.

Each detector has a hit and a near-miss on both sides of its boundary, reckoned by hand."""

import re

import pytest
from scipy.stats import binom

import detecting
from cases import (Case, at, certified, claim, entry, guangzhou, jiangmen, liupanshui, parameter,
                   person, tongliao)


@pytest.fixture
def case(new_ledger):
    return Case(new_ledger)


def hospital(code, level=2, area="150502", kind="综合医院"):
    return entry(f"designated-{code}", "institution.designated", {
        "institution": {"code": code, "name": f"{code}医院", "level": level, "area": area,
                        "type": kind},
        "services": ["inpatient", "outpatient"], "designatedFrom": "2017-01-01",
        "agreementNo": "XY-1", "oneStop": []}, area=area, on="2017-01-01")


def stay(number, who, since, until, at_hospital="HA", diagnosis="J18.9", own=0, paid=0, **more):
    return claim(number, who, "dibao", paid, own=own, on=until, institution=at_hospital,
                 visit={"admittedOn": since, "admissionNo": f"Z-{number}",
                        "diagnosis": diagnosis}, **more)


def visit(number, who, on, at_hospital="HB", kind="outpatient", **more):
    return claim(number, who, "dibao", 0, compliant=10_000, on=on, institution=at_hospital,
                 visit={"type": kind, "admittedOn": on}, **more)


def merged(away, kept):
    return entry(f"merge-{away}", "person.merged", {
        "from": person(away), "into": person(kept), "reason": "number-corrected"},
        on="2024-06-01")


# MARK: C1

@pytest.mark.parametrize("admitted, nights", [("2024-03-08", 2), ("2024-03-09", 1),
                                              ("2024-03-10", 0)])
def test_nights_in_two_hospitals(case, admitted, nights):
    case.take(stay("a", 1, "2024-03-01", "2024-03-10"),
              stay("b", 1, admitted, "2024-03-12", "HB"),
              stay("twin", 2, "2024-03-01", "2024-03-12", "HB"))
    if nights:
        case.only("C1", "F", "a", "b", nights=nights, otherInstitution="HB")
    else:
        case.nothing("C1")


def test_bills_of_one_hospital_do_not_overlap(case):
    case.take(stay("a", 1, "2024-03-01", "2024-03-10"), stay("b", 1, "2024-03-05", "2024-03-12"))
    case.nothing("C1")


def test_merged_person_is_in_two_hospitals(case):
    case.take(stay("a", 1, "2024-03-01", "2024-03-10"),
              stay("b", 2, "2024-03-08", "2024-03-12", "HB"), merged(2, 1))
    case.only("C1", "F", "a", "b", nights=2)


# MARK: C2

@pytest.mark.parametrize("admitted, diagnosis, at_hospital, hit", [
    ("2024-03-25", "J18.0", "HA", True), ("2024-03-26", "J18.0", "HA", False),
    ("2024-03-10", "J18.0", "HA", True), ("2024-03-25", "J20.0", "HA", False),
    ("2024-03-25", "J18.0", "HB", False)])
def test_admitted_again(case, admitted, diagnosis, at_hospital, hit):
    case.take(stay("a", 1, "2024-03-01", "2024-03-10"),
              stay("b", 1, admitted, "2024-03-30", at_hospital, diagnosis))
    if hit:
        case.only("C2", "S", "a", "b", gap=int(admitted[8:]) - 10, diagnosis="J18")
    else:
        case.nothing("C2")


@pytest.mark.parametrize("diagnosis", [
    "N18.5", "Z49.1", "Z51.1", "C34.9", "C91.0", "D56.1", "D66", "H25.9"])
def test_courses_of_treatment_are_no_split_stays(case, diagnosis):
    case.take(stay("a", 1, "2024-03-01", "2024-03-05", diagnosis=diagnosis),
              stay("b", 1, "2024-03-12", "2024-03-16", diagnosis=diagnosis))
    case.nothing("C2")


@pytest.mark.parametrize("away, back, between, hit", [
    ("2024-03-10", "2024-03-18", "HB", False), ("2024-03-11", "2024-03-19", "HB", False),
    # Not moved from one to the other: days at home before, or after; or never elsewhere.
    ("2024-03-12", "2024-03-18", "HB", True), ("2024-03-10", "2024-03-20", "HB", True),
    ("2024-03-10", "2024-03-18", "HA", True)])
def test_moved_to_another_hospital_and_back(case, away, back, between, hit):
    case.take(stay("a", 1, "2024-03-01", "2024-03-10", diagnosis="I63.9"),
              stay("there", 1, away, "2024-03-18", between, diagnosis="I61.9"),
              stay("b", 1, back, "2024-03-25", diagnosis="I63.9"))
    if hit:
        case.only("C2", "S", "a", "b", diagnosis="I63")
    else:
        case.nothing("C2")


# MARK: C3

@pytest.mark.parametrize("on, kind, at_hospital, hit", [
    ("2024-03-02", "outpatient", "HB", True), ("2024-03-09", "chronic-outpatient", "HB", True),
    ("2024-03-01", "outpatient", "HB", False), ("2024-03-10", "outpatient", "HB", False),
    ("2024-03-05", "pharmacy", "HB", False), ("2024-03-05", "outpatient", "HA", False)])
def test_seen_elsewhere_during_a_stay(case, on, kind, at_hospital, hit):
    case.take(stay("a", 1, "2024-03-01", "2024-03-10"), visit("b", 1, on, at_hospital, kind))
    if hit:
        case.only("C3", "S", "a", "b")
    else:
        case.nothing("C3")


# MARK: C4

def outside(*more):
    """Tongliao at 80% for dibao, where care outside the pooling area needs a referral."""
    return [tongliao(), certified(1, "dibao"), hospital("HX", 3, "150102"),
            parameter("aid-ratio", basisPoints=8_000, category="dibao"),
            parameter("referral-required", valueCode="outside-coordination-area"), *more]


def test_no_referral(case):
    case.take(outside(), claim("a", 1, "dibao", 800_000, institution="HX", referral="none"),
              claim("b", 1, "dibao", 0, institution="HX", referral="none", on="2024-04-05"))
    case.only("C4", "F", "a", amount=800_000, clause="T41", referral="none")


@pytest.mark.parametrize("counts, hit", [("yes", False), ("no", True)])
def test_emergency_only_where_laid_down(case, counts, hit):
    case.take(outside(parameter("emergency-counts-as-referred", valueCode=counts)),
              claim("a", 1, "dibao", 800_000, institution="HX", referral="emergency"))
    if hit:
        case.only("C4", "F", "a")
    else:
        case.nothing("C4")


@pytest.mark.parametrize("until, to, hit", [
    ("2024-03-05", "HX", False), ("2024-03-04", "HX", True), ("2024-12-31", "HY", True)])
def test_referral_said_to_be_filed(case, until, to, hit):
    filed = entry("ref", "referral.filed", {
        "person": person(1), "type": "basic", "toInstitution": to, "filedOn": "2024-03-01",
        "approvedOn": "2024-03-01", "validTo": until}, on="2024-03-01")
    case.take(outside(), filed,
              claim("a", 1, "dibao", 800_000, institution="HX", referral="filed"))
    if hit:
        case.only("C4", "W", "a", amount=800_000, clause="-")
    else:
        case.nothing("C4")


@pytest.mark.parametrize("named", ["J09", "C4", None])
def test_breach_of_the_plans_own_referral_stays(case, named):
    """J09 admits no exception: one on record takes nothing away from the finding."""
    excuse = [] if named is None else [entry("x", "exception.granted", {
        "rule": named, "subject": at("a"), "by": "医保局", "docNo": "9号", "reason": "急诊"},
        on="2019-04-06")]
    case.take(plan(), hospital("HX", 3, "440103"), excuse,
              targeted("a", 100_000, 80_000, 20_000, institution="HX"))
    case.only("C4", "F", "a", clause="J09", amount=80_000)


# MARK: C5

def ordinary(number, own, at_hospital, total=1_000_000, **more):
    return claim(number, 1, "dibao", 0, compliant=total - own, own=own, institution=at_hospital,
                 **more)


def yearly(area="150500"):
    return [parameter("outside-catalogue-period", area, valueCode="year"),
            parameter("outside-catalogue-components", area,
                      valueCode=["ownExpense", "overLimit"])]


@pytest.mark.parametrize("level, own, hit", [
    (2, 50_000, False), (2, 50_001, True), (3, 100_000, False), (3, 100_001, True),
    (1, 900_000, False)])
def test_outside_the_catalogue_to_the_fen(case, level, own, hit):
    case.take(tongliao(), yearly(), hospital("HA", level), ordinary("a", own, "HA"))
    if hit:
        case.only("C5", "F", "a", clause="T38", outsideFen=own, totalFen=1_000_000, period="2024",
                  amount=1)
    else:
        case.nothing("C5")


def test_a_years_bills_count_together(case):
    # 80,001 and 20,000 of 2,000,000: exactly one fen above 5%.
    case.take(tongliao(), yearly(), hospital("HA"), ordinary("a", 80_001, "HA"),
              ordinary("b", 20_000, "HA", on="2024-04-05"))
    case.only("C5", "F", "a", outsideFen=100_001, totalFen=2_000_000, amount=1)


@pytest.mark.parametrize("own, share, excess", [
    # 5% of 9,500,000,000,100.00 yuan are 475,000,000,005.00, of all 95% are too much.
    (47_500_000_000_500, None, None), (47_500_000_000_501, 500, 1),
    (950_000_000_010_000, 10_000, 902_500_000_009_500)])
def test_bill_beyond_all_reason_is_reckoned_as_well(case, own, share, excess):
    case.take(tongliao(), yearly(), hospital("HA"), hospital("HB"), ordinary("b", 50_001, "HB"),
              ordinary("a", own, "HA", total=950_000_000_010_000))
    found = {min(one.entries): (one.figures["shareBasisPoints"], one.amount)
             for one in case.find("C5")}
    assert found == {"b": (500, 1)} | ({"a": (share, excess)} if share else {})


def test_only_the_documents_own_institutions(case):
    case.take(tongliao(), yearly(), hospital("HX", 2, "150102"), ordinary("a", 500_000, "HX"))
    case.nothing("C5")


@pytest.mark.parametrize("own, hit", [(150_000, False), (150_001, True)])
def test_in_principle_is_a_warning(case, own, hit):
    case.take(guangzhou(), yearly("440100"), hospital("HA", 1, "440103"),
              ordinary("a", own, "HA", area="440103", on="2018-03-05"))
    if hit:
        case.only("C5", "W", "a", clause="G09", amount=1)
    else:
        case.nothing("C5")


def test_period_that_nobody_laid_down(case):
    case.take(tongliao(), hospital("HA"), ordinary("a", 500_000, "HA"))
    case.nothing("C5")
    assert case.missing == {"parameter outside-catalogue-period year 2024 area 150502"}


# MARK: C6

def targeted(number, own, fund, borne, **more):
    return claim(number, 1, "targeted-poverty", 0, compliant=2_000_000, basic=2_000_000, own=own,
                 fund=fund, hospital=borne, area="440703", on="2019-03-05", **more)


def plan(*more):
    return [*jiangmen(), certified(1, "targeted-poverty", area="440703"),
            hospital("H440703", 2, "440703"),
            parameter("own-expense-components", "440700", valueCode=["ownExpense"]),
            parameter("unreviewed-pays", "440700", valueCode="up-to-threshold"),
            parameter("rejected-own-expense-borne-by", "440700", valueCode="hospital"), *more]


def test_paid_in_full_without_review(case):
    # 15,000 yuan unreviewed: of 10,000 the fund bears 8,000, and not 12,000 of all.
    case.take(plan(), targeted("a", 1_500_000, 1_200_000, 300_000))
    case.only("C6", "F", "a", ownExpenseFen=1_500_000)


@pytest.mark.parametrize("own, hit", [(1_000_000, False), (1_000_001, True)])
def test_review_that_is_due(case, own, hit):
    case.take(plan(), targeted("a", own, 0, 0, referral="none"))
    found = case.find("C6")
    assert [one.entries for one in found] == ([{"a"}] if hit else [])


def test_reviewed_and_paid_as_accepted(case):
    review = entry("r", "review.concluded", {
        "claims": [at("a")], "organisers": ["social-insurance-agency", "health"],
        "expertCount": 3, "reviewedFen": 1_500_000, "acceptedFen": 1_500_000, "rejectedFen": 0,
        "heldOn": "2019-03-20"}, area="440703", on="2019-03-20")
    case.take(plan(), targeted("a", 1_500_000, 1_200_000, 300_000), review)
    case.nothing("C6")


def review_of(number, fen, accepted, *bills):
    return entry(number, "review.concluded", {
        "claims": [at(bill) for bill in bills], "organisers": ["social-insurance-agency", "health"],
        "expertCount": 3, "reviewedFen": fen, "acceptedFen": accepted,
        "rejectedFen": fen - accepted, "heldOn": "2019-03-20"}, area="440703", on="2019-03-20")


def plan_without(name):
    return [record for record in plan() if not record["id"].startswith(f"T-{name}")]


@pytest.mark.parametrize("fund, grade", [(800_000, "W"), (800_001, "W"), (800_002, "F")])
def test_paid_beyond_whatever_could_be_laid_down(case, fund, grade):
    """Nobody laid down what is paid without review: 80% of 10,000 yuan at most, and a fen that
    rounding may leave."""
    case.take(plan_without("unreviewed-pays"), targeted("a", 1_500_000, fund, 100_000))
    case.only("C6", grade, "a", clause="J10", amount=2 if grade == "F" else fund)


@pytest.mark.parametrize("fund, grade", [(1_200_001, None), (1_200_002, "F")])
def test_threshold_and_what_was_accepted(case, fund, grade):
    """Of 18,000 yuan, all reviewed, 5,000 were accepted; nobody says who bears what is rejected."""
    case.take(plan_without("rejected-own-expense"), targeted("a", 1_800_000, fund, 100_000),
              review_of("r", 1_800_000, 500_000, "a"))
    if grade:
        case.only("C6", grade, "a", clause="J11", amount=2)
    else:
        case.nothing("C6")


@pytest.mark.parametrize("fen, hit", [(1_499_999, True), (1_500_000, False)])
def test_review_of_less_than_the_own_expense(case, fen, hit):
    # 12,000 yuan were accepted, of which the fund bears 9,600; the hospital the rest.
    case.take(plan(), targeted("a", 1_500_000, 960_000, 540_000),
              review_of("r", fen, 1_200_000, "a"))
    if hit:
        case.only("C6", "W", "a", clause="J10", ownExpenseFen=1_500_000)
    else:
        case.nothing("C6")


# MARK: C7

def near(below, above, start=1):
    """Bills of as many persons, each with own expense just below or above 10,000 yuan."""
    return [claim(f"n{who}", who, "targeted-poverty", 0, area="440703", on="2019-03-05",
                  own=990_000 if who < start + below else 1_010_000, institution="HA")
            for who in range(start, start + below + above)]


@pytest.mark.parametrize("below, above, hit", [
    (18, 2, True), (17, 3, False), (19, 0, False), (20, 0, True), (28, 9, False), (29, 8, True)])
def test_bills_just_below_the_threshold(case, below, above, hit):
    # 28 of 37 are more than 3 to 1, yet chance does as much once in 300: 29 are needed.
    case.take(jiangmen(), near(below, above))
    if hit:
        (one,) = case.find("C7")
        assert (one.grade, one.figures["below"], one.figures["above"]) == ("S", below, above)
        assert len(one.entries) == below
    else:
        case.nothing("C7")


def test_critical_counts_are_those_of_the_binomial_distribution():
    _, sql = detecting.detector("C7")
    table = sql[sql.index("VALUES"):sql.index("), banded")]
    pairs = {int(n): int(least) for n, least in re.findall(r"\((\d+), (\d+)\)", table)}
    assert sorted(pairs) == list(range(20, 44))
    for n, least in pairs.items():
        assert binom.sf(least - 1, n, 0.5) < 0.001 <= binom.sf(least - 2, n, 0.5)
    # From 44 on, whatever is more than 3 to 1 is under it.
    for n in range(44, 2_000):
        assert binom.sf(3 * n // 4, n, 0.5) < 0.001


@pytest.mark.parametrize("second, on, hit", [
    (400_001, "2019-03-12", True), (400_000, "2019-03-12", False),
    (400_001, "2019-03-13", False), (1_000_001, "2019-03-12", False)])
def test_two_halves_of_a_bill(case, second, on, hit):
    def half(number, own, on):
        return claim(number, 1, "targeted-poverty", 0, own=own, area="440703", on=on,
                     institution="HA")
    case.take(jiangmen(), half("a", 600_000, "2019-03-05"), half("b", second, on))
    if hit:
        case.only("C7", "S", "a", "b", togetherFen=1_000_001, apart=7)
    else:
        case.nothing("C7")


def test_no_threshold_where_no_review_is_laid_down(case):
    case.take(tongliao(), [claim(f"n{who}", who, "dibao", 0, own=990_000, institution="HA")
                           for who in range(1, 31)])
    case.nothing("C7")


# MARK: C8

@pytest.mark.parametrize("count", [3, 4])
def test_bills_in_a_day(case, count):
    case.take([visit(f"v{n}", 1, "2024-03-05") for n in range(count)])
    if count >= 4:
        one = case.only("C8", "S", "v0", "v1", "v2", "v3", span="day", visits=4)
        assert one.figures["period"] == "2024-03-05"
    else:
        case.nothing("C8")


@pytest.mark.parametrize("count, diagnosis, hit", [
    (19, "J06.9", False), (20, "J06.9", True), (20, "N18.5", False)])
def test_bills_in_a_month(case, count, diagnosis, hit):
    bills = [visit(f"v{n}", 1, f"2024-03-{n + 1:02}") for n in range(count)]
    for bill in bills:
        bill["body"]["visit"]["diagnosis"] = diagnosis
    case.take(bills)
    found = case.find("C8")
    assert [(one.figures["span"], one.figures["visits"]) for one in found] == (
        [("month", 20)] if hit else [])


@pytest.mark.parametrize("count", [99, 100])
def test_bills_in_a_year(case, count):
    case.take([visit(f"v{n}", 1, f"2024-{n % 12 + 1:02}-{n // 12 + 1:02}")
               for n in range(count)])
    found = case.find("C8")
    assert [(one.figures["span"], one.figures["visits"]) for one in found] == (
        [("year", 100)] if count == 100 else [])


@pytest.mark.parametrize("area, kind, hit", [
    ("150525", "outpatient", True), ("150523", "outpatient", False),
    ("150525", "pharmacy", False)])
def test_two_counties_on_one_day(case, area, kind, hit):
    case.take(hospital("HA", area="150523"), hospital("HB", area=area),
              visit("a", 1, "2024-03-05", "HA"), visit("b", 1, "2024-03-05", "HB", kind))
    if hit:
        case.only("C8", "S", "a", "b", span="places", counties=2)
    else:
        case.nothing("C8")


# MARK: C9

@pytest.mark.parametrize("fen, hit", [
    (2_850_000, False), (2_850_001, True), (2_999_999, True), (3_000_000, False)])
def test_near_the_cap(case, fen, hit):
    case.take(liupanshui(), parameter("annual-cap", "520200", valueFen=3_000_000),
              claim("a", 1, "dibao", 2_000_000, compliant=9_000_000, area="520201",
                    on="2018-03-05"),
              claim("b", 1, "dibao", fen - 2_000_000, compliant=9_000_000, area="520201",
                    on="2018-04-05"))
    if hit:
        case.only("C9", "S", "a", "b", aidFen=fen, capFen=3_000_000, amount=fen)
    else:
        case.nothing("C9")


def test_cap_that_the_document_names(case):
    case.take(tongliao(), claim("a", 1, "dibao", 12_350_001, compliant=20_000_000),
              claim("b", 2, "tekun", 12_900_000, compliant=20_000_000))
    case.only("C9", "S", "a", capFen=13_000_000)


def test_cap_that_nobody_laid_down(case):
    case.take(liupanshui(), claim("a", 1, "dibao", 1_000, area="520201", on="2018-03-05"))
    case.nothing("C9")
    assert case.missing == {"parameter annual-cap year 2018 area 520201"}
