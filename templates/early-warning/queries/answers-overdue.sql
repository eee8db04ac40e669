-- Pushes of the year that were answered too late, or not at all by the day of the latest record.
-- Monitored persons are returned each month: by the end of the month after the push.
WITH returned AS (
  SELECT w.area, MIN(p.months) AS months
  FROM area_within AS w
  JOIN provision AS p ON p.area = w.within AND p.topic = 'warning-return'
    AND p.fromDay <= :toDay AND p.toDay >= :fromDay AND p.months IS NOT NULL
  GROUP BY w.area
), raised AS (
  SELECT w.seq, COALESCE(k.kept, w.person) AS person, w.area, w.warning, w.toDepartment, w.pushedOn,
         12 * CAST(:year AS BIGINT) - 1 + r.months
         + CAST(substr(w.pushedOn, 6, 2) AS BIGINT) AS dueMonth, w.source, w.id
  FROM live_warning_raised AS w
  JOIN returned AS r ON r.area = w.area
  LEFT JOIN kept_person AS k ON k.person = w.person
  WHERE w.ledger = :ledger AND w.area >= :areaFrom AND w.area < :areaTo
    AND w.pushedOnDay >= :fromDay AND w.pushedOnDay <= :toDay
), answered AS (
  SELECT r.seq, a.seq AS answerSeq, a.occurredOn AS answeredOn, a.occurredOnDay AS day,
         ROW_NUMBER() OVER (PARTITION BY r.seq ORDER BY a.occurredOnDay, a.seq) AS place
  FROM raised AS r
  JOIN live_warning_answered AS a
    ON a.ledger = :ledger AND a.warning_source = r.source AND a.warning_id = r.id
), dated AS (
  SELECT r.seq, r.person, r.area, r.warning, r.toDepartment, r.pushedOn, r.dueMonth,
         365 * ((r.dueMonth - 1) / 12) + (r.dueMonth - 1) / 48 - (r.dueMonth - 1) / 1200
         + (r.dueMonth - 1) / 4800 + (153 * ((r.dueMonth + 11) % 12) + 2) / 5 - 719469 AS dueDay,
         365 * ((r.dueMonth - 2) / 12) + (r.dueMonth - 2) / 48 - (r.dueMonth - 2) / 1200
         + (r.dueMonth - 2) / 4800 + (153 * ((r.dueMonth + 10) % 12) + 2) / 5 - 719468 AS dueFirst
  FROM raised AS r
)
SELECT d.seq, d.person, d.area, d.warning, d.toDepartment, d.pushedOn,
       CAST(d.dueMonth / 12 AS TEXT) || CASE WHEN d.dueMonth % 12 < 9 THEN '-0' ELSE '-' END
       || CAST(d.dueMonth % 12 + 1 AS TEXT) || '-' || CAST(d.dueDay - d.dueFirst + 1 AS TEXT)
         AS dueOn,
       a.answerSeq, a.answeredOn, COALESCE(a.day, t.day) - d.dueDay AS daysLate
FROM dated AS d
CROSS JOIN latest_day AS t
LEFT JOIN answered AS a ON a.seq = d.seq AND a.place = 1
WHERE COALESCE(a.day, t.day) > d.dueDay
