-- Records of the period that no total of their source covers: their completeness cannot be judged.
SELECT r.seq, r.recordKind, r.recordSource, r.amountFen
FROM recorded AS r
WHERE r.day >= :fromDay AND r.day <= :toDay AND r.recordKind <> 'source.totalled'
  AND NOT EXISTS (
    SELECT 1 FROM stated AS t
    WHERE t.recordKind = r.recordKind AND t.statementSource = r.recordSource
      AND t.periodFromDay <= r.day AND t.periodToDay >= r.day
      AND t.areaPrefix IN (substr(r.area, 1, 2), substr(r.area, 1, 4), r.area))
