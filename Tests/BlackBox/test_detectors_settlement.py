"""What is found of settlement: sums, re-performance, caps, resolutions, duplicates, steps.

Each detector has a hit and a near-miss on both sides of its boundary, reckoned by hand."""

import contextlib

import pytest

import detecting
from cases import (Case, adopted, approved, at, certified, claim, designated, entry, guangzhou,
                   jiangmen, liupanshui, paid, parameter, person, reversed_, subsidised,
                   tongliao)


@pytest.fixture
def case(new_ledger):
    return Case(new_ledger)


def dibao():
    """Tongliao with 80% for dibao inpatients, where the document demands 70."""
    return [tongliao(), certified(1, "dibao"),
            parameter("aid-ratio", basisPoints=8_000, category="dibao")]


# MARK: S1

def test_sums_to_the_fen(case):
    sound = claim("a", 1, "dibao", 100_000)
    payers = claim("b", 1, "dibao", 100_000, on="2024-04-05")
    payers["body"]["amounts"]["cashPaidFen"] -= 1
    components = claim("c", 1, "dibao", 100_000, on="2024-05-05")
    components["body"]["amounts"]["ownExpenseFen"] += 1
    premium = subsidised("d", 1, "dibao", 19_000)
    premium["body"]["personPaidFen"] += 1
    case.take(sound, payers, components, subsidised("e", 2, "dibao", 19_000), premium)
    found = {frozenset(one.entries): (one.grade, one.figures["sum"], one.amount)
             for one in case.find("S1")}
    assert found == {frozenset("b"): ("F", "payers", 1), frozenset("c"): ("F", "components", 1),
                     frozenset("d"): ("F", "premium", 1)}


@pytest.mark.parametrize("components, payers, sum, amount", [
    (1, 1, "components", 1), (1, 2, "payers", 2), (2, 1, "components", 2)])
def test_one_wrong_total_is_one_amount(case, components, payers, sum, amount):
    """The total agrees with neither side: the larger difference counts, and not both."""
    wrong = claim("a", 1, "dibao", 100_000)
    wrong["body"]["amounts"]["ownExpenseFen"] += components
    wrong["body"]["amounts"]["cashPaidFen"] += payers
    case.take(wrong)
    case.only("S1", "F", "a", sum=sum, amount=amount)


def test_review_that_does_not_add_up(case):
    def review(number, rejected):
        return entry(number, "review.concluded", {
            "claims": [at("a")], "organisers": ["health"], "expertCount": 3,
            "reviewedFen": 1_200_000, "acceptedFen": 1_000_000, "rejectedFen": rejected,
            "heldOn": "2019-05-06"})
    case.take(review("r", 200_000), review("s", 199_999))
    case.only("S1", "F", "s", sum="review", amount=1)


# MARK: S2

@pytest.mark.parametrize("fen, difference, amount", [
    (699_999, "below-floor", 100_001), (799_999, "under", 1), (800_000, None, 0),
    (800_001, "over", 1)])
def test_aid_to_the_fen(case, fen, difference, amount):
    case.take(dibao(), claim("a", 1, "dibao", fen))
    if difference:
        case.only("S2", "F", "a", difference=difference, amount=amount, actualFen=fen,
                  expectedFen=800_000, clause="T23")
    else:
        case.nothing("S2")


def liupanshui_parameters():
    """70% of basic insurance and of aid; the clauses add 10 points, and give 80% after it."""
    return [liupanshui(), certified(1, "dibao", area="520201"),
            parameter("basic-ratio", "520200", basisPoints=7_000),
            parameter("basic-cap", "520200", valueFen=30_000_000),
            parameter("major-illness-scope", "520200", valueCode=["inpatient"]),
            parameter("aid-ratio", "520200", basisPoints=7_000),
            parameter("rounding", "520200", valueCode="half-up"),
            parameter("deductible-period", "520200", valueCode="year")]


def test_insurers_error_is_told_and_aid_not_blamed(case):
    # As recorded: 10,000 - 7,000 = 3,000, of which 80% are 2,400; of 600 left, 70% are 420.
    # Anew: 10,000 x 80% = 8,000; of 2,000, 1,600; of 400, 280.
    case.take(liupanshui_parameters(),
              claim("a", 1, "dibao", 42_000, basic=700_000, major=240_000, area="520201",
                    on="2018-03-05"))
    case.only("S2", "W", "a", difference="over-reperformed", actualFen=42_000,
              expectedFen=42_000, reperformedFen=28_000, amount=14_000, basicVerdict="under",
              majorIllnessVerdict="exact", clause="-")


def test_clause_that_fixes_the_difference(case):
    """Not all that were used: the insurers' clauses are not those of aid."""
    case.take(liupanshui_parameters(),
              claim("a", 1, "dibao", 42_001, basic=700_000, major=240_000, area="520201",
                    on="2018-03-05"))
    case.only("S2", "F", "a", difference="over", amount=1, clause="L23")


def test_deductible_that_the_clause_forbids(case):
    # T19 names dibao: of 10,000 yuan 80% are due, and 1,000 yuan were taken off first.
    bill = claim("a", 1, "dibao", 720_000)
    bill["body"]["amounts"]["aidDeductibleAppliedFen"] = 100_000
    case.take(dibao(), bill)
    case.only("S2", "F", "a", difference="under", amount=80_000, clause="T23 T19")


def test_outpatient_aid_is_of_its_own_clause(case):
    parts = {"type": "chronic-outpatient"}
    case.take(dibao(), claim("a", 1, "dibao", 700_001, visit=parts),
              claim("b", 1, "dibao", 700_000, visit=parts, on="2024-04-05"))
    case.only("S2", "F", "a", difference="over", amount=1, clause="T25")


def test_cap_is_quoted_where_the_year_has_passed_it(case):
    """Of 150,000 and 20,000 yuan 80% are 120,000 and 16,000, but the cap leaves 10,000."""
    case.take(dibao(), claim("a", 1, "dibao", 12_000_000, compliant=15_000_000),
              claim("b", 1, "dibao", 1_600_000, compliant=2_000_000, on="2024-04-05"))
    case.only("S2", "F", "b", difference="over", amount=600_000, clause="T18")


def test_cap_and_ratio_are_quoted_where_both_were_passed(case):
    """Of 10,000 yuan 80% are 8,000, within the 10,000 that the cap leaves; 10,000.01 are not."""
    case.take(dibao(), claim("a", 1, "dibao", 12_000_000, compliant=15_000_000),
              claim("b", 1, "dibao", 1_000_001, compliant=1_000_001, on="2024-04-05"),
              parameter("rounding", valueCode="down"))
    case.only("S2", "F", "b", difference="over", amount=200_001, clause="T23 T18")


@pytest.mark.parametrize("named", ["T41", "C4"])
def test_what_is_excused_from_referral_is_not_reckoned(case, named):
    """An exception lets the aid stand; the verdict then says nothing of its sum."""
    excuse = entry("x", "exception.granted", {
        "rule": named, "subject": at("a"), "by": "医保局", "docNo": "9号", "reason": "急诊"},
        on="2024-04-06")
    case.take(dibao(), parameter("referral-required", valueCode="outside-coordination-area"),
              designated("150102"), excuse,
              claim("a", 1, "dibao", 800_000, institution="H150102", referral="none"))
    case.nothing("S2")
    case.only("C4", "F", "a", clause="T41")


def test_unmet_condition_is_not_an_amount(case):
    case.take(dibao(), claim("a", 1, "tekun", 800_000))
    case.nothing("S2")


def test_what_cannot_be_judged_is_told(case):
    case.take(tongliao(), certified(1, "dibao"), claim("a", 1, "dibao", 700_000),
              claim("b", 1, "dibao", 700_000, on="2022-03-05"))
    case.nothing("S2")
    assert "clause rulebook year 2022 area 150502" in case.missing


# MARK: S3

def insured(area):
    return [parameter("basic-ratio", area, basisPoints=5_000),
            parameter("basic-deductible", area, valueFen=50_000),
            parameter("basic-cap", area, valueFen=30_000_000)]


@pytest.mark.parametrize("compliant, hit", [(50_000, False), (60_000, True)])
def test_basic_insurance_that_paid_nothing(case, compliant, hit):
    # Above the deductible of 500 yuan it owes a half: of 600 yuan, 50.
    case.take(adopted("guangdong-2022", "440100", "2023-01-01"), insured("440100"),
              certified(1, "dibao", area="440103"),
              parameter("aid-ratio", "440100", basisPoints=7_000),
              parameter("annual-cap", "440100", valueFen=10_000_000),
              claim("a", 1, "dibao", compliant * 7 // 10, compliant=compliant, area="440103"))
    if hit:
        case.only("S3", "F", "a", layer="basic", owedFen=5_000, aidFen=42_000, clause="P10")
    else:
        case.nothing("S3")


def test_principle_left_to_the_locality_is_a_warning(case):
    case.take(dibao(), insured("150500"), claim("a", 1, "dibao", 0, compliant=60_000),
              claim("b", 1, "dibao", 48_000, compliant=60_000, on="2024-04-05"))
    case.only("S3", "W", "b", layer="basic", clause="T37")


def test_of_two_clauses_the_one_that_binds(case):
    """Where P10 is in force as well as T37, the breach is of P10, whichever comes first."""
    case.take(adopted("guangdong-2022", "440100", "2023-01-01"), insured("440100"),
              certified(1, "dibao", area="440103"),
              parameter("aid-ratio", "440100", basisPoints=7_000),
              parameter("annual-cap", "440100", valueFen=10_000_000),
              claim("a", 1, "dibao", 42_000, compliant=60_000, area="440103"))
    both = """
        INSERT INTO provision (provision, rulebook, rule, nature, topic, area, fromDay, toDay)
        SELECT -1, 'tongliao-2022', 'T37', 'left-to-the-locality', topic, area, fromDay, toDay
        FROM provision WHERE topic = 'insurance-first'"""
    with contextlib.closing(detecting.open_ledger(case.ledger.path)) as database:
        database.execute(both)
        (one,) = detecting.run(database, "S3")[0].values()
    assert (one.grade, one.clause) == ("F", "P10")


# MARK: S4, S5

def guangdong(*more):
    return [guangzhou(), certified(1, "dibao", area="440103"),
            parameter("aid-base-mode", "440100", valueCode="per-visit"),
            parameter("aid-ratio", "440100", basisPoints=10_000),
            parameter("annual-cap", "440100", valueFen=3_000_000), *more]


def bill(number, fen, on="2018-03-05"):
    return claim(number, 1, "dibao", fen, compliant=2_000_000, area="440103", on=on)


@pytest.mark.parametrize("second, hit", [(1_000_000, False), (1_000_001, True)])
def test_cap_to_the_fen(case, second, hit):
    case.take(guangdong(), bill("a", 2_000_000), bill("b", second, on="2018-04-05"))
    if hit:
        case.only("S4", "F", "b", cap="annual", yearFen=3_000_001, capFen=3_000_000, amount=1,
                  clause="G15")
    else:
        case.nothing("S4")


@pytest.mark.parametrize("fen, hit", [(13_000_000, False), (13_000_001, True)])
def test_cap_of_the_document(case, fen, hit):
    case.take(dibao(), claim("a", 1, "dibao", fen, compliant=20_000_000))
    if hit:
        case.only("S4", "F", "a", capFen=13_000_000, amount=1, clause="T18")
    else:
        case.nothing("S4")


@pytest.mark.parametrize("fen, hit", [(5_000_000, False), (5_000_001, True)])
def test_tilt_aid_is_summed_apart(case, fen, hit):
    # 100,000 yuan are left above the deductible; 70% are 70,000, and the cap is 50,000.
    case.take(tongliao(), certified(1, "dibao"),
              parameter("aid-ratio", basisPoints=7_000, category="dibao"),
              parameter("tilt-deductible", valueFen=0),
              parameter("tilt-mode", valueCode="on-application"),
              claim("a", 1, "dibao", 13_000_000, compliant=30_000_000),
              approved("b", 1, "dibao", "tilt", fen, ["a"]))
    if hit:
        case.only("S4", "F", "b", cap="tilt", capFen=5_000_000, amount=1, clause="T26")
    else:
        case.nothing("S4")


def resolution(held="2018-05-06", who=1, year=2018, total=3_500_000, departments=2,
               body="困难群众生活保障协调机制"):
    names = ["civil-affairs", "finance", "health"][:departments]
    return entry("r", "resolution.adopted", {
        "body": body, "number": "1", "heldOn": held,
        "departments": [{"department": name, "signatory": "赵样签"} for name in names],
        "items": [{"person": person(who), "year": year, "capFen": 3_000_000,
                   "approvedYearTotalFen": total, "reason": "重病"}]}, area="440103", on=held)


def passing(fen=500_000, on="2018-05-06"):
    """Aid of 30,000 yuan, the cap, and then more by an approval that names the resolution."""
    return [bill("a", 2_000_000), bill("b", 1_000_000, on="2018-04-05"),
            approved("c", 1, "dibao", "above-cap", fen, ["b"], area="440103", on=on,
                     resolution=at("r"))]


def test_sound_resolution(case):
    case.take(guangdong(parameter("resolution-quorum", "440100", valueCount=2)), resolution(),
              passing())
    case.nothing("S5")
    case.nothing("S4")


@pytest.mark.parametrize("changes, aspect", [
    ({"held": "2018-05-07"}, "held-after"), ({"who": 2}, "other-person"),
    ({"year": 2019}, "other-year"), ({"total": 3_499_999}, "exceeded"),
    ({"departments": 1}, "quorum"), ({"body": "某某领导小组"}, "body")])
def test_resolution_misused(case, changes, aspect):
    case.take(guangdong(parameter("resolution-quorum", "440100", valueCount=2)),
              resolution(**changes), passing())
    case.only("S5", "F", "c", "r", aspect=aspect, usedFen=3_500_000, clause="G15")
    case.only("S4", "F", "c", "r", yearFen=3_500_000, amount=500_000)


def test_no_clause_no_accusation(case):
    misused = passing()
    for record in misused:
        record["area"] = "150502"
    case.take(tongliao(), resolution(held="2018-05-07"), misused)
    case.nothing("S5")


# MARK: S6

@pytest.mark.parametrize("line, fen, hit", [
    (1_000_000, 400_000, True), (1_000_001, 400_000, False), (1_000_000, 0, False)])
def test_earlier_aid_not_deducted(case, line, fen, hit):
    # The year's base is 10,000 yuan; 40% are due in all, and as much was aided by the visit.
    case.take(guangdong(), parameter("aid-ratio", "440103", basisPoints=4_000),
              parameter("major-illness-aid-ratio", "440100", basisPoints=4_000),
              parameter("offset-mode", "440100", valueCode="amount"),
              parameter("major-illness-deductible", "440100", valueFen=line),
              claim("a", 1, "dibao", 400_000, area="440103", on="2018-03-05"),
              approved("b", 1, "dibao", "major-illness", fen, ["a"], area="440103",
                       on="2018-05-06"))
    if hit:
        case.only("S6", "F", "a", "b", amount=400_000, earlierFen=400_000, burdenFen=1_000_000,
                  clause="G18")
    else:
        case.nothing("S6")


# MARK: S7, S8

@pytest.mark.parametrize("area, year, grade, clause", [
    ("520201", 2018, "F", "L19"), ("150502", 2024, "W", "-")])
def test_one_stay_twice_and_one_invoice_twice(case, area, year, grade, clause):
    stay = {"admissionNo": "Z1", "settlementNo": "1"}
    first, later = {"area": area, "on": f"{year}-03-05"}, {"area": area, "on": f"{year}-04-05"}
    case.take(tongliao(), liupanshui(),
              claim("a", 1, "dibao", 0, visit=stay, **first),
              claim("b", 1, "dibao", 0, visit=stay, compliant=900_000, **later),
              claim("c", 2, "dibao", 0, invoice="X", **first),
              claim("d", 2, "dibao", 0, invoice="X", compliant=800_000, **later))
    found = {frozenset(one.entries): (one.grade, one.clause, one.figures["aspect"])
             for one in case.find("S7")}
    assert found == {frozenset("ab"): (grade, clause, "same-stay"),
                     frozenset("cd"): (grade, clause, "same-invoice")}


def part(number, aid, since, until, **more):
    return claim(number, 1, "dibao", aid, compliant=800_000, area="520201", on=until,
                 visit={"admissionNo": "Z1", "settlementNo": f"N-{number}", "admittedOn": since,
                        **more})


@pytest.mark.parametrize("aid, since, until, hit", [
    (300_000, "2018-03-01", "2018-03-10", "F"), (0, "2018-03-01", "2018-03-10", "W"),
    (300_000, "2018-03-09", "2018-03-12", "F"), (300_000, "2018-03-10", "2018-03-12", None),
    (300_000, "2018-02-20", "2018-03-01", None), (300_000, "2018-02-20", "2018-03-02", "F")])
def test_one_admission_settled_as_final_twice(case, aid, since, until, hit):
    # The first from 1 to 10 March; the numbers of invoice and settlement differ.
    case.take(liupanshui(), part("a", 300_000, "2018-03-01", "2018-03-10"),
              part("b", aid, since, until))
    if hit:
        case.only("S7", hit, "a", "b", aspect="same-stay", clause="L19", amount=aid)
    else:
        case.nothing("S7")


@pytest.mark.parametrize("first, second", [
    ({"settlement": "interim"}, {}), ({"type": "outpatient"}, {"type": "outpatient"}),
    ({"periodFrom": "2018-03-01", "periodTo": "2018-03-05"},
     {"periodFrom": "2018-03-06", "periodTo": "2018-03-10"})])
def test_parts_and_visits_of_one_number_are_not_the_same_stay(case, first, second):
    case.take(liupanshui(), part("a", 300_000, "2018-03-01", "2018-03-10", **first),
              part("b", 300_000, "2018-03-01", "2018-03-10", **second))
    case.nothing("S7")


def test_stay_settled_anew_after_it_was_taken_back(case):
    days = "2018-03-01", "2018-03-10"
    case.take(liupanshui(), part("a", 300_000, *days), reversed_("a"), part("b", 300_000, *days))
    case.nothing("S7")


def test_stay_settled_three_times_is_one_finding(case):
    case.take(liupanshui(), part("a", 300_000, "2018-03-01", "2018-03-20"),
              part("b", 300_000, "2018-03-02", "2018-03-05"),
              part("c", 300_000, "2018-03-18", "2018-03-25"))
    case.only("S7", "F", "a", "b", "c", aspect="same-stay")


def test_admission_number_used_again_is_another_stay(case):
    stay = {"admissionNo": "Z1"}
    case.take(liupanshui(),
              claim("a", 1, "dibao", 0, visit=stay, area="520201", on="2018-03-05"),
              claim("b", 1, "dibao", 0, visit=stay, area="520201", on="2019-03-05",
                    compliant=900_000))
    case.nothing("S7")


def test_parts_of_one_stay_are_sound(case):
    case.take(tongliao(), *(
        claim(number, 1, "dibao", 0, compliant=fen, on=on,
              visit={"admissionNo": "Z1", "settlement": kind})
        for number, fen, on, kind in [("a", 300_000, "2023-12-30", "year-end"),
                                      ("b", 200_000, "2024-01-20", "interim"),
                                      ("c", 100_000, "2024-01-28", "final")]),
        claim("d", 2, "dibao", 0, invoice="X"),
        claim("e", 2, "dibao", 0, invoice="X", area="150521", on="2024-09-05"))
    case.nothing("S7")


@pytest.mark.parametrize("day, hit", [("2024-03-08", True), ("2024-03-09", False)])
def test_equal_totals_on_near_days(case, day, hit):
    case.take(tongliao(), claim("a", 1, "dibao", 0), claim("b", 1, "dibao", 0, on=day))
    if hit:
        case.only("S7", "S", "a", "b", aspect="same-total", daysApart=3, clause="-")
    else:
        case.nothing("S7")


@pytest.mark.parametrize("diagnosis", ["N18.5", "Z49.1", "Z51.1"])
def test_sessions_at_one_price_are_not_the_same_bill(case, diagnosis):
    case.take(tongliao(), *(
        claim(number, 1, "dibao", 0, on=day, visit={"type": "outpatient", "diagnosis": diagnosis})
        for number, day in [("a", "2024-03-05"), ("b", "2024-03-07"), ("c", "2024-03-09")]))
    case.nothing("S7")


def test_same_stay_where_no_clause_forbids_it_is_a_warning(case):
    case.take(guangzhou(), claim("a", 1, "dibao", 0, area="440103", invoice="X"),
              claim("b", 1, "dibao", 0, area="440103", invoice="X", on="2024-09-05"))
    case.only("S7", "W", "a", "b", clause="-")


@pytest.mark.parametrize("category, hit", [("poverty-returned", True), ("dibao", False)])
def test_aided_under_two_identities(case, category, hit):
    case.take(dibao(), certified(1, "poverty-returned"),
              parameter("aid-ratio", basisPoints=7_000, category="poverty-returned"),
              parameter("annual-cap", valueFen=13_000_000, category="poverty-returned"),
              parameter("deductible", valueFen=0, category="poverty-returned"),
              claim("a", 1, "dibao", 800_000),
              approved("b", 1, category, "regular", 100_000, ["a"]))
    if hit:
        case.only("S8", "F", "a", "b", amount=100_000, firstCategory="dibao", clause="T28")
    else:
        case.nothing("S8")


def test_higher_identity_made_up_afterwards_is_sound(case):
    bill = claim("a", 1, "dibao", 800_000)
    bill["body"]["settledAt"], bill["occurredOn"] = "2024-04-02T10:00:00+08:00", "2024-04-02"
    case.take(dibao(), certified(1, "tekun", since="2024-04-01", basis="on-application"),
              parameter("category-date", valueCode="dischargedOn"), bill,
              approved("b", 1, "tekun", "regular", 200_000, ["a"]))
    case.nothing("S8")


@pytest.mark.parametrize("kind, second, hit", [
    ("final", "tekun", True), ("interim", "tekun", False), ("final", "dibao", False)])
def test_one_stay_settled_under_two_identities(case, kind, second, hit):
    # As a destitute person, who gets all, the person is due 500.00 of the later bill.
    case.take(dibao(), certified(1, "tekun"),
              claim("a", 1, "dibao", 800_000, visit={"admissionNo": "Z1", "settlement": kind}),
              claim("b", 1, second, 50_000, compliant=50_000, on="2024-04-05",
                    visit={"admissionNo": "Z1"}, invoice="Y"))
    if hit:
        case.only("S8", "F", "a", "b", amount=50_000, clause="T28")
    else:
        case.nothing("S8")


# MARK: S9, S10

@pytest.mark.parametrize("fund, hospital, hit", [
    (80_001, 20_000, False), (80_000, 20_001, True), (80_001, 19_999, True)])
def test_80_and_20(case, fund, hospital, hit):
    # Of 1,000.01 yuan 80% are 800.008, half up 800.01; the hospital bears 200.00.
    case.take(jiangmen(), designated("440703"),
              certified(1, "targeted-poverty", area="440703"),
              parameter("own-expense-components", "440700", valueCode=["ownExpense"]),
              claim("a", 1, "targeted-poverty", 0, basic=1_000_000, own=100_001, fund=fund,
                    hospital=hospital, area="440703", on="2019-03-05"))
    if hit:
        case.only("S9", "F", "a", fundDueFen=80_001, hospitalDueFen=20_000, amount=1,
                  clause="J05")
    else:
        case.nothing("S9")


@pytest.mark.parametrize("basic, major, layer", [
    (800_000, 160_000, None), (799_999, 160_001, "basic"), (800_000, 159_999, "major-illness")])
def test_layers_to_the_fen(case, basic, major, layer):
    # 70 and 10 points of 10,000 yuan; then 80% of what is left, of 2,000.01 yuan rounded up.
    case.take(liupanshui_parameters(),
              claim("a", 1, "dibao", 28_000, basic=basic, major=major, area="520201",
                    on="2018-03-05"))
    if layer == "basic":
        case.only("S10", "F", "a", layer=layer, dueFen=800_000, amount=1, clause="L12")
    elif layer:
        case.only("S10", "F", "a", layer=layer, dueFen=160_000, amount=1, clause="L13")
    else:
        case.nothing("S10")


def test_layers_that_nobody_laid_down(case):
    case.take(dibao(), claim("a", 1, "dibao", 800_000))
    case.nothing("S10")
    assert case.missing == {"parameter major-illness-insurance year 2024 area 150502"}
    case.nothing("S3")
    assert case.missing == {"parameter basic-insurance year 2024 area 150502"}


def test_whole_settlement_that_cannot_be_judged(case):
    case.take(jiangmen(), certified(1, "targeted-poverty", area="440703"),
              claim("a", 1, "targeted-poverty", 0, basic=1_000_000, own=100_001, fund=80_000,
                    hospital=20_001, area="440703", on="2019-03-05"))
    case.nothing("S9")
    assert case.missing == {"record institution.designated institution H440703"}


# MARK: S11

def steps(received="2018-04-01", checked="2018-04-01", public=("2018-04-02", "2018-04-10"),
          kind="second", decided="2018-04-10", settled="2018-04-10"):
    """An application with all its steps, each on its earliest day."""
    applied = entry("q", "aid.applied", {
        "person": person(1), "aidType": kind, "claims": [], "channel": "counter",
        "receivedOn": received}, area="440103", on=received)
    records = [applied]
    if checked:
        records.append(entry("h", "means.checked", {
            "application": at("q"), "system": "核对系统", "checkedOn": checked,
            "outcome": "eligible", "householdSize": 3, "incomePerHeadFen": 500_000,
            "medicalBurdenFen": 900_000, "assetsMeet": True, "hukouArea": "440103",
            "referenceYear": 2017}, area="440103", on=checked))
    if public:
        records.append(entry("p", "publicity.held", {
            "application": at("q"), "fromDate": public[0], "toDate": public[1], "place": "公示栏",
            "objections": 0}, area="440103", on=public[1]))
    return [*records,
            approved("a", 1, "dibao", kind, 5_000, area="440103", on=decided,
                     application=at("q")),
            paid("z", 1, "a", 5_000, area="440103", on=settled)]


def test_steps_of_one_day_are_in_order(case):
    case.take(guangzhou(), certified(1, "dibao", area="440103"), steps())
    case.nothing("S11")


@pytest.mark.parametrize("changes, aspect, entries", [
    ({"checked": "2018-03-31"}, "check-before-application", "qhpa"),
    ({"checked": "2018-04-11"}, "check-after-approval", "qhpa"),
    ({"checked": None}, "no-means-check", "qpa"), ({"public": None}, "no-publicity", "qha"),
    ({"public": ("2018-04-02", "2018-04-11")}, "publicity-after-approval", "qhpa"),
    ({"checked": "2018-04-05", "public": ("2018-04-02", "2018-04-04")},
     "publicity-before-check", "qhpa"),
    ({"settled": "2018-04-09"}, "paid-before-approval", "az")])
def test_steps_out_of_order(case, changes, aspect, entries):
    case.take(guangzhou(), certified(1, "dibao", area="440103"), steps(**changes))
    case.only("S11", "F", *entries, aspect=aspect, clause="G14")


@pytest.mark.parametrize("basis, hit", [("standing", False), ("on-application", True)])
def test_only_persons_not_on_file_go_all_the_way(case, basis, hit):
    case.take(guangzhou(), certified(1, "dibao", area="440103", basis=basis),
              steps(kind="regular", public=None))
    if hit:
        case.only("S11", "F", *"qha", aspect="no-publicity")
    else:
        case.nothing("S11")


@pytest.mark.parametrize("named_by", ["application", "approval"])
@pytest.mark.parametrize("until, ended, kind, hit", [
    ("2018-03-05", None, "regular", False), ("2018-03-04", None, "regular", True),
    (None, "2018-03-05", "regular", False), (None, "2018-03-04", "regular", True),
    ("2018-03-05", None, "second", True)])
def test_on_file_on_the_day_of_the_discharge(case, named_by, until, ended, kind, hit):
    """Who was on file when the bill arose is not one of those of whom G14 speaks."""
    records = steps(kind=kind, public=None)
    for record in records:
        if record["kind"] == {"application": "aid.applied", "approval": "aid.approved"}[named_by]:
            record["body"]["claims"] = [at("k")]
    endings = [] if ended is None else [entry("ended", "eligibility.ended", {
        "person": person(1), "category": "dibao", "endedOn": ended, "reason": "exit"},
        area="440103", on=ended)]
    case.take(guangzhou(), certified(1, "dibao", area="440103", until=until), endings,
              claim("k", 1, "dibao", 0, area="440103", on="2018-03-05"), records)
    if hit:
        case.only("S11", "F", *"qha", aspect="no-publicity")
    else:
        case.nothing("S11")


def test_steps_only_where_the_clause_is_in_force(case):
    records = steps(public=None)
    for record in records:
        record["area"] = "150502"
    case.take(tongliao(), guangzhou(), records)
    case.nothing("S11")
