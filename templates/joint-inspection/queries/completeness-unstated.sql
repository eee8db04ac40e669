-- Records of the period that no total of their source covers: their completeness cannot be judged.
SELECT r.seq, r.recordKind, r.recordSource, r.amountFen
FROM recorded AS r
WHERE r.day >= :fromDay AND r.day <= :toDay AND r.recordKind <> 'source.totalled'
  AND NOT EXISTS (
    SELECT 1 FROM live_source_totalled AS t
    WHERE t.ledger = :ledger AND t.recordKind = r.recordKind AND t.source = r.recordSource
      AND t.periodFromDay <= r.day AND t.periodToDay >= r.day
      AND substr(r.area, 1, CASE WHEN substr(t.area, 3, 4) = '0000' THEN 2
                                 WHEN substr(t.area, 5, 2) = '00' THEN 4 ELSE 6 END)
        = substr(t.area, 1, CASE WHEN substr(t.area, 3, 4) = '0000' THEN 2
                                 WHEN substr(t.area, 5, 2) = '00' THEN 4 ELSE 6 END))
