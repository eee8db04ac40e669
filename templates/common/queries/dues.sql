-- dues: what arises between the medical-aid fund and the hospitals, from the first record to the
-- end of the year.
--   line       why
--   effect     1 adds to what is owed to hospitals, -1 takes from it
--   amountFen  not multiplied by the effect; a payment returned is below zero

-- Aid deducted from the bill at the hospital, for which the hospital waits.
SELECT c.seq, c.area, c.day, 'one-stop' AS line, 1 AS effect,
       c.medicalAidFen + c.secondAidFen + c.tiltAidFen AS amountFen
FROM claims_aided AS c
WHERE c.channel = 'one-stop' AND c.medicalAidFen + c.secondAidFen + c.tiltAidFen > 0

-- The part of it that another fund advanced is owed to that fund.
UNION ALL
SELECT c.seq, c.area, c.day, 'advanced', -1, c.advancedFen
FROM claims_aided AS c
WHERE c.channel = 'one-stop' AND c.advancedFen > 0

-- Aid that a hospital paid out for the fund. On a one-stop claim it is already in the claim.
UNION ALL
SELECT p.seq, p.area, p.day, 'paid-by-hospital', 1, p.amountFen
FROM (SELECT d.ledger, d.seq, d.area, d.paidOnDay AS day, d.amountFen,
             d.claim_source, d.claim_id
      FROM live_aid_paid AS d
      WHERE d.ledger = :ledger AND d.area >= :areaFrom AND d.area < :areaTo
        AND d.paidOnDay <= :toDay AND d.fund = 'medical-aid' AND d.channel = 'hospital'
      UNION ALL
      SELECT b.ledger, b.seq, b.area, b.returnedOnDay, -b.amountFen, d.claim_source, d.claim_id
      FROM live_payment_returned AS b
      JOIN live_aid_paid AS d
        ON d.ledger = b.ledger AND d.source = b.payment_source AND d.id = b.payment_id
      WHERE b.ledger = :ledger AND b.area >= :areaFrom AND b.area < :areaTo
        AND b.returnedOnDay <= :toDay AND d.fund = 'medical-aid'
        AND d.channel = 'hospital') AS p
LEFT JOIN entry AS e
  ON e.ledger = p.ledger AND e.source = p.claim_source AND e.id = p.claim_id
LEFT JOIN live_claim_settled AS c ON c.ledger = e.ledger AND c.seq = e.seq
WHERE c.channel IS NULL OR c.channel <> 'one-stop'

-- Settled: disallowed, set against a prepayment, or paid.
UNION ALL
SELECT p.seq, p.area, p.day, p.line, -1, p.amountFen
FROM (SELECT d.ledger, d.seq, d.area, d.occurredOnDay AS day, d.request_source, d.request_id,
             d.fromAccount, 'disallowed' AS line, d.disallowedFen AS amountFen
      FROM live_clearing_paid AS d
      UNION ALL
      SELECT d.ledger, d.seq, d.area, d.occurredOnDay, d.request_source, d.request_id,
             d.fromAccount, 'prepayment-applied', d.prepaymentAppliedFen
      FROM live_clearing_paid AS d
      UNION ALL
      SELECT d.ledger, d.seq, d.area, d.occurredOnDay, d.request_source, d.request_id,
             d.fromAccount, 'cleared', d.paidFen
      FROM live_clearing_paid AS d) AS p
LEFT JOIN live_clearing_requested AS q
  ON q.ledger = p.ledger AND q.source = p.request_source AND q.id = p.request_id
WHERE p.ledger = :ledger AND p.area >= :areaFrom AND p.area < :areaTo
  AND p.day <= :toDay AND p.amountFen > 0
  AND (q.fund = 'medical-aid'
       OR (q.fund IS NULL
           AND p.fromAccount IN ('medical-aid-treasury-account', 'medical-aid-subaccount',
                                 'social-security-special-account')))
