-- What was approved on application belongs to no institution.
SELECT c.seq, CASE WHEN c.level IS NULL THEN 'level-unknown'
                   ELSE 'level-' || CAST(c.level AS TEXT) END AS line,
       c.person, c.totalFen, c.aidFen
FROM claims_of_year AS c
WHERE c.aidFen > 0
UNION ALL
SELECT a.seq, 'by-application', a.person, NULL, a.amountFen
FROM aid AS a
WHERE a.origin = 'approval' AND a.day >= :fromDay AND a.day <= :toDay
