-- An approval names no scheme.
SELECT c.seq, c.scheme, c.person, c.totalFen, c.aidFen
FROM claims_of_year AS c
WHERE c.aidFen > 0
UNION ALL
SELECT a.seq, NULL, a.person, NULL, a.amountFen
FROM aid AS a
WHERE a.origin = 'approval' AND a.day >= :fromDay AND a.day <= :toDay
