SELECT d.seq, 'owed-opening' AS line, d.effect * d.amountFen AS amountFen
FROM dues AS d WHERE d.day < :fromDay
UNION ALL
SELECT d.seq, d.line, d.amountFen
FROM dues AS d WHERE d.day >= :fromDay AND d.day <= :toDay
UNION ALL
SELECT d.seq, 'owed-closing', d.effect * d.amountFen
FROM dues AS d WHERE d.day <= :toDay
