"""The indicators of the performance report, reckoned from the records alone: a second reading of
what templates/performance/indicators.yaml says of each in words."""

import csv
import datetime
from collections import defaultdict

from harness import CHECKOUT
from test_reports import YEAR, Reckoning

SUBSIDIES = {"central", "province", "city", "county", "lottery"}
INSURERS = ["basicPaidFen", "majorIllnessPaidFen", "employeeLargePaidFen", "civilServantPaidFen",
            "enterprisePaidFen"]
AID = ["medicalAidPaidFen", "secondAidPaidFen", "tiltAidPaidFen"]
POCKET = ["cashPaidFen", "accountPaidFen", "accountMutualPaidFen"]
FIRST, LAST = f"{YEAR}-01-01", f"{YEAR}-12-31"


def person_of(body):
    return body["person"]["idType"], body["person"]["idNumber"]


class Evaluation(Reckoning):
    """Numerators and denominators, each by the id of its indicator."""

    def __init__(self, records, area):
        super().__init__(records, area)
        self.records = [one for one in records if one["area"].startswith(self.prefix)]
        self.kept = {}
        for one in self.live:
            if one["kind"] == "person.merged":
                body = one["body"]
                self.kept[body["from"]["idType"], body["from"]["idNumber"]] = (
                    body["into"]["idType"], body["into"]["idNumber"])

    def who(self, body):
        person = person_of(body)
        while person in self.kept:
            person = self.kept[person]
        return person

    def everywhere(self, kind):
        return [one for one in self.live if one["kind"] == kind]

    def budget(self):
        initial, adjusted = defaultdict(int), {}
        for one in self.here:
            body = one["body"]
            if (one["kind"], body.get("fund"), body.get("year")) != (
                    "fund.budgeted", "medical-aid", YEAR):
                continue
            if "month" in body or body["purpose"] == "prepayment":
                continue
            key = one["area"], body["purpose"]
            if body["version"] == "adjusted":
                adjusted[key] = max(adjusted.get(key, ("", 0)),
                                    (one["occurredOn"], body["amountFen"]))
            else:
                initial[key] += body["amountFen"]
        return sum({**initial, **{key: fen for key, (_, fen) in adjusted.items()}}.values())

    def funds_received(self):
        received = sum(fen for source, fen in self.income().items() if source in SUBSIDIES)
        return received, self.budget()

    def budget_execution(self):
        return sum(self.expenditure().values()), self.budget()

    def matching_funds(self):
        """Tongliao from 2023 on: 60 yuan for each resident, from city and county together."""
        residents = {one["area"]: one["body"]["valueCount"]
                     for one in self.everywhere("parameter.set")
                     if one["body"]["name"] == "resident-population"
                     and one["body"].get("year") == YEAR}
        counties = {area for area in residents
                    if area.startswith("1505") and area.startswith(self.prefix)}
        given = sum(one["body"]["amountFen"] for one in self.everywhere("fund.received")
                    if one["body"]["fund"] == "medical-aid" and one["body"]["year"] == YEAR
                    and one["body"]["fundSource"] in ("city", "county")
                    and one["body"].get("forArea", one["area"]) in counties)
        return given, sum(6_000 * residents[area] for area in counties)

    def above_cap_resolved(self):
        approvals = [body for _, body in self.of("aid.approved", "approvedOn")
                     if body["aidType"] == "above-cap"]
        resolved = [body for body in approvals
                    if "resolution" in body and self.named(body["resolution"])]
        return len(resolved), len(approvals)

    def record_completeness(self):
        statements = list(self.of("source.totalled", "periodTo"))
        agreed = 0
        for one, body in statements:
            prefix = one["area"][:2] if one["area"].endswith("0000") else (
                one["area"][:4] if one["area"].endswith("00") else one["area"])
            sent = [other["body"] for other in self.records
                    if other["kind"] == body["recordKind"] and other["source"] == one["source"]
                    and body["periodFrom"] <= other["occurredOn"] <= body["periodTo"]
                    and other["area"].startswith(prefix)]
            amounts = [self.amount(body["recordKind"], other) for other in sent]
            agreed += len(sent) == body["count"] and (
                None in amounts or sum(amounts) == body["amountFen"])
        return agreed, len(statements)

    @staticmethod
    def amount(kind, body):
        path = {"claim.settled": ("amounts", "totalFen"), "clearing.paid": ("paidFen",),
                "enrolment.subsidised": ("subsidyFen",)}.get(kind, ("amountFen",))
        for name in path:
            body = body[name]
        return body

    def rectification(self):
        found = [one["body"] for one in self.everywhere("inspection.found")
                 if one["body"]["area"].startswith(self.prefix)
                 and one["body"]["deadline"].startswith(str(YEAR))]
        right = [body for body in found if any(
            other["body"]["inspection"] == body["inspection"]
            and other["body"]["number"] == body["number"]
            and other["body"]["rectifiedOn"] <= body["deadline"]
            for other in self.everywhere("inspection.rectified"))]
        return len(right), len(found)

    def recoveries(self):
        back = sum(body["amountFen"] for _, body in self.of("recovery.received")
                   if body["fund"] == "medical-aid" and body["nature"] != "penalty")
        found = sum(one["body"].get("amountFen", 0) for one in self.everywhere("inspection.found")
                    if one["body"]["area"].startswith(self.prefix)
                    and one["occurredOn"].startswith(str(YEAR)))
        return back, found

    def coverage_of_listed(self):
        enrolments = [one for one in self.everywhere("enrolment.recorded")
                      if one["body"]["year"] == YEAR]
        enrolled = {self.who(one["body"]) for one in enrolments}
        areas = {one["area"] for one in enrolments}
        dead = {person_of(one["body"]) for one in self.everywhere("person.died")
                if one["body"]["diedOn"] <= LAST}
        ends = [(person_of(one["body"]), one["body"]["category"], one["body"]["endedOn"])
                for one in self.everywhere("eligibility.ended")]
        listed = set()
        for one in self.here:
            body = one["body"]
            if one["kind"] != "eligibility.certified" or one["area"] not in areas:
                continue
            person = person_of(body)
            ended = any(whose == person and category == body["category"]
                        and body["validFrom"] <= day <= LAST for whose, category, day in ends)
            if body["validFrom"] <= LAST <= body.get("validTo", LAST) and not ended \
                    and person not in dead:
                listed.add(self.who(body))
        return len(listed & enrolled), len(listed)

    def aid_times(self):
        settled = sum(any(body["amounts"].get(name) for name in AID)
                      for _, body in self.of("claim.settled"))
        approved = sum(body["amountFen"] > 0 for _, body in self.of("aid.approved", "approvedOn"))
        return settled + approved, None

    def one_stop(self):
        claims = [body["channel"] == "one-stop" for _, body in self.of("claim.settled")]
        return sum(claims), len(claims)

    def burden_relief(self):
        scope = borne = 0
        for _, body in self.of("claim.settled"):
            amounts = body["amounts"]
            def together(names):
                return sum(amounts.get(name, 0) for name in names)
            scope += amounts["compliantFen"]
            borne += max(0, min(amounts["compliantFen"] - together(INSURERS) - together(AID),
                                together(POCKET)))
        borne -= sum(body["amountFen"] for _, body in self.of("aid.approved", "approvedOn"))
        return borne, scope

    def warnings_answered(self):
        answered = {self.reference(one["body"]["warning"])
                    for one in self.everywhere("warning.answered")}
        pushed = [(one["source"], one["id"]) in answered
                  for one, _ in self.of("warning.raised", "pushedOn")]
        return sum(pushed), len(pushed)

    def clearing_in_time(self):
        """Liupanshui: 30 working days from complete papers."""
        rows = csv.DictReader(open(CHECKOUT / "ledger/calendar/cn-workdays.csv", encoding="utf-8"))
        works = {row["date"]: row["workday"] == "1" for row in rows}
        numbers, count = {}, 0
        for day in sorted(works):
            count += works[day]
            numbers[day] = count
        paid = defaultdict(list)
        for one in self.everywhere("clearing.paid"):
            body = one["body"]
            paid[self.reference(body["request"])].append(
                (one["occurredOn"], body["paidFen"] + body["disallowedFen"]
                 + body["prepaymentAppliedFen"]))
        today = max(one["occurredOn"] for one in self.records_everywhere())
        due = kept = 0
        for one, body in self.of("clearing.requested", "receivedOn"):
            if body["fund"] != "medical-aid" or not one["area"].startswith("5202"):
                continue
            total, day = 0, None
            for when, fen in sorted(paid[one["source"], one["id"]]):
                total += fen
                if day is None and total >= body["amountFen"]:
                    day = when
            used = numbers[day or today] - numbers[body["receivedOn"]]
            if day or used > 30:
                due += 1
                kept += bool(day) and used <= 30
        return kept, due

    def records_everywhere(self):
        return self.by_key.values()


def half_up(part, whole):
    """Of whole numbers from 0 on."""
    return (2 * part + whole) // (2 * whole)
