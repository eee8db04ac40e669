SELECT a.seq
FROM live_aid_approved AS a
WHERE a.ledger = :ledger AND a.area >= :areaFrom AND a.area < :areaTo
  AND a.aidType = 'above-cap' AND a.approvedOnDay >= :fromDay AND a.approvedOnDay <= :toDay
