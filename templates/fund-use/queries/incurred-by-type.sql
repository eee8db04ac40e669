SELECT a.seq, a.line, a.person, a.amountFen
FROM aid AS a
WHERE a.day >= :fromDay AND a.day <= :toDay
