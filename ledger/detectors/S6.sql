/*
id: S6
title: {zh: 未扣减已救助费用, en: Earlier aid not deducted}
grades: [F]
method: rule
why:
  zh: 全年负担达到大病保险起付线后，重特大疾病救助应扣减已按次救助的金额，否则同一费用救助两次
  en: Once the year's burden reaches the major-illness deductible, aid already paid by the visit is deducted from the major-illness aid; else the same cost is aided twice
basis: [G18]
examines: [claim.settled, aid.approved]
asks: [major-illness-deductible]
exclusions:
  zh: 全年负担未达到大病保险起付线；此前没有按次救助；已全部扣减；不扣减而总额仍不高于应救助额的
  en: The burden did not reach the deductible; there was no earlier aid; all of it was deducted; the sum is not above what was due all the same
example:
  zh: 全年负担30000元，此前按次救助5000元，重特大救助18000元未作扣减
  en: The year's burden is 30,000 yuan, 5,000 were aided by the visit, and 18,000 of major-illness aid deduct nothing
next:
  zh: 重新计算并追回未扣减部分
  en: Reckon anew and have what was not deducted paid back
department: medical-security
key: [entry]
entries: [entry, earlier]
subjects: {person: person, operator: operator}
amount: undeductedFen
figures:
  - {id: year, type: year, zh: 待遇年度, en: Benefit year}
  - {id: burdenFen, type: fen, zh: 全年负担, en: Burden of the year}
  - {id: deductibleFen, type: fen, zh: 大病保险起付线, en: Major-illness deductible}
  - {id: earlierFen, type: fen, zh: 此前救助, en: Earlier aid}
  - {id: offsetFen, type: fen, zh: 已扣减, en: Deducted}
  - {id: actualFen, type: fen, zh: 本次救助, en: This aid}
  - {id: expectedFen, type: fen, zh: 应救助, en: Due}
*/
WITH suspected AS MATERIALIZED (
  SELECT v.person, v.seq, v.year, v.area, v.actualFen, v.expectedFen, v.expectedMostFen, v.kind
  FROM verdict AS v
  WHERE v.ledger = :ledger AND v.kind IN ('claim.settled', 'aid.approved')
    AND v.breach IS NULL AND v.verdict IN ('over', 'excused')
    AND v.actualFen > v.expectedMostFen AND ' ' || v.rules || ' ' LIKE '% G18 %'
), offsets AS (
  SELECT o.seq, SUM(o.amountFen) AS fen
  FROM aid_approved__offsets AS o
  WHERE o.ledger = :ledger
  GROUP BY o.seq
), cumulative AS MATERIALIZED (
  SELECT s.*, COALESCE(a.category, c.category) AS category, COALESCE(c.scheme, 'resident') AS scheme,
    COALESCE(a.operator, c.operator) AS operator,
    COALESCE(a.approvedOnDay, c.visit_dischargedOnDay) AS day,
    CASE WHEN a.seq IS NULL THEN c.settledAtSeconds ELSE (a.occurredOnDay * 24 - 8) * 3600 END
      AS time,
    CAST(COALESCE(o.fen, c.amounts_aidOffsetFen, 0) AS BIGINT) AS offsetFen,
    CASE WHEN c.seq IS NULL THEN 0
      ELSE c.amounts_compliantFen - c.amounts_basicPaidFen END AS ownFen
  FROM suspected AS s
  LEFT JOIN live_aid_approved AS a ON a.ledger = :ledger AND a.seq = s.seq
  LEFT JOIN live_claim_settled AS c ON c.ledger = :ledger AND c.seq = s.seq
  LEFT JOIN offsets AS o ON o.seq = s.seq
), earlier AS (
  SELECT m.seq, e.seq AS earlier, c.amounts_medicalAidPaidFen AS aidFen,
    c.amounts_compliantFen - c.amounts_basicPaidFen AS burdenFen
  FROM cumulative AS m
  JOIN verdict AS e ON e.ledger = :ledger AND e.person = m.person AND e.year = m.year
    AND e.seq <> m.seq
  JOIN live_claim_settled AS c ON c.ledger = e.ledger AND c.seq = e.seq
  WHERE c.settledAtSeconds < m.time + CASE WHEN m.kind = 'aid.approved' THEN 86400 ELSE 0 END
  UNION ALL
  SELECT m.seq, a.seq, a.amountFen, 0
  FROM cumulative AS m
  JOIN verdict AS e ON e.ledger = :ledger AND e.person = m.person AND e.year = m.year
    AND e.seq <> m.seq
  JOIN live_aid_approved AS a ON a.ledger = e.ledger AND a.seq = e.seq
  WHERE a.aidType IN ('regular', 'outpatient') AND (a.occurredOnDay * 24 - 8) * 3600 < m.time
), summed AS (
  SELECT e.seq, CAST(SUM(e.aidFen) AS BIGINT) AS earlierFen,
    CAST(SUM(e.burdenFen) AS BIGINT) AS burdenFen
  FROM earlier AS e
  GROUP BY e.seq
), lines AS (
  SELECT m.seq, p.valueFen, ROW_NUMBER() OVER (
    PARTITION BY m.seq
    ORDER BY w.distance,
      CASE WHEN p.year IS NULL THEN 0 ELSE 1 END + CASE WHEN p.category IS NULL THEN 0 ELSE 1 END
        + CASE WHEN p.scheme IS NULL THEN 0 ELSE 1 END DESC,
      COALESCE(p.validFromDay, -1000000) DESC, p.occurredOnDay DESC, p.source DESC, p.id DESC)
      AS place
  FROM cumulative AS m
  JOIN area_within AS w ON w.area = m.area
  JOIN live_parameter_set AS p ON p.ledger = :ledger AND p.name = 'major-illness-deductible'
    AND p.area = w.within AND p.valueFen IS NOT NULL
  WHERE (p.year IS NULL OR p.year = m.year) AND (p.category IS NULL OR p.category = m.category)
    AND (p.scheme IS NULL OR p.scheme = m.scheme) AND p.visitType IS NULL
    AND p.institutionLevel IS NULL AND (p.validFromDay IS NULL OR p.validFromDay <= m.day)
    AND (p.validToDay IS NULL OR p.validToDay >= m.day)
), measured AS (
  SELECT m.*, s.earlierFen, s.burdenFen + m.ownFen AS burdenFen, l.valueFen AS deductibleFen
  FROM cumulative AS m
  JOIN summed AS s ON s.seq = m.seq
  LEFT JOIN lines AS l ON l.seq = m.seq AND l.place = 1
  WHERE s.earlierFen > m.offsetFen
)
SELECT m.seq AS entry, e.earlier, m.person, m.operator, m.area, m.day, m.year, m.burdenFen,
  m.deductibleFen, m.earlierFen, m.offsetFen, m.actualFen, m.expectedFen,
  CASE WHEN m.earlierFen - m.offsetFen < m.actualFen - m.expectedMostFen
    THEN m.earlierFen - m.offsetFen ELSE m.actualFen - m.expectedMostFen END AS undeductedFen,
  'G18' AS rule, CAST(NULL AS TEXT) AS missing
FROM measured AS m
JOIN earlier AS e ON e.seq = m.seq AND e.aidFen > 0
WHERE m.burdenFen >= m.deductibleFen
UNION ALL
SELECT NULL, NULL, NULL, NULL, m.area, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
  'parameter major-illness-deductible year ' || CAST(m.year AS TEXT) || ' area ' || m.area
FROM measured AS m
WHERE m.deductibleFen IS NULL
