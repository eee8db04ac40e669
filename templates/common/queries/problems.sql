-- problems: what inspections of the year found in the areas of the report, with the answer and the
-- rectification as the ledger has them on its last day. An inspection that is not on record itself
-- is taken as of the year in which it found something. Of several answers the last counts, of
-- several rectifications the first that was accepted: one that does not say by whom is none yet.
--   inTime, late, open, overdue   one of them is 1: put right by the deadline, or after it; not put
--                                 right while it runs, or after it
WITH held AS (
  SELECT h.inspection, MIN(h.year) AS year FROM live_inspection_held AS h
  WHERE h.ledger = :ledger GROUP BY h.inspection
), found AS (
  SELECT f.ledger, f.seq, f.inspection, f.number, f.body_area AS area,
    f.body_department AS department, f.occurredOn AS foundOn, f.finding, f.amountFen, f.deadline,
    f.deadlineDay
  FROM live_inspection_found AS f
  LEFT JOIN held AS h ON h.inspection = f.inspection
  WHERE f.ledger = :ledger AND f.body_area >= :areaFrom AND f.body_area < :areaTo
    AND COALESCE(h.year, CAST(SUBSTR(f.occurredOn, 1, 4) AS BIGINT)) = :year
), answer AS (
  SELECT f.seq, a.seq AS answerSeq, a.unit, a.accepts, a.occurredOn AS answeredOn,
    ROW_NUMBER() OVER (PARTITION BY f.seq ORDER BY a.occurredOnDay DESC, a.seq DESC) AS place
  FROM found AS f
  JOIN live_inspection_answered AS a
    ON a.ledger = f.ledger AND a.inspection = f.inspection AND a.number = f.number
), rectified AS (
  SELECT f.seq, r.seq AS rectifiedSeq, r.rectifiedOn, r.acceptedOn,
    CASE WHEN r.acceptedBy IS NOT NULL THEN r.rectifiedOnDay END AS acceptedDay,
    ROW_NUMBER() OVER (PARTITION BY f.seq
      ORDER BY CASE WHEN r.acceptedBy IS NULL THEN 1 ELSE 0 END, r.rectifiedOnDay, r.seq) AS place
  FROM found AS f
  JOIN live_inspection_rectified AS r
    ON r.ledger = f.ledger AND r.inspection = f.inspection AND r.number = f.number
)
SELECT f.seq, a.answerSeq, r.rectifiedSeq, f.inspection, f.number, f.area, f.department, f.foundOn,
  f.finding, f.amountFen, f.deadline, a.unit, a.answeredOn, a.accepts, r.rectifiedOn, r.acceptedOn,
  CASE WHEN r.acceptedDay <= f.deadlineDay THEN 1 ELSE 0 END AS inTime,
  CASE WHEN r.acceptedDay > f.deadlineDay THEN 1 ELSE 0 END AS late,
  CASE WHEN r.acceptedDay IS NULL AND t.day <= f.deadlineDay THEN 1 ELSE 0 END AS open,
  CASE WHEN r.acceptedDay IS NULL AND t.day > f.deadlineDay THEN 1 ELSE 0 END AS overdue
FROM found AS f
CROSS JOIN latest_day AS t
LEFT JOIN answer AS a ON a.seq = f.seq AND a.place = 1
LEFT JOIN rectified AS r ON r.seq = f.seq AND r.place = 1
