-- judged: what judging found of the subsidies, settlements and approvals of the year that could be
-- judged, where something was paid or due.
--   inOrder    1 where what was paid is what the clauses have, or an exception allows it; else null
--   dueFen     the least that was due
--   metFen     of it, what was paid
SELECT j.seq, j.area, j.category, j.person,
       CASE WHEN j.verdict IN ('exact', 'within', 'excused') THEN 1 END AS inOrder,
       j.dueFen, CASE WHEN j.actualFen < j.dueFen THEN j.actualFen ELSE j.dueFen END AS metFen
FROM (SELECT v.seq, c.area, c.category, c.person, v.verdict, v.actualFen, v.expectedMostFen,
             COALESCE(v.expectedFen, 0) AS dueFen
      FROM verdict AS v
      JOIN live_claim_settled AS c ON c.ledger = v.ledger AND c.seq = v.seq
      WHERE v.ledger = :ledger AND v.kind = 'claim.settled'
        AND c.area >= :areaFrom AND c.area < :areaTo
        AND c.occurredOnDay >= :fromDay AND c.occurredOnDay <= :toDay
      UNION ALL
      SELECT v.seq, a.area, a.category, a.person, v.verdict, v.actualFen, v.expectedMostFen,
             COALESCE(v.expectedFen, 0)
      FROM verdict AS v
      JOIN live_aid_approved AS a ON a.ledger = v.ledger AND a.seq = v.seq
      WHERE v.ledger = :ledger AND v.kind = 'aid.approved'
        AND a.area >= :areaFrom AND a.area < :areaTo
        AND a.approvedOnDay >= :fromDay AND a.approvedOnDay <= :toDay
      UNION ALL
      SELECT v.seq, e.area, e.category, e.person, v.verdict, v.actualFen, v.expectedMostFen,
             COALESCE(v.expectedFen, 0)
      FROM verdict AS v
      JOIN live_enrolment_subsidised AS e ON e.ledger = v.ledger AND e.seq = v.seq
      WHERE v.ledger = :ledger AND v.kind = 'enrolment.subsidised'
        AND e.area >= :areaFrom AND e.area < :areaTo AND e.year = :year) AS j
WHERE j.verdict <> 'cannot-be-judged'
  AND (j.actualFen > 0 OR j.dueFen > 0 OR j.expectedMostFen > 0)
