SELECT b.seq, b.area, b.account, b.asOf, b.bookFen, b.bankFen,
       b.bankFen - b.bookFen AS differenceFen, b.docNo
FROM live_fund_balance_stated AS b
WHERE b.ledger = :ledger AND b.area >= :areaFrom AND b.area < :areaTo
  AND b.asOfDay >= :fromDay AND b.asOfDay <= :toDay
  AND b.account IN ('medical-aid-treasury-account', 'medical-aid-subaccount',
                    'social-security-special-account')
