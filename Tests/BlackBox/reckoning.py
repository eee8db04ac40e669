"""Reckons a sample's payments anew: by hand, as it were, from what the sample itself declares and
from the figures of the documents. It shares nothing with the program."""
import collections
import json

TONGLIAO, GUANGZHOU, JIANGMEN, LIUPANSHUI = "1505", "4401", "4407", "5202"
IN_FORCE = {TONGLIAO: "2023-01-01", GUANGZHOU: "2017-09-27", JIANGMEN: "2017-09-27",
            LIUPANSHUI: "2017-08-24"}
# Persons whose aid waits for their own application.
ON_APPLICATION = {
    TONGLIAO: {"dibao-edge", "poverty-prone", "illness-poverty", "orphan", "poverty-returned",
               "other-hardship"},
    GUANGZHOU: {"illness-poverty"},
    JIANGMEN: {"illness-poverty"},
    LIUPANSHUI: set(),
}
FAVOURED_IN_TONGLIAO = {"tekun", "dibao", "poverty-returned"}
KEYS = ("category", "scheme", "visitType", "institutionLevel", "fund")


def share(fen, basis_points):
    """Half up."""
    return (fen * basis_points + 5_000) // 10_000


class Sample:
    """A sample's records, as far as benefits depend on them."""

    def __init__(self, lines):
        self.records = [json.loads(line) for line in lines]
        self.parameters = collections.defaultdict(list)
        self.institutions = {}
        self.held = collections.defaultdict(list)
        self.reversed = set()
        self.reviewed = {}
        self.targeted_referrals = collections.defaultdict(list)
        self.resolutions = {}
        self.merged = {}
        for record in self.records:
            self.read(record)

    def read(self, record):
        body = record["body"]
        kind = record["kind"]
        if kind == "parameter.set":
            self.parameters[record["area"][:4], body["name"]].append(body)
        elif kind == "institution.designated":
            self.institutions[body["institution"]["code"]] = body["institution"]
        elif kind == "eligibility.certified":
            self.held[person(body)].append([body["category"], body["validFrom"],
                                            body.get("validTo", "9999")])
        elif kind == "eligibility.ended":
            for item in self.held[person(body)]:
                if item[0] == body["category"] and item[1] <= body["endedOn"] < item[2]:
                    item[2] = body["endedOn"]
        elif kind == "entry.reversed":
            self.reversed.add(key(body["reverses"]))
        elif kind == "review.concluded":
            for claim in body["claims"]:
                self.reviewed[key(claim)] = body["acceptedFen"]
        elif kind == "referral.filed" and body["type"] == "targeted":
            self.targeted_referrals[person(body)].append(body)
        elif kind == "resolution.adopted":
            self.resolutions[key(record)] = body

    def parameter(self, name, area, year, day, **keys):
        """The value of the nearest parameter; None where none is laid down."""
        best, best_rank = None, None
        for body in self.parameters[area[:4], name]:
            fits = all(body.get(k) in (None, keys.get(k)) for k in KEYS)
            if not fits or body.get("year") not in (None, year):
                continue
            if not body.get("validFrom", "") <= day <= body.get("validTo", "9999"):
                continue
            rank = (sum(k in body for k in KEYS + ("year",)), body.get("validFrom", ""))
            if best_rank is None or rank > best_rank:
                best, best_rank = body, rank
        if best is None:
            return None
        for field in ("valueFen", "basisPoints", "valueCode", "tiers", "valueCount", "valueDate"):
            if field in best:
                return best[field]
        return None

    def categories(self, who, day):
        return [c for c, start, end in self.held[who] if start <= day <= end]


def key(reference):
    return reference["source"], reference["id"]


def person(body):
    return body["person"]["idType"], body["person"]["idNumber"]


class Year:
    """Running sums of one person and year, as recorded."""

    def __init__(self):
        self.basic = self.major = self.burden = self.aid = self.used = self.bases = 0
        self.tilt = self.left = 0
        self.is_under_new_terms = False


class Reckoner:
    """Yields (record, what, due, paid) of everything judged, in the order in which it counts."""

    def __init__(self, sample):
        self.sample = sample
        self.years = collections.defaultdict(Year)
        self.entitled = {}
        self.claims = {}
        self.subsidised = set()

    def run(self):
        order = []
        for record in self.sample.records:
            if key(record) in self.sample.reversed:
                continue
            if record["kind"] == "claim.settled":
                order.append((record["body"]["settledAt"][:19], record))
            elif record["kind"] in ("aid.approved", "enrolment.subsidised"):
                order.append((record["occurredOn"] + "T00:00:00", record))
        order.sort(key=lambda item: (item[0], item[1]["source"], item[1]["id"]))
        for _, record in order:
            reckon = {"claim.settled": self.claim, "aid.approved": self.approval,
                      "enrolment.subsidised": self.subsidy}[record["kind"]]
            yield from reckon(record)

    # Subsidies

    def subsidy(self, record):
        body, area = record["body"], record["area"]
        city, year = area[:4], body["year"]
        if body["approvedOn"] < IN_FORCE[city]:
            return
        held = self.sample.categories(person(body), body["approvedOn"])
        yield record, "category", True, body["category"] in held
        again = (person(body), year) in self.subsidised
        self.subsidised.add((person(body), year))
        due = 0 if again else self.subsidy_due(city, area, body)
        yield record, "subsidy", due, body["subsidyFen"]
        fund = {(LIUPANSHUI, "registered-poor"): "social-undertakings",
                (LIUPANSHUI, "other-hardship"): "county-budget"}.get(
                    (city, body["category"]), "medical-aid")
        yield record, "fund", fund, body["fund"]

    def subsidy_due(self, city, area, body):
        category, premium = body["category"], body["premiumFen"]
        full = {
            TONGLIAO: {"tekun", "orphan"},
            LIUPANSHUI: {"tekun", "laid-off-1960s", "mental-dangerous", "other-hardship"},
        }.get(city, {"dibao", "tekun", "registered-poor", "low-income-disabled",
                     "low-income-ill", "low-income-elderly", "low-income-minor"})
        is_new_guangdong = city.startswith("44") and body["year"] >= 2023
        declared = self.sample.parameter(
            "premium", area, body["year"], body["approvedOn"], scheme=body["scheme"])
        assert declared == premium, record_name(body)
        if category in full and body["scheme"] == "resident" and not is_new_guangdong:
            return premium
        return self.sample.parameter(
            "subsidy-standard", area, body["year"], body["approvedOn"], category=category,
            scheme=body["scheme"])

    # Claims

    def claim(self, record):
        body, area = record["body"], record["area"]
        visit, amounts = body["visit"], collections.Counter(body["amounts"])
        day, city, category = visit["dischargedOn"], area[:4], body["category"]
        state = self.years[person(body), body["benefitYear"]]
        keys = {"category": category, "scheme": body["scheme"], "visitType": visit["type"],
                "institutionLevel": self.sample.institutions[body["institution"]]["level"]}

        def ask(name):
            return self.sample.parameter(name, area, body["benefitYear"], day, **keys)

        # Liupanshui's plan has major-illness terms of its own from its first day on.
        if (city == LIUPANSHUI and body["scheme"] == "resident" and day[:4] == "2017"
                and day >= IN_FORCE[city] and not state.is_under_new_terms):
            state.burden = state.major = 0
            state.is_under_new_terms = True
        basic = self.basic(city, amounts, state, ask, keys)
        major = self.major(city, amounts, state, ask, keys)
        base = (amounts["compliantFen"] - amounts["basicPaidFen"] - amounts["majorIllnessPaidFen"]
                - amounts["employeeLargePaidFen"])
        aid, deductible = self.aid(city, day, base, state, ask, keys)
        self.claims[key(record)] = record
        self.entitled[key(record)] = aid
        is_judged = day >= IN_FORCE[city]
        paid_aid = amounts["medicalAidPaidFen"]
        if is_judged:
            held = self.sample.categories(person(body), day)
            yield record, "category", True, category in held
            yield record, "year", int(day[:4]), body["benefitYear"]
            yield record, "basic", basic, amounts["basicPaidFen"]
            yield (record, "majorIllness", major,
                   amounts["majorIllnessPaidFen"] + amounts["employeeLargePaidFen"])
            at_counter = 0 if category in ON_APPLICATION[city] else aid or 0
            yield record, "medicalAid", at_counter, paid_aid
            yield record, "referral", True, self.is_referred(record, city)
            yield from self.whole(record, base - paid_aid, amounts)
        state.basic += amounts["basicPaidFen"]
        state.major += amounts["majorIllnessPaidFen"] + amounts["employeeLargePaidFen"]
        state.aid += paid_aid
        state.used += deductible
        if aid is not None:
            state.bases += base
        state.left += base - paid_aid

    def basic(self, city, amounts, state, ask, keys):
        ratio, deductible = ask("basic-ratio"), ask("basic-deductible")
        if city == LIUPANSHUI and keys["scheme"] == "resident":
            if keys["visitType"] == "inpatient":
                ratio, deductible = min(ratio + 1_000, 9_500), 0
            elif keys["visitType"] in ("chronic-outpatient", "special-outpatient"):
                ratio, deductible = ratio + 500, 0
        due = share(max(0, amounts["compliantFen"] - deductible), ratio)
        return min(due, ask("basic-cap") - state.basic)

    def major(self, city, amounts, state, ask, keys):
        if keys["visitType"] not in listed(ask("major-illness-scope")):
            return 0
        state.burden += amounts["compliantFen"] - amounts["basicPaidFen"]
        ratio, deductible = ask("major-illness-ratio"), ask("major-illness-deductible")
        cap = ask("major-illness-cap")
        if keys["scheme"] == "resident":
            if city == LIUPANSHUI:
                ratio, deductible = 8_000, 0
            elif city == TONGLIAO and keys["category"] in FAVOURED_IN_TONGLIAO:
                ratio, deductible, cap = ratio + 500, deductible // 2, 10 ** 15
        due = share(max(0, state.burden - deductible), ratio)
        return max(0, min(due, cap) - state.major)

    def aid(self, city, day, base, state, ask, keys):
        """What is due, nil where the visit is not covered, and what of the deductible is used."""
        category, visit = keys["category"], keys["visitType"]
        ratio = ask("aid-ratio")
        if city == TONGLIAO and day >= IN_FORCE[city]:
            if visit == "inpatient" and category == "tekun":
                ratio = 10_000
            elif visit in ("chronic-outpatient", "special-outpatient"):
                ratio = 7_000
            elif visit != "inpatient":
                ratio = None
        if ratio is None:
            return None, 0
        deductible = ask("deductible")
        used = min(max(0, deductible - state.used), base)
        cap = 10 ** 15 if city == TONGLIAO and category == "tekun" else ask("annual-cap")
        return min(share(base - used, ratio), max(0, cap - state.aid)), used

    def is_referred(self, record, city):
        """Care outside the city is aided after a referral or in an emergency only."""
        body = record["body"]
        where = self.sample.institutions[body["institution"]]["area"]
        is_outside = where[:4] != city
        is_binding = city != LIUPANSHUI and body["visit"]["dischargedOn"] >= "2023"
        paid = body["amounts"]["medicalAidPaidFen"]
        return not (is_outside and is_binding and paid) or body["referral"] in ("filed", "emergency")

    def whole(self, record, in_scope, amounts):
        """Jiangmen's targeted fund and the hospital settle the rest of a bill."""
        body = record["body"]
        visit = body["visit"]
        is_whole = (body["category"] == "targeted-poverty"
                    and visit["dischargedOn"] < "2021"
                    and visit["type"] in ("inpatient", "special-outpatient"))
        fund = hospital = 0
        if is_whole:
            outside = sum(amounts[part + "Fen"] for part in listed(self.sample.parameter(
                "own-expense-components", record["area"], body["benefitYear"],
                visit["dischargedOn"])))
            fund = in_scope + share(outside, 8_000)
            hospital = outside - share(outside, 8_000)
            if outside > 1_000_000:
                yield record, "review", outside, self.sample.reviewed.get(key(record))
            where = self.sample.institutions[body["institution"]]["area"]
            if where != record["area"]:
                yield record, "targeted referral", True, any(
                    item["toInstitution"] == body["institution"]
                    and item["approvedOn"] <= visit["admittedOn"] <= item["validTo"]
                    for item in self.sample.targeted_referrals[person(body)])
        yield record, "targetedFund", fund, amounts["targetedFundPaidFen"]
        yield record, "hospital", hospital, amounts["hospitalBorneFen"]

    # Approvals

    def approval(self, record):
        body, area = record["body"], record["area"]
        city, day, paid = area[:4], body["approvedOn"], body["amountFen"]
        state = self.years[person(body), body["year"]]
        if day >= IN_FORCE[city]:
            held = self.sample.categories(person(body), day)
            yield record, "category", True, body["category"] in held
            yield from self.granted(record, body, area, state)
        if body["aidType"] == "tilt":
            state.tilt += paid
        else:
            state.aid += paid
        if body["aidType"] in ("regular", "outpatient", "major-illness"):
            state.left -= paid

    def granted(self, record, body, area, state):
        day, kind, paid = body["approvedOn"], body["aidType"], body["amountFen"]
        claim = self.claims[key(body["claims"][0])]
        amounts = collections.Counter(claim["body"]["amounts"])

        def ask(name):
            return self.sample.parameter(name, area, body["year"], day, category=body["category"])

        no_cap = area[:4] == TONGLIAO and body["category"] == "tekun"
        room = 10 ** 15 if no_cap else ask("annual-cap") - state.aid
        if kind in ("regular", "outpatient"):
            due = self.entitled[key(body["claims"][0])] - amounts["medicalAidPaidFen"]
            yield record, kind, min(due, room), paid
        elif kind == "major-illness":
            due = share(state.bases, ask("major-illness-aid-ratio")) - state.aid
            yield record, kind, min(due, room), paid
        elif kind == "second":
            slices = sum(
                max(0, min(amounts["totalFen"], tier.get("toFen", 10 ** 15)) - tier["fromFen"])
                * tier["basisPoints"] for tier in ask("second-aid-tiers"))
            yield record, kind, min((slices + 5_000) // 10_000, room), paid
        elif kind == "tilt":
            is_tongliao = area[:4] == TONGLIAO
            ratio = 7_000 if is_tongliao else ask("tilt-ratio")
            cap = 5_000_000 if is_tongliao else ask("tilt-cap")
            due = share(max(0, state.left - ask("tilt-deductible")), ratio)
            yield record, kind, min(due, cap) - state.tilt, paid
        elif kind == "case-by-case":
            yield record, kind, True, paid <= min(amounts["cashPaidFen"], room)
            yield record, "place", True, area[:4] == TONGLIAO
        else:
            yield from self.above_cap(record, body, area, state)

    def above_cap(self, record, body, area, state):
        yield record, "place", True, area.startswith("44")
        yield record, "resolution", True, "resolution" in body
        if "resolution" not in body:
            return
        resolution = self.sample.resolutions[key(body["resolution"])]
        item = resolution["items"][0]
        yield record, "person", person(body), person(item)
        yield record, "year", body["year"], item["year"]
        yield record, "held", True, resolution["heldOn"] <= body["approvedOn"]
        yield record, "total", item["approvedYearTotalFen"], state.aid + body["amountFen"]


def listed(value):
    return value if isinstance(value, list) else [value]


def record_name(body):
    return body.get("person"), body.get("year")


def differences(lines):
    """What is paid otherwise than it should be: (kind, id, what, due, paid)."""
    count, wrong = 0, []
    for record, what, due, paid in Reckoner(Sample(lines)).run():
        count += 1
        if due != paid:
            wrong.append((record["kind"], record["id"], what, due, paid))
    return count, wrong
