-- months: whole months for which an area's balance lasts, spent as in this year; nothing where
-- nothing is left or nothing was spent.
WITH moved AS (
  SELECT c.seq, c.area, c.side, c.day, c.amountFen,
         CASE WHEN c.side = 'expenditure' THEN -c.amountFen ELSE c.amountFen END AS effectFen,
         CASE WHEN c.side = 'expenditure' AND c.day >= :fromDay THEN c.amountFen END AS spentFen
  FROM cash AS c
  WHERE c.day <= :toDay
), summed AS (
  SELECT m.area, CAST(SUM(m.effectFen) AS BIGINT) AS leftFen,
         CAST(SUM(m.spentFen) AS BIGINT) AS spentFen
  FROM moved AS m
  GROUP BY m.area
)
SELECT m.seq, m.area, CASE WHEN m.day < :fromDay THEN m.effectFen END AS openingFen,
       CASE WHEN m.day >= :fromDay AND m.side = 'income' THEN m.amountFen END AS incomeFen,
       CASE WHEN m.spentFen IS NULL THEN m.effectFen END AS availableFen,
       m.spentFen AS expenditureFen, m.effectFen AS closingFen,
       CASE WHEN s.spentFen > 0 AND s.leftFen > 0 THEN s.leftFen * 12 / s.spentFen END AS months
FROM moved AS m
JOIN summed AS s ON s.area = m.area
