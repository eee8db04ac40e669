"""A rulebook of a few clauses, and records that it judges; what comes out is reckoned by hand."""

import hashlib
import shutil

from harness import CHECKOUT, ENVIRONMENT, PERSON, aid, done, record

RULEBOOK = """\
rulebook: test-2024
version: "1"
area: "150500"
title: {zh: 测试办法, en: Test plan}
document: 测试〔2024〕1号
inForce:
  - {from: 2024-01-01, rule: R1}
rules:
  R1: {nature: date, quote: 自2024年1月1日起施行, zh: 施行, en: In force}
  R2: {nature: definition, quote: 救助对象为低保对象, zh: 对象, en: Whom}
  R3: {nature: procedure, quote: 扣除各项保险, zh: 基数, en: Base}
  R4: {nature: exact, quote: 限住院, zh: 范围, en: Scope}
  R5: {nature: exact, quote: 不设起付线, zh: 起付线, en: Deductible}
  R6: {nature: exact, quote: 按比例救助, zh: 比例, en: Ratio}
  R7: {nature: exact, quote: 年度限额三万元, zh: 限额, en: Cap}
  R8: {nature: procedure, quote: 经协调机制批准可突破, zh: 突破, en: Above the cap}
dates:
  attribution: {date: settledOn, rule: R1}
  category: {date: settledOn, rule: R1}
categories:
  - {category: dibao, rule: R2}
aid:
  base: [{rule: R3}]
  mode: [{mode: per-visit, rule: R3}]
  scope: [{visits: [inpatient], rule: R4}]
  deductible:
    - {categories: [dibao], none: true, rule: R5}
  ratio:
    - {categories: [dibao], parameter: aid-ratio, rule: R6}
  cap:
    - {categories: [dibao], fen: 3000000, rule: R7}
aboveCap: {body: 困难群众生活保障协调机制, rule: R8}
"""


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


class Home:
    """A home of one's own, whose rulebooks can be changed."""

    def __init__(self, folder):
        self.path = folder
        shutil.copytree(CHECKOUT / "ledger", folder / "ledger")
        (folder / "templates").symlink_to(CHECKOUT / "templates")
        self.policies = folder / "ledger/policies"
        self.put(RULEBOOK)
        self.env = {**ENVIRONMENT, "AIDLEDGER_HOME": str(folder)}

    def put(self, text, name="test-2024"):
        (self.policies / f"{name}.yaml").write_text(text, "utf-8")

    def run(self, *arguments, **options):
        return aid(*arguments, env=self.env, **options)

    def take(self, ledger, records, *arguments):
        result = ledger.take(records, *arguments, env=self.env)
        assert result.status == 0, result
        return result

    def verdicts(self, ledger, *arguments):
        """By the records' ids."""
        result = done("verdicts", ledger, "--json", *arguments, env=self.env)
        return {verdict["id"]: verdict for verdict in result.json_lines()}

    def words(self, ledger, *arguments):
        return {name: verdict["verdict"]
                for name, verdict in self.verdicts(ledger, *arguments).items()}


def adoption(number="adopt", text=RULEBOOK, since="2024-01-01"):
    return record(number, "policy.adopted", rulebook="test-2024", version="1",
                  sha256=digest(text), effectiveFrom=since, docNo="1号")


def ratio(number="ratio", basis_points=7000, **keys):
    return record(number, "parameter.set", name="aid-ratio", basisPoints=basis_points,
                  docNo="2号", **keys)


def certified(number="certified", person=PERSON, since="2024-01-01"):
    return record(number, "eligibility.certified", person=person, category="dibao",
                  department="civil-affairs", certifiedArea="150502", basis="standing",
                  validFrom=since, docNo="3号")


def claim(number, paid, person=PERSON, day="2024-03-05", compliant=1_000_000, basic=600_000):
    """10,000.00 inside policy scope, of which insurance paid 6,000.00: at 70% aid is 2,800.00."""
    rest = compliant - basic - paid
    return record(
        number, "claim.settled", person=person, category="dibao", scheme="resident",
        enrolledArea="150502", benefitYear=int(day[:4]), institution="H1",
        visit={"type": "inpatient", "admittedOn": day, "dischargedOn": day, "diagnosis": "J06.9",
               "settlement": "final"},
        invoiceNo=f"F-{number}", settledAt=f"{day}T10:00:00+08:00", channel="one-stop",
        referral="not-needed",
        amounts={"totalFen": compliant, "compliantFen": compliant, "ownExpenseFen": 0,
                 "overLimitFen": 0, "advanceSelfPayFen": 0, "basicPaidFen": basic,
                 "majorIllnessPaidFen": 0, "medicalAidPaidFen": paid, "cashPaidFen": rest})


def reversal(number, of):
    return record(number, "entry.reversed", reverses={"source": "test", "id": f"T-{of}"},
                  reason="录入有误")


def resolution(number, total, cap=3_000_000):
    entry = record(number, "resolution.adopted")
    entry["body"] = {
        "body": "困难群众生活保障协调机制", "number": "1", "heldOn": "2024-03-10",
        "departments": [{"department": name, "signatory": "赵样签"}
                        for name in ("civil-affairs", "finance")],
        "items": [{"person": PERSON, "year": 2024, "capFen": cap,
                   "approvedYearTotalFen": total, "reason": "重病"}]}
    return entry


def approval(number, amount, resolution=None, claims=()):
    body = {"person": PERSON, "category": "dibao", "aidType": "above-cap",
            "claims": [{"source": "test", "id": f"T-{claim}"} for claim in claims],
            "year": 2024, "baseFen": amount, "amountFen": amount, "approver": "u1",
            "approvingDepartment": "medical-security", "approvedOn": "2024-05-06"}
    if resolution:
        body["resolution"] = {"source": "test", "id": f"T-{resolution}"}
    return record(number, "aid.approved", **body)
