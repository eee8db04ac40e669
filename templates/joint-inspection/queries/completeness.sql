-- What a source says it sent, beside what the ledger holds of it, reversed or not: records of the same kind
-- and source, dated in the period stated, of the area stated for and those below it. Difference:
-- the ledger's less the stated. Amounts only for kinds that carry one (see stated.sql).
SELECT s.seq, s.seq AS statement, s.recordKind, s.statementSource,
       s.area, s.periodFrom, s.periodTo, s.statedBy,
       s.statedCount, 0 AS ledgerCount, -s.statedCount AS differenceCount,
       CASE WHEN s.hasAmount = 1 THEN s.amountFen END AS statedFen,
       CASE WHEN s.hasAmount = 1 THEN 0 END AS ledgerFen,
       CASE WHEN s.hasAmount = 1 THEN -s.amountFen END AS differenceFen
FROM stated AS s
WHERE s.area >= :areaFrom AND s.area < :areaTo
  AND s.periodToDay >= :fromDay AND s.periodToDay <= :toDay
UNION ALL
SELECT r.seq, s.seq, s.recordKind, s.statementSource, s.area, s.periodFrom, s.periodTo, s.statedBy,
       0, 1, 1, CASE WHEN s.hasAmount = 1 THEN 0 END, r.amountFen, r.amountFen
FROM recorded AS r
-- From each record to the few totals that cover it: by its area and those above.
CROSS JOIN stated AS s
WHERE s.recordKind = r.recordKind AND s.statementSource = r.recordSource
  AND s.areaPrefix IN (substr(r.area, 1, 2), substr(r.area, 1, 4), r.area)
  AND s.periodToDay >= r.day AND s.periodFromDay <= r.day
  AND s.area >= :areaFrom AND s.area < :areaTo
  AND s.periodToDay >= :fromDay AND s.periodToDay <= :toDay
