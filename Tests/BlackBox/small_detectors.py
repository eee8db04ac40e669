"""Two small detectors, a home whose only detectors they are, and what they find, by hand."""

import hashlib
import shutil

from judging import Home, adoption, certified, claim, ratio

HEAD = """\
/*
id: {id}
title: {{zh: 测试{id}, en: Test {id}}}
grades: {grades}
method: rule
why: {{zh: 缘由, en: Why}}
basis: {basis}
examines: [claim.settled]
{more}exclusions: {{zh: 无, en: None}}
example: {{zh: 例, en: Example}}
next: {{zh: 核查, en: Look at it}}
department: medical-security
key: {key}
entries: [entry]
subjects: {{person: person, institution: institution}}
amount: totalFen
figures:
  - {{id: totalFen, type: fen, zh: 总费用, en: Total}}
*/
"""


def head(id, grades="[F]", basis="[R7]", key="[entry]", more=""):
    return HEAD.format(id=id, grades=grades, basis=basis, key=key, more=more)


LEAST = ("parameters:\n  least: {default: 1500000, unit: fen, source: auditors-default, "
         "zh: 下限, en: Least}\n")

# Each claim whose total is at least so much.
X1 = head("X1", more=LEAST) + """\
SELECT c.person, c.seq AS entry, c.institution, c.area, c.occurredOnDay AS day,
  c.amounts_totalFen AS totalFen
FROM live_claim_settled AS c
WHERE c.ledger = :ledger AND c.amounts_totalFen >= :least
"""

# All claims of a person together.
X2 = head("X2", grades="[W, S]", basis="[]", key="[person]") + """\
SELECT c.person, c.seq AS entry, c.institution, c.area, MAX(c.occurredOnDay) OVER whole AS day,
  CASE WHEN c.amounts_totalFen > 1000000 THEN 'W' ELSE 'S' END AS grade,
  SUM(c.amounts_totalFen) OVER whole AS totalFen
FROM live_claim_settled AS c
WHERE c.ledger = :ledger
WINDOW whole AS (PARTITION BY c.person)
"""

CLAIMS = [claim(1, 280_000), claim(2, 280_000, compliant=2_000_000, basic=1_600_000)]
GROUNDS = [adoption(), ratio(), certified()]


def sha(text):
    return hashlib.sha256(text.encode()).hexdigest()


def name(rule, key, entries):
    """A finding's id, from the values of its key and its entries."""
    matter = "\n".join([rule, *map(str, key)])
    return f"{rule}-{sha(matter)[:10]}.{sha(chr(10).join(map(str, sorted(entries))))[:6]}"


class DetectingHome(Home):
    """A home whose detectors are X1 and X2."""

    def __init__(self, folder):
        super().__init__(folder)
        self.detectors = folder / "ledger/detectors"
        shutil.rmtree(self.detectors)
        self.detectors.mkdir()
        self.lay("X1", X1)
        self.lay("X2", X2)
        self.env["XDG_CACHE_HOME"] = str(folder / "cache")

    def lay(self, name, text):
        (self.detectors / f"{name}.sql").write_text(text, "utf-8")

    def findings(self, ledger, *arguments, status=0):
        """The findings by id, and the summaries by rule."""
        result = self.run("findings", ledger, "--format", "json", *arguments)
        assert result.status == status, result
        lines = result.json_lines()
        found = {line["id"]: line for line in lines if "id" in line}
        told = {line["summary"]["rule"]: line["summary"] for line in lines if "summary" in line}
        return found, told
