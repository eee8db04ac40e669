-- How many working days passed from the papers of a clearing request to its payment in full. Each
-- span stands in the table, also where nothing fell into it.
SELECT c.seq,
       CASE
         WHEN c.paidOnDay IS NULL THEN 'unpaid'
         WHEN c.elapsed IS NULL THEN 'unreckoned'
         WHEN c.elapsed <= 10 THEN 'to-10'
         WHEN c.elapsed <= 20 THEN 'to-20'
         WHEN c.elapsed <= 30 THEN 'to-30'
         WHEN c.elapsed <= 40 THEN 'to-40'
         WHEN c.elapsed <= 50 THEN 'to-50'
         WHEN c.elapsed <= 60 THEN 'to-60'
         ELSE 'over-60'
       END AS span,
       1 AS requests, CASE WHEN c.rule IS NULL THEN 0 ELSE 1 END AS ruled, c.amountFen
FROM clearings AS c
UNION ALL
SELECT CAST(NULL AS BIGINT), s.span, 0, 0, 0
FROM (SELECT 'to-10' AS span UNION ALL SELECT 'to-20' UNION ALL SELECT 'to-30'
      UNION ALL SELECT 'to-40' UNION ALL SELECT 'to-50' UNION ALL SELECT 'to-60'
      UNION ALL SELECT 'over-60' UNION ALL SELECT 'unpaid') AS s
WHERE EXISTS (SELECT 1 FROM clearings)
