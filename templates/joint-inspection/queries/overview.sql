-- What the ledger holds of the year, by what the inspection looks at.
SELECT e.seq, 'certified' AS line, e.person, CAST(NULL AS BIGINT) AS amountFen
FROM live_eligibility_certified AS e
WHERE e.ledger = :ledger AND e.area >= :areaFrom AND e.area < :areaTo
  AND e.occurredOnDay >= :fromDay AND e.occurredOnDay <= :toDay
UNION ALL
SELECT e.seq, 'subsidised', e.person, e.subsidyFen
FROM live_enrolment_subsidised AS e
WHERE e.ledger = :ledger AND e.area >= :areaFrom AND e.area < :areaTo AND e.year = :year
UNION ALL
SELECT c.seq, CASE WHEN c.channel = 'one-stop' THEN 'claims-one-stop' ELSE 'claims-manual' END,
       c.person, c.amounts_medicalAidPaidFen + COALESCE(c.amounts_secondAidPaidFen, 0)
                 + COALESCE(c.amounts_tiltAidPaidFen, 0)
FROM live_claim_settled AS c
WHERE c.ledger = :ledger AND c.area >= :areaFrom AND c.area < :areaTo
  AND c.occurredOnDay >= :fromDay AND c.occurredOnDay <= :toDay
UNION ALL
SELECT a.seq, 'applied', a.person, CAST(NULL AS BIGINT)
FROM live_aid_applied AS a
WHERE a.ledger = :ledger AND a.area >= :areaFrom AND a.area < :areaTo
  AND a.receivedOnDay >= :fromDay AND a.receivedOnDay <= :toDay
UNION ALL
SELECT a.seq, 'approved', a.person, a.amountFen
FROM live_aid_approved AS a
WHERE a.ledger = :ledger AND a.area >= :areaFrom AND a.area < :areaTo
  AND a.approvedOnDay >= :fromDay AND a.approvedOnDay <= :toDay
UNION ALL
SELECT a.seq, 'approved-above-cap', a.person, a.amountFen
FROM live_aid_approved AS a
WHERE a.ledger = :ledger AND a.area >= :areaFrom AND a.area < :areaTo
  AND a.aidType = 'above-cap' AND a.approvedOnDay >= :fromDay AND a.approvedOnDay <= :toDay
UNION ALL
SELECT p.seq, 'paid', p.person, p.amountFen
FROM live_aid_paid AS p
WHERE p.ledger = :ledger AND p.area >= :areaFrom AND p.area < :areaTo
  AND p.paidOnDay >= :fromDay AND p.paidOnDay <= :toDay
UNION ALL
SELECT p.seq, 'clearings', CAST(NULL AS BIGINT), p.paidFen
FROM live_clearing_paid AS p
WHERE p.ledger = :ledger AND p.area >= :areaFrom AND p.area < :areaTo
  AND p.occurredOnDay >= :fromDay AND p.occurredOnDay <= :toDay
UNION ALL
SELECT r.seq, 'resolutions', CAST(NULL AS BIGINT), CAST(NULL AS BIGINT)
FROM live_resolution_adopted AS r
WHERE r.ledger = :ledger AND r.area >= :areaFrom AND r.area < :areaTo
  AND r.heldOnDay >= :fromDay AND r.heldOnDay <= :toDay
