-- Who took part in the resolutions that approvals above the cap of the year rest on.
SELECT r.seq, r.seq AS resolutionSeq, r.number AS resolutionNumber, r.heldOn, d.department
FROM live_resolution_adopted AS r
JOIN resolution_adopted__departments AS d ON d.ledger = r.ledger AND d.seq = r.seq
WHERE r.ledger = :ledger
  AND EXISTS (SELECT 1 FROM live_aid_approved AS a
              WHERE a.ledger = r.ledger AND a.resolution_source = r.source
                AND a.resolution_id = r.id AND a.aidType = 'above-cap'
                AND a.area >= :areaFrom AND a.area < :areaTo
                AND a.approvedOnDay >= :fromDay AND a.approvedOnDay <= :toDay)
