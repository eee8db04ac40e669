-- What a source says it sent, beside what the ledger holds of it, reversed or not: records of the same kind
-- and source, dated in the period stated, of the area stated for and those below it. Difference:
-- the ledger's less the stated. Amounts only for kinds that carry one (see recorded.sql).
WITH due AS (
  SELECT t.seq, t.recordKind, t.statementSource, t.periodFrom, t.periodFromDay, t.periodTo,
         t.periodToDay, t.statedBy, t.statedCount, t.amountFen, t.areaPrefix,
         CASE WHEN t.recordKind IN (
                'aid.approved', 'aid.paid', 'claim.settled', 'clearing.paid',
                'clearing.requested', 'enrolment.refunded', 'enrolment.subsidised',
                'fund.budgeted', 'fund.received', 'fund.transferred', 'offset.booked',
                'payment.returned', 'premium.collected', 'prepayment.made',
                'prepayment.returned', 'recovery.received', 'review.concluded',
                'subsidy.requested')
              THEN 1 ELSE 0 END AS hasAmount
  FROM stated AS t
  WHERE t.area >= :areaFrom AND t.area < :areaTo
    AND t.periodToDay >= :fromDay AND t.periodToDay <= :toDay
)
SELECT s.seq, s.seq AS statement, s.recordKind, s.statementSource,
       s.periodFrom, s.periodTo, s.statedBy,
       s.statedCount, 0 AS ledgerCount, -s.statedCount AS differenceCount,
       CASE WHEN s.hasAmount = 1 THEN s.amountFen END AS statedFen,
       CASE WHEN s.hasAmount = 1 THEN 0 END AS ledgerFen,
       CASE WHEN s.hasAmount = 1 THEN -s.amountFen END AS differenceFen
FROM due AS s
UNION ALL
SELECT r.seq, s.seq, s.recordKind, s.statementSource, s.periodFrom, s.periodTo, s.statedBy,
       0, 1, 1, CASE WHEN s.hasAmount = 1 THEN 0 END, r.amountFen, r.amountFen
FROM due AS s
JOIN recorded AS r
  ON r.recordKind = s.recordKind AND r.recordSource = s.statementSource
  AND r.day >= s.periodFromDay AND r.day <= s.periodToDay
  AND substr(r.area, 1, length(s.areaPrefix)) = s.areaPrefix
