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
UNION ALL
SELECT a.seq, 'incurred', a.amountFen
FROM aid AS a WHERE a.day >= :fromDay AND a.day <= :toDay
UNION ALL
SELECT d.seq, 'owed-closing', d.effect * d.amountFen
FROM dues AS d WHERE d.day <= :toDay
UNION ALL
SELECT p.seq, 'prepaid', p.effect * p.amountFen
FROM prepaid AS p WHERE p.day <= :toDay
