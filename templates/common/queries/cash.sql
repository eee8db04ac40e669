-- cash: every movement of the medical-aid fund, each once, from the first record to the end of the
-- year.
--   side       opening, income or expenditure
--   line       what it was for, or where it came from
--   amountFen  as its side has it: money that came back from an expenditure is below zero
-- The day on which money moved decides.

-- Money received. What an area passes on to another one within this report counts where it was
-- first received: the giver has booked the same source for the same year.
SELECT r.seq, r.area, r.occurredOnDay AS day, substr(r.occurredOn, 1, 7) AS month,
       'income' AS side, r.fundSource AS line, r.amountFen
FROM live_fund_received AS r
WHERE r.ledger = :ledger AND r.area >= :areaFrom AND r.area < :areaTo
  AND r.occurredOnDay <= :toDay AND r.fund = 'medical-aid' AND r.fundSource <> 'carried-forward'
  AND NOT (r.fromArea IS NOT NULL AND r.fromArea <> r.area
           AND r.fromArea >= :areaFrom AND r.fromArea < :areaTo
           AND (r.fromArea, r.fund, r.fundSource, r.year) IN
             (SELECT g.area, g.fund, g.fundSource, g.year
              FROM live_fund_received AS g WHERE g.ledger = :ledger))

-- What was carried forward into the first year that an area has on the ledger opens its account.
-- Later years are opened by the ledger's own movements; what was stated for them is compared.
UNION ALL
SELECT r.seq, r.area, CAST(:fromDay AS BIGINT) - 1, substr(r.occurredOn, 1, 7),
       'opening', r.fundSource, r.amountFen
FROM live_fund_received AS r
WHERE r.ledger = :ledger AND r.area >= :areaFrom AND r.area < :areaTo
  AND r.fund = 'medical-aid' AND r.fundSource = 'carried-forward' AND r.year <= :year
  AND r.year = (SELECT MIN(f.year) FROM live_fund_received AS f
                WHERE f.ledger = r.ledger AND f.area = r.area AND f.fund = r.fund)

UNION ALL
SELECT r.seq, r.area, r.occurredOnDay, substr(r.occurredOn, 1, 7),
       'income', 'recovery', r.amountFen
FROM live_recovery_received AS r
WHERE r.ledger = :ledger AND r.area >= :areaFrom AND r.area < :areaTo
  AND r.occurredOnDay <= :toDay AND r.fund = 'medical-aid'

-- Between funds: who pays back what the other advanced.
UNION ALL
SELECT o.seq, o.area, o.occurredOnDay, substr(o.occurredOn, 1, 7),
       'income', 'paid-back-by-fund', o.amountFen
FROM live_offset_booked AS o
WHERE o.ledger = :ledger AND o.area >= :areaFrom AND o.area < :areaTo
  AND o.occurredOnDay <= :toDay AND o.toFund = 'medical-aid' AND o.fromFund <> 'medical-aid'
UNION ALL
SELECT o.seq, o.area, o.occurredOnDay, substr(o.occurredOn, 1, 7),
       'expenditure', 'paid-back-to-fund', o.amountFen
FROM live_offset_booked AS o
WHERE o.ledger = :ledger AND o.area >= :areaFrom AND o.area < :areaTo
  AND o.occurredOnDay <= :toDay AND o.fromFund = 'medical-aid' AND o.toFund <> 'medical-aid'

-- Enrolment subsidies: what leaves the fund's accounts, so that a transfer in several steps
-- counts once; less what was refunded to the fund.
UNION ALL
SELECT t.seq, t.area, t.occurredOnDay, substr(t.occurredOn, 1, 7),
       'expenditure', 'enrolment', t.amountFen
FROM live_fund_transferred AS t
WHERE t.ledger = :ledger AND t.area >= :areaFrom AND t.area < :areaTo
  AND t.occurredOnDay <= :toDay AND t.purpose = 'enrolment'
  AND t.fromAccount IN ('medical-aid-treasury-account', 'medical-aid-subaccount',
                        'social-security-special-account')
  AND t.toAccount NOT IN ('medical-aid-treasury-account', 'medical-aid-subaccount',
                          'social-security-special-account')
UNION ALL
SELECT f.seq, f.area, f.refundedOnDay, substr(f.refundedOn, 1, 7),
       'expenditure', 'enrolment', -f.amountFen
FROM live_enrolment_refunded AS f
WHERE f.ledger = :ledger AND f.area >= :areaFrom AND f.area < :areaTo
  AND f.refundedOnDay <= :toDay AND f."to" = 'fund' AND f.fund = 'medical-aid'

-- Clearing with hospitals, prepayments set against it included: a prepayment is spent when it is
-- cleared, not when it is made. The request names the fund; without it the account does.
UNION ALL
SELECT p.seq, p.area, p.occurredOnDay, substr(p.occurredOn, 1, 7),
       'expenditure', 'clearing', p.paidFen + p.prepaymentAppliedFen
FROM live_clearing_paid AS p
LEFT JOIN live_clearing_requested AS q
  ON q.ledger = p.ledger AND q.source = p.request_source AND q.id = p.request_id
WHERE p.ledger = :ledger AND p.area >= :areaFrom AND p.area < :areaTo
  AND p.occurredOnDay <= :toDay
  AND (q.fund = 'medical-aid'
       OR (q.fund IS NULL
           AND p.fromAccount IN ('medical-aid-treasury-account', 'medical-aid-subaccount',
                                 'social-security-special-account')))

-- Aid paid to persons, less what was returned. What a hospital paid out is cleared with it above.
UNION ALL
SELECT p.seq, p.area, p.day, p.month, 'expenditure',
       CASE WHEN a.aidType = 'regular' THEN 'inpatient'
            WHEN a.aidType IS NOT NULL THEN a.aidType
            WHEN c.visit_type = 'inpatient' THEN 'inpatient'
            WHEN c.visit_type IS NOT NULL THEN 'outpatient'
            ELSE 'unexplained' END,
       p.amountFen
FROM (SELECT d.ledger, d.seq, d.area, d.paidOnDay AS day, substr(d.paidOn, 1, 7) AS month,
             d.amountFen, d.approval_source, d.approval_id, d.claim_source, d.claim_id
      FROM live_aid_paid AS d
      WHERE d.ledger = :ledger AND d.area >= :areaFrom AND d.area < :areaTo
        AND d.paidOnDay <= :toDay AND d.fund = 'medical-aid' AND d.channel <> 'hospital'
      UNION ALL
      SELECT b.ledger, b.seq, b.area, b.returnedOnDay, substr(b.returnedOn, 1, 7),
             -b.amountFen, d.approval_source, d.approval_id, d.claim_source, d.claim_id
      FROM live_payment_returned AS b
      JOIN live_aid_paid AS d
        ON d.ledger = b.ledger AND d.source = b.payment_source AND d.id = b.payment_id
      WHERE b.ledger = :ledger AND b.area >= :areaFrom AND b.area < :areaTo
        AND b.returnedOnDay <= :toDay AND d.fund = 'medical-aid'
        AND d.channel <> 'hospital') AS p
LEFT JOIN live_aid_approved AS a
  ON a.ledger = p.ledger AND a.source = p.approval_source AND a.id = p.approval_id
LEFT JOIN entry AS e
  ON e.ledger = p.ledger AND e.source = p.claim_source AND e.id = p.claim_id
LEFT JOIN live_claim_settled AS c ON c.ledger = e.ledger AND c.seq = e.seq
