SELECT c.seq, c.area, c.amountFen
FROM cash AS c
WHERE c.side = 'expenditure' AND c.day >= :fromDay AND c.day <= :toDay
