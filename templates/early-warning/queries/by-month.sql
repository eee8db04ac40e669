-- Pushes by the month of the push, answers by the month of the answer.
SELECT w.seq, substr(w.pushedOn, 1, 7) AS month, COALESCE(k.kept, w.person) AS pushedPerson,
       CASE WHEN w.warning = 'illness-to-poverty' THEN w.seq END AS povertySeq,
       CASE WHEN w.warning = 'illness-return' THEN w.seq END AS returnSeq,
       CAST(NULL AS BIGINT) AS answerSeq
FROM live_warning_raised AS w
LEFT JOIN kept_person AS k ON k.person = w.person
WHERE w.ledger = :ledger AND w.area >= :areaFrom AND w.area < :areaTo
  AND w.pushedOnDay >= :fromDay AND w.pushedOnDay <= :toDay
UNION ALL
SELECT a.seq, substr(a.occurredOn, 1, 7), NULL, NULL, NULL, a.seq
FROM live_warning_answered AS a
WHERE a.ledger = :ledger AND a.area >= :areaFrom AND a.area < :areaTo
  AND a.occurredOnDay >= :fromDay AND a.occurredOnDay <= :toDay
