"""What is found in patterns: operators, peers, digits, spikes, networks, and gaps in the record.

Fences and deviations are reckoned by numpy and scipy, the rest by hand."""

import contextlib
import datetime
import math

import numpy
import pytest
from scipy.stats import binom, chi2, chisquare, median_abs_deviation, norm

import detecting
from cases import (Case, approved, at, claim, entry, person, program_detects, reversed_, told,
                   tongliao)
from harness import tamper


@pytest.fixture
def case(new_ledger):
    return Case(new_ledger)


def designated(code, level=2, kind="综合医院", area="150502"):
    return entry(f"designated-{code}", "institution.designated", {
        "institution": {"code": code, "name": f"{code}医院", "level": level, "area": area,
                        "type": kind},
        "services": ["inpatient"], "designatedFrom": "2017-01-01", "agreementNo": "XY-1",
        "oneStop": []}, area=area, on="2017-01-01")


def bill(number, total, at_hospital="HA", on="2024-03-05", paid=0, who=1, own=0, kind="inpatient",
         area="150502", diagnosis="J18.9"):
    return claim(number, who, "dibao", paid, compliant=total - own, own=own, on=on, area=area,
                 institution=at_hospital, visit={"type": kind, "diagnosis": diagnosis})


def upper_fence(values):
    q1, q3 = numpy.percentile(values, [25, 75])
    return q1, q3, q3 + 1.5 * (q3 - q1)


def is_beyond_chance(count, of, rate):
    """Whether so many are as rare as what lies four standard errors out."""
    return binom.sf(count - 1, of, rate) <= norm.sf(4)


# MARK: A1

@pytest.mark.parametrize("applied, approves, pays, hit", [
    ("u7", "u7", "u7", True), ("u6", "u7", "u7", False), ("u7", "u6", "u7", False),
    ("u7", "u7", "u6", False)])
def test_one_operator_does_all(case, applied, approves, pays, hit):
    application = entry("a", "aid.applied", {
        "person": person(1), "aidType": "second", "claims": [], "channel": "counter",
        "receivedOn": "2024-05-01"}, on="2024-05-01", operator=applied)
    approval = approved("b", 1, "dibao", "second", 10_000, application=at("a"),
                        approver=approves)
    payment = entry("c", "aid.paid", {
        "approval": at("b"), "person": person(1), "amountFen": 10_000, "fund": "medical-aid",
        "fromAccount": "medical-aid-treasury-account", "channel": "bank",
        "payee": {"account": "9991505210000000004", "relation": "self"},
        "paidOn": "2024-05-20"}, on="2024-05-20", operator=pays)
    case.take(application, approval, payment)
    if hit:
        case.only("A1", "S", "a", "b", "c", amount=10_000)
    else:
        case.nothing("A1")


# MARK: A2

def approvals(counts):
    return [approved(f"{who}-{n}", 1, "dibao", "second", 1_000, approver=f"u{who}")
            for who, count in enumerate(counts) for n in range(count)]


@pytest.mark.parametrize("others, most, hit", [
    # 29 others with 4 or 5 each: the fence is between 6 and 7 of the county's approvals. Chance
    # makes 15 once in 17,000 times.
    (29, 16, True), (29, 15, False), (29, 5, False), (28, 16, False)])
def test_share_of_approvals(case, others, most, hit):
    counts = [4 + n % 2 for n in range(others)] + [most]
    case.take(approvals(counts))
    shares = [count * 10_000 // sum(counts) for count in counts]
    q1, q3, fence = upper_fence(shares)
    assert (shares[-1] > fence) == (most != 5)
    assert is_beyond_chance(most, sum(counts), sum(counts[:-1]) / others / sum(counts)) == (
        most == 16)
    found = case.find("A2")
    if hit:
        (one,) = found
        assert (one.grade, len(one.entries)) == ("S", 16)
        assert one.figures["n"] == 30 and one.figures["share"] == shares[-1]
        assert one.figures["expected"] == 1_000 * sum(counts[:-1]) // others
        assert [one.figures[name] for name in ("q1", "q3", "fence")] == [
            math.floor(value) for value in (q1, q3, fence)]
    else:
        assert found == []
        assert case.missing == (set() if others == 29 else {"peers 29 30 of approver year 2024"})


def timed(number, on, time, approver="u1"):
    approval = approved(number, 1, "dibao", "second", 1_000, on=on, approver=approver)
    approval["occurredAt"] = f"{on}T{time}:00+08:00"
    return approval


@pytest.mark.parametrize("third, hit", [
    (("2024-05-06", "07:59"), True), (("2024-05-06", "08:00"), False),
    (("2024-05-06", "18:29"), False), (("2024-05-06", "18:30"), True),
    (("2024-05-04", "10:00"), True), (("2024-05-11", "10:00"), False)])
def test_office_hours(case, third, hit):
    # 4 May 2024 was a day off; Saturday the 11th was worked for it.
    case.take(timed("a", "2024-05-07", "23:00"), timed("b", "2024-05-08", "03:00"),
              timed("c", *third))
    if hit:
        case.only("A2", "S", "a", "b", "c", matter="hours", approvals=3)
    else:
        case.nothing("A2")


@pytest.mark.parametrize("off, night, hit", [
    (3, 0, False), (6, 0, False), (7, 0, True), (4, 2, False), (0, 2, False), (0, 3, True)])
def test_days_off_beside_those_of_colleagues(case, off, night, hit):
    """Of a colleague's 40 approvals four were given on a Saturday: a custom of the office."""
    saturday, monday = ("2024-06-15", "10:00"), ("2024-06-17", "10:00")
    own = [saturday] * off + [("2024-06-17", "03:00")] * night + [monday] * (10 - off - night)
    case.take([timed(f"a{n}", *when) for n, when in enumerate(own)],
              [timed(f"b{n}", *(saturday if n < 4 else monday), "u2") for n in range(40)])
    assert is_beyond_chance(off + night, 10, 4 / 40) == (off == 7)
    if hit:
        case.only("A2", "S", *(f"a{n}" for n in range(off + night)), matter="hours",
                  approvals=off + night, expected=1_000)
    else:
        case.nothing("A2")


# MARK: A3

def reversals(counts):
    records = []
    for who, count in enumerate(counts):
        for n in range(count):
            one = reversed_(f"none-{who}-{n}")
            one["operator"], one["occurredOn"] = f"u{who}", "2024-06-01"
            records.append(one)
    return records


@pytest.mark.parametrize("others, most, hit", [
    # Others have 1 or 2: of 100 records chance makes 8 once in 10,000 times.
    (29, 9, True), (29, 8, False), (29, 4, False), (28, 9, False)])
def test_reversals(case, others, most, hit):
    counts = [1 + n % 2 for n in range(others)] + [most]
    case.take([bill(f"c{n}", 100_000, who=n) for n in range(100)], reversals(counts))
    q1, q3, fence = upper_fence([count * 100 for count in counts])
    assert 100 * most > fence
    assert is_beyond_chance(most, 100, sum(counts[:-1]) / others / 100) == (most == 9)
    found = case.find("A3")
    if hit:
        (one,) = found
        assert (one.grade, len(one.entries)) == ("S", 9)
        assert one.figures["n"] == 30 and one.figures["rate"] == 900
        assert one.figures["expected"] == 1_000 * sum(counts[:-1]) // others
        assert [one.figures[name] for name in ("q1", "q3", "fence")] == [
            math.floor(value) for value in (q1, q3, fence)]
    else:
        assert found == []
        assert case.missing == (set() if others == 29 else {"peers 29 30 of operator year 2024"})


# MARK: O1

def peers(count, cost, cases=10, spread=1):
    """So many hospitals of which the last costs so much a stay, the others a little each."""
    costs = [1_000_000 + spread * (7_919 * n % 50_000) for n in range(count - 1)] + [cost]
    records = [designated(f"H{n}") for n in range(count)]
    records += [bill(f"{n}-{m}", each, f"H{n}", who=m) for n, each in enumerate(costs)
                for m in range(cases)]
    return costs, records


def standard_errors(costs, cases=10):
    """By how many each is above the mean of the others, if half of them vary by chance alone."""
    costs = numpy.array(costs)
    away = numpy.sqrt(cases) * (costs - (costs.sum() - costs) / (len(costs) - 1))
    return away / numpy.sqrt(numpy.median(away ** 2) / chi2.ppf(0.5, 1))


def boundary(spread):
    """The greatest cost of the last of 30 that is still not too high."""
    def unlike(cost):
        costs, _ = peers(30, cost, 0, spread)
        away = 0.6745 * (cost - numpy.median(costs)) / median_abs_deviation(costs)
        return ((cost > upper_fence(costs)[2] or away > 3.5)
                and standard_errors(costs)[-1] > 4 and cost > 1.2 * numpy.mean(costs[:-1]))
    low, high = 1_000_000, 9_000_000
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if unlike(middle) else (middle, high)
    return low


# Among hospitals that are much alike a fifth more decides, among others the standard errors; the
# fence is passed before either.
@pytest.mark.parametrize("spread", [1, 10])
@pytest.mark.parametrize("count, more, hit", [(30, 0, False), (30, 1, True), (29, 1, False)])
def test_hospital_unlike_its_peers(case, count, more, hit, spread):
    costs, records = peers(count, boundary(spread) + more, spread=spread)
    assert costs[-1] > upper_fence(costs)[2]
    assert (abs(standard_errors(costs)[-1] - 4) < 0.001) == (spread == 10 and count == 30)
    case.take(records)
    found = case.find("O1")
    if hit:
        (one,) = found
        q1, q3, fence = upper_fence(costs)
        assert one.grade == "S" and one.figures["measure"] == "cost"
        assert one.figures["n"] == 30 and one.figures["value"] == costs[-1]
        expected = [math.floor(value) for value in (
            numpy.median(costs), q1, q3, fence, numpy.mean(costs[:-1]))]
        assert [one.figures[name] for name in ("median", "q1", "q3", "fence", "expected")] == (
            expected)
        score = 0.6745 * (costs[-1] - numpy.median(costs)) / median_abs_deviation(costs)
        assert abs(one.figures["score"] - 1_000 * score) <= 1
    else:
        assert found == []
        assert case.missing == (set() if count == 30 else {
            "peers 29 30 of institution level 2 type 综合医院 visit inpatient"
            " year 2024"})


@pytest.mark.parametrize("diagnosis, elsewhere, hit", [
    ("C34.9", 1, False), ("J18.9", 1, True),
    # Nobody else has such cases: there is nothing to hold them against.
    ("C34.9", 0, False)])
def test_hospital_of_graver_cases(case, diagnosis, elsewhere, hit):
    """The last of 30 has nothing but what costs five times as much everywhere."""
    records = [designated(f"H{n}") for n in range(30)]
    for n in range(29):
        light = 1_000_000 + 7_919 * n % 50_000
        records += [bill(f"{n}-{m}", light, f"H{n}", who=m) for m in range(10 - elsewhere)]
        records += [bill(f"{n}-grave", 5 * light, f"H{n}", diagnosis="C34.9")] * elsewhere
    records += [bill(f"last-{m}", 5_000_000, "H29", who=m, diagnosis=diagnosis)
                for m in range(10)]
    case.take(records)
    assert [one.figures["value"] for one in case.find("O1")] == [5_000_000] * hit


def test_another_level_is_no_peer(case):
    _, records = peers(30, 9_000_000)
    records[29] = designated("H29", level=3)
    case.take(records)
    case.nothing("O1")


@pytest.mark.parametrize("dear, hit", [(1, False), (5, False), (10, True), (20, True)])
def test_a_few_dear_cases_make_no_outlier(case, dear, hit):
    """So many of 20 stays make the mean twice that of the others; the rest cost as much as there."""
    _, records = peers(30, 0, cases=0)
    others = [1_000_000 + 7_919 * n % 50_000 for n in range(29)]
    records += [bill(f"{n}-{m}", cost, f"H{n}", who=m) for n, cost in enumerate(others)
                for m in range(10)]
    costs = numpy.array([1_000_000] * (20 - dear) + [1_000_000 + 20_000_000 // dear] * dear)
    case.take(records, [bill(f"last-{m}", int(cost), "H29", who=m)
                        for m, cost in enumerate(costs)])
    away = costs.mean() - numpy.mean(others)
    assert (away > 4 * costs.std() / math.sqrt(20)) == hit
    assert [one.figures["value"] for one in case.find("O1")] == [2_000_000] * hit


# MARK: O2

@pytest.mark.parametrize("least, odd", [(1_000, 0), (1_000, 1), (999, 1)])
def test_first_two_digits(case, least, odd):
    """Amounts that follow the law to the figure, and the same with a tenth at 98."""
    exact = [max(1, round(least * math.log10(1 + 1 / d))) for d in range(10, 100)]
    exact[0] += least - sum(exact)
    if odd:
        for place in range(4):
            exact[place] -= 30
        exact[88] += 120
    amounts = [d * 1_000 for d, count in zip(range(10, 100), exact) for _ in range(count)]
    assert len(amounts) == least
    case.take(designated("HA"),
              [bill(f"c{n}", fen, who=n % 50, kind="outpatient")
               for n, fen in enumerate(amounts)])
    with contextlib.closing(detecting.open_ledger(case.ledger.path)) as database:
        head, sql = detecting.detector("O2")
        cursor = database.execute(sql, detecting.bindings(head))
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row)) for row in cursor]
    # Without a pair far beyond chance there is nothing to weigh.
    counts = dict(zip(range(10, 100), exact)) if odd else {}
    assert {row["firstTwo"]: row["count"] for row in rows} == counts
    assert {row["n"] for row in rows} <= {least}
    deviation = numpy.mean([abs(count / least - math.log10(1 + 1 / d))
                            for d, count in zip(range(10, 100), exact)])
    assert (deviation >= 0.0022) == bool(odd)
    if program_detects():
        findings, _ = told(case.ledger, "O2")["O2"]
        assert len(findings) == (1 if least >= 1_000 and odd else 0)


@pytest.mark.parametrize("kind, hit", [("outpatient", True), ("pharmacy", False)])
def test_prices_over_the_counter_crowd_by_nature(case, kind, hit):
    """Whatever words the institution's type has: they are the sender's own."""
    if not program_detects():
        pytest.skip("the step is the program's")
    case.take(designated("HA", kind="零售药店"),
              [bill(f"c{n}", 9_800 if n % 5 == 0 else 1_000 + 8 * n, who=n % 50, kind=kind)
               for n in range(1_100)])
    findings, _ = told(case.ledger, "O2")["O2"]
    assert len(findings) == hit


@pytest.mark.parametrize("noise, hit", [(0.9, False), (2, True)])
def test_one_price_among_digits_of_chance(case, noise, hit):
    """Counts a part of their standard deviations, or more, to either side; and too many at 51."""
    if not program_detects():
        pytest.skip("the step is the program's")
    shares = numpy.log10(1 + 1 / numpy.arange(10, 100))
    sides = numpy.where(numpy.arange(90) % 2, 1, -1)
    counts = numpy.rint(1_100 * shares + noise * sides * numpy.sqrt(1_100 * shares)).astype(int)
    counts = numpy.maximum(counts, 0)
    counts[41] += 14
    total = counts.sum()
    assert total >= 1_000 and numpy.mean(abs(counts / total - shares)) >= 0.0022
    assert (counts[41] - total * shares[41]) ** 2 > 25 * total * shares[41]
    assert (chisquare(counts, total * shares / shares.sum()).pvalue < 0.001) == hit
    case.take(designated("HA"),
              [bill(f"c{d}-{n}", 1_000 * d, who=n % 50, kind="outpatient")
               for d, count in zip(range(10, 100), counts) for n in range(count)])
    findings, _ = told(case.ledger, "O2")["O2"]
    assert len(findings) == hit


# MARK: O3

def months(last, before=6, claims=30):
    """A bill of 100,000 fen aid in each month before, and in the last many of a share each."""
    records = [bill(f"m{n}", 900_000, on=f"2024-{n + 1:02}-05", paid=100_000 if n % 2 else 99_999)
               for n in range(before)]
    share, rest = divmod(last, claims)
    return records + [bill(f"c{n}", 900_000, on=f"2024-{before + 1:02}-10", who=n,
                           paid=share + (rest if n == 0 else 0)) for n in range(claims)]


@pytest.mark.parametrize("last, before, claims, hit", [
    # The median of three times 99,999 and three times 100,000 is 99,999.5; thrice that 299,998.5.
    (299_998, 6, 30, False), (299_999, 6, 30, True), (999_999, 5, 30, False),
    (999_999, 6, 29, False)])
def test_month_above_thrice_the_median(case, last, before, claims, hit):
    case.take(months(last, before, claims))
    found = [one for one in case.find("O3") if one.figures["matter"] == "month"]
    if hit:
        (one,) = found
        assert (one.grade, one.amount, one.figures["n"]) == ("S", last, 6)
        assert (one.figures["medianFen"], len(one.entries)) == (99_999, 30)
    else:
        assert found == []


@pytest.mark.parametrize("spending, last, hit", [
    # Beside months of 100,000 there are some without aid: they count for nothing.
    (5, 999_999, False), (6, 300_000, False), (6, 300_001, True)])
def test_months_without_aid_are_not_compared_with(case, spending, last, hit):
    case.take([bill(f"m{n}", 900_000, on=f"2024-{n + 1:02}-05",
                    paid=100_000 if n < spending else 0) for n in range(9)],
              [bill(f"c{n}", 900_000, on="2024-10-10", who=n,
                    paid=last // 30 + (last % 30 if n == 0 else 0)) for n in range(30)])
    found = [(one.figures["n"], one.figures["medianFen"], one.amount) for one in case.find("O3")
             if one.figures["matter"] == "month"]
    assert found == ([(6, 100_000, last)] if hit else [])


@pytest.mark.parametrize("spending, hit", [(4, False), (5, True)])
def test_months_of_the_year_that_had_spending(case, spending, hit):
    case.take([bill(f"m{n}", 900_000, on=f"2024-{n + 1:02}-05", paid=30 if n < spending else 0)
               for n in range(8)],
              [bill(f"c{n}", 900_000, on="2024-12-10", who=n, paid=3) for n in range(30)])
    # With December five months, or six, of which it has 90 of 210 or of 240.
    found = [(one.figures["n"], one.amount) for one in case.find("O3")
             if one.figures["matter"] == "december"]
    assert found == ([(6, 90)] if hit else [])


@pytest.mark.parametrize("december, hit", [(110, False), (111, True)])
def test_december(case, december, hit):
    # Eleven months of 30: with 110 in December exactly a quarter of 440.
    records = [bill(f"m{n}", 900_000, on=f"2024-{n + 1:02}-05", paid=30) for n in range(11)]
    records += [bill(f"c{n}", 900_000, on="2024-12-10", who=n,
                     paid=3 + (december - 90 if n == 0 else 0)) for n in range(30)]
    case.take(records)
    found = [one for one in case.find("O3") if one.figures["matter"] == "december"]
    assert [one.amount for one in found] == ([111] if hit else [])


# MARK: O4

def settled(who, household, **particulars):
    record = bill(f"c{who}", 100_000)
    record["body"]["person"] = {**person(who), "household": f"TEST{household:04}", **particulars}
    return record


@pytest.mark.parametrize("households, hit", [(4, False), (5, True)])
def test_one_phone_for_many_households(case, households, hit):
    case.take([settled(n, n, phone="13800001111") for n in range(1, households + 1)],
              settled(99, 1, phone="13800001111"))
    found = case.find("O4")
    assert [one.grade for one in found] == (["S"] if hit else [])


def test_chain_of_phones_addresses_and_accounts(case):
    last = [settled(n, n) for n in (3, 4, 5)]
    for record in last:
        record["body"]["payee"] = {"account": "9991505210000000004", "relation": "self"}
    last[0]["body"]["person"]["address"] = "样例市试验路1号"
    case.take(settled(1, 1, phone="13800001111"),
              settled(2, 2, phone="13800001111", address="样例市试验路1号"), last)
    assert [one.grade for one in case.find("O4")] == ["S"]


@pytest.mark.parametrize("payee", [
    {"relation": "care-institution"}, {"relation": "agent", "authorisation": "授1号"}])
def test_accounts_of_those_who_may(case, payee):
    records = [settled(n, n) for n in range(1, 7)]
    for record in records:
        record["body"]["payee"] = {"account": "9991505210000000004", **payee}
    case.take(records)
    case.nothing("O4")


# MARK: I1

def identified(number, **particulars):
    record = bill(number, 100_000)
    record["body"]["person"] = {"idType": "resident-id", "name": "试甲乙", **particulars}
    return record


@pytest.mark.parametrize("particulars, hit", [
    # Weights 7 9 10 5 8 4 2 1 6 3 7 9 10 5 8 4 2 give a check digit of 5.
    ({"idNumber": "110101199003078515"}, False), ({"idNumber": "110101199003078516"}, True),
    ({"idNumber": "110101199003078515", "birthDate": "1990-03-07", "sex": "male"}, False),
    ({"idNumber": "110101199003078515", "birthDate": "1990-03-08"}, True),
    ({"idNumber": "110101199003078515", "sex": "female"}, True),
    ({"idType": "passport", "idNumber": "110101199003078516"}, False)])
def test_identity_number(case, particulars, hit):
    case.take(identified("a", **particulars))
    assert [one.grade for one in case.find("I1")] == (["F"] if hit else [])


def test_number_merged_into_the_right_one(case):
    wrong = {"idType": "resident-id", "idNumber": "110101199003078516", "name": "试甲乙"}
    right = {**wrong, "idNumber": "110101199003078515"}
    case.take(identified("a", **wrong), entry("m", "person.merged", {
        "from": wrong, "into": right, "reason": "number-corrected"}))
    case.nothing("I1")


# MARK: L1

@pytest.mark.parametrize("days, hit", [(90, False), (91, True)])
def test_recorded_long_after(case, days, hit):
    now = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))).date()
    case.take(bill("a", 100_000, on=(now - datetime.timedelta(days)).isoformat()))
    # Everything before the ledger began was taken over: it is made to have begun long ago.
    case.nothing("L1")
    tamper(case.ledger.path, "UPDATE ledger_created SET recordedAtSeconds = 1483228800")
    if hit:
        case.only("L1", "W", "a", matter="late", records=1, longest=91)
    else:
        case.nothing("L1")


def attached(number, sha256, size):
    return {**bill(number, 100_000),
            "attachments": [{"sha256": sha256, "role": "invoice",
                             "mediaType": "application/pdf", "bytes": size}]}


@pytest.mark.parametrize("second, size, entries", [
    ("a" * 64, 10, None), ("a" * 64, 11, {"a", "b"}), ("b" * 64, 11, None), ("0" * 64, 11, {"b"}),
    ("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", 0, None),
    ("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", 1, {"b"})])
def test_attachments(case, second, size, entries):
    case.take(attached("a", "a" * 64, 10), attached("b", second, size))
    if entries:
        case.only("L1", "F", *entries, matter="attachment")
    else:
        case.nothing("L1")


# MARK: L2

def totalled(count, fen):
    return entry("total", "source.totalled", {
        "recordKind": "claim.settled", "periodFrom": "2024-03-01", "periodTo": "2024-03-31",
        "count": count, "amountFen": fen, "statedBy": "系统管理员"}, on="2024-03-31")


@pytest.mark.parametrize("count, fen, hit", [
    (2, 200_000, False), (1, 100_000, False), (3, 200_000, True), (2, 200_001, True)])
def test_what_the_source_says(case, count, fen, hit):
    # All two, or the one that was not reversed; the bill of April is not of the period.
    case.take(bill("a", 100_000, on="2024-03-01"), bill("b", 100_000, on="2024-03-31"),
              bill("c", 100_000, on="2024-04-01"), reversed_("b"), totalled(count, fen))
    found = [one for one in case.find("L2") if one.figures["matter"] == "total"]
    assert [(one.grade, one.entries) for one in found] == ([("S", {"total"})] if hit else [])


@pytest.mark.parametrize("numbers, gaps", [
    (range(1, 31), 0), ([*range(1, 20), *range(21, 31)], 1), ([1, 2, 40], 0)])
def test_serial_numbers(case, numbers, gaps):
    case.take([bill(f"{number:04}", 100_000) for number in numbers])
    found = [one for one in case.find("L2") if one.figures["matter"] == "gap"]
    assert len(found) == gaps
    for one in found:
        assert (one.grade, one.entries, one.figures["stated"]) == ("S", {"0019", "0021"}, 1)


@pytest.mark.parametrize("bank, hit", [(950_000, False), (949_999, True), (950_001, True),
                                       (1_000_000, False)])
def test_book_and_bank(case, bank, hit):
    case.take(entry("m", "prepayment.made", {
        "institution": "H1", "amountFen": 50_000, "fund": "medical-aid",
        "fromAccount": "medical-aid-treasury-account", "agreementNo": "XY-1"}, on="2024-03-10"),
        entry("b", "fund.balance-stated", {
            "account": "medical-aid-treasury-account", "asOf": "2024-03-31",
            "bookFen": 1_000_000, "bankFen": bank, "docNo": "7号"}, on="2024-04-01"))
    if hit:
        case.only("L2", "S", "b", matter="balance", amount=1_000_000 - bank, clause="-")
    else:
        case.nothing("L2")


def listed(number, period, area="150502", purpose="monthly-update"):
    return entry(number, "list.shared", {
        "purpose": purpose, "fromDepartment": "civil-affairs",
        "toDepartment": "medical-security", "period": period, "count": 1, "added": 0,
        "removed": 0, "sharedOn": f"{period}-17"}, area=area, on=f"{period}-17")


def month_findings(case, matter="monthly-list"):
    return {one.figures["period"]: one for one in case.find("L2")
            if one.figures["matter"] == matter}


@pytest.mark.parametrize("lists, hit", [
    ([listed("l", "2024-03")], False), ([listed("l", "2024-03", area="150500")], False),
    ([listed("l", "2024-02")], True), ([listed("l", "2024-03", purpose="enrolment")], True)])
def test_month_without_its_list(case, lists, hit):
    case.take(tongliao(), bill("a", 100_000), lists, listed("m", "2024-04"),
              bill("later", 100_000, on="2024-05-01"))
    found = month_findings(case)
    assert [(one.grade, one.clause, period) for period, one in found.items()] == (
        [("F", "T07", "2024-03")] if hit else [])


def test_months_are_those_of_all_that_was_sent_in(case):
    """From the adoption on, whether or not there are bills; until the last month that is over."""
    case.take(tongliao(), bill("a", 100_000, on="2022-11-05"), listed("l", "2023-02"),
              bill("b", 100_000, on="2023-05-21"), listed("n", "2023-05", area="150521"),
              bill("c", 100_000, area="150521", on="2023-06-05"))
    found = month_findings(case)
    # Of May too, whose 20th came before the last bill; the other county sent nothing until June.
    assert sorted(found) == ["2023-01", "2023-03", "2023-04", "2023-05"]
    assert found["2023-01"].entries == {"a", "l"}
    assert found["2023-03"].entries == {"l", "b"}


def test_first_month_counts_where_its_day_was_still_to_come(case):
    case.take(tongliao(), bill("a", 100_000, on="2024-03-21"), listed("l", "2024-04"),
              bill("b", 100_000, on="2024-05-02"))
    assert month_findings(case) == {}


def test_reversed_bill_owes_no_list(case):
    case.take(tongliao(), bill("a", 100_000), reversed_("a"), bill("b", 100_000, on="2024-05-02"),
              listed("l", "2024-05"))
    assert month_findings(case) == {}


def test_year_of_warnings_that_were_not_pushed(case):
    case.take(tongliao(), bill("a", 100_000, on="2024-01-05"),
              listed("l", "2024-02", purpose="warning-push"), bill("b", 100_000, on="2024-05-02"))
    (one,) = month_findings(case, "warning-push").values()
    assert (one.grade, one.clause, one.figures["stated"]) == ("W", "T33", 3)
    assert one.entries == {"a", "b"}


@pytest.mark.parametrize("fen, amount", [(150_000, 50_000), (250_000, 50_000)])
def test_difference_has_no_sign(case, fen, amount):
    """A surplus and a deficit do not cancel, and no clause speaks of totals."""
    case.take(tongliao(), bill("a", 200_000), totalled(1, fen))
    (one,) = [one for one in case.find("L2") if one.figures["matter"] == "total"]
    assert (one.amount, one.clause, one.figures["statedFen"], one.figures["foundFen"]) == (
        amount, "-", fen, 200_000)
