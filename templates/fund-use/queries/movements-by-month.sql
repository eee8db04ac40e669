SELECT c.seq, c.month,
       CASE WHEN c.side = 'income' THEN c.amountFen ELSE 0 END AS incomeFen,
       CASE WHEN c.side = 'expenditure' THEN c.amountFen ELSE 0 END AS expenditureFen
FROM cash AS c
WHERE c.side <> 'opening' AND c.day >= :fromDay AND c.day <= :toDay
