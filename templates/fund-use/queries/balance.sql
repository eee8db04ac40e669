SELECT c.seq, 'opening' AS line,
       CASE WHEN c.side = 'expenditure' THEN -c.amountFen ELSE c.amountFen END AS amountFen
FROM cash AS c WHERE c.day < :fromDay
UNION ALL
SELECT c.seq, c.side, c.amountFen
FROM cash AS c WHERE c.day >= :fromDay AND c.day <= :toDay
UNION ALL
SELECT c.seq, 'closing',
       CASE WHEN c.side = 'expenditure' THEN -c.amountFen ELSE c.amountFen END
FROM cash AS c WHERE c.day <= :toDay
