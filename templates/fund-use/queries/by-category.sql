SELECT e.seq, e.category, e.person AS subsidisedPerson, e.subsidyFen,
       CAST(NULL AS BIGINT) AS aidedPerson, CAST(NULL AS BIGINT) AS aidSeq, 0 AS aidFen,
       e.subsidyFen AS amountFen
FROM live_enrolment_subsidised AS e
WHERE e.ledger = :ledger AND e.area >= :areaFrom AND e.area < :areaTo
  AND e.fund = 'medical-aid' AND e.approvedOnDay >= :fromDay AND e.approvedOnDay <= :toDay
UNION ALL
SELECT a.seq, a.category, NULL, 0, a.person, a.seq, a.amountFen, a.amountFen
FROM aid AS a
WHERE a.day >= :fromDay AND a.day <= :toDay
