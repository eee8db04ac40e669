"""What a joint inspection counts, reckoned from the records alone: beside the report's queries,
and from the clauses, not from the queries.

Where and since when a clause binds is read off the records `policy.adopted`: each test names the
document and the clause."""

import collections
import csv
import datetime
import itertools

from harness import CHECKOUT

CLEARING_DAYS = 30          # L16: 30 working days from the complete papers
RECOGNITION_MONTHS = 2      # L17: within 2 months
LIST_DAY = 20               # T07: by the 20th of each month
HEAD_COUNT_MONTHS = 1       # T10: within 1 month after the collection period
LIST_DEPARTMENTS = ["civil-affairs", "poverty-relief", "disabled-federation"]     # T07
CATALOGUE_LIMITS = {2: 500, 3: 1_000}       # T38, in basis points
REVIEW_ABOVE = 1_000_000    # J10: above 10,000 yuan, in fen
PRIME = 67_108_859          # of the sample


def months_later(text, months):
    """The same day so many months on, or the month's last."""
    year, month, day = map(int, text.split("-"))
    year, month = year + (month - 1 + months) // 12, (month - 1 + months) % 12 + 1
    for last in range(day, 0, -1):
        try:
            return datetime.date(year, month, last).isoformat()
        except ValueError:
            continue


def with_cents(one, *names):
    return sum(one["body"]["amounts"].get(name, 0) for name in names)


class Records:
    """The records of one ledger, and what an inspection asks of them in one year."""

    def __init__(self, records, year):
        self.year = str(year)
        undone = {self.key(one["body"]["reverses"]) for one in records
                  if one["kind"] == "entry.reversed"}
        live = [one for one in records if self.key(one) not in undone]
        self.by_key = {self.key(one): one for one in live}
        self.kinds = collections.defaultdict(list)
        for one in live:
            self.kinds[one["kind"]].append(one)
        self.last_day = max(one["occurredOn"] for one in records)
        self.merged = {self.identity(one["body"]["from"]): self.identity(one["body"]["into"])
                       for one in self.kinds["person.merged"]}
        with open(CHECKOUT / "ledger/calendar/cn-workdays.csv", encoding="utf-8") as file:
            self.workdays = [row["date"] for row in csv.DictReader(file) if row["workday"] == "1"]

    @staticmethod
    def key(value):
        return value["source"], value["id"]

    @staticmethod
    def identity(person):
        return person["idType"], person["idNumber"]

    def person(self, one):
        person = self.identity(one["body"]["person"])
        return self.merged.get(person, person)

    def in_force(self, document, area, day):
        """Whether the city of the area has adopted the document by that day."""
        return any(one["body"]["rulebook"] == document and one["area"][:4] == area[:4]
                   and one["body"]["effectiveFrom"] <= day
                   for one in self.kinds["policy.adopted"])

    def laid_down(self, name, area, **match):
        """The parameter's record of the area's city; the sample lays down nothing elsewhere."""
        found = [one for one in self.kinds["parameter.set"]
                 if one["body"]["name"] == name and one["area"][:4] == area[:4]
                 and all(one["body"].get(key) == value for key, value in match.items())]
        return found[-1]["body"] if found else None

    # MARK: Deadlines

    def clearings(self):
        """Of each request: area, working days to payment in full (or None), amount, state."""
        paid = collections.defaultdict(list)
        for one in self.kinds["clearing.paid"]:
            paid[self.key(one["body"]["request"])].append(one)
        for one in self.kinds["clearing.requested"]:
            body = one["body"]
            if body["fund"] != "medical-aid" or body["receivedOn"][:4] != self.year:
                continue
            left, day = body["amountFen"], None
            for payment in sorted(paid[self.key(one)], key=lambda p: p["occurredOn"]):
                left -= sum(payment["body"][name] for name in
                            ("paidFen", "disallowedFen", "prepaymentAppliedFen"))
                if left <= 0 and day is None:
                    day = payment["occurredOn"]
            used = sum(body["receivedOn"] < other <= (day or self.last_day)
                       for other in self.workdays)
            state = None
            if self.in_force("liupanshui-2017", one["area"], body["receivedOn"]) \
                    and one["area"][:4] == "5202":
                state = (("kept" if day else "open") if used <= CLEARING_DAYS
                         else "late" if day else "overdue")
            yield one["area"], used if day else None, body["amountFen"], state

    def recognitions(self):
        """Of each claim by hand of somebody recognised afterwards: area and state."""
        certificates = collections.defaultdict(list)
        for one in self.kinds["eligibility.certified"]:
            if one["body"]["basis"] == "on-application":
                certificates[self.person(one), one["body"]["category"]].append(one)
        for one in self.kinds["claim.settled"]:
            body = one["body"]
            found = certificates.get((self.person(one), body["category"]))
            if body["channel"] != "manual" or not found:
                continue
            valid = min(other["body"]["validFrom"] for other in found)
            if not body["visit"]["dischargedOn"] < valid <= one["occurredOn"]:
                continue
            begins = self.laid_down("two-months-from", one["area"])["valueCode"]
            since = min(other["body"]["appliedOn"] if "application" in begins
                        else other["occurredOn"] for other in found)
            if since[:4] != self.year:
                continue
            state = None
            if self.in_force("liupanshui-2017", one["area"], valid) and one["area"][:4] == "5202":
                late = one["occurredOn"] > months_later(since, RECOGNITION_MONTHS)
                state = "late" if late else "kept"
            yield one["area"], state

    def lists(self):
        """Of each area and department that sent or owed monthly lists: how many of each state."""
        sent = collections.defaultdict(list)
        for one in self.kinds["list.shared"]:
            body = one["body"]
            if body["purpose"] == "monthly-update" and body["period"][:4] == self.year:
                sent[one["area"], body["fromDepartment"], body["period"]].append(body["sharedOn"])
        areas = {area for area, _, _ in sent} | {
            one["area"] for one in self.kinds["eligibility.certified"]
            if one["occurredOn"][:4] <= self.year}
        months = [f"{self.year}-{month:02}" for month in range(1, 13)]
        counts = collections.defaultdict(collections.Counter)
        for (area, department, _), days in sent.items():
            counts[area, department]["lists"] += len(days)
        for area, department, month in itertools.product(areas, LIST_DEPARTMENTS, months):
            due = f"{month}-{LIST_DAY}"
            if area[:4] != "1505" or not self.in_force("tongliao-2022", area, due):
                continue
            named = self.laid_down("list-departments", area)
            days = sent.get((area, department, month))
            if named and department not in named["valueCode"] and not days:
                continue
            state = ("kept" if min(days) <= due else "late") if days else (
                "open" if self.last_day <= due else "overdue")
            counts[area, department][state] += 1
            counts[area, department]["ruled"] += 1
        return counts

    def head_counts(self):
        """Of each area: how many requests of each state."""
        counts = collections.defaultdict(collections.Counter)
        year = int(self.year)
        asked = [one for one in self.kinds["subsidy.requested"] if one["body"]["year"] == year]
        for one in asked:
            area, body = one["area"], one["body"]
            counts[area]["requests"] += 1
            counts[area]["amountFen"] += body["amountFen"]
            if area[:4] != "1505" or not self.in_force("tongliao-2022", area, body["requestedOn"]):
                continue
            due = months_later(self.laid_down("collection-end", area, year=year)["valueDate"],
                               HEAD_COUNT_MONTHS)
            since = sum(
                other["area"] == area and other["body"]["year"] == year
                and other["body"]["scheme"] == body["scheme"] and other["body"]["midYear"]
                and other["body"]["paidBy"] in ("subsidy", "mixed")
                and due < other["occurredOn"] <= body["requestedOn"]
                for other in self.kinds["enrolment.recorded"])
            if max(body["headCountApprovedOn"], body["requestedOn"]) <= due:
                counts[area]["kept"] += 1
            elif body["headCount"] <= since:
                counts[area]["supplements"] += 1
            else:
                counts[area]["late"] += 1
        done = {(one["area"], one["body"]["scheme"]) for one in asked}
        owed = {(one["area"], one["body"]["scheme"])
                for one in self.kinds["enrolment.subsidised"] if one["body"]["year"] == year}
        for area, _ in owed - done:
            if area[:4] == "1505" and self.in_force("tongliao-2022", area, self.last_day):
                due = months_later(self.laid_down("collection-end", area, year=year)["valueDate"],
                                   HEAD_COUNT_MONTHS)
                counts[area]["open" if self.last_day <= due else "overdue"] += 1
        return counts

    # MARK: Settlement

    def institution(self, code, day):
        """As designated on the day, or else for the first time."""
        found = sorted((one for one in self.kinds["institution.designated"]
                        if one["body"]["institution"]["code"] == code),
                       key=lambda one: (one["body"]["designatedFrom"], self.key(one)))
        begun = [one for one in found if one["body"]["designatedFrom"] <= day]
        return (begun or found[:1])[-1]["body"]["institution"]

    def outside_bills(self):
        """Of each claim: institution, cost, cost outside."""
        for one in self.kinds["claim.settled"]:
            body = one["body"]
            if body["visit"]["dischargedOn"][:4] == self.year and body["amounts"]["totalFen"] > 0:
                yield (body["institution"], body["amounts"]["totalFen"],
                       with_cents(one, "ownExpenseFen", "overLimitFen"))

    def outside_catalogue(self):
        """Of each institution and level: claims, cost, cost outside, limit (Tongliao's own)."""
        sums = collections.defaultdict(lambda: [0, 0, 0])
        for one in self.kinds["claim.settled"]:
            body = one["body"]
            day = body["visit"]["dischargedOn"]
            if day[:4] == self.year and body["amounts"]["totalFen"] > 0:
                place = self.institution(body["institution"], day)
                limit = (CATALOGUE_LIMITS.get(place["level"]) if place["area"][:4] == "1505"
                         and self.in_force("tongliao-2022", place["area"], day) else None)
                line = sums[body["institution"], place["level"], place["area"], limit]
                line[0] += 1
                line[1] += body["amounts"]["totalFen"]
                line[2] += with_cents(one, "ownExpenseFen", "overLimitFen")
        return sums

    def referrals(self):
        """Of each state: settlements outside the city, aid on them, those elsewhere in the city."""
        sums = collections.defaultdict(lambda: [0, 0, 0])
        for one in self.kinds["claim.settled"]:
            body = one["body"]
            if one["occurredOn"][:4] != self.year:
                continue
            place = self.institution(body["institution"], "9999-12-31")["area"]
            line = sums[body["referral"]]
            if place[:4] != one["area"][:4]:
                line[0] += 1
                line[1] += with_cents(one, "medicalAidPaidFen", "secondAidPaidFen",
                                      "tiltAidPaidFen")
            elif place != one["area"]:
                line[2] += 1
        return {state: line for state, line in sums.items() if any((line[0], line[2]))}

    def reviews(self):
        """Of each stay or month above the amount: own expense, and what reviews say of it."""
        cases = collections.defaultdict(list)
        for one in self.kinds["claim.settled"]:
            body, visit = one["body"], one["body"]["visit"]
            if one["area"][:4] != "4407" or body["category"] != "targeted-poverty" \
                    or not self.in_force("jiangmen-2019", one["area"], visit["admittedOn"]):
                continue
            if visit["type"] == "inpatient":
                unit = (body["institution"], visit.get("admissionNo") or visit["admittedOn"])
            elif visit["type"] == "special-outpatient":
                unit = (visit.get("month") or visit["dischargedOn"][:7],)
            else:
                continue
            cases[self.person(one), visit["type"], *unit].append(one)
        for bills in cases.values():
            own = 0
            for one in bills:
                counted = self.laid_down("own-expense-components", one["area"])["valueCode"]
                own += with_cents(one, *(f"{name}Fen" for name in counted))
            last = max(one["body"]["visit"]["dischargedOn"] for one in bills)
            if own <= REVIEW_ABOVE or last[:4] != self.year:
                continue
            keys = {self.key(one) for one in bills}
            held = [one["body"] for one in self.kinds["review.concluded"]
                    if keys & {self.key(claim) for claim in one["body"]["claims"]}]
            yield own, *(sum(one[name] for one in held) if held else None
                         for name in ("reviewedFen", "acceptedFen", "rejectedFen"))

    # MARK: Departments

    ACTS = {"eligibility.certified": (None, "department", "身份认定"),
            "list.shared": ("sharedOn", "fromDepartment", "list-sharing"),
            "subsidy.requested": ("requestedOn", None, "enrolment-subsidy"),
            "aid.approved": ("approvedOn", "approvingDepartment", "救助审批"),
            "aid.paid": ("paidOn", None, "aid-payment"),
            "clearing.paid": (None, None, "clearing")}
    SUPERIORS = {"medical-security-agency": "medical-security",
                 "social-insurance-agency": "human-resources"}

    def acts(self):
        """How many records each department has of each kind, and how they agree with its duty."""
        counts = collections.Counter()
        for kind, (date, member, function) in self.ACTS.items():
            for one in self.kinds[kind]:
                day = one["body"][date] if date else one["occurredOn"]
                if day[:4] != self.year:
                    continue
                department = one["body"][member] if member else one.get("department")
                counts[kind, department, self.duty(one["area"], function, day, department)] += 1
        return counts

    def duty(self, area, function, day, department):
        for place in (area, area[:4] + "00", area[:2] + "0000"):
            begun = [one["body"] for one in self.kinds["duty.assigned"]
                     if one["area"] == place and one["body"]["function"] == function
                     and one["body"]["validFrom"] <= day]
            if begun:
                last = max(one["validFrom"] for one in begun)
                holders = {one["department"] for one in begun if one["validFrom"] == last}
                own = {department, self.SUPERIORS.get(department)}
                return "assigned" if own & holders else "other"
        return "unassigned"

    # MARK: Problems

    def problems(self):
        """Of each problem: its department, whether it was accepted (None: unanswered), and how the
        rectification stands."""
        years = {one["body"]["inspection"]: one["body"]["year"]
                 for one in self.kinds["inspection.held"]}
        for one in self.kinds["inspection.found"]:
            body = one["body"]
            if str(years.get(body["inspection"], one["occurredOn"][:4])) != self.year:
                continue
            same = [other for kind in ("inspection.answered", "inspection.rectified")
                    for other in self.kinds[kind]
                    if (other["body"]["inspection"], other["body"]["number"])
                    == (body["inspection"], body["number"])]
            answers = [other["body"]["accepts"] for other in same if "accepts" in other["body"]]
            done = [other["body"]["rectifiedOn"] for other in same
                    if "rectifiedOn" in other["body"] and "acceptedBy" in other["body"]]
            state = (("inTime" if min(done) <= body["deadline"] else "late") if done else
                     "open" if self.last_day <= body["deadline"] else "overdue")
            yield (body["inspection"], body["number"], body["department"],
                   answers[-1] if answers else None, state)


def drawn(numbers, seed, size):
    """The numbers of the entries that are drawn, in order; as the report's words say."""
    def by(number):
        return pow((48_271 * number + seed) % PRIME, 5, PRIME), number
    return sorted(numbers, key=by)[:size]
