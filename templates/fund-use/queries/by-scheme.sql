-- An approval names no scheme.
SELECT c.seq, c.scheme, c.person, c.seq AS claimSeq, c.totalFen,
       CASE WHEN c.aidFen > 0 THEN c.person END AS aidedPerson,
       CASE WHEN c.aidFen > 0 THEN c.seq END AS aidSeq, c.aidFen
FROM claims_of_year AS c
UNION ALL
SELECT a.seq, NULL, NULL, NULL, NULL, a.person, a.seq, a.amountFen
FROM live_aid_approved AS a
WHERE a.ledger = :ledger AND a.area >= :areaFrom AND a.area < :areaTo AND a.amountFen > 0
  AND a.approvedOnDay >= :fromDay AND a.approvedOnDay <= :toDay
