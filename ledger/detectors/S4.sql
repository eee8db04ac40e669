/*
id: S4
title: {zh: 超过年度限额, en: Above the annual cap}
grades: [F]
method: rule
why:
  zh: 年度救助限额之上的救助，须有协调机制针对本人本年度、先于审批的决议；无此规定的地区不得突破
  en: Aid above the annual cap needs a resolution for that person and year, held on or before the approval; where no rule provides for one it may not be passed
basis: [G15, T18, T26, T27]
examines: [claim.settled, aid.approved]
asks: [annual-cap, tilt-cap]
parameters:
  cap: {default: 13000000, unit: fen, source: T18, zh: 年度限额, en: Annual cap}
  tilt: {default: 5000000, unit: fen, source: T26, zh: 倾斜救助年度限额, en: Annual cap of tilt aid}
exclusions:
  zh: 不设限额的特困人员；有决议覆盖的部分；恰好达到限额；倾斜救助另行累计，不计入年度限额
  en: The destitute, who have no cap; what a resolution covers; aid exactly at the cap; tilt aid, which is summed apart
example:
  zh: 年度限额13万元，全年累计救助130000.01元，没有决议
  en: The cap is 130,000 yuan, the year's aid 130,000.01, and there is no resolution
next:
  zh: 调取决议原件；没有决议的追回超额部分
  en: Ask for the resolution; without one have the excess paid back
department: medical-security
key: [entry, cap]
entries: [entry, resolution]
subjects: {person: person, operator: operator}
amount: excessFen
figures:
  - id: cap
    type: code
    zh: 限额种类
    en: Which cap
    values:
      annual: {zh: 年度救助限额, en: annual cap}
      tilt: {zh: 倾斜救助年度限额, en: annual cap of tilt aid}
  - {id: year, type: year, zh: 待遇年度, en: Benefit year}
  - {id: category, type: category, zh: 身份, en: Category}
  - {id: actualFen, type: fen, zh: 本次救助, en: This aid}
  - {id: yearFen, type: fen, zh: 全年累计, en: Aid of the year so far}
  - {id: capFen, type: fen, zh: 限额, en: Cap}
*/
WITH flagged AS MATERIALIZED (
  SELECT v.person, v.seq, v.year, v.area, v.breach, v.breachRule, v.verdict, v.actualFen,
    v.expectedMostFen, v.rules
  FROM verdict AS v
  WHERE v.ledger = :ledger AND v.kind IN ('claim.settled', 'aid.approved')
    AND (v.breach IS NOT NULL OR v.verdict IN ('over', 'excused')
      OR (v.verdict = 'cannot-be-judged' AND v.actualFen > 0 AND v.rulebooks <> ''))
), capped AS MATERIALIZED (
  SELECT w.area, g.fromDay, g.toDay
  FROM rule_in_force AS g
  JOIN area_within AS w ON w.within = g.area
  WHERE g.rule = 'T18'
), concerned AS MATERIALIZED (
  SELECT DISTINCT f.person, f.year FROM flagged AS f
), aid AS (
  SELECT v.person, v.year, v.seq, c.category, c.operator, c.visit_dischargedOnDay AS day,
    c.settledAtSeconds AS time, c.source, c.id,
    c.amounts_medicalAidPaidFen + COALESCE(c.amounts_secondAidPaidFen, 0) AS aidFen,
    COALESCE(c.amounts_tiltAidPaidFen, 0) AS tiltFen, CAST(NULL AS TEXT) AS resolution_source,
    CAST(NULL AS TEXT) AS resolution_id
  FROM concerned AS n
  JOIN verdict AS v ON v.ledger = :ledger AND v.person = n.person AND v.year = n.year
  JOIN live_claim_settled AS c ON c.ledger = v.ledger AND c.seq = v.seq
  UNION ALL
  SELECT v.person, v.year, v.seq, a.category, a.operator, a.approvedOnDay,
    (a.occurredOnDay * 24 - 8) * 3600, a.source, a.id,
    CASE WHEN a.aidType = 'tilt' THEN 0 ELSE a.amountFen END,
    CASE WHEN a.aidType = 'tilt' THEN a.amountFen ELSE 0 END, a.resolution_source, a.resolution_id
  FROM concerned AS n
  JOIN verdict AS v ON v.ledger = :ledger AND v.person = n.person AND v.year = n.year
  JOIN live_aid_approved AS a ON a.ledger = v.ledger AND a.seq = v.seq
), running AS (
  SELECT a.*,
    CAST(SUM(a.aidFen) OVER upto AS BIGINT) AS yearFen,
    CAST(SUM(a.tiltFen) OVER upto AS BIGINT) AS yearTiltFen
  FROM aid AS a
  WINDOW upto AS (
    PARTITION BY a.person, a.year ORDER BY a.time, a.source, a.id
    ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
), caps AS (
  SELECT r.seq, p.name, p.valueFen, ROW_NUMBER() OVER (
    PARTITION BY r.seq, p.name
    ORDER BY w.distance,
      CASE WHEN p.year IS NULL THEN 0 ELSE 1 END + CASE WHEN p.category IS NULL THEN 0 ELSE 1 END
        DESC,
      COALESCE(p.validFromDay, -1000000) DESC, p.occurredOnDay DESC, p.source DESC, p.id DESC)
      AS place
  FROM running AS r
  JOIN flagged AS f ON f.person = r.person AND f.seq = r.seq
  JOIN area_within AS w ON w.area = f.area
  JOIN live_parameter_set AS p ON p.ledger = :ledger AND p.name IN ('annual-cap', 'tilt-cap')
    AND p.area = w.within AND p.valueFen IS NOT NULL
  WHERE (p.year IS NULL OR p.year = r.year) AND (p.category IS NULL OR p.category = r.category)
    AND p.scheme IS NULL AND p.visitType IS NULL AND p.institutionLevel IS NULL
    AND (p.validFromDay IS NULL OR p.validFromDay <= r.day)
    AND (p.validToDay IS NULL OR p.validToDay >= r.day)
), measured AS (
  SELECT f.*, r.category, r.operator, r.day, r.yearFen, r.yearTiltFen, r.tiltFen, r.aidFen,
    s.seq AS resolution, a.valueFen, CASE
      WHEN NOT EXISTS (
        SELECT 1 FROM capped AS g
        WHERE g.area = f.area AND g.fromDay <= r.day AND g.toDay >= r.day) THEN ''
      WHEN r.category = 'tekun' THEN 'none'
      WHEN r.category IN ('dibao', 'poverty-prone', 'dibao-edge', 'illness-poverty') THEN 'T18'
      ELSE '' END AS capRule, CASE
      WHEN ' ' || f.rules || ' ' LIKE '% T26 %' THEN CAST(:tilt AS BIGINT)
      ELSE t.valueFen END AS tiltCapFen
  FROM flagged AS f
  JOIN running AS r ON r.person = f.person AND r.seq = f.seq
  LEFT JOIN caps AS a ON a.seq = f.seq AND a.name = 'annual-cap' AND a.place = 1
  LEFT JOIN caps AS t ON t.seq = f.seq AND t.name = 'tilt-cap' AND t.place = 1
  LEFT JOIN live_resolution_adopted AS s ON s.ledger = :ledger
    AND s.source = r.resolution_source AND s.id = r.resolution_id
), limited AS (
  SELECT m.*, CASE m.capRule WHEN 'none' THEN NULL WHEN 'T18' THEN CAST(:cap AS BIGINT)
    ELSE m.valueFen END AS capFen
  FROM measured AS m
)
SELECT m.seq AS entry, m.resolution, 'annual' AS cap, m.person, m.operator, m.area, m.day, m.year,
  m.category, m.actualFen, m.yearFen, m.capFen, CASE
    WHEN m.capFen IS NULL THEN m.actualFen - COALESCE(m.expectedMostFen, 0)
    WHEN m.yearFen - m.capFen < m.aidFen THEN m.yearFen - m.capFen
    ELSE m.aidFen END AS excessFen,
  CASE WHEN m.breach = 'resolution' THEN COALESCE(m.breachRule, '')
    WHEN m.capRule = 'T18' THEN 'T18' ELSE '' END AS rule
FROM limited AS m
WHERE m.breach = 'resolution' OR (m.aidFen > 0 AND m.yearFen > m.capFen
  AND (m.resolution IS NULL OR m.verdict = 'over'))
UNION ALL
SELECT m.seq, NULL, 'tilt', m.person, m.operator, m.area, m.day, m.year, m.category, m.actualFen,
  m.yearTiltFen, m.tiltCapFen,
  CASE WHEN m.yearTiltFen - m.tiltCapFen < m.tiltFen THEN m.yearTiltFen - m.tiltCapFen
    ELSE m.tiltFen END,
  CASE WHEN ' ' || m.rules || ' ' LIKE '% T26 %' THEN 'T26' ELSE '' END
FROM measured AS m
WHERE m.breach IS NULL AND m.tiltFen > 0 AND m.yearTiltFen > m.tiltCapFen
