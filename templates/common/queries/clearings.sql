-- clearings: hospitals' requests to the medical-aid fund whose papers were complete in the year.
--   rule, allowed  the clause that lays down a time, and its working days; nothing where none does
--   paidOnDay      the day on which payments, deductions and prepayments applied reach the amount
--   elapsed        working days from the day of the papers to that day, or to the ledger's last
--   state          kept, late, open, overdue; unreckoned beyond the calendar; no-clause
WITH asked AS (
  SELECT r.ledger, r.seq, r.source, r.id, r.area, r.institution, r.receivedOnDay, r.amountFen
  FROM live_clearing_requested AS r
  WHERE r.ledger = :ledger AND r.area >= :areaFrom AND r.area < :areaTo
    AND r.fund = 'medical-aid' AND r.receivedOnDay >= :fromDay AND r.receivedOnDay <= :toDay
), ruled AS (
  SELECT a.seq, MIN(p.rule) AS rule, MIN(p.workingDays) AS allowed
  FROM asked AS a
  JOIN area_within AS w ON w.area = a.area
  JOIN provision AS p ON p.area = w.within AND p.topic = 'clearing-deadline'
    AND p.workingDays IS NOT NULL
    AND p.fromDay <= a.receivedOnDay AND p.toDay >= a.receivedOnDay
  GROUP BY a.seq
), settled AS (
  SELECT a.seq, a.amountFen, p.occurredOnDay AS day,
    SUM(p.paidFen + p.disallowedFen + p.prepaymentAppliedFen) AS fen
  FROM live_clearing_paid AS p
  JOIN asked AS a
    ON a.ledger = p.ledger AND a.source = p.request_source AND a.id = p.request_id
  WHERE p.ledger = :ledger
  GROUP BY a.seq, a.amountFen, p.occurredOnDay
), running AS (
  SELECT s.seq, s.amountFen, s.day,
    SUM(s.fen) OVER (PARTITION BY s.seq ORDER BY s.day) AS paidFen
  FROM settled AS s
), done AS (
  SELECT n.seq, MIN(n.day) AS day FROM running AS n WHERE n.paidFen >= n.amountFen GROUP BY n.seq
), measured AS (
  SELECT a.seq, a.source, a.id, a.area, a.institution, a.receivedOnDay, a.amountFen, u.rule,
    u.allowed, d.day AS paidOnDay, b.number - f.number AS elapsed,
    COALESCE(d.day, t.day) - a.receivedOnDay AS days
  FROM asked AS a
  CROSS JOIN latest_day AS t
  LEFT JOIN ruled AS u ON u.seq = a.seq
  LEFT JOIN done AS d ON d.seq = a.seq
  LEFT JOIN workday AS f ON f.day = a.receivedOnDay
  LEFT JOIN workday AS b ON b.day = COALESCE(d.day, t.day)
)
SELECT m.seq, m.source, m.id, m.area, m.institution, m.receivedOnDay, m.amountFen, m.rule,
  m.allowed, m.paidOnDay, m.elapsed,
  CASE
    WHEN m.allowed IS NULL THEN 'no-clause'
    -- So few days hold no more working days than that, whatever the calendar says.
    WHEN m.elapsed > m.allowed
      THEN CASE WHEN m.paidOnDay IS NULL THEN 'overdue' ELSE 'late' END
    WHEN m.elapsed IS NOT NULL OR m.days <= m.allowed
      THEN CASE WHEN m.paidOnDay IS NULL THEN 'open' ELSE 'kept' END
    ELSE 'unreckoned'
  END AS state
FROM measured AS m
