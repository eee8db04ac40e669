-- Each month stands in the table, also where nothing moved in it.
SELECT c.seq, c.month,
       CASE WHEN c.side = 'income' THEN c.amountFen ELSE 0 END AS incomeFen,
       CASE WHEN c.side = 'expenditure' THEN c.amountFen ELSE 0 END AS expenditureFen
FROM cash AS c
WHERE c.side <> 'opening' AND c.day >= :fromDay AND c.day <= :toDay
UNION ALL
SELECT CAST(NULL AS BIGINT), m.month, 0, 0
FROM months AS m
WHERE EXISTS (SELECT 1 FROM cash AS c
              WHERE c.side <> 'opening' AND c.day >= :fromDay AND c.day <= :toDay)
