-- Requests of hospitals whose papers were complete in the year, where a clause in force sets a number
-- of working days: settled within them, in full, or not. Of several payments the day counts on which
-- they reach the request. Those whose time is not over yet are left out, and so are days that the
-- calendar does not know.
WITH due AS (
  SELECT r.seq, r.source, r.id, r.area, r.receivedOnDay, r.amountFen, MIN(p.workingDays) AS allowed
  FROM live_clearing_requested AS r
  JOIN area_within AS w ON w.area = r.area
  JOIN provision AS p ON p.area = w.within AND p.topic = 'clearing-deadline'
    AND p.fromDay <= r.receivedOnDay AND p.toDay >= r.receivedOnDay
  WHERE r.ledger = :ledger AND r.area >= :areaFrom AND r.area < :areaTo AND r.fund = 'medical-aid'
    AND r.receivedOnDay >= :fromDay AND r.receivedOnDay <= :toDay
  GROUP BY r.seq, r.source, r.id, r.area, r.receivedOnDay, r.amountFen
), paid AS (
  SELECT d.seq AS request, x.seq AS payment, x.occurredOnDay AS day, d.amountFen,
         SUM(x.paidFen + x.disallowedFen + x.prepaymentAppliedFen) OVER (
           PARTITION BY d.seq ORDER BY x.occurredOnDay, x.seq) AS settledFen
  FROM due AS d
  JOIN live_clearing_paid AS x
    ON x.ledger = :ledger AND x.request_source = d.source AND x.request_id = d.id
), done AS (
  SELECT request, MIN(day) AS day, MIN(payment) AS payment
  FROM paid
  WHERE settledFen >= amountFen
  GROUP BY request
)
SELECT m.seq, m.payment, m.area, 1 AS due, CASE WHEN m.day IS NOT NULL AND m.used <= m.allowed
                                                THEN m.seq END AS inTime
FROM (SELECT d.seq, n.payment, d.area, n.day, d.allowed, u.number - f.number AS used
      FROM due AS d
      CROSS JOIN latest_day AS t
      LEFT JOIN done AS n ON n.request = d.seq
      JOIN workday AS f ON f.day = d.receivedOnDay
      JOIN workday AS u ON u.day = COALESCE(n.day, t.day)) AS m
WHERE m.day IS NOT NULL OR m.used > m.allowed
