-- Monthly lists owed for the months of the year, one of each department that the clause names (or,
-- where the locality lays down `list-departments`, of those of them), by each area that certifies
-- persons or has sent such a list; and those that another department named by the clause has sent.
-- Lists stand behind the figures and count as lists only.
WITH month(number, text, before) AS (
  SELECT 1, '-01', 0 UNION ALL SELECT 2, '-02', 31
  UNION ALL SELECT 3, '-03', CAST(:toDay AS BIGINT) - CAST(:fromDay AS BIGINT) - 305
  UNION ALL SELECT 4, '-04', CAST(:toDay AS BIGINT) - CAST(:fromDay AS BIGINT) - 274
  UNION ALL SELECT 5, '-05', CAST(:toDay AS BIGINT) - CAST(:fromDay AS BIGINT) - 244
  UNION ALL SELECT 6, '-06', CAST(:toDay AS BIGINT) - CAST(:fromDay AS BIGINT) - 213
  UNION ALL SELECT 7, '-07', CAST(:toDay AS BIGINT) - CAST(:fromDay AS BIGINT) - 183
  UNION ALL SELECT 8, '-08', CAST(:toDay AS BIGINT) - CAST(:fromDay AS BIGINT) - 152
  UNION ALL SELECT 9, '-09', CAST(:toDay AS BIGINT) - CAST(:fromDay AS BIGINT) - 121
  UNION ALL SELECT 10, '-10', CAST(:toDay AS BIGINT) - CAST(:fromDay AS BIGINT) - 91
  UNION ALL SELECT 11, '-11', CAST(:toDay AS BIGINT) - CAST(:fromDay AS BIGINT) - 60
  UNION ALL SELECT 12, '-12', CAST(:toDay AS BIGINT) - CAST(:fromDay AS BIGINT) - 30
), sent AS (
  SELECT l.seq, l.area, l.fromDepartment AS department, l.period, l.sharedOnDay
  FROM live_list_shared AS l
  WHERE l.ledger = :ledger AND l.area >= :areaFrom AND l.area < :areaTo
    AND l.purpose = 'monthly-update' AND LENGTH(l.period) = 7
    AND SUBSTR(l.period, 1, 4) = CAST(CAST(:year AS BIGINT) AS TEXT)
), concerned AS (
  SELECT s.area FROM sent AS s
  UNION
  SELECT e.area FROM live_eligibility_certified AS e
  WHERE e.ledger = :ledger AND e.area >= :areaFrom AND e.area < :areaTo
    AND e.occurredOnDay <= :toDay
), ruled AS (
  SELECT c.area, d.code AS department,
    CAST(CAST(:year AS BIGINT) AS TEXT) || m.text AS period, MIN(p.rule) AS rule,
    MIN(p.dayOfMonth) AS allowed,
    CAST(:fromDay AS BIGINT) + m.before + MIN(p.dayOfMonth) - 1 AS dueDay
  FROM concerned AS c
  JOIN area_within AS w ON w.area = c.area
  JOIN provision AS p ON p.area = w.within AND p.topic = 'monthly-list'
    AND p.dayOfMonth IS NOT NULL
  JOIN provision_code AS d ON d.provision = p.provision AND d.member = 'department'
  CROSS JOIN month AS m
  WHERE p.fromDay <= CAST(:fromDay AS BIGINT) + m.before + p.dayOfMonth - 1
    AND p.toDay >= CAST(:fromDay AS BIGINT) + m.before + p.dayOfMonth - 1
  GROUP BY c.area, d.code, m.text, m.before
), laid_down AS (
  SELECT c.area, v.value AS department,
    DENSE_RANK() OVER (
      PARTITION BY c.area
      ORDER BY w.distance, CASE WHEN p.year IS NULL THEN 1 ELSE 0 END,
        COALESCE(p.validFromDay, 0) DESC, p.occurredOnDay DESC, p.seq DESC) AS place
  FROM concerned AS c
  JOIN area_within AS w ON w.area = c.area
  JOIN live_parameter_set AS p ON p.area = w.within
  JOIN parameter_set__valueCode AS v ON v.ledger = p.ledger AND v.seq = p.seq
  WHERE p.ledger = :ledger AND p.name = 'list-departments' AND (p.year IS NULL OR p.year = :year)
    AND COALESCE(p.validFromDay, 0) <= :toDay AND COALESCE(p.validToDay, 9999999) >= :toDay
), owed AS (
  SELECT r.area, r.department, r.period, r.rule, r.allowed, r.dueDay
  FROM ruled AS r
  WHERE NOT EXISTS (SELECT 1 FROM laid_down AS l WHERE l.area = r.area)
    OR EXISTS (SELECT 1 FROM laid_down AS l
               WHERE l.area = r.area AND l.place = 1 AND l.department = r.department)
    OR EXISTS (SELECT 1 FROM sent AS s
               WHERE s.area = r.area AND s.department = r.department AND s.period = r.period)
), judged AS (
  SELECT o.area, o.department, o.rule, o.allowed, t.day AS lastDay, o.dueDay,
    (SELECT MIN(s.sharedOnDay) FROM sent AS s
     WHERE s.area = o.area AND s.department = o.department AND s.period = o.period) AS firstDay
  FROM owed AS o
  CROSS JOIN latest_day AS t
)
SELECT CAST(NULL AS BIGINT) AS seq, j.area, j.rule, j.department, j.allowed,
       CAST(NULL AS BIGINT) AS lists, 1 AS ruled,
       CASE WHEN j.firstDay <= j.dueDay THEN 1 ELSE 0 END AS kept,
       CASE WHEN j.firstDay > j.dueDay THEN 1 ELSE 0 END AS late,
       CASE WHEN j.firstDay IS NULL AND j.lastDay <= j.dueDay THEN 1 ELSE 0 END AS open,
       CASE WHEN j.firstDay IS NULL AND j.lastDay > j.dueDay THEN 1 ELSE 0 END AS overdue
FROM judged AS j
UNION ALL
SELECT s.seq, s.area, o.rule, s.department, o.allowed, 1, NULL, NULL, NULL, NULL, NULL
FROM sent AS s
LEFT JOIN owed AS o ON o.area = s.area AND o.department = s.department AND o.period = s.period
