-- Claims by hand for care that had ended before the patient was recognised on application. The time
-- runs from the application or from the recognition, as the locality lays down (two-months-from),
-- and ends on the same day so many months later. Months are compared by number, days as text, so
-- that a day which the last month has not got sorts rightly.
WITH laid_down AS (
  SELECT w.area, v.value,
    ROW_NUMBER() OVER (
      PARTITION BY w.area
      ORDER BY w.distance, COALESCE(p.validFromDay, 0) DESC, p.occurredOnDay DESC,
        p.source DESC, p.id DESC) AS place
  FROM live_parameter_set AS p
  JOIN area_within AS w ON w.within = p.area
  JOIN parameter_set__valueCode AS v ON v.ledger = p.ledger AND v.seq = p.seq
  WHERE p.ledger = :ledger AND p.name = 'two-months-from'
), certificate AS (
  SELECT COALESCE(k.kept, e.person) AS person, e.category, MIN(e.seq) AS seq,
    MIN(e.validFromDay) AS validFromDay,
    MIN(e.occurredOnDay) AS knownDay, MIN(e.occurredOn) AS knownOn,
    MIN(e.appliedOnDay) AS appliedDay, MIN(e.appliedOn) AS appliedOn
  FROM live_eligibility_certified AS e
  LEFT JOIN kept_person AS k ON k.person = e.person
  WHERE e.ledger = :ledger AND e.basis = 'on-application'
  GROUP BY COALESCE(k.kept, e.person), e.category
), manual AS (
  SELECT c.seq, COALESCE(k.kept, c.person) AS person, c.category, c.area, c.occurredOn,
    c.occurredOnDay, c.visit_dischargedOnDay AS dischargedDay,
    c.amounts_medicalAidPaidFen AS aidFen
  FROM live_claim_settled AS c
  LEFT JOIN kept_person AS k ON k.person = c.person
  WHERE +c.ledger = :ledger AND c.area >= :areaFrom AND c.area < :areaTo AND c.channel = 'manual'
), later AS (
  SELECT m.seq, e.seq AS certificate, m.area, m.occurredOn, m.aidFen, e.validFromDay,
    CASE WHEN b.value = 'application' THEN e.appliedOn ELSE e.knownOn END AS fromDate,
    CASE WHEN b.value = 'application' THEN e.appliedDay ELSE e.knownDay END AS fromDay,
    b.value AS begins
  FROM manual AS m
  JOIN certificate AS e ON e.person = m.person AND e.category = m.category
    AND m.dischargedDay < e.validFromDay AND m.occurredOnDay >= e.validFromDay
  LEFT JOIN laid_down AS b ON b.area = m.area AND b.place = 1
), ruled AS (
  SELECT l.seq, l.certificate, MIN(p.rule) AS rule, MIN(p.months) AS allowed
  FROM later AS l
  JOIN area_within AS w ON w.area = l.area
  JOIN provision AS p ON p.area = w.within AND p.topic = 'recognition-deadline'
    AND p.months IS NOT NULL AND p.fromDay <= l.validFromDay AND p.toDay >= l.validFromDay
  GROUP BY l.seq, l.certificate
), measured AS (
  SELECT l.seq, l.certificate, l.area, l.aidFen, u.rule, u.allowed, l.begins, l.fromDate,
    l.occurredOn,
    (CAST(SUBSTR(l.fromDate, 1, 4) AS BIGINT) * 12 + CAST(SUBSTR(l.fromDate, 6, 2) AS BIGINT)
      + u.allowed)
    - (CAST(SUBSTR(l.occurredOn, 1, 4) AS BIGINT) * 12
      + CAST(SUBSTR(l.occurredOn, 6, 2) AS BIGINT)) AS monthsLeft
  FROM later AS l
  LEFT JOIN ruled AS u ON u.seq = l.seq AND u.certificate = l.certificate
  WHERE l.fromDay >= :fromDay AND l.fromDay <= :toDay
), judged AS (
  SELECT m.seq, m.certificate, m.area, m.aidFen, m.rule, m.allowed,
    CASE
      WHEN m.rule IS NULL THEN 'no-clause'
      WHEN m.begins IS NULL THEN 'unreckoned'
      WHEN m.monthsLeft < 0
        OR (m.monthsLeft = 0 AND SUBSTR(m.occurredOn, 9, 2) > SUBSTR(m.fromDate, 9, 2))
        THEN 'late'
      ELSE 'kept'
    END AS state
  FROM measured AS m
)
SELECT j.seq, j.certificate AS certificateSeq, j.area, j.rule, j.allowed, 1 AS claims, j.aidFen,
       CASE WHEN j.state <> 'no-clause' THEN 1 END AS ruled,
       CASE WHEN j.state <> 'no-clause' THEN CASE WHEN j.state = 'kept' THEN 1 ELSE 0 END END
         AS kept,
       CASE WHEN j.state <> 'no-clause' THEN CASE WHEN j.state = 'late' THEN 1 ELSE 0 END END
         AS late,
       CASE WHEN j.state <> 'no-clause' THEN CASE WHEN j.state = 'unreckoned' THEN 1 ELSE 0 END END
         AS unreckoned
FROM judged AS j
