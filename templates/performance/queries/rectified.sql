-- Problems that inspections found and that were to be put right in the year; put right in time, as
-- somebody accepted it.
SELECT f.seq, f.body_area AS area, r.seq AS rectifiedSeq,
       CASE WHEN r.seq IS NOT NULL THEN f.seq END AS rectified
FROM live_inspection_found AS f
LEFT JOIN (SELECT x.inspection, x.number, x.rectifiedOnDay, MIN(x.seq) AS seq
           FROM live_inspection_rectified AS x
           WHERE x.ledger = :ledger AND x.acceptedBy IS NOT NULL
           GROUP BY x.inspection, x.number, x.rectifiedOnDay) AS r
  ON r.inspection = f.inspection AND r.number = f.number AND r.rectifiedOnDay <= f.deadlineDay
WHERE f.ledger = :ledger AND f.body_area >= :areaFrom AND f.body_area < :areaTo
  AND f.deadlineDay >= :fromDay AND f.deadlineDay <= :toDay
