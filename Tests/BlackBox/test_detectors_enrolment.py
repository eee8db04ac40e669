"""What is found of enrolment: subsidies, identities, lists, coverage, paying funds.

Each detector has a hit and a near-miss on both sides of its boundary, reckoned by hand."""

import pytest

from cases import (Case, adopted, approved, at, certified, claim, enrolled, entry, guangzhou,
                   jiangmen, liupanshui, paid, parameter, person, reversed_, subsidised,
                   tongliao)
from harness import done


@pytest.fixture
def case(new_ledger):
    return Case(new_ledger)


def standard(fen, category="dibao", area="150500"):
    return parameter("subsidy-standard", area, valueFen=fen, category=category)


# MARK: E1

def test_second_subsidy_in_another_county(case):
    case.take(tongliao(), standard(19_000), certified(1, "dibao"),
              subsidised("a", 1, "dibao", 19_000),
              subsidised("b", 1, "dibao", 19_000, area="150521", on="2024-02-01"))
    case.only("E1", "F", "a", "b", amount=19_000, clause="T11", aspect="subsidies", year=2024,
              totalFen=38_000, entitlementFen=19_000)


@pytest.mark.parametrize("topped, excess", [(4_000, 0), (4_001, 1)])
def test_top_up_that_says_so(case, topped, excess):
    case.take(tongliao(), standard(19_000), certified(1, "dibao"),
              subsidised("a", 1, "dibao", 15_000),
              subsidised("b", 1, "dibao", topped, on="2024-02-01", topUpOf=at("a")))
    if excess:
        case.only("E1", "F", "a", "b", amount=1)
    else:
        case.nothing("E1")
    case.nothing("E3")


def test_subsidies_that_were_reversed_or_paid_back(case):
    back = entry("back", "enrolment.refunded", {
        "person": person(2), "year": 2024, "amountFen": 19_000, "to": "fund",
        "reason": "重复", "refundedOn": "2024-04-01"}, on="2024-04-01")
    case.take(tongliao(), standard(19_000), certified(1, "dibao"), certified(2, "dibao"),
              subsidised("a", 1, "dibao", 19_000),
              subsidised("b", 1, "dibao", 19_000, on="2024-02-01"), reversed_("a"),
              subsidised("c", 2, "dibao", 19_000),
              subsidised("d", 2, "dibao", 19_000, on="2024-02-01"), back)
    case.nothing("E1")


def test_merged_person_is_one(case):
    merge = entry("merge", "person.merged", {
        "from": person(2), "into": person(1), "reason": "number-corrected"}, on="2024-03-01")
    case.take(tongliao(), standard(19_000), certified(1, "dibao"),
              subsidised("a", 1, "dibao", 19_000),
              subsidised("b", 2, "dibao", 19_000, on="2024-02-01"), merge)
    case.only("E1", "F", "a", "b", amount=19_000)


@pytest.mark.parametrize("until, since, hit", [
    ("2024-06-30", "2024-06-30", True), ("2024-06-30", "2024-07-01", False)])
def test_enrolments_overlap(case, until, since, hit):
    case.take(tongliao(), enrolled("a", 1, "2024-01-01", until),
              enrolled("b", 1, since, "2024-12-31", area="150521"))
    if hit:
        case.only("E1", "F", "a", "b", aspect="enrolments", clause="T11")
    else:
        case.nothing("E1")


def test_overlap_that_was_not_subsidised_is_a_warning(case):
    case.take(tongliao(), enrolled("a", 1, "2024-01-01", "2024-12-31"),
              enrolled("b", 1, "2024-01-01", "2024-12-31", area="150521", paid_by="self"))
    case.only("E1", "W", "a", "b", clause="-")


@pytest.mark.parametrize("area, since, year, grade, clause", [
    ("440103", "2017-09-27", 2018, "F", "G03"), ("440103", "2023-01-01", 2024, "W", "-")])
def test_twice_where_no_clause_speaks_of_duplicates(case, area, since, year, grade, clause):
    """G03 subsidises the premium once and in full; P04 speaks of classified subsidies alone."""
    book = "guangdong-2017" if year < 2022 else "guangdong-2022"
    case.take(adopted(book, "440100", since), standard(18_000, area="440100"),
              certified(1, "dibao", area=area),
              *(subsidised(number, 1, "dibao", 18_000, premium=18_000, area=area, on=f"{year}-{on}")
                for number, on in (("a", "01-10"), ("b", "02-10"))))
    case.only("E1", grade, "a", "b", amount=18_000, clause=clause)


@pytest.mark.parametrize("second, hit", [(9_000, False), (9_001, True)])
def test_two_schemes_together_above_what_is_due(case, second, hit):
    """Of residents 190.00 yuan are due; what employees are due nobody laid down."""
    residents = parameter("subsidy-standard", valueFen=19_000, category="dibao", scheme="resident")
    case.take(tongliao(), residents, certified(1, "dibao"), subsidised("a", 1, "dibao", 10_000),
              subsidised("b", 1, "dibao", second, premium=60_000, scheme="employee",
                         on="2024-02-01"))
    if hit:
        (one,) = [one for one in case.find("E1") if one.figures["aspect"] == "subsidies"]
        assert (one.clause, one.amount, one.entries) == ("T11", 1, {"a", "b"})
    else:
        case.nothing("E1")


# MARK: E2, E3

@pytest.mark.parametrize("fen, difference", [
    (37_999, "under"), (38_000, None), (38_001, "over")])
def test_full_subsidy_to_the_fen(case, fen, difference):
    case.take(tongliao(), certified(1, "tekun"), subsidised("a", 1, "tekun", fen, form="full"))
    if difference:
        case.only("E2", "F", "a", difference=difference, amount=1, clause="T08")
    else:
        case.nothing("E2")


def test_premium_that_was_not_laid_down(case):
    case.take(tongliao(), parameter("premium", valueFen=40_000, year=2024), certified(1, "tekun"),
              subsidised("a", 1, "tekun", 38_000, form="full"))
    case.only("E2", "F", "a", difference="under-premium-laid-down", amount=2_000,
              reperformedFen=40_000)


def test_before_any_rule_only_above_the_premium_and_a_warning(case):
    case.take(tongliao(), certified(1, "tekun"),
              subsidised("a", 1, "tekun", 38_001, on="2022-01-10"),
              subsidised("b", 1, "tekun", 38_000, on="2021-01-10"))
    case.only("E2", "W", "a", difference="above-premium", amount=1, clause="-")
    assert case.missing == {"clause rulebook year 2021 area 150502"}


@pytest.mark.parametrize("fen, hit", [(17_099, True), (17_100, False)])
def test_each_clause_binds_by_itself(case, fen, hit):
    """What a dibao-edge member is due nobody laid down; as dibao it is 45 in 100 at least."""
    case.take(tongliao(), certified(1, "dibao"), certified(1, "dibao-edge"),
              subsidised("a", 1, "dibao", fen))
    if hit:
        case.only("E2", "F", "a", difference="under-one-clause", amount=1, clause="T09")
    else:
        case.nothing("E2")
    case.nothing("E3")


@pytest.mark.parametrize("department, hit", [("civil-affairs", True), ("poverty-relief", False)])
def test_clause_binds_whom_the_right_office_certified(case, department, hit):
    """The registered poor get what the county lays down, which nobody did; dibao 10 yuan."""
    case.take(liupanshui(), certified(1, "dibao", area="520201", department=department),
              certified(1, "registered-poor", area="520201", department="poverty-relief"),
              subsidised("a", 1, "dibao", 999, premium=18_000, area="520201", on="2018-01-10"))
    found = case.find("E2")
    assert [(one.grade, one.clause, one.amount) for one in found] == (
        [("F", "L04", 1)] if hit else [])


@pytest.mark.parametrize("fen, short", [(17_099, 1), (17_100, 0)])
def test_45_in_100_of_the_premium(case, fen, short):
    case.take(tongliao(), certified(1, "dibao"), subsidised("a", 1, "dibao", fen))
    if short:
        case.only("E3", "F", "a", amount=1, floorFen=17_100, clause="T09")
    else:
        case.nothing("E3")
    case.nothing("E2")


@pytest.mark.parametrize("category, clause", [("dibao", "L04"), ("low-income-ill", "L05")])
@pytest.mark.parametrize("fen, short", [(999, 1), (1_000, 0)])
def test_ten_yuan_a_year(case, category, clause, fen, short):
    case.take(liupanshui(), certified(1, category, area="520201"),
              subsidised("a", 1, category, fen, premium=18_000, area="520201", on="2018-01-10"))
    if short:
        case.only("E3", "F", "a", amount=1, floorFen=1_000, clause=clause)
    else:
        case.nothing("E3")


@pytest.mark.parametrize("fen, short", [(17_999, 1), (18_000, 0)])
def test_employees_get_what_residents_get(case, fen, short):
    case.take(guangzhou(), parameter("premium", "440100", valueFen=18_000, year=2018,
                                     scheme="resident"), certified(1, "tekun", area="440103"),
              subsidised("a", 1, "tekun", fen, premium=60_000, area="440103", on="2018-01-10",
                         scheme="employee"))
    if short:
        case.only("E3", "F", "a", amount=1, clause="G04")
    else:
        case.nothing("E3")


def test_floor_made_up_by_a_top_up(case):
    case.take(tongliao(), certified(1, "dibao"), subsidised("a", 1, "dibao", 17_000),
              subsidised("b", 1, "dibao", 100, on="2024-02-01", topUpOf=at("a")))
    case.nothing("E3")
    case.nothing("E2")


# MARK: E4

@pytest.mark.parametrize("day, hit", [("2024-06-30", False), ("2024-07-01", True)])
def test_identity_that_ended(case, day, hit):
    ending = entry("ended", "eligibility.ended", {
        "person": person(1), "category": "dibao", "endedOn": "2024-06-30", "reason": "exit"},
        on="2024-06-30")
    case.take(tongliao(), certified(1, "dibao"), ending,
              claim("a", 1, "dibao", 700_000, on=day))
    if hit:
        case.only("E4", "F", "a", "certified-1-dibao", "ended", amount=700_000,
                  category="dibao")
    else:
        case.nothing("E4")


@pytest.mark.parametrize("department, hit", [("civil-affairs", False), ("poverty-relief", True)])
def test_certified_by_who_may_not(case, department, hit):
    case.take(liupanshui(), certified(1, "tekun", area="520201", department=department),
              subsidised("a", 1, "tekun", 18_000, premium=18_000, area="520201",
                         on="2018-01-10", form="full"))
    if hit:
        case.only("E4", "F", "a", "certified-1-tekun", amount=18_000, clause="L02",
                  certifier="poverty-relief")
    else:
        case.nothing("E4")


@pytest.mark.parametrize("basis, hit", [("on-application", False), ("standing", True)])
def test_certified_after_the_service_on_application(case, basis, hit):
    bill = claim("a", 1, "dibao", 700_000, on="2024-03-05")
    bill["body"]["settledAt"] = "2024-04-02T10:00:00+08:00"
    bill["occurredOn"] = "2024-04-02"
    case.take(tongliao(), parameter("category-date", valueCode="dischargedOn"),
              certified(1, "dibao", since="2024-04-01", basis=basis), bill)
    if hit:
        case.only("E4", "F", "a", "certified-1-dibao")
    else:
        case.nothing("E4")


# MARK: E5

def premium(number, who, on, area="440103", year=2018, scheme="resident"):
    return entry(number, "premium.collected", {
        "person": person(who), "year": year, "scheme": scheme, "amountFen": 18_000,
        "paidOn": on}, area=area, on=on)


@pytest.mark.parametrize("day, changes, hit", [
    ("2018-03-04", {}, False), ("2018-03-05", {}, True), ("2018-03-05", {"year": 2019}, False),
    ("2018-03-05", {"scheme": "employee"}, False)])
def test_premium_on_the_day_of_approval(case, day, changes, hit):
    case.take(guangzhou(), certified(1, "tekun", area="440103"),
              subsidised("a", 1, "tekun", 18_000, premium=18_000, area="440103",
                         on="2018-03-05", form="full"), premium("b", 1, day, **changes))
    if hit:
        case.only("E5", "F", "a", "b", amount=18_000, clause="G07")
    else:
        case.nothing("E5")


def test_premium_that_was_refunded_or_where_no_clause_forbids_it(case):
    refund = entry("back", "enrolment.refunded", {
        "person": person(1), "year": 2018, "amountFen": 18_000, "to": "person",
        "reason": "误收", "refundedOn": "2018-04-01"}, area="440103", on="2018-04-01")
    case.take(guangzhou(), tongliao(),
              subsidised("a", 1, "tekun", 18_000, area="440103", on="2018-03-05", form="full"),
              premium("b", 1, "2018-03-05"), refund,
              subsidised("c", 2, "tekun", 38_000, on="2024-03-05", form="full"),
              premium("d", 2, "2024-03-06", area="150502", year=2024))
    case.nothing("E5")


# MARK: E6

def shared(number, on, period="2024-03", department="civil-affairs", purpose="monthly-update"):
    return entry(number, "list.shared", {
        "purpose": purpose, "fromDepartment": department, "toDepartment": "medical-security",
        "period": period, "count": 9, "added": 1, "removed": 0, "sharedOn": on}, on=on)


def test_list_after_the_20th(case):
    # What is sent after a list in time adds to it, and is not late.
    case.take(tongliao(), shared("a", "2024-03-20"), shared("s", "2024-03-25"),
              shared("b", "2024-04-21", period="2024-04"),
              shared("c", "2024-03-25", department="tax"),
              shared("d", "2024-03-25", purpose="warning-push"),
              shared("e", "2022-03-25", period="2022-03"))
    case.only("E6", "F", "b", clause="T07", dueOn="2024-04-20", doneOn="2024-04-21")


def requested(number, on, counted=None, year=2024, count=9):
    return entry(number, "subsidy.requested", {
        "year": year, "scheme": "resident", "headCount": count, "amountFen": 900_000,
        "fund": "medical-aid", "headCountApprovedOn": counted or on, "requestedOn": on}, on=on)


@pytest.mark.parametrize("ends, on, counted, hit", [
    ("2023-12-31", "2024-01-31", None, False), ("2023-12-31", "2024-02-01", None, True),
    ("2024-01-31", "2024-02-29", None, False), ("2024-01-31", "2024-03-01", None, True),
    ("2023-11-30", "2023-12-30", "2023-12-31", True)])
def test_head_counts_a_month_after_the_collection(case, ends, on, counted, hit):
    case.take(tongliao(), parameter("collection-end", valueDate=ends, year=2024),
              requested("a", on, counted))
    if hit:
        case.only("E6", "F", "a", aspect="head-count", clause="T10")
    else:
        case.nothing("E6")


def test_who_answers_is_who_was_late(case):
    """A list is its sender's to send in time, a head-count the medical-security office's."""
    case.take(tongliao(), parameter("collection-end", valueDate="2023-12-31", year=2024),
              requested("a", "2024-02-01"), shared("b", "2024-04-21", period="2024-04"))
    found = [line for line in done("findings", case.ledger, "--rule", "E6", "--json").json_lines()
             if "id" in line]
    assert {one["figures"]["aspect"]: one["department"] for one in found} == {
        "head-count": "medical-security", "monthly-list": "civil-affairs"}


@pytest.mark.parametrize("count, hit", [(1, False), (2, True)])
def test_later_request_for_who_joined_in_mid_year(case, count, hit):
    joined = enrolled("j", 1, "2024-05-01", "2024-12-31")
    joined["body"]["midYear"] = True
    case.take(tongliao(), parameter("collection-end", valueDate="2023-12-31", year=2024),
              requested("a", "2024-01-10"), joined,
              requested("b", "2024-06-10", count=count))
    if hit:
        case.only("E6", "F", "b", aspect="head-count")
    else:
        case.nothing("E6")


def test_end_of_the_collection_that_nobody_laid_down(case):
    case.take(tongliao(), requested("a", "2025-06-10", year=2025))
    case.nothing("E6")
    assert case.missing == {"parameter collection-end year 2025 area 150502"}


# MARK: E7

def test_listed_but_not_enrolled(case):
    case.take(liupanshui(),
              *(certified(who, "dibao", area="520201", since="2019-01-01") for who in (1, 2)),
              certified(3, "dibao", area="520201", since="2019-01-01", until="2019-01-29"),
              certified(4, "dibao", area="520201", since="2019-12-03"),
              enrolled("a", 1, "2019-01-01", "2019-12-31", area="520201"))
    case.only("E7", "W", "certified-2-dibao", aspect="listed", listed=2, enrolled=1,
              coverage=5_000, required=10_000, clause="L09")


@pytest.mark.parametrize("since, hit", [("2019-12-02", True), ("2019-12-03", False)])
def test_thirty_days_on_the_list(case, since, hit):
    case.take(liupanshui(), certified(2, "dibao", area="520201", since=since),
              enrolled("a", 1, "2019-01-01", "2019-12-31", area="520201"),
              enrolled("b", 1, "2020-01-01", "2020-12-31", area="520201"))
    if hit:
        case.only("E7", "W", "certified-2-dibao", aspect="listed", listed=1, enrolled=0)
    else:
        case.nothing("E7")


@pytest.mark.parametrize("count, hit", [(9_499, True), (9_500, False)])
def test_95_in_100_of_the_population(case, count, hit):
    case.take(tongliao(), enrolled("a", 1, "2024-01-01", "2024-12-31"),
              parameter("resident-population", "150502", valueCount=10_000, year=2024),
              parameter("enrolled-count", "150502", valueCount=count, year=2024))
    if hit:
        case.only("E7", "W", "resident-population-150502-10000-2024",
                  "enrolled-count-150502-9499-2024", coverage=9_499, required=9_500)
    else:
        case.nothing("E7")


def test_population_that_nobody_stated(case):
    case.take(tongliao(), enrolled("a", 1, "2024-01-01", "2024-12-31"))
    case.nothing("E7")
    assert case.missing == {"parameter resident-population year 2024 area 150502"}


# MARK: F1

def test_subsidy_from_another_fund(case):
    case.take(liupanshui(), certified(1, "tekun", area="520201"),
              certified(2, "tekun", area="520201"),
              subsidised("a", 1, "tekun", 18_000, premium=18_000, area="520201",
                         on="2018-01-10", form="full", fund="county-budget"),
              subsidised("b", 2, "tekun", 18_000, premium=18_000, area="520201",
                         on="2018-01-10", form="full"))
    case.only("F1", "F", "a", amount=18_000, clause="L03", fund="county-budget")


@pytest.mark.parametrize("poor", [True, False])
def test_fund_of_a_further_category_names_its_certification(case, poor):
    """L06 governs only because the person is registered poor as well, and highest counts."""
    more = [certified(1, "registered-poor", area="520201", department="poverty-relief"),
            standard(18_000, "registered-poor", "520200")] if poor else []
    case.take(liupanshui(), certified(1, "dibao", area="520201"), more,
              subsidised("a", 1, "dibao", 18_000, premium=18_000, area="520201",
                         on="2018-01-10"))
    if poor:
        case.only("F1", "F", "a", "certified-1-registered-poor", clause="L06")
    else:
        case.nothing("F1")


@pytest.mark.parametrize("day, hit", [("2022-12-31", False), ("2023-01-01", True)])
def test_poverty_fund_after_the_merger(case, day, hit):
    case.take(tongliao(), approved("a", 1, "dibao", "regular", 5_000, on="2022-12-20"),
              paid("b", 1, "a", 5_000, fund="targeted-poverty", on=day))
    if hit:
        case.only("F1", "F", "a", "b", amount=5_000, clause="T15")
    else:
        case.nothing("F1")


@pytest.mark.parametrize("category, hit", [("targeted-poverty", False), ("dibao", True)])
def test_earmarked_fund(case, category, hit):
    case.take(jiangmen(),
              approved("a", 1, category, "regular", 5_000, area="440703", on="2019-05-06"),
              paid("b", 1, "a", 5_000, fund="targeted-poverty", area="440703", on="2019-05-20"))
    if hit:
        case.only("F1", "F", "a", "b", amount=5_000, clause="J07")
    else:
        case.nothing("F1")


def test_insurance_fund_that_pays_aid_is_a_warning(case):
    case.take(adopted("guangdong-2022", "440100", "2023-01-01"),
              approved("a", 1, "dibao", "regular", 5_000, area="440103"),
              paid("b", 1, "a", 5_000, fund="basic-resident", area="440103"))
    case.only("F1", "W", "a", "b", clause="-")
