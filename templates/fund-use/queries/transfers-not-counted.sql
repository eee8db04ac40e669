-- Transfers out of the fund's accounts that the balance does not count, because what they pay for
-- is recorded as a clearing, a payment or a prepayment. Where it is not, a difference comes from
-- here.
SELECT t.seq, t.purpose, t.fromAccount, t.toAccount, t.amountFen
FROM live_fund_transferred AS t
WHERE t.ledger = :ledger AND t.area >= :areaFrom AND t.area < :areaTo
  AND t.occurredOnDay >= :fromDay AND t.occurredOnDay <= :toDay AND t.purpose <> 'enrolment'
  AND t.fromAccount IN ('medical-aid-treasury-account', 'medical-aid-subaccount',
                        'social-security-special-account')
  AND t.toAccount NOT IN ('medical-aid-treasury-account', 'medical-aid-subaccount',
                          'social-security-special-account')
