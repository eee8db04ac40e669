-- Subsidised head-counts of the insurance year: approved and requested so many months after the
-- collection period ended at the latest. Subsidies of an area and scheme for which nothing was
-- requested stand behind one that is still owed. A later request for no more persons than were
-- enrolled in mid-year after the deadline, subsidised, is a supplement and is not held to it.
-- Days are numbered by the usual reckoning from 1 March.
WITH asked AS (
  SELECT r.seq, r.area, r.scheme, r.headCount, r.amountFen, r.requestedOnDay, r.requestedOn,
    CASE WHEN r.headCountApprovedOn > r.requestedOn THEN r.headCountApprovedOn
      ELSE r.requestedOn END AS doneOn
  FROM live_subsidy_requested AS r
  WHERE r.ledger = :ledger AND r.area >= :areaFrom AND r.area < :areaTo AND r.year = :year
), subsidised AS (
  SELECT e.seq, e.area, e.scheme, e.subsidyFen,
    ROW_NUMBER() OVER (PARTITION BY e.area, e.scheme ORDER BY e.seq) AS place
  FROM live_enrolment_subsidised AS e
  WHERE e.ledger = :ledger AND e.area >= :areaFrom AND e.area < :areaTo AND e.year = :year
    AND NOT EXISTS (SELECT 1 FROM asked AS a WHERE a.area = e.area AND a.scheme = e.scheme)
), concerned AS (
  SELECT a.area, a.scheme FROM asked AS a UNION SELECT s.area, s.scheme FROM subsidised AS s
), laid_down AS (
  SELECT c.area, c.scheme, x.valueDate,
    ROW_NUMBER() OVER (
      PARTITION BY c.area, c.scheme
      ORDER BY w.distance,
        CASE WHEN x.year IS NULL THEN 0 ELSE 1 END
          + CASE WHEN x.scheme IS NULL THEN 0 ELSE 1 END DESC,
        COALESCE(x.validFromDay, -1000000) DESC, x.occurredOnDay DESC, x.source DESC, x.id DESC)
      AS place
  FROM concerned AS c
  JOIN area_within AS w ON w.area = c.area
  JOIN live_parameter_set AS x ON x.area = w.within
  WHERE x.ledger = :ledger AND x.name = 'collection-end' AND x.valueDate IS NOT NULL
    AND (x.year IS NULL OR x.year = :year) AND (x.scheme IS NULL OR x.scheme = c.scheme)
    AND x.category IS NULL
), ended AS (
  SELECT l.area, l.scheme, CAST(SUBSTR(l.valueDate, 1, 4) AS BIGINT) * 12
      + CAST(SUBSTR(l.valueDate, 6, 2) AS BIGINT) - 1 AS month,
    CAST(SUBSTR(l.valueDate, 9, 2) AS BIGINT) AS dayOfMonth
  FROM laid_down AS l
  WHERE l.place = 1
), matter AS (
  SELECT a.seq, a.area, a.scheme, a.requestedOnDay AS day FROM asked AS a
  UNION ALL
  SELECT s.seq, s.area, s.scheme, t.day
  FROM subsidised AS s
  CROSS JOIN latest_day AS t
), ruled AS (
  SELECT m.seq, MIN(p.rule) AS rule, MIN(p.months) AS allowed
  FROM matter AS m
  JOIN area_within AS w ON w.area = m.area
  JOIN provision AS p ON p.area = w.within AND p.topic = 'head-count-deadline'
    AND p.months IS NOT NULL AND p.fromDay <= m.day AND p.toDay >= m.day
  GROUP BY m.seq
), later AS (
  SELECT m.seq, u.rule, u.allowed, (e.month + u.allowed) / 12 AS year,
    (e.month + u.allowed) % 12 + 1 AS month, e.dayOfMonth
  FROM matter AS m
  JOIN ruled AS u ON u.seq = m.seq
  LEFT JOIN ended AS e ON e.area = m.area AND e.scheme = m.scheme
), limited AS (
  -- Of a day that the month has not got, its last.
  SELECT l.seq, l.rule, l.allowed, l.year, l.month,
    CASE
      WHEN l.month = 2 AND l.dayOfMonth > 28 THEN
        CASE WHEN l.year % 4 = 0 AND (l.year % 100 <> 0 OR l.year % 400 = 0) THEN 29 ELSE 28 END
      WHEN l.month IN (4, 6, 9, 11) AND l.dayOfMonth > 30 THEN 30
      ELSE l.dayOfMonth
    END AS dayOfMonth
  FROM later AS l
), due AS (
  SELECT l.seq, l.rule, l.allowed, CAST(l.year AS TEXT)
      || CASE WHEN l.month < 10 THEN '-0' ELSE '-' END || CAST(l.month AS TEXT)
      || CASE WHEN l.dayOfMonth < 10 THEN '-0' ELSE '-' END || CAST(l.dayOfMonth AS TEXT) AS dueOn,
    CASE WHEN l.month > 2
      THEN 365 * l.year + l.year / 4 - l.year / 100 + l.year / 400 + (153 * l.month - 457) / 5
      ELSE 365 * (l.year - 1) + (l.year - 1) / 4 - (l.year - 1) / 100 + (l.year - 1) / 400
        + (153 * l.month + 1379) / 5
    END + l.dayOfMonth - 719469 AS dueDay
  FROM limited AS l
), requested AS (
  SELECT a.seq, a.area, a.headCount, a.amountFen, d.rule, d.allowed,
    CASE
      WHEN d.rule IS NULL THEN 'no-clause'
      WHEN d.dueOn IS NULL THEN 'unreckoned'
      WHEN a.doneOn <= d.dueOn THEN 'kept'
      WHEN a.headCount <= (
        SELECT COUNT(*) FROM live_enrolment_recorded AS n
        WHERE n.ledger = :ledger AND n.area = a.area AND n.year = :year AND n.scheme = a.scheme
          AND n.midYear = 1 AND n.paidBy IN ('subsidy', 'mixed') AND n.occurredOn > d.dueOn
          AND n.occurredOnDay <= a.requestedOnDay) THEN 'supplement'
      ELSE 'late'
    END AS state
  FROM asked AS a
  LEFT JOIN due AS d ON d.seq = a.seq
)
SELECT r.seq, r.area, r.rule, r.allowed, 1 AS requests, r.headCount, r.amountFen,
       CASE WHEN r.state NOT IN ('no-clause', 'supplement') THEN 1 END AS ruled,
       CASE WHEN r.state <> 'no-clause' THEN CASE WHEN r.state = 'kept' THEN 1 ELSE 0 END END
         AS kept,
       CASE WHEN r.state <> 'no-clause' THEN CASE WHEN r.state = 'late' THEN 1 ELSE 0 END END
         AS late,
       CASE WHEN r.state <> 'no-clause' THEN 0 END AS open,
       CASE WHEN r.state <> 'no-clause' THEN 0 END AS overdue,
       CASE WHEN r.state <> 'no-clause' THEN CASE WHEN r.state = 'supplement' THEN 1 ELSE 0 END END
         AS supplements,
       CASE WHEN r.state <> 'no-clause' THEN CASE WHEN r.state = 'unreckoned' THEN 1 ELSE 0 END END
         AS unreckoned
FROM requested AS r
UNION ALL
SELECT s.seq, s.area, d.rule, d.allowed, 0, NULL, NULL,
       CASE WHEN s.place = 1 THEN 1 END, CASE WHEN s.place = 1 THEN 0 END,
       CASE WHEN s.place = 1 THEN 0 END,
       CASE WHEN s.place = 1 THEN CASE WHEN t.day <= d.dueDay THEN 1 ELSE 0 END END,
       CASE WHEN s.place = 1 THEN CASE WHEN t.day > d.dueDay THEN 1 ELSE 0 END END,
       CASE WHEN s.place = 1 THEN 0 END,
       CASE WHEN s.place = 1 THEN CASE WHEN d.dueDay IS NULL THEN 1 ELSE 0 END END
FROM subsidised AS s
CROSS JOIN latest_day AS t
JOIN due AS d ON d.seq = s.seq
