-- What came back to the fund; a penalty is no recovery.
SELECT r.seq, r.area, r.amountFen
FROM live_recovery_received AS r
WHERE r.ledger = :ledger AND r.area >= :areaFrom AND r.area < :areaTo AND r.fund = 'medical-aid'
  AND r.nature <> 'penalty' AND r.occurredOnDay >= :fromDay AND r.occurredOnDay <= :toDay
