-- Cost in scope of the settlements of the year, and what persons bore of it; aid approved in the year
-- on application comes off.
SELECT c.seq, c.area, c.category, c.inScopeFen, c.borneFen FROM claims_in_scope AS c
UNION ALL
SELECT a.seq, a.area, a.category, CAST(NULL AS BIGINT), -a.amountFen
FROM live_aid_approved AS a
WHERE a.ledger = :ledger AND a.area >= :areaFrom AND a.area < :areaTo AND a.amountFen > 0
  AND a.approvedOnDay >= :fromDay AND a.approvedOnDay <= :toDay
