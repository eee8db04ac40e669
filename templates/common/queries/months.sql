-- months: the months of the year up to that of the ledger's latest record of money, of whatever area,
-- so that a month in which nothing moved has its place on an axis.
WITH calendar(text, before) AS (
  SELECT '-01', 0 UNION ALL SELECT '-02', 31
  UNION ALL SELECT '-03', CAST(:toDay AS BIGINT) - CAST(:fromDay AS BIGINT) - 305
  UNION ALL SELECT '-04', CAST(:toDay AS BIGINT) - CAST(:fromDay AS BIGINT) - 274
  UNION ALL SELECT '-05', CAST(:toDay AS BIGINT) - CAST(:fromDay AS BIGINT) - 244
  UNION ALL SELECT '-06', CAST(:toDay AS BIGINT) - CAST(:fromDay AS BIGINT) - 213
  UNION ALL SELECT '-07', CAST(:toDay AS BIGINT) - CAST(:fromDay AS BIGINT) - 183
  UNION ALL SELECT '-08', CAST(:toDay AS BIGINT) - CAST(:fromDay AS BIGINT) - 152
  UNION ALL SELECT '-09', CAST(:toDay AS BIGINT) - CAST(:fromDay AS BIGINT) - 121
  UNION ALL SELECT '-10', CAST(:toDay AS BIGINT) - CAST(:fromDay AS BIGINT) - 91
  UNION ALL SELECT '-11', CAST(:toDay AS BIGINT) - CAST(:fromDay AS BIGINT) - 60
  UNION ALL SELECT '-12', CAST(:toDay AS BIGINT) - CAST(:fromDay AS BIGINT) - 30
), recorded_to(day) AS (
  SELECT MAX(r.occurredOnDay) FROM fund_received AS r WHERE r.ledger = :ledger
  UNION ALL SELECT MAX(t.occurredOnDay) FROM fund_transferred AS t WHERE t.ledger = :ledger
  UNION ALL SELECT MAX(b.occurredOnDay) FROM fund_balance_stated AS b WHERE b.ledger = :ledger
  UNION ALL SELECT MAX(c.occurredOnDay) FROM clearing_paid AS c WHERE c.ledger = :ledger
  UNION ALL SELECT MAX(a.occurredOnDay) FROM aid_paid AS a WHERE a.ledger = :ledger
)
SELECT CAST(CAST(:year AS BIGINT) AS TEXT) || c.text AS month
FROM calendar AS c
WHERE CAST(:fromDay AS BIGINT) + c.before <= (SELECT MAX(t.day) FROM recorded_to AS t)
