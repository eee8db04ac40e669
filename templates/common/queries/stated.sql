-- index: recordKind, statementSource, areaPrefix, periodToDay, periodFromDay
-- stated: what sources say that they sent, of all periods.
--   areaPrefix  how the codes of the areas begin that the statement is of
--   hasAmount   1 where records of the kind carry an amount (see recorded.sql)
SELECT t.seq, t.area, t.recordKind, t.source AS statementSource, t.periodFrom, t.periodFromDay,
       t.periodTo, t.periodToDay, t.statedBy, t.count AS statedCount, t.amountFen,
       CASE WHEN substr(t.area, 3, 4) = '0000' THEN substr(t.area, 1, 2)
            WHEN substr(t.area, 5, 2) = '00' THEN substr(t.area, 1, 4)
            ELSE t.area END AS areaPrefix,
       CASE WHEN t.recordKind IN (
              'aid.approved', 'aid.paid', 'claim.settled', 'clearing.paid',
              'clearing.requested', 'enrolment.refunded', 'enrolment.subsidised',
              'fund.budgeted', 'fund.received', 'fund.transferred', 'offset.booked',
              'payment.returned', 'premium.collected', 'prepayment.made',
              'prepayment.returned', 'recovery.received', 'review.concluded',
              'subsidy.requested')
            THEN 1 ELSE 0 END AS hasAmount
FROM live_source_totalled AS t
WHERE t.ledger = :ledger
