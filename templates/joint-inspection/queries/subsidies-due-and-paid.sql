-- Subsidies of the insurance year beside the money: requested, transferred to the insurance fund,
-- refunded. A transfer in several steps counts where it enters the insurance fund's accounts.
SELECT e.seq, e.area, e.subsidyFen AS dueFen, 0 AS requestedFen, 0 AS transferredFen,
       0 AS refundedFen, -e.subsidyFen AS differenceFen
FROM live_enrolment_subsidised AS e
WHERE e.ledger = :ledger AND e.area >= :areaFrom AND e.area < :areaTo AND e.year = :year
UNION ALL
SELECT q.seq, q.area, 0, q.amountFen, 0, 0, 0
FROM live_subsidy_requested AS q
WHERE q.ledger = :ledger AND q.area >= :areaFrom AND q.area < :areaTo AND q.year = :year
UNION ALL
SELECT t.seq, t.area, 0, 0, t.amountFen, 0, t.amountFen
FROM live_fund_transferred AS t
WHERE t.ledger = :ledger AND t.area >= :areaFrom AND t.area < :areaTo AND t.year = :year
  AND t.purpose = 'enrolment'
  AND t.toAccount IN ('resident-insurance-subaccount', 'resident-insurance-treasury-account',
                      'agency-income-account')
  AND t.fromAccount NOT IN ('resident-insurance-subaccount', 'resident-insurance-treasury-account',
                            'agency-income-account')
UNION ALL
SELECT f.seq, f.area, 0, 0, 0, f.amountFen, -f.amountFen
FROM live_enrolment_refunded AS f
WHERE f.ledger = :ledger AND f.area >= :areaFrom AND f.area < :areaTo AND f.year = :year
  AND f."to" = 'fund'
