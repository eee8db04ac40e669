"""A small ledger whose persons are linked on purpose, and by design not linked."""

from harness import PERSON, record

REGISTERED_ON = "2024-05-06"


def person(letter, **shared):
    """A person who shares nothing with anybody but what is said."""
    number = ord(letter)
    own = {"idNumber": f"15050219800101{number:04d}", "name": f"试{letter}某",
           "phone": f"139{number:08d}", "address": f"样例路{number}号", "household": f"HH-{letter}"}
    return {**PERSON, "birthDate": "1980-01-01", **own, **shared}


def on(day, entry):
    return {**entry, "occurredOn": day}


def reference(number):
    return {"source": "test", "id": f"T-{number}"}


def settled(number, who, day, institution="H1", aid=280_000, **changes):
    """A bill of 10,000.00: basic insurance 6,000.00, medical aid, and the rest in cash."""
    amounts = {"totalFen": 1_000_000, "compliantFen": 1_000_000, "ownExpenseFen": 0,
               "overLimitFen": 0, "advanceSelfPayFen": 0, "basicPaidFen": 600_000,
               "majorIllnessPaidFen": 0, "medicalAidPaidFen": aid, "cashPaidFen": 400_000 - aid,
               **changes.pop("amounts", {})}
    return on(day, record(
        number, "claim.settled", person=who, category="dibao", scheme="resident",
        enrolledArea="150502", benefitYear=2024, institution=institution,
        visit={"type": "inpatient", "admittedOn": day, "dischargedOn": day, "diagnosis": "J06.9",
               "settlement": "final"},
        invoiceNo=f"F-{number}", settledAt=f"{day}T10:00:00+08:00", channel="one-stop",
        referral="not-needed", amounts=amounts, **changes))


def paid(number, of, who, day, account, fen=280_000, relation="self"):
    return on(day, record(
        number, "aid.paid", **of, person=who, amountFen=fen, fund="medical-aid",
        fromAccount="medical-aid-subaccount", channel="bank",
        payee={"account": account, "relation": relation}, paidOn=day))


def approved(number, who, day, approver, fen=100_000, claims=()):
    return on(day, record(
        number, "aid.approved", person=who, category="dibao", aidType="second",
        claims=[reference(claim) for claim in claims], year=2024, baseFen=fen, amountFen=fen,
        approver=approver, approvingDepartment="medical-security", approvedOn=day))


def designated(code, name):
    return on("2024-01-01", record(
        f"D-{code}", "institution.designated",
        institution={"code": code, "name": name, "level": 2, "area": "150502", "type": "综合医院"},
        services=["inpatient"], designatedFrom="2024-01-01", agreementNo="X1", oneStop=[]))


def reversal(number, of, day):
    return on(day, record(number, "entry.reversed", reverses=reference(of), reason="录入有误"))


A, E, F = person("a"), person("e"), person("f")
B = person("b", household="HH-a")          # the spouse of A
C = person("c")                            # paid to A's account, of another household
D = person("d", phone=C["phone"])          # one step beyond
ACCOUNT = "6217000012345678901"

NETWORK = [
    designated("H1", "样例县医院"),
    settled("c1", A, "2024-03-05"),
    paid("p1", {"claim": reference("c1")}, A, "2024-03-20", ACCOUNT),
    settled("c2", B, "2024-04-02", "H2"),
    paid("p2", {"claim": reference("c2")}, B, "2024-04-20", ACCOUNT, relation="spouse"),
    settled("c3", C, "2024-04-09", "H3"),
    paid("p3", {"claim": reference("c3")}, C, "2024-04-25", ACCOUNT, relation="other"),
    settled("c4", D, "2024-04-11", "H4"),
    settled("c5", E, "2024-03-05"),                   # the same hospital on the same day as A
    settled("c6", F, "2024-03-06"),                   # the day after
    on("2024-03-22", record("r1", "payment.returned", payment=reference("p1"), amountFen=1_000,
                            returnedOn="2024-03-22", reason="账号有误")),
    settled("c7", A, "2024-04-30", "H9"),
    reversal("x7", "c7", "2024-05-02"),
]
