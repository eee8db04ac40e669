SELECT c.seq, c.line, c.amountFen
FROM cash AS c
WHERE c.side = 'income' AND c.day >= :fromDay AND c.day <= :toDay
