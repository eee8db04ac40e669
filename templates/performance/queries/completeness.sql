-- The statements of sources whose period ends in the year; those of them that the ledger agrees with
-- in number and, where the kind carries an amount, in amount.
SELECT t.seq, t.area,
       CASE WHEN t.statedCount = COUNT(r.seq)
             AND (COUNT(r.amountFen) = 0 OR t.amountFen = SUM(r.amountFen)) THEN 1 END AS complete
FROM stated AS t
LEFT JOIN recorded AS r
  ON r.recordKind = t.recordKind AND r.recordSource = t.statementSource
  AND r.day >= t.periodFromDay AND r.day <= t.periodToDay
  AND substr(r.area, 1, length(t.areaPrefix)) = t.areaPrefix
WHERE t.area >= :areaFrom AND t.area < :areaTo
  AND t.periodToDay >= :fromDay AND t.periodToDay <= :toDay
GROUP BY t.seq, t.area, t.statedCount, t.amountFen
