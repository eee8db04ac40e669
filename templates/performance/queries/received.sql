-- What the levels of government and the lottery gave the fund in the year; not what was carried
-- forward, recovered or earned as interest.
SELECT c.seq, c.area, c.amountFen
FROM cash AS c
WHERE c.side = 'income' AND c.line IN ('central', 'province', 'city', 'county', 'lottery')
  AND c.day >= :fromDay AND c.day <= :toDay
