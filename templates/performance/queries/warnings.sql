-- Warnings pushed in the year, and those that were answered, whenever.
SELECT w.seq, n.seq AS answerSeq, w.area, CASE WHEN n.seq IS NOT NULL THEN w.seq END AS answered
FROM live_warning_raised AS w
LEFT JOIN (SELECT x.warning_source, x.warning_id, MIN(x.seq) AS seq
           FROM live_warning_answered AS x
           WHERE x.ledger = :ledger
           GROUP BY x.warning_source, x.warning_id) AS n
  ON n.warning_source = w.source AND n.warning_id = w.id
WHERE w.ledger = :ledger AND w.area >= :areaFrom AND w.area < :areaTo
  AND w.pushedOnDay >= :fromDay AND w.pushedOnDay <= :toDay
