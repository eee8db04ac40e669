"""A person with ten thousand claims, as an investigator may meet one, and what a trace of it costs.

No sample has such a person: the claims are made here, invented from first to last."""

import contextlib
import datetime
import json
import shutil
from pathlib import Path

from measurements import (AIDLEDGER, BASELINE, BUSIEST_PERSON, Pair, Workspace, detected, entries,
                          reader, timing)
from running import run, warm

CLAIMS = 10_000
DAYS = 1_000
BEGIN = datetime.date(2019, 1, 1)
PERSON = {"idType": "resident-id", "idNumber": "150502198001010097", "name": "试众诊",
          "birthDate": "1980-01-01", "sex": "male", "phone": "13900000097",
          "address": "样例路97号", "household": "BENCH-CROWDED"}
AMOUNTS = {"totalFen": 1_000_000, "compliantFen": 1_000_000, "ownExpenseFen": 0, "overLimitFen": 0,
           "advanceSelfPayFen": 0, "basicPaidFen": 600_000, "majorIllnessPaidFen": 0,
           "medicalAidPaidFen": 280_000, "cashPaidFen": 120_000}


def claim(number: int) -> dict:
    """A day in hospital, as many on a day as it takes."""
    day = (BEGIN + datetime.timedelta(days=number % DAYS)).isoformat()
    return {
        "kind": "claim.settled", "source": "bench-crowded", "id": f"C{number}", "area": "440703",
        "occurredOn": day, "operator": "bench",
        "body": {"person": PERSON, "category": "dibao", "scheme": "resident",
                 "enrolledArea": "440703", "benefitYear": int(day[:4]), "institution": "BENCH-H",
                 "visit": {"type": "inpatient", "admittedOn": day, "dischargedOn": day,
                           "diagnosis": "J06.9", "settlement": "final"},
                 "invoiceNo": f"F{number}", "settledAt": f"{day}T10:00:00+08:00",
                 "channel": "one-stop", "referral": "not-needed", "amounts": AMOUNTS}}


def ledger_with(work: Workspace, claims: int) -> Path:
    """The judged ledger and these claims, made when first needed."""
    ledger = work.folder / "crowded.db"
    if ledger.exists():
        return ledger
    backup, more = work.folder / "crowded-backup", work.folder / "crowded.jsonl"
    more.write_text("".join(json.dumps(claim(number), ensure_ascii=False) + "\n"
                            for number in range(claims)), "utf-8")
    run(AIDLEDGER, "backup", work.judged, backup)
    shutil.copytree(f"{work.judged}.keys", f"{ledger}.keys")
    run(AIDLEDGER, "restore", backup, ledger)
    shutil.rmtree(backup)
    run(AIDLEDGER, "import", ledger, more)
    more.unlink()
    return ledger


def trace_crowded(work: Workspace) -> Pair:
    """Every entry, verdict, finding and link; what the detectors found is at hand."""
    ledger = ledger_with(work, min(CLAIMS, work.records))
    detected(work, ledger)
    with contextlib.closing(reader(ledger)) as database:
        person, = database.execute(BUSIEST_PERSON).fetchone()
    warm(ledger)
    ours = run("env", f"XDG_CACHE_HOME={work.folder}", AIDLEDGER, "trace", ledger, "person", person,
               "--format", "json")
    against = run(BASELINE, "read", ledger, "claim_settled")
    claims = against.line["rows"]
    return Pair(timing(ours, ledger, claims, entries(ledger)),
                timing(against, ledger, claims, entries(ledger)))
