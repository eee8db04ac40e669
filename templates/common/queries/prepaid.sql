-- prepaid: prepayments of the medical-aid fund to hospitals, from the first record to the end of
-- the year.
--   line       made, applied or returned
--   effect     1 adds to what is not yet cleared, -1 takes from it

SELECT m.seq, m.area, m.occurredOnDay AS day, m.institution, 'made' AS line, 1 AS effect,
       m.amountFen
FROM live_prepayment_made AS m
WHERE m.ledger = :ledger AND m.area >= :areaFrom AND m.area < :areaTo
  AND m.occurredOnDay <= :toDay AND m.fund = 'medical-aid'
UNION ALL
SELECT p.seq, p.area, p.occurredOnDay, q.institution, 'applied', -1, p.prepaymentAppliedFen
FROM live_clearing_paid AS p
LEFT JOIN live_clearing_requested AS q
  ON q.ledger = p.ledger AND q.source = p.request_source AND q.id = p.request_id
WHERE p.ledger = :ledger AND p.area >= :areaFrom AND p.area < :areaTo
  AND p.occurredOnDay <= :toDay AND p.prepaymentAppliedFen > 0
  AND (q.fund = 'medical-aid'
       OR (q.fund IS NULL
           AND p.fromAccount IN ('medical-aid-treasury-account', 'medical-aid-subaccount',
                                 'social-security-special-account')))
-- A return names no fund: it is this fund's where this fund made the institution a prepayment.
UNION ALL
SELECT r.seq, r.area, r.occurredOnDay, r.institution, 'returned', -1, r.amountFen
FROM live_prepayment_returned AS r
WHERE r.ledger = :ledger AND r.area >= :areaFrom AND r.area < :areaTo
  AND r.occurredOnDay <= :toDay
  AND EXISTS (SELECT 1 FROM live_prepayment_made AS m
              WHERE m.ledger = r.ledger AND m.institution = r.institution
                AND m.fund = 'medical-aid')
