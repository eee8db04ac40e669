/*
id: P3
title: {zh: 逾期支付, en: Late payment}
grades: [F]
method: deadline
why:
  zh: 逾期拨付使医疗机构垫资过重，事后认定的困难群众迟迟得不到补偿。
  en: Late payment leaves hospitals short of what they advanced, and persons recognised later without what is due to them.
basis: [L16, L17]
examines: [clearing.requested, claim.settled]
topics: [clearing-deadline, recognition-deadline]
asks: [two-months-from]
parameters: {}
exclusions:
  zh: 第30个工作日当日支付的；材料不齐（期限自材料齐全起算）；尚在期限内的；分次拨付以足额之日为准；恰满两个月之日报销的。
  en: Paid on the thirtieth working day itself; papers not yet complete, from which the time runs; time not yet over; of several payments the day counts on which they reach the request; settled on the very day two months later.
example:
  zh: 2018年1月26日材料齐全，春节在内第30个工作日为3月14日：当日支付合规，3月15日支付逾期。
  en: "Papers complete on 2018-01-26: with the Spring Festival the thirtieth working day is 03-14. Paid that day is in time, on 03-15 late."
next:
  zh: 查明滞留在哪个环节，尽快拨付；材料补正的，核对收件日期。
  en: Find where it was held up and have it paid; where papers were completed later, check the day of receipt.
department: civil-affairs
key: [request, claim]
entries: [request, payment, claim, certificate]
subjects: {institution: institution, person: person}
amount: amountFen
figures:
  - {id: receivedOn, type: date, zh: 材料齐全或起算日, en: Papers complete or time begun}
  - {id: paidOn, type: date, zh: 支付日（未付则为最近日期）, en: "Paid, or the latest day where unpaid"}
  - {id: workingDays, type: count, zh: 已用工作日, en: Working days}
  - {id: allowed, type: count, zh: 期限（工作日或月）, en: Allowed (working days or months)}
*/
WITH due AS MATERIALIZED (
  SELECT r.seq, r.source, r.id, r.area, r.institution, r.receivedOnDay, r.amountFen, r.ledger,
    MIN(p.rule) AS rule, MIN(p.workingDays) AS workingDays
  FROM live_clearing_requested AS r
  JOIN area_within AS w ON w.area = r.area
  JOIN provision AS p ON p.area = w.within AND p.topic = 'clearing-deadline'
    AND p.fromDay <= r.receivedOnDay AND p.toDay >= r.receivedOnDay
  WHERE +r.ledger = :ledger AND r.fund = 'medical-aid'
  GROUP BY r.seq, r.source, r.id, r.area, r.institution, r.receivedOnDay, r.amountFen, r.ledger
), settled AS MATERIALIZED (
  SELECT request_source, request_id, occurredOnDay AS day, MIN(seq) AS payment,
    SUM(paidFen + disallowedFen + prepaymentAppliedFen) AS fen
  FROM live_clearing_paid
  WHERE +ledger = :ledger
  GROUP BY request_source, request_id, occurredOnDay
), paid AS MATERIALIZED (
  SELECT d.seq AS request, p.payment, p.day, d.amountFen,
    SUM(p.fen) OVER (PARTITION BY d.seq ORDER BY p.day) AS paidFen
  FROM due AS d
  JOIN settled AS p ON p.request_source = d.source AND p.request_id = d.id
), done AS MATERIALIZED (
  SELECT request, MIN(day) AS day, MIN(payment) AS payment
  FROM paid
  WHERE paidFen >= amountFen
  GROUP BY request
), measured AS (
  SELECT d.seq AS request, n.payment, d.institution, d.area, d.receivedOnDay, d.rule,
    d.workingDays AS allowed, d.amountFen, COALESCE(n.day, t.day) AS paidOn,
    f.number AS fromNumber, u.number AS toNumber, e.lastDay
  FROM due AS d
  LEFT JOIN done AS n ON n.request = d.seq
  CROSS JOIN latest_day AS t
  CROSS JOIN calendar_end AS e
  LEFT JOIN workday AS f ON f.day = d.receivedOnDay
  LEFT JOIN workday AS u ON u.day = COALESCE(n.day, t.day)
), month_rule AS MATERIALIZED (
  SELECT w.area, p.fromDay, p.toDay, MIN(p.rule) AS rule, MIN(p.months) AS months
  FROM area_within AS w
  JOIN provision AS p ON p.area = w.within AND p.topic = 'recognition-deadline'
  GROUP BY w.area, p.fromDay, p.toDay
), beginning AS MATERIALIZED (
  SELECT area, value
  FROM (
    SELECT w.area, v.value,
      ROW_NUMBER() OVER (
        PARTITION BY w.area ORDER BY w.distance, COALESCE(p.validFromDay, 0) DESC,
          p.occurredOnDay DESC, p.source DESC, p.id DESC) AS place
    FROM live_parameter_set AS p
    JOIN area_within AS w ON w.within = p.area
    JOIN parameter_set__valueCode AS v ON v.ledger = p.ledger AND v.seq = p.seq
    WHERE +p.ledger = :ledger AND p.name = 'two-months-from') AS laid_down
  WHERE place = 1
), certificate AS MATERIALIZED (
  SELECT COALESCE(k.kept, e.person) AS person, e.category, MIN(e.seq) AS seq,
    MIN(e.validFromDay) AS validFromDay, MIN(e.occurredOnDay) AS knownDay,
    MIN(e.occurredOn) AS knownOn,
    MIN(e.appliedOnDay) AS appliedOnDay, MIN(e.appliedOn) AS appliedOn
  FROM live_eligibility_certified AS e
  LEFT JOIN kept_person AS k ON k.person = e.person
  WHERE +e.ledger = :ledger AND e.basis = 'on-application'
  GROUP BY COALESCE(k.kept, e.person), e.category
), manual AS MATERIALIZED (
  SELECT COALESCE(k.kept, c.person) AS person, c.seq, c.category, c.institution, c.area,
    c.occurredOn, c.occurredOnDay, c.visit_dischargedOnDay, c.amounts_medicalAidPaidFen AS fen
  FROM live_claim_settled AS c
  LEFT JOIN kept_person AS k ON k.person = c.person
  WHERE +c.ledger = :ledger AND c.channel = 'manual'
    AND c.area IN (SELECT m.area FROM month_rule AS m)
  GROUP BY COALESCE(k.kept, c.person), c.seq, c.category, c.institution, c.area, c.occurredOn,
    c.occurredOnDay, c.visit_dischargedOnDay, c.amounts_medicalAidPaidFen
), earlier AS MATERIALIZED (
  SELECT c.seq, e.person, c.institution, c.area, c.occurredOn, c.occurredOnDay, c.fen,
    e.seq AS certificate, m.rule, m.months, b.value AS begins,
    CASE WHEN b.value = 'application' THEN e.appliedOn ELSE e.knownOn END AS fromDate,
    CASE WHEN b.value = 'application' THEN e.appliedOnDay ELSE e.knownDay END AS fromDay,
    e.appliedOn
  FROM certificate AS e
  JOIN manual AS c ON c.person = e.person AND c.category = e.category
    AND c.visit_dischargedOnDay < e.validFromDay AND c.occurredOnDay >= e.validFromDay
  JOIN month_rule AS m ON m.area = c.area AND m.fromDay <= e.validFromDay
    AND m.toDay >= e.validFromDay
  LEFT JOIN beginning AS b ON b.area = c.area
), limited AS (
  -- The same day so many months later; the text of a day that the month has not got sorts rightly.
  SELECT seq, person, institution, area, occurredOn, occurredOnDay, fen, certificate, rule, months,
    begins, fromDate, fromDay,
    CAST(SUBSTR(fromDate, 1, 4) AS BIGINT) * 12 + CAST(SUBSTR(fromDate, 6, 2) AS BIGINT) - 1
      + months AS dueMonth,
    CAST(SUBSTR(occurredOn, 1, 4) AS BIGINT) * 12 + CAST(SUBSTR(occurredOn, 6, 2) AS BIGINT) - 1
      AS paidMonth
  FROM earlier
)
SELECT request, payment, CAST(NULL AS BIGINT) AS claim, CAST(NULL AS BIGINT) AS certificate,
  institution, CAST(NULL AS BIGINT) AS person, area, paidOn AS day, receivedOnDay AS receivedOn,
  paidOn, toNumber - fromNumber AS workingDays, allowed, amountFen, rule,
  CASE WHEN toNumber IS NULL OR fromNumber IS NULL
    -- Half a year on is well inside the first year that is not wholly known.
    THEN 'calendar ' || CAST(1970 + (lastDay + 183) * 400 / 146097 AS TEXT) END AS missing
FROM measured
WHERE toNumber - fromNumber > allowed
  OR ((toNumber IS NULL OR fromNumber IS NULL) AND paidOn > receivedOnDay + allowed)
UNION ALL
SELECT NULL, NULL, seq, certificate, institution, person, area, occurredOnDay, fromDay,
  occurredOnDay, NULL, months, fen, rule, NULL
FROM limited
WHERE begins IS NOT NULL AND (paidMonth > dueMonth
  OR (paidMonth = dueMonth AND SUBSTR(occurredOn, 9, 2) > SUBSTR(fromDate, 9, 2)))
UNION ALL
SELECT NULL, NULL, NULL, NULL, NULL, NULL, area, NULL, NULL, NULL, NULL, NULL, NULL, rule,
  'parameter two-months-from year ' || SUBSTR(occurredOn, 1, 4) || ' area ' || area
FROM limited
WHERE begins IS NULL
GROUP BY area, rule, SUBSTR(occurredOn, 1, 4)
