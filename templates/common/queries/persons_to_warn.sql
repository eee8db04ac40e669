-- index: person
-- persons_to_warn: one row for each person above a line, with the graver line if above both, and
-- what was done about it.
--   onList       1: the clauses speak of the person, who is certified in some category
--   warningSeq   the first push that tells of this line, or else of the lesser one (`pushedAs`),
--                until the data of December are due. What was pushed in January, before a line was
--                passed, tells of the year before. Where both lines are the same, either will do
--   dueDay       last day of the month in which the month's data are to be pushed: the clause wants
--                a push each month and names no day. NULL where no clause wants one
--   answerSeq    the first answer to that push
WITH graver AS (
  SELECT a.person, a.area, a.category, a.warning, a.lineFen, a.lineSeq, a.burdenFen, a.onList,
         a.day, a.occurredOn, a.fromDay,
         (SELECT MIN(b.day) FROM burdens_above AS b WHERE b.person = a.person) AS firstDay,
         CASE WHEN a.warning = 'illness-return' OR EXISTS (
           SELECT 1 FROM burdens_above AS b
           WHERE b.person = a.person AND b.warning = 'illness-return' AND b.lineFen >= a.lineFen)
           THEN 1 ELSE 0 END AS eitherWill
  FROM burdens_above AS a
  WHERE a.warning = 'illness-to-poverty'
     OR NOT EXISTS (SELECT 1 FROM burdens_above AS b
                    WHERE b.person = a.person AND b.warning = 'illness-to-poverty')
), push AS (
  -- Months are counted from the year 0.
  SELECT w.area, MIN(p.months) AS months, MIN(p.fromDay) AS fromDay
  FROM area_within AS w
  JOIN provision AS p ON p.area = w.within AND p.topic = 'warning-push'
    AND p.fromDay <= :toDay AND p.toDay >= :fromDay AND p.months IS NOT NULL
  GROUP BY w.area
), owed AS (
  SELECT g.person, g.area, g.category, g.warning, g.lineFen, g.lineSeq, g.burdenFen, g.onList,
         g.day, g.occurredOn, g.firstDay, g.eitherWill,
         12 * CAST(:year AS BIGINT) + 11 + COALESCE(p.months, 1) AS lastMonth,
         12 * CAST(:year AS BIGINT) - 1 + p.months
         + CAST(CASE WHEN g.day >= g.fromDay THEN substr(g.occurredOn, 6, 2) END AS BIGINT)
           AS dueMonth
  FROM graver AS g
  LEFT JOIN push AS p ON p.area = g.area
), dated AS (
  SELECT o.person, o.area, o.category, o.warning, o.lineFen, o.lineSeq, o.burdenFen, o.onList,
         o.day, o.occurredOn, o.firstDay, o.eitherWill, o.dueMonth,
         365 * ((o.lastMonth - 1) / 12) + (o.lastMonth - 1) / 48 - (o.lastMonth - 1) / 1200
         + (o.lastMonth - 1) / 4800 + (153 * ((o.lastMonth + 11) % 12) + 2) / 5 - 719469 AS lastDay,
         365 * ((o.dueMonth - 1) / 12) + (o.dueMonth - 1) / 48 - (o.dueMonth - 1) / 1200
         + (o.dueMonth - 1) / 4800 + (153 * ((o.dueMonth + 11) % 12) + 2) / 5 - 719469 AS dueDay,
         365 * ((o.dueMonth - 2) / 12) + (o.dueMonth - 2) / 48 - (o.dueMonth - 2) / 1200
         + (o.dueMonth - 2) / 4800 + (153 * ((o.dueMonth + 10) % 12) + 2) / 5 - 719468 AS dueFirst
  FROM owed AS o
), pushed AS (
  SELECT d.person, w.seq, w.source, w.id, w.warning, w.pushedOn, w.pushedOnDay, w.toDepartment,
         ROW_NUMBER() OVER (
           PARTITION BY d.person
           ORDER BY CASE WHEN d.eitherWill = 1 OR w.warning = d.warning THEN 0 ELSE 1 END,
             w.pushedOnDay, w.seq) AS place
  FROM live_warning_raised AS w
  LEFT JOIN kept_person AS k ON k.person = w.person
  JOIN dated AS d ON d.person = COALESCE(k.kept, w.person)
  WHERE w.ledger = :ledger AND w.pushedOnDay <= d.lastDay
    AND (w.pushedOnDay >= d.firstDay OR w.pushedOnDay >= :fromDay + 31)
), answered AS (
  SELECT p.person, a.seq, a.occurredOn, a.occurredOnDay, a.outcome,
         ROW_NUMBER() OVER (PARTITION BY p.person ORDER BY a.occurredOnDay, a.seq) AS place
  FROM pushed AS p
  JOIN live_warning_answered AS a
    ON a.ledger = :ledger AND a.warning_source = p.source AND a.warning_id = p.id
  WHERE p.place = 1
)
SELECT d.person, d.area, d.category, d.warning, d.lineFen, d.lineSeq, d.burdenFen, d.onList, d.day,
       d.occurredOn, d.dueDay,
       CAST(d.dueMonth / 12 AS TEXT) || CASE WHEN d.dueMonth % 12 < 9 THEN '-0' ELSE '-' END
       || CAST(d.dueMonth % 12 + 1 AS TEXT) || '-' || CAST(d.dueDay - d.dueFirst + 1 AS TEXT)
         AS dueOn,
       p.seq AS warningSeq, p.warning AS pushedAs, p.pushedOn, p.pushedOnDay AS pushedDay,
       p.toDepartment, a.seq AS answerSeq, a.occurredOn AS answeredOn, a.outcome,
       CASE WHEN p.seq IS NULL THEN 'not-pushed'
            WHEN d.eitherWill = 1 OR p.warning = d.warning THEN 'pushed'
            ELSE 'pushed-lesser' END AS state
FROM dated AS d
LEFT JOIN pushed AS p ON p.person = d.person AND p.place = 1
LEFT JOIN answered AS a ON a.person = d.person AND a.place = 1
WHERE d.area >= :areaFrom AND d.area < :areaTo
