"""What is found of payments: payees, deaths, deadlines, advances, accounts, matching funds, excess.

Each detector has a hit and a near-miss on both sides of its boundary, reckoned by hand."""

import datetime
import re

import pytest

import detecting
from cases import (Case, adopted, approved, at, certified, claim, enrolled, entry, guangzhou,
                   jiangmen, liupanshui, paid, parameter, person, reversed_, subsidised, tongliao)

TODAY = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))).date()
SPECIAL = "social-security-special-account"


@pytest.fixture
def case(new_ledger):
    return Case(new_ledger)


def ago(days):
    return (TODAY - datetime.timedelta(days)).isoformat()


def today():
    """Something happened today."""
    return entry("today", "case.noted", {"case": "C-1", "note": "今日", "entries": []},
                 on=ago(0))


def of_household(who, household):
    return {**person(who), "household": f"TEST{household:04}"}


def payment(number, who, account="9991505210000000004", relation="self", fen=10_000,
            area="440103", on="2018-05-21", household=None, channel="bank", source=SPECIAL,
            fund="medical-aid", approval="none", **payee):
    if account:
        payee["account"] = account
    return entry(number, "aid.paid", {
        "approval": at(approval), "person": of_household(who, household or who),
        "amountFen": fen, "fund": fund, "fromAccount": source, "channel": channel,
        "payee": {"relation": relation, **payee}, "paidOn": on}, area=area, on=on)


# MARK: P1

@pytest.mark.parametrize("third, hit", [
    ({}, True), ({"household": 1}, False), ({"authorisation": "授1号"}, False),
    ({"account": "9991505210000000011"}, False), ({"relation": "care-institution"}, False)])
def test_one_account_for_three_households(case, third, hit):
    case.take(guangzhou(), payment("a", 1), payment("b", 2, relation="guardian"),
              payment("c", 3, **third))
    if hit:
        case.only("P1", "S", "a", "b", "c", households=3, payments=3, amount=30_000)
    else:
        case.nothing("P1")


def test_account_of_merged_persons_is_not_shared(case):
    merge = entry("merge", "person.merged", {
        "from": person(3), "into": person(2), "reason": "number-corrected"}, on="2018-06-01")
    case.take(guangzhou(), payment("a", 1), payment("b", 2), payment("c", 3, household=2), merge)
    case.nothing("P1")


@pytest.mark.parametrize("relation, more, area, grade", [
    ("other", {}, "440103", "F"), ("agent", {}, "440103", "F"), ("other", {}, "150502", "W"),
    ("agent", {"authorisation": "授1号"}, "440103", None), ("child", {}, "440103", None)])
def test_payee_not_entitled(case, relation, more, area, grade):
    case.take(guangzhou(), payment("a", 1, relation=relation, area=area, **more))
    if grade:
        case.only("P1", grade, "a", relation=relation, amount=10_000)
    else:
        case.nothing("P1")


def second_aid(number, who, kind="second", on="2018-05-06", claims=()):
    return approved(number, who, "dibao", kind, 10_000, claims, area="440103", on=on)


@pytest.mark.parametrize("basis, since, until, kind, bound", [
    ("standing", "2017-01-01", None, "regular", False),
    ("standing", "2017-01-01", None, "second", True),
    ("on-application", "2017-01-01", None, "regular", True),
    # On file on the day of the discharge, the approval or the payment alone, or on none of them.
    ("standing", "2018-03-05", "2018-03-05", "regular", False),
    ("standing", "2018-05-06", "2018-05-06", "regular", False),
    ("standing", "2018-05-21", "2018-05-21", "regular", False),
    ("standing", "2018-03-06", "2018-05-05", "regular", True)])
def test_of_whom_the_sentence_speaks(case, basis, since, until, kind, bound):
    """G16 ends a sentence on persons not on file and on second aid, and binds for them alone."""
    cash = payment("b", 1, None, channel="cash", approval="x")
    wrong = payment("c", 1, source="targeted-poverty-account", approval="x")
    case.take(guangzhou(), certified(1, "dibao", area="440103", since=since, until=until,
                                     basis=basis),
              claim("k", 1, "dibao", 0, area="440103", on="2018-03-05"),
              second_aid("x", 1, kind, claims=["k"]),
              payment("a", 1, relation="other", approval="x"), cash, wrong)
    grade, clause = ("F", "G16") if bound else ("W", "-")
    (one,) = case.find("P1")
    assert (one.grade, one.clause, one.entries) == (grade, clause, {"a"})
    found = {frozenset(one.entries): (one.grade, one.clause) for one in case.find("P5")}
    assert found == {frozenset("b"): (grade, clause), frozenset("c"): (grade, clause)}


def test_identity_that_ended_is_not_on_file(case):
    ended = entry("ended", "eligibility.ended", {
        "person": person(1), "category": "dibao", "endedOn": "2018-05-20", "reason": "exit"},
        area="440103", on="2018-05-20")
    case.take(guangzhou(), certified(1, "dibao", area="440103"), ended,
              payment("a", 1, relation="other"))
    case.only("P1", "F", "a", clause="G16")


def test_bill_and_its_payment_are_one_amount(case):
    """What a payment hands out of a bill is counted there, and not in the bill again."""
    account = "9991505210000000004"

    def bill(number, who):
        one = claim(number, who, "dibao", 10_000, area="440103", on="2018-03-05")
        one["body"]["person"] = of_household(who, who)
        one["body"]["payee"] = {"account": account, "relation": "self"}
        return one
    handed = payment("p", 1, account)
    handed["body"]["claim"] = at("a")
    del handed["body"]["approval"]
    case.take(guangzhou(), bill("a", 1), handed, bill("b", 2), bill("c", 3))
    case.only("P1", "S", "p", "b", "c", payments=3, amount=30_000)


# MARK: P2

def died(who, on):
    return entry(f"died-{who}", "person.died", {
        "person": person(who), "diedOn": on, "noticeFrom": "civil-affairs"}, on=on)


@pytest.mark.parametrize("admitted, discharged, grade", [
    ("2024-03-10", "2024-03-10", None), ("2024-03-09", "2024-03-11", None),
    ("2024-03-09", "2024-03-12", "W"), ("2024-03-11", "2024-03-12", "F")])
def test_care_after_death(case, admitted, discharged, grade):
    case.take(died(1, "2024-03-10"),
              claim("a", 1, "dibao", 0, on=discharged, visit={"admittedOn": admitted}))
    if grade:
        case.only("P2", grade, "a", "died-1")
    else:
        case.nothing("P2")


@pytest.mark.parametrize("approved_on, grade", [
    ("2024-11-10", None), ("2024-11-11", "W"), ("2025-01-10", "F")])
def test_subsidy_after_death(case, approved_on, grade):
    case.take(died(1, "2024-11-10"), subsidised("a", 1, "dibao", 19_000, on=approved_on))
    if grade:
        case.only("P2", grade, "a", "died-1", amount=19_000)
    else:
        case.nothing("P2")


@pytest.mark.parametrize("since, recorded, refunded, hit", [
    ("2025-01-01", "2025-01-01", False, True), ("2025-01-01", "2024-11-10", False, False),
    ("2024-11-10", "2024-12-01", False, False), ("2025-01-01", "2025-01-01", True, False)])
def test_enrolment_after_death(case, since, recorded, refunded, hit):
    one = enrolled("a", 1, since, "2025-12-31")
    one["occurredOn"] = recorded
    back = [entry("back", "enrolment.refunded", {
        "person": person(1), "year": 2025, "amountFen": 38_000, "to": "fund", "reason": "死亡",
        "refundedOn": "2025-02-01"}, on="2025-02-01")] if refunded else []
    case.take(died(1, "2024-11-10"), one, back)
    if hit:
        case.only("P2", "F", "a", "died-1")
    else:
        case.nothing("P2")


def test_notice_of_death_that_was_withdrawn(case):
    case.take(died(1, "2024-03-10"), reversed_("died-1"),
              claim("a", 1, "dibao", 0, on="2024-04-05"))
    case.nothing("P2")


@pytest.mark.parametrize("until, hit", [("2024-03-05", False), ("2024-03-04", True)])
def test_identity_that_had_ended(case, until, hit):
    case.take(tongliao(), certified(1, "dibao", until=until),
              parameter("aid-ratio", basisPoints=8_000, category="dibao"),
              parameter("category-date", valueCode="dischargedOn"),
              claim("a", 1, "dibao", 800_000))
    if hit:
        case.only("P2", "F", "a", amount=800_000)
    else:
        case.nothing("P2")


# MARK: P3

def requested(number, on, area="520201", fen=100_000):
    return entry(number, "clearing.requested", {
        "institution": "H1", "period": "2018-01", "amountFen": fen, "fund": "medical-aid",
        "receivedOn": on, "claimCount": 1}, area=area, on=on)


def cleared(number, of, on, fen=100_000, disallowed=0, applied=0, area="520201",
            source="medical-aid-treasury-account"):
    return entry(number, "clearing.paid", {
        "request": at(of), "fromAccount": source, "paidFen": fen, "disallowedFen": disallowed,
        "prepaymentAppliedFen": applied}, area=area, on=on)


@pytest.mark.parametrize("on, days", [("2018-03-14", 30), ("2018-03-15", 31)])
def test_thirtieth_working_day(case, on, days):
    case.take(liupanshui(), requested("r", "2018-01-26"), cleared("p", "r", on))
    if days > 30:
        case.only("P3", "F", "r", "p", workingDays=days, allowed=30, clause="L16")
    else:
        case.nothing("P3")


def test_clearing_of_insurance_is_not_of_aid(case):
    """The 30 working days of L16 are those of medical aid's money."""
    request = requested("r", "2018-01-26")
    request["body"]["fund"] = "basic-resident"
    case.take(liupanshui(), request, cleared("p", "r", "2018-06-29"))
    case.nothing("P3")


def test_paid_in_parts(case):
    case.take(liupanshui(), requested("r", "2018-01-26"),
              cleared("p", "r", "2018-02-26", fen=60_000),
              cleared("q", "r", "2018-03-14", fen=30_000, disallowed=5_000, applied=5_000),
              requested("s", "2018-01-26"), cleared("t", "s", "2018-02-26", fen=60_000),
              cleared("u", "s", "2018-03-15", fen=40_000))
    case.only("P3", "F", "s", "u", workingDays=31)


def test_no_deadline_where_none_is_laid_down(case):
    case.take(liupanshui(), requested("r", "2018-01-26", area="150502"),
              cleared("p", "r", "2018-06-15", area="150502"))
    case.nothing("P3")


@pytest.mark.parametrize("days, hit", [(25, False), (120, True)])
def test_not_paid_at_all(case, days, hit):
    case.take(liupanshui(), requested("r", ago(days)), today())
    if hit:
        case.only("P3", "F", "r")
    else:
        case.nothing("P3")


def recognised(applied, since):
    record = certified(1, "dibao", area="520201", since=since, basis="on-application")
    record["body"]["appliedOn"] = applied
    return record


@pytest.mark.parametrize("begins, on, hit", [
    ("recognition", "2018-06-10", False), ("recognition", "2018-06-11", True),
    ("application", "2018-05-31", False), ("application", "2018-06-01", True)])
def test_two_months_for_persons_recognised_later(case, begins, on, hit):
    case.take(liupanshui(), parameter("two-months-from", "520200", valueCode=begins),
              recognised("2018-03-31", "2018-04-10"),
              claim("a", 1, "dibao", 0, area="520201", on=on, channel="manual",
                    visit={"admittedOn": "2018-03-01", "dischargedOn": "2018-03-05"}))
    if hit:
        case.only("P3", "F", "a", "certified-1-dibao", allowed=2, clause="L17")
    else:
        case.nothing("P3")


def test_beginning_of_the_two_months_not_laid_down(case):
    case.take(liupanshui(), recognised("2018-03-31", "2018-04-10"),
              claim("a", 1, "dibao", 0, area="520201", on="2018-09-01", channel="manual",
                    visit={"admittedOn": "2018-03-01", "dischargedOn": "2018-03-05"}))
    case.nothing("P3")
    assert case.missing == {"parameter two-months-from year 2018 area 520201"}


@pytest.mark.parametrize("year", range(2000, 2101))
def test_first_year_that_a_calendar_does_not_know(year):
    """No record may lie after the calendar's end yet, so only the year's reckoning is tried."""
    _, sql = detecting.detector("P3")
    (formula,) = re.findall(r"1970 \+ \(lastDay \+ 183\) \* 400 / 146097", sql)
    last = (datetime.date(year, 12, 31) - detecting.EPOCH).days
    assert eval(formula.replace("/", "//"), {"lastDay": last}) == year + 1


# MARK: P4

def prepaid(number, on, fen=50_000):
    return entry(number, "prepayment.made", {
        "institution": "H1", "amountFen": fen, "fund": "medical-aid",
        "fromAccount": "medical-aid-treasury-account", "agreementNo": "XY-1"},
        area="520201", on=on)


def returned(number, on, fen):
    return entry(number, "prepayment.returned", {"institution": "H1", "amountFen": fen},
                 area="520201", on=on)


@pytest.mark.parametrize("days, hit", [(90, False), (91, True)])
def test_prepayment_of_ninety_days(case, days, hit):
    case.take(liupanshui(), prepaid("m", ago(days)), today())
    if hit:
        case.only("P4", "W", "m", matter="prepayment", outstandingFen=50_000, amount=50_000)
    else:
        case.nothing("P4")


@pytest.mark.parametrize("back, left", [(30_000, 0), (29_999, 1)])
def test_oldest_is_cleared_first(case, back, left):
    # 50,000, of which 20,000 were set against a request; the rest came back, or all but a fen.
    case.take(liupanshui(), prepaid("m", "2024-01-02"), prepaid("n", ago(10)),
              requested("r", "2024-02-01"),
              cleared("p", "r", "2024-02-10", fen=80_000, applied=20_000),
              returned("b", "2024-03-01", back), today())
    if left:
        case.only("P4", "W", "m", outstandingFen=left)
    else:
        case.nothing("P4")


@pytest.mark.parametrize("days, hit", [(90, False), (91, True)])
def test_request_unanswered_for_ninety_days(case, days, hit):
    case.take(requested("r", ago(days), area="150502"), today())
    if hit:
        case.only("P4", "W", "r", matter="clearing", outstandingFen=100_000)
    else:
        case.nothing("P4")


@pytest.mark.parametrize("paid_fen, disallowed, applied, left", [
    (1, 0, 0, 99_999), (60_000, 30_000, 9_999, 1), (60_000, 30_000, 10_000, 0)])
def test_request_paid_in_part(case, paid_fen, disallowed, applied, left):
    case.take(requested("r", "2024-01-10", area="150502"),
              cleared("p", "r", "2024-02-01", fen=paid_fen, disallowed=disallowed,
                      applied=applied, area="150502"), today())
    if left:
        case.only("P4", "W", "r", "p", matter="clearing", outstandingFen=left, amount=left)
    else:
        case.nothing("P4")


def test_request_paid_in_full_by_two_payments(case):
    case.take(requested("r", "2024-01-10", area="150502"),
              cleared("p", "r", "2024-02-01", fen=60_000, area="150502"),
              cleared("q", "r", "2024-03-01", fen=40_000, area="150502"), today())
    case.nothing("P4")


def advance(number, on, fen=40_000, by="targeted-poverty"):
    record = claim(number, 1, "targeted-poverty", 0, fund=100_000, area="440703", on=on)
    record["body"]["amounts"].update({"medicalAidAdvancedFen": fen, "medicalAidAdvancedBy": by})
    return record


def offset(number, fen, source="medical-aid", target="targeted-poverty", on="2019-06-01", of=()):
    body = {"fromFund": source, "toFund": target, "amountFen": fen}
    if of:
        body["claims"] = [at(name) for name in of]
    return entry(number, "offset.booked", body, area="440703", on=on)


@pytest.mark.parametrize("fen, left", [(40_000, 0), (39_999, 1)])
def test_advance_made_good_between_the_funds(case, fen, left):
    case.take(jiangmen(), advance("a", "2019-03-05"), offset("o", fen), today())
    if left:
        case.only("P4", "W", "a", matter="offset", amount=left)
    else:
        case.nothing("P4")


@pytest.mark.parametrize("source, target", [
    ("targeted-poverty", "medical-aid"), ("medical-aid", "county-budget"),
    ("county-budget", "targeted-poverty")])
def test_offset_between_other_funds_makes_nothing_good(case, source, target):
    case.take(jiangmen(), advance("a", "2019-03-05"), offset("o", 40_000, source, target), today())
    case.only("P4", "W", "a", outstandingFen=40_000)


def test_oldest_advance_is_made_good_first(case):
    # 50,000 cover the first 40,000 and 10,000 of the second.
    case.take(jiangmen(), advance("a", "2019-03-05"), advance("b", "2019-04-05"),
              advance("c", "2019-05-05"), offset("o", 50_000), today())
    case.only("P4", "W", "b", "c", outstandingFen=70_000, oldest=detecting.day_number("2019-04-05"))


def test_offset_covers_the_claims_that_it_names(case):
    # 90,000 for b and c leave 10,000, which go to a; the second offset names b again: it is over,
    # and of its 5,000 a has the good too.
    case.take(jiangmen(), advance("a", "2019-03-05"), advance("b", "2019-04-05"),
              advance("c", "2019-05-05"), offset("o", 90_000, of=["c", "b"]),
              offset("p", 5_000, on="2019-07-01", of=["b"]), today())
    case.only("P4", "W", "a", outstandingFen=25_000, oldest=detecting.day_number("2019-03-05"))


def test_offset_of_less_than_it_names(case):
    case.take(jiangmen(), advance("a", "2019-03-05"), advance("b", "2019-04-05"),
              offset("o", 30_000, of=["b"]), today())
    case.only("P4", "W", "a", "b", outstandingFen=50_000)


def test_offset_of_a_recent_advance_leaves_the_old_one_open(case):
    case.take(jiangmen(), advance("a", "2019-03-05"), advance("b", "2020-06-01"),
              offset("o", 40_000, on="2020-07-01", of=["b"]),
              entry("n", "case.noted", {"case": "C-1", "note": "今日", "entries": []},
                    area="440703", on="2020-08-01"))
    case.only("P4", "W", "a", outstandingFen=40_000)


# MARK: P5

def moved(number, source, target, area, on="2018-03-05", purpose="enrolment"):
    return entry(number, "fund.transferred", {
        "fromAccount": source, "toAccount": target, "purpose": purpose, "amountFen": 100_000,
        "year": int(on[:4])}, area=area, on=on)


@pytest.mark.parametrize("source, target, purpose, clause", [
    ("medical-aid-subaccount", "resident-insurance-subaccount", "enrolment", None),
    ("medical-aid-subaccount", "agency-income-account", "enrolment", "G06"),
    ("medical-aid-treasury-account", "resident-insurance-subaccount", "enrolment", "G06"),
    ("resident-insurance-subaccount", "agency-income-account", "enrolment", None),
    ("medical-aid-subaccount", "agency-income-account", "inpatient", None)])
def test_path_of_subsidies_in_guangdong(case, source, target, purpose, clause):
    case.take(guangzhou(), moved("a", source, target, "440103", purpose=purpose))
    if clause:
        case.only("P5", "F", "a", clause=clause, amount=100_000)
    else:
        case.nothing("P5")


def test_path_is_of_residents_subsidies_only(case):
    """G06 names the residents' sub-account; of employees' subsidies it says nothing."""
    money = moved("a", "medical-aid-subaccount", "agency-income-account", "440103",
                  purpose="enrolment")
    money["body"]["request"] = at("r")
    request = entry("r", "subsidy.requested", {
        "year": 2018, "scheme": "employee", "headCount": 1, "amountFen": 100_000,
        "fund": "medical-aid", "headCountApprovedOn": "2018-03-01",
        "requestedOn": "2018-03-01"}, area="440103", on="2018-03-01")
    case.take(guangzhou(), request, money)
    case.nothing("P5")


@pytest.mark.parametrize("target, on, hit", [
    ("agency-income-account", "2018-03-05", False),
    ("resident-insurance-treasury-account", "2018-03-05", True),
    ("resident-insurance-treasury-account", "2017-08-23", False)])
def test_path_of_subsidies_in_liupanshui(case, target, on, hit):
    case.take(liupanshui(), moved("a", "medical-aid-treasury-account", target, "520201", on))
    if hit:
        case.only("P5", "F", "a", clause="L10", toAccount=target)
    else:
        case.nothing("P5")


def test_money_that_has_arrived_moves_on(case):
    treasury = "medical-aid-treasury-account"
    case.take(tongliao(),
              moved("a", treasury, "resident-insurance-treasury-account", "150502", "2024-03-05"),
              moved("b", SPECIAL, treasury, "150502", "2024-03-05"),
              moved("c", SPECIAL, "resident-insurance-treasury-account", "150502", "2024-03-05"))
    case.only("P5", "F", "c", clause="T10")


@pytest.mark.parametrize("source, channel, area, grade", [
    (SPECIAL, "bank", "440103", None), ("medical-aid-subaccount", "bank", "440103", None),
    ("targeted-poverty-account", "bank", "440103", "F"), (SPECIAL, "cash", "440103", "F"),
    (SPECIAL, "cash", "520201", "W"), ("medical-aid-treasury-account", "bank", "520201", None)])
def test_paid_to_persons(case, source, channel, area, grade):
    case.take(guangzhou(), liupanshui(),
              payment("a", 1, None if channel == "cash" else "9991505210000000004",
                      source=source, channel=channel, area=area))
    if grade:
        case.only("P5", grade, "a", fromAccount=source,
                  clause="G16" if grade == "F" else "-")
    else:
        case.nothing("P5")


@pytest.mark.parametrize("fund, source, hit", [
    ("targeted-poverty", "targeted-poverty-account", False),
    ("targeted-poverty", SPECIAL, True), ("medical-aid", SPECIAL, False),
    ("basic-resident", "targeted-poverty-account", True),
    # By J13 the targeted fund advances what is medical aid's.
    ("medical-aid", "targeted-poverty-account", False)])
def test_earmarked_account(case, fund, source, hit):
    request = requested("r", "2018-03-01", area="440703")
    request["body"]["fund"] = fund
    case.take(adopted("jiangmen-2019", "440700", "2017-01-01"), request,
              cleared("p", "r", "2018-03-10", area="440703", source=source))
    if hit:
        case.only("P5", "F", "p", clause="J07")
    else:
        case.nothing("P5")


def test_encouraged_path_is_a_warning(case):
    case.take(guangzhou(), requested("r", "2018-03-01", area="440103"),
              cleared("p", "r", "2018-03-10", area="440103",
                      source="medical-aid-treasury-account"))
    case.only("P5", "W", "p", clause="G13")


# MARK: P6

def received(number, source, fen, year=2023):
    return entry(number, "fund.received", {
        "fund": "medical-aid", "fundSource": source, "year": year, "amountFen": fen,
        "docNo": "5号", "forArea": "150502", "toAccount": "medical-aid-treasury-account"},
        on=f"{year}-03-05")


def population(year=2023):
    return parameter("resident-population", "150502", valueCount=10_000, year=year)


@pytest.mark.parametrize("city, county, amounts", [
    (12_000_000, 48_000_000, {}), (12_000_000, 47_999_999, {"T13": 1}),
    (11_999_999, 48_000_001, {"T14": 1}),
    # What the city lacks is in question once: within the whole, or beyond it.
    (11_999_999, 48_000_000, {"T13": 1, "T14": 0}), (0, 0, {"T13": 60_000_000, "T14": 0}),
    (0, 50_000_000, {"T13": 10_000_000, "T14": 2_000_000}),
    (12_000_000, 90_000_000, {})])
def test_sixty_yuan_a_resident(case, city, county, amounts):
    case.take(tongliao(), population(), received("a", "city", city),
              received("b", "county", county), received("c", "province", 90_000_000), today())
    found = case.find("P6")
    assert {one.clause: one.amount for one in found} == amounts
    for one in found:
        assert one.grade == "F"
        assert one.entries == ({"a", "b"} if one.clause == "T13" else {"a"})


def test_year_that_is_not_over_or_not_governed(case):
    case.take(tongliao(), population(2022), population(TODAY.year),
              received("a", "city", 1, 2022), received("b", "city", 1, TODAY.year), today())
    case.nothing("P6")


def test_population_that_nobody_laid_down(case):
    case.take(tongliao(), received("a", "city", 1), today())
    case.nothing("P6")
    assert case.missing == {"parameter resident-population year 2023 area 150502"}


# MARK: P7

def approval(number, fen=100_000, **more):
    return approved(number, 1, "dibao", "regular", fen, **more)


def of_claim(number, of, fen, fund="medical-aid"):
    """Aid paid on a settlement instead of an approval."""
    record = paid(number, 1, of, fen, fund=fund)
    record["body"]["claim"] = record["body"].pop("approval")
    return record


def came_back(number, of, fen):
    return entry(number, "payment.returned", {
        "payment": at(of), "amountFen": fen, "returnedOn": "2024-05-25", "reason": "户名不符"},
        on="2024-05-25")


def recovered(number, of, fen, nature="overpayment"):
    return entry(number, "recovery.received", {
        "relatesTo": [at(of)], "fund": "medical-aid", "toAccount": SPECIAL, "nature": nature,
        "amountFen": fen, "reason": "多付"}, on="2024-07-01")


@pytest.mark.parametrize("second, excess", [(40_000, 0), (40_001, 1), (60_000, 20_000)])
def test_instalments_add_up_to_the_approval(case, second, excess):
    case.take(approval("a"), paid("p", 1, "a", 60_000), paid("q", 1, "a", second))
    if excess:
        case.only("P7", "F", "a", "p", "q", aspect="above", matter="approval",
                  allowedFen=100_000, paidFen=60_000 + second, payments=2, amount=excess)
    else:
        case.nothing("P7")


@pytest.mark.parametrize("between, excess", [
    ([], 100_000), (["reversed"], 0), ([came_back("b", "p", 100_000)], 0),
    ([came_back("b", "p", 99_999)], 1), ([recovered("r", "q", 100_000)], 0),
    ([recovered("r", "a", 99_999)], 1), ([recovered("r", "q", 100_000, "penalty")], 100_000)])
def test_paid_a_second_time(case, between, excess):
    """Sound where the first payment was taken back, came back, or the second was recovered."""
    case.take(approval("a"), paid("p", 1, "a", 100_000), paid("q", 1, "a", 100_000))
    if between:
        case.take(reversed_("p") if between == ["reversed"] else between)
    if excess:
        case.only("P7", "F", "a", "p", "q", amount=excess)
    else:
        case.nothing("P7")


def test_reversal_that_was_taken_back_leaves_two_payments(case):
    undone = entry("undone", "entry.reversed", {"reverses": at("reversal-p"), "reason": "误冲"},
                   on="2025-01-03")
    case.take(approval("a"), paid("p", 1, "a", 100_000), paid("q", 1, "a", 100_000),
              reversed_("p"), undone)
    case.only("P7", "F", "a", "p", "q", amount=100_000)


@pytest.mark.parametrize("fen, hit", [(90_000, False), (100_000, True)])
def test_corrected_approval_counts_by_the_new_one(case, fen, hit):
    """The payment named the old one; the corrected approval is of 900.00."""
    case.take(approval("a"), paid("p", 1, "a", fen), reversed_("a"))
    case.only("P7", "W", "a", "p", aspect="reversed", amount=fen)
    new = approval("b", 90_000)
    new["corrects"] = at("a")
    case.take(new)
    if hit:
        case.only("P7", "F", "a", "b", "p", amount=10_000, allowedFen=90_000)
    else:
        case.nothing("P7")


def test_approval_corrected_twice(case):
    middle, last = approval("b", 90_000), approval("c", 95_000)
    middle["corrects"], last["corrects"] = at("a"), at("b")
    case.take(approval("a"), paid("p", 1, "a", 95_000), reversed_("a"), middle, reversed_("b"),
              last)
    case.nothing("P7")
    case.take(paid("q", 1, "c", 1))
    case.only("P7", "F", "a", "c", "p", "q", amount=1)


def test_approval_that_is_missing(case):
    """Nothing proves that it was not approved on paper."""
    case.take(paid("p", 1, "a", 60_000), paid("q", 1, "a", 30_000))
    case.only("P7", "W", "p", "q", aspect="missing", matter="approval", amount=90_000)
    case.take(approval("a", 90_000))
    case.nothing("P7")


@pytest.mark.parametrize("fen, fund, excess", [
    (300_000, "medical-aid", 0), (300_001, "medical-aid", 1),
    (600_000, "medical-aid", 300_000),
    # What an insurance fund pays is no aid of the settlement's; F1 looks at that.
    (300_001, "major-illness", 0)])
def test_settlement_paid_above_its_aid(case, fen, fund, excess):
    """200,000 of aid, 60,000 of second aid and 40,000 of the targeted fund."""
    case.take(claim("c", 1, "dibao", 200_000, second=60_000, fund=40_000),
              of_claim("p", "c", fen, fund))
    if excess:
        case.only("P7", "F", "c", "p", aspect="above", matter="claim", amount=excess)
    else:
        case.nothing("P7")


@pytest.mark.parametrize("first, second, grade, amount", [
    ({"fen": 60_000}, {"fen": 30_000, "applied": 10_000}, None, 0),
    ({"fen": 60_000}, {"fen": 30_000, "applied": 10_001}, "F", 1),
    ({}, {}, "F", 100_000),
    ({"fen": 95_000, "disallowed": 5_000}, None, None, 0),
    # 5,000 disallowed and afterwards paid all the same.
    ({"fen": 95_000, "disallowed": 5_000}, {"fen": 5_000}, "W", 5_000),
    ({"fen": 40_000, "disallowed": 60_000}, {"fen": 40_000, "disallowed": 60_000}, "W", 100_000)])
def test_clearing_paid_twice_or_above_the_request(case, first, second, grade, amount):
    case.take(requested("r", "2018-01-26"), cleared("p", "r", "2018-02-26", **first))
    if second is not None:
        case.take(cleared("q", "r", "2018-03-02", **second))
    if grade:
        case.only("P7", grade, "r", "p", "q", matter="clearing", amount=amount,
                  aspect="above" if grade == "F" else "disallowed")
    else:
        case.nothing("P7")


def test_request_that_is_missing(case):
    case.take(cleared("p", "r", "2018-02-26"))
    case.only("P7", "W", "p", aspect="missing", matter="clearing", amount=100_000)


@pytest.mark.parametrize("disallowed, fund, answered, hit", [
    (0, "medical-aid", True, True), (5_000, "medical-aid", True, False),
    (0, "basic-resident", True, False), (0, "medical-aid", False, False)])
def test_settlement_that_stands_in_two_requests(case, disallowed, fund, answered, hit):
    """Sound where the first was cut, for another fund, or not paid yet."""
    first, second = requested("r", "2024-04-03"), requested("s", "2024-05-03")
    first["body"]["claims"] = second["body"]["claims"] = [at("c")]
    second["body"]["fund"] = fund
    case.take(claim("c", 1, "dibao", 100_000), first, second,
              cleared("p", "r", "2024-04-20", fen=100_000 - disallowed, disallowed=disallowed))
    if answered:
        case.take(cleared("q", "s", "2024-05-20"))
    if hit:
        case.only("P7", "W", "c", "r", "s", aspect="asked-twice", amount=100_000)
    else:
        case.nothing("P7")
