SELECT f.seq, f.body_area AS area, f.amountFen
FROM live_inspection_found AS f
WHERE f.ledger = :ledger AND f.body_area >= :areaFrom AND f.body_area < :areaTo
  AND f.occurredOnDay >= :fromDay AND f.occurredOnDay <= :toDay
