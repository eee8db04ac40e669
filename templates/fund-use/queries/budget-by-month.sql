-- Plans of a month beside the expenditure of the same month; a month's plan need not name every
-- purpose. Each month stands in the table, also where nothing was planned or spent in it.
SELECT b.seq, CAST(:year AS TEXT) || CASE WHEN b.month < 10 THEN '-0' ELSE '-' END
       || CAST(b.month AS TEXT) AS month, b.amountFen AS planFen,
       CAST(NULL AS BIGINT) AS enrolmentFen, CAST(NULL AS BIGINT) AS careFen,
       CAST(NULL AS BIGINT) AS secondFen, CAST(NULL AS BIGINT) AS tiltFen,
       CAST(NULL AS BIGINT) AS aboveCapFen, CAST(NULL AS BIGINT) AS otherFen,
       CAST(NULL AS BIGINT) AS expenditureFen
FROM budget AS b
WHERE b.month IS NOT NULL
UNION ALL
SELECT c.seq, c.month, NULL,
       CASE WHEN c.line = 'enrolment' THEN c.amountFen END,
       CASE WHEN c.line IN ('clearing', 'inpatient', 'outpatient', 'major-illness')
            THEN c.amountFen END,
       CASE WHEN c.line = 'second' THEN c.amountFen END,
       CASE WHEN c.line = 'tilt' THEN c.amountFen END,
       CASE WHEN c.line = 'above-cap' THEN c.amountFen END,
       CASE WHEN c.line NOT IN ('enrolment', 'clearing', 'inpatient', 'outpatient',
                                'major-illness', 'second', 'tilt', 'above-cap')
            THEN c.amountFen END, c.amountFen
FROM cash AS c
WHERE c.side = 'expenditure' AND c.day >= :fromDay AND c.day <= :toDay
UNION ALL
SELECT CAST(NULL AS BIGINT), m.month, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0
FROM months AS m
WHERE EXISTS (SELECT 1 FROM budget AS b WHERE b.month IS NOT NULL)
   OR EXISTS (SELECT 1 FROM cash AS c
              WHERE c.side = 'expenditure' AND c.day >= :fromDay AND c.day <= :toDay)
