-- Approvals above the cap that name no resolution, or one that is not on the ledger.
SELECT a.seq, a.person, a.area, a.year, a.amountFen, a.amountFen AS amountUpper,
       a.approver, a.approvingDepartment,
       a.approvedOn, a.resolution_id AS resolutionNamed
FROM live_aid_approved AS a
LEFT JOIN live_resolution_adopted AS r
  ON r.ledger = a.ledger AND r.source = a.resolution_source AND r.id = a.resolution_id
WHERE a.ledger = :ledger AND a.area >= :areaFrom AND a.area < :areaTo
  AND a.aidType = 'above-cap' AND a.approvedOnDay >= :fromDay AND a.approvedOnDay <= :toDay
  AND r.seq IS NULL
