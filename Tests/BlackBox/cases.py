"""Small ledgers made by hand, on which detectors are run: by Python, and by the program.

The rulebooks are those of ledger/policies; what a test expects is reckoned by hand from their
clauses."""

import contextlib
import functools
import hashlib
import re

import detecting
from harness import CHECKOUT, FINE, aid, done

POLICIES = CHECKOUT / "ledger/policies"


@functools.cache
def program_detects():
    """Whether the program has the command yet."""
    return aid("findings", "--help").status == FINE


def person(number):
    return {"idType": "passport", "idNumber": f"T{number:08}", "name": f"试{number}",
            "hukouArea": "150502"}


def at(number):
    """A reference to a record of this number."""
    return {"source": "test", "id": f"T-{number}"}


def entry(number, kind, body, area="150502", on="2024-05-06", **more):
    return {"kind": kind, "source": "test", "id": f"T-{number}", "area": area, "occurredOn": on,
            "operator": "u1", "body": body, **more}


def adopted(rulebook, area, since):
    content = (POLICIES / f"{rulebook}.yaml").read_bytes()
    return entry(f"adopt-{rulebook}", "policy.adopted", {
        "rulebook": rulebook, "version": "1", "sha256": hashlib.sha256(content).hexdigest(),
        "effectiveFrom": since, "docNo": "1号"}, area=area, on=since)


def tongliao():
    return adopted("tongliao-2022", "150500", "2023-01-01")


def liupanshui():
    return adopted("liupanshui-2017", "520200", "2017-08-24")


def guangzhou():
    return adopted("guangdong-2017", "440100", "2017-09-27")


def jiangmen():
    return [adopted("jiangmen-2019", "440700", "2017-01-01"),
            adopted("guangdong-2017", "440700", "2017-09-27")]


def parameter(name, area="150500", **value):
    keys = "".join(f"-{part}" for part in value.values())
    return entry(f"{name}-{area}{keys}", "parameter.set",
                 {"name": name, "docNo": "2号", **value}, area=area, on="2017-01-02")


def certified(who, category, area="150502", since="2017-01-01", until=None, basis="standing",
              department="civil-affairs"):
    body = {"person": person(who), "category": category, "department": department,
            "certifiedArea": area, "basis": basis, "validFrom": since, "docNo": "3号"}
    if until:
        body["validTo"] = until
    return entry(f"certified-{who}-{category}", "eligibility.certified", body, area=area,
                 on=max(since, "2017-01-01"))


def subsidised(number, who, category, fen, premium=38_000, area="150502", on="2024-01-10",
               scheme="resident", fund="medical-aid", form="fixed", **more):
    return entry(number, "enrolment.subsidised", {
        "person": person(who), "year": int(on[:4]), "scheme": scheme, "category": category,
        "form": form, "premiumFen": premium, "subsidyFen": fen,
        "personPaidFen": max(0, premium - fen), "fund": fund, "approvedOn": on, **more},
        area=area, on=on)


def enrolled(number, who, since, until, area="150502", paid_by="subsidy"):
    return entry(number, "enrolment.recorded", {
        "person": person(who), "year": int(since[:4]), "scheme": "resident",
        "enrolledArea": area, "coverFrom": since, "coverTo": until, "paidBy": paid_by,
        "midYear": False}, area=area, on=since)


def claim(number, who, category, paid, compliant=1_000_000, basic=0, major=0, own=0, fund=0,
          hospital=0, second=0, area="150502", on="2024-03-05", visit=None, invoice=None, **more):
    """An inpatient bill; what nobody else pays, the person does."""
    rest = compliant + own - basic - major - paid - second - fund - hospital
    amounts = {"totalFen": compliant + own, "compliantFen": compliant, "ownExpenseFen": own,
               "overLimitFen": 0, "advanceSelfPayFen": 0, "basicPaidFen": basic,
               "majorIllnessPaidFen": major, "medicalAidPaidFen": paid, "cashPaidFen": rest}
    optional = {"secondAidPaidFen": second, "targetedFundPaidFen": fund,
                "hospitalBorneFen": hospital}
    amounts.update({name: fen for name, fen in optional.items() if fen})
    return entry(number, "claim.settled", {
        "person": person(who), "category": category, "scheme": "resident", "enrolledArea": area,
        "benefitYear": int(on[:4]), "institution": f"H{area}",
        "visit": {"type": "inpatient", "admittedOn": on, "dischargedOn": on,
                  "diagnosis": "J06.9", "settlement": "final", **(visit or {})},
        "invoiceNo": invoice or f"F-{number}", "settledAt": f"{on}T10:00:00+08:00",
        "channel": "one-stop", "referral": "not-needed", "amounts": amounts, **more},
        area=area, on=on)


def approved(number, who, category, kind, fen, claims=(), area="150502", on="2024-05-06",
             **more):
    return entry(number, "aid.approved", {
        "person": person(who), "category": category, "aidType": kind,
        "claims": [at(name) for name in claims], "year": int(on[:4]), "baseFen": fen,
        "amountFen": fen, "approver": "u9", "approvingDepartment": "civil-affairs",
        "approvedOn": on, **more}, area=area, on=on)


def designated(area):
    """The institution of an area's bills."""
    return entry(f"designated-{area}", "institution.designated", {
        "institution": {"code": f"H{area}", "name": "样例医院", "level": 2, "area": area,
                        "type": "综合医院"},
        "services": ["inpatient"], "designatedFrom": "2017-01-01", "agreementNo": "4号",
        "oneStop": []}, area=area, on="2017-01-02")


def paid(number, who, approval, fen, fund="medical-aid", area="150502", on="2024-05-20"):
    return entry(number, "aid.paid", {
        "approval": at(approval), "person": person(who), "amountFen": fen, "fund": fund,
        "fromAccount": "social-security-special-account", "channel": "bank",
        "payee": {"account": "9991505210000000004", "relation": "self"}, "paidOn": on},
        area=area, on=on)


def reversed_(of):
    return entry(f"reversal-{of}", "entry.reversed", {"reverses": at(of), "reason": "录入有误"},
                 on="2025-01-02")


class Found:
    """What a detector said of a ledger, entries by the records' ids."""

    def __init__(self, grade, entries, figures, amount, clause):
        self.grade, self.entries, self.figures = grade, entries, figures
        self.amount, self.clause = amount, clause

    def __repr__(self):
        return f"{self.grade} {self.clause} {sorted(self.entries)} {self.figures} {self.amount}"


class Case:
    """A ledger to which records are given, and what detectors find there."""

    def __init__(self, ledger):
        self.ledger = ledger
        self.missing = set()

    def take(self, *records):
        flat = []
        for item in records:
            flat += item if isinstance(item, list) else [item]
        result = self.ledger.take(flat)
        assert result.status == FINE, result
        return self

    def find(self, name):
        """By Python; where the program detects as well, it must say the same."""
        with contextlib.closing(detecting.open_ledger(self.ledger.path)) as database:
            found, self.missing = detecting.run(database, name)
            ids = dict(database.execute("SELECT seq, id FROM entry"))
        if program_detects():
            compare(found, self.missing, told(self.ledger, name)[name])
        return [Found(one.grade, {ids[seq].removeprefix("T-") for seq in one.entries},
                      one.figures, one.amount, one.clause) for one in found.values()]

    def only(self, name, grade, *entries, amount=None, clause=None, **figures):
        """There is one finding, and it says this."""
        found = self.find(name)
        assert len(found) == 1, found
        (one,) = found
        assert (one.grade, one.entries) == (grade, set(entries)), one
        if amount is not None:
            assert one.amount == amount, one
        if clause is not None:
            assert one.clause == clause, one
        assert figures.items() <= one.figures.items(), one
        return one

    def nothing(self, name):
        assert self.find(name) == []


def told(ledger, *names):
    """What the program says, by detector: findings by id, and what is missing."""
    chosen = [part for name in names for part in ("--rule", name)]
    result = done("findings", ledger, "--json", "--lang", "en", *chosen, timeout=600)
    findings = {name: ({}, set()) for name in names}
    for line in result.json_lines():
        if "summary" in line:
            summary = line["summary"]
            assert summary["failure"] is None, summary
            findings[summary["rule"]][1].update(
                item.get("code", item["text"]) for item in summary["missing"])
        else:
            findings[line["rule"]][0][line["id"]] = line
    return findings


def compare(found, missing, told_by_program):
    """The two implementations agree: ids (so key and entries), grades, amounts, areas, figures."""
    lines, without = told_by_program
    ours = {one.id: one for one in found.values()}
    assert ours.keys() == lines.keys()
    for key, one in ours.items():
        line = lines[key]
        assert line["entries"] == sorted(one.entries)
        assert (line["grade"], line["amountFen"], line["area"]) == (
            one.grade, one.amount, one.area), (one, line)
        assert line["day"] == (None if one.day is None else date(one.day)), (one, line)
        if one.clause:
            assert {rested["rule"] for rested in line["provisions"]} <= set(one.clause.split())
        for name, value in one.figures.items():
            assert line["figures"][name] in (value, date(value)), (name, value, line)
    # The program says besides what a head asks for and the ledger has nowhere.
    assert missing <= without
    general = r"(a clause on|clause) [a-z-]+( in force)?|parameter [a-z-]+|records? (of )?[a-z.-]+"
    assert all(re.fullmatch(general, text) for text in without - missing), without - missing


def date(number):
    if not isinstance(number, int) or not -700_000 < number < 2_900_000:
        return None
    return (detecting.EPOCH + detecting.datetime.timedelta(number)).isoformat()
