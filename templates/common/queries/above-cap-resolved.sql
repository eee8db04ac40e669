-- Approvals above the cap whose resolution is on the ledger, with what the resolution says of the
-- same person and year.
SELECT a.seq, r.seq AS resolutionSeq, a.person, a.area, a.year, a.amountFen, a.approver,
       a.approvingDepartment, a.approvedOn, a.amountFen AS amountUpper,
       r.number AS resolutionNumber, r.heldOn,
       (SELECT COUNT(*) FROM resolution_adopted__departments AS d
        WHERE d.ledger = r.ledger AND d.seq = r.seq) AS departments,
       (SELECT MAX(i.capFen) FROM resolution_adopted__items AS i
        WHERE i.ledger = r.ledger AND i.seq = r.seq
          AND i.person = a.person AND i.year = a.year) AS capFen,
       (SELECT MAX(i.approvedYearTotalFen) FROM resolution_adopted__items AS i
        WHERE i.ledger = r.ledger AND i.seq = r.seq
          AND i.person = a.person AND i.year = a.year) AS approvedYearTotalFen,
       (SELECT MAX(i.approvedYearTotalFen) FROM resolution_adopted__items AS i
        WHERE i.ledger = r.ledger AND i.seq = r.seq
          AND i.person = a.person AND i.year = a.year) AS approvedYearTotalUpper
FROM live_aid_approved AS a
JOIN live_resolution_adopted AS r
  ON r.ledger = a.ledger AND r.source = a.resolution_source AND r.id = a.resolution_id
WHERE a.ledger = :ledger AND a.area >= :areaFrom AND a.area < :areaTo
  AND a.aidType = 'above-cap' AND a.approvedOnDay >= :fromDay AND a.approvedOnDay <= :toDay
