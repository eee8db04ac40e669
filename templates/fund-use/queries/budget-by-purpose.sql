SELECT b.seq, b.line, b.initialFen, b.amountFen AS budgetFen, CAST(NULL AS BIGINT) AS expenditureFen
FROM budget AS b
WHERE b.month IS NULL
UNION ALL
SELECT c.seq,
       CASE WHEN c.line IN ('clearing', 'inpatient', 'outpatient', 'major-illness') THEN 'care'
            WHEN c.line IN ('enrolment', 'second', 'tilt', 'above-cap') THEN c.line
            ELSE 'other' END, NULL, NULL, c.amountFen
FROM cash AS c
WHERE c.side = 'expenditure' AND c.day >= :fromDay AND c.day <= :toDay
