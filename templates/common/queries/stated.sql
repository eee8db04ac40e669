-- index: recordKind, statementSource, areaPrefix, periodToDay
-- stated: what sources say that they sent, of all periods.
--   areaPrefix  how the codes of the areas begin that the statement is of
SELECT t.seq, t.area, t.recordKind, t.source AS statementSource, t.periodFrom, t.periodFromDay,
       t.periodTo, t.periodToDay, t.statedBy, t.count AS statedCount, t.amountFen,
       CASE WHEN substr(t.area, 3, 4) = '0000' THEN substr(t.area, 1, 2)
            WHEN substr(t.area, 5, 2) = '00' THEN substr(t.area, 1, 4)
            ELSE t.area END AS areaPrefix
FROM live_source_totalled AS t
WHERE t.ledger = :ledger
