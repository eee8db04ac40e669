-- What was spent up to the end of each quarter, beside the budget of the whole year.
WITH quarter (line, lastMonth) AS (
  SELECT 'q1', '03' UNION ALL SELECT 'q2', '06' UNION ALL SELECT 'q3', '09'
  UNION ALL SELECT 'q4', '12'
), spent AS (
  SELECT c.seq, substr(c.month, 6, 2) AS month, c.amountFen
  FROM cash AS c
  WHERE c.side = 'expenditure' AND c.day >= :fromDay AND c.day <= :toDay
)
SELECT s.seq, q.line, s.amountFen AS upToFen,
       CASE WHEN (CAST(s.month AS BIGINT) + 2) / 3 * 3 = CAST(q.lastMonth AS BIGINT)
            THEN s.amountFen END AS expenditureFen, CAST(NULL AS BIGINT) AS budgetFen
FROM quarter AS q
JOIN spent AS s ON s.month <= q.lastMonth
UNION ALL
SELECT b.seq, q.line, NULL, NULL, b.amountFen
FROM quarter AS q
CROSS JOIN budget AS b
WHERE b.month IS NULL
