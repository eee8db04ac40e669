-- The ledger's balance beside what the accounts' keepers state, and the differences (stated less
-- the ledger's). A difference has facts only where something was stated.
WITH stated AS (
  -- The last statement of each of the fund's own accounts as of the last day of the period. The
  -- social-security special account holds other funds as well; its sub-account is stated apart.
  SELECT b.seq, b.bookFen, b.bankFen
  FROM live_fund_balance_stated AS b
  WHERE b.ledger = :ledger AND b.area >= :areaFrom AND b.area < :areaTo
    AND b.account IN ('medical-aid-treasury-account', 'medical-aid-subaccount')
    AND b.asOfDay = :toDay
    AND NOT EXISTS (SELECT 1 FROM live_fund_balance_stated AS n
                    WHERE n.ledger = b.ledger AND n.area = b.area AND n.account = b.account
                      AND n.asOfDay = b.asOfDay AND n.seq > b.seq)
), carried AS (
  SELECT r.seq, r.amountFen
  FROM live_fund_received AS r
  WHERE r.ledger = :ledger AND r.area >= :areaFrom AND r.area < :areaTo
    AND r.fund = 'medical-aid' AND r.fundSource = 'carried-forward' AND r.year = :year
), opening AS (
  SELECT c.seq, CASE WHEN c.side = 'expenditure' THEN -c.amountFen ELSE c.amountFen END AS amountFen
  FROM cash AS c WHERE c.day < :fromDay
), closing AS (
  SELECT c.seq, CASE WHEN c.side = 'expenditure' THEN -c.amountFen ELSE c.amountFen END AS amountFen
  FROM cash AS c WHERE c.day <= :toDay
), outstanding AS (
  SELECT p.seq, p.effect * p.amountFen AS amountFen
  FROM prepaid AS p WHERE p.day <= :toDay
), expected AS (
  SELECT c.seq, c.amountFen FROM closing AS c
  UNION ALL
  SELECT o.seq, -o.amountFen FROM outstanding AS o
)
SELECT o.seq, 'opening' AS line, o.amountFen FROM opening AS o
UNION ALL
SELECT c.seq, 'carried-stated', c.amountFen FROM carried AS c
UNION ALL
SELECT c.seq, 'carried-difference', c.amountFen FROM carried AS c
UNION ALL
SELECT o.seq, 'carried-difference', -o.amountFen FROM opening AS o
WHERE EXISTS (SELECT 1 FROM carried)
UNION ALL
SELECT c.seq, 'closing', c.amountFen FROM closing AS c
UNION ALL
SELECT o.seq, 'prepaid', o.amountFen FROM outstanding AS o
UNION ALL
SELECT e.seq, 'expected', e.amountFen FROM expected AS e
UNION ALL
SELECT s.seq, 'stated-book', s.bookFen FROM stated AS s
UNION ALL
SELECT s.seq, 'book-difference', s.bookFen FROM stated AS s
UNION ALL
SELECT e.seq, 'book-difference', -e.amountFen FROM expected AS e
WHERE EXISTS (SELECT 1 FROM stated)
UNION ALL
SELECT s.seq, 'stated-bank', s.bankFen FROM stated AS s
UNION ALL
SELECT s.seq, 'bank-difference', s.bankFen FROM stated AS s
UNION ALL
SELECT e.seq, 'bank-difference', -e.amountFen FROM expected AS e
WHERE EXISTS (SELECT 1 FROM stated)
