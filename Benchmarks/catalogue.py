"""What is measured: each measurement is a series of pairs, one run of ours and one to compare."""

from collections.abc import Callable
from dataclasses import dataclass

from crowded import trace_crowded
from measurements import (BATCH, BUSIEST_HOSPITAL, BUSIEST_PERSON, MORE, SINGLES_MAX, Pair, Result, Workspace, append,
                          audit, detect, detect_growth, import_judged, import_whole, judge, one_proof,
                          proofs, publish, publish_more, trace, verify)
from reports import all_reports, annex, fund_use, joint_inspection
from running import Progress


@dataclass(frozen=True)
class Measurement:
    item: str
    what: str
    against: str
    target: float | None
    pair: Callable[[Workspace], Pair]

    def run(self, work: Workspace, runs: int, progress: Progress) -> Result:
        pairs = []
        for number in range(runs):
            progress.show(f"{self.item} {self.what}: {number + 1} of {runs}")
            pairs.append(self.pair(work))
        return Result(self.item, self.what, self.against, self.target, pairs)


MEASUREMENTS = [
    Measurement("a", "append, batches of 5,000", "C append", 0.6,
                lambda work: append(work, work.records, BATCH)),
    Measurement("b", "append, one a commit", "C append", 0.8,
                lambda work: append(work, min(SINGLES_MAX, work.records), 1)),
    Measurement("c", "import", "C append", 0.15, import_whole),
    Measurement("d", "verify --chain-only", "C verify", 0.8,
                lambda work: verify(work, "--chain-only")),
    Measurement("e1", "verify", "C verify", 0.2, verify),
    Measurement("e2", "verify without the vault", "C verify", None,
                lambda work: verify(work, has_vault=False)),
    Measurement("g1", "publish", "cp, sync", None, publish),
    Measurement("g2", f"publish {MORE:,} more", "publish all", None, publish_more),
    Measurement("h", "verify a published folder", "C verify", None, audit),
    Measurement("i1", "proofs, made and checked", "their hashing", None, proofs),
    Measurement("i2", "one proof, made", "checked", None, one_proof),
    Measurement("j1", "import with judging", "import --no-judge", 0.7, import_judged),
    Measurement("j2", "judging anew", "C verify", None, judge),
    Measurement("k1", "all detectors", "C read of claims", None, detect),
    Measurement("k2", "all detectors", "a quarter as many", 1 / 1.4, detect_growth),
    Measurement("l1", "trace a hospital", "C read of claims", None,
                lambda work: trace(work, "institution", BUSIEST_HOSPITAL)),
    Measurement("l2", "trace a person", "C read of claims", None,
                lambda work: trace(work, "person", BUSIEST_PERSON)),
    Measurement("l3", "trace a person, 10,000 claims", "C read of claims", None, trace_crowded),
    Measurement("m1", "fund-use", "C read of claims", None, fund_use),
    Measurement("m2", "joint-inspection", "C read of claims", None, joint_inspection),
    Measurement("n1", "a long annex, HTML", "C read of claims", None,
                lambda work: annex(work, "html")),
    Measurement("n2", "a long annex, xlsx", "C read of claims", None,
                lambda work: annex(work, "xlsx")),
    Measurement("o", "report-all of a province", "C read of claims", None, all_reports),
]
