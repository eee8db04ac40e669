SELECT b.seq, b.area, b.amountFen AS budgetFen, CAST(NULL AS BIGINT) AS spentFen
FROM annual_budget AS b
UNION ALL
SELECT c.seq, c.area, CAST(NULL AS BIGINT), c.amountFen
FROM cash AS c
WHERE c.side = 'expenditure' AND c.day >= :fromDay AND c.day <= :toDay
