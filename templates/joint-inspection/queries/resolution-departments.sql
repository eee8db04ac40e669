-- Who took part in the resolutions that approvals above the cap of the year rest on.
SELECT r.seq, r.seq AS resolutionSeq, r.number AS resolutionNumber, r.heldOn, d.department
FROM (SELECT DISTINCT a.ledger, a.resolution_source AS source, a.resolution_id AS id
      FROM live_aid_approved AS a
      WHERE a.ledger = :ledger AND a.area >= :areaFrom AND a.area < :areaTo
        AND a.aidType = 'above-cap' AND a.resolution_source IS NOT NULL
        AND a.approvedOnDay >= :fromDay AND a.approvedOnDay <= :toDay) AS used
JOIN live_resolution_adopted AS r
  ON r.ledger = used.ledger AND r.source = used.source AND r.id = used.id
JOIN resolution_adopted__departments AS d ON d.ledger = r.ledger AND d.seq = r.seq
