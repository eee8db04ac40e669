/*
id: E1
title: {zh: 重复资助参保, en: Subsidised twice}
grades: [F, W]
method: duplicate
why:
  zh: 同一人同一年度只能按最高的一种身份资助一次；重复资助或重复参保使财政资金重复支出
  en: A person's premium of a year is subsidised once, by the highest category; a second subsidy or a second enrolment pays public money twice
basis: [T11, L08, G03]
examines: [enrolment.subsidised, enrolment.recorded]
exclusions:
  zh: 注明所补资助的差额补助且合计不超过最高应资助额；退回资金的资助；合计未超过最高应资助额的分次资助；已退费的重复参保。应资助额无法判定的、没有条款禁止的重复资助，以及并非两次都受资助或没有条款禁止的重复参保，只作提示。广东2022年文件（P04）只说分类资助，不据以认定重复
  en: A top-up that names the subsidy it completes, within the highest entitlement; subsidies paid back to the fund; several subsidies that together do not exceed the entitlement; a second enrolment that was refunded. A warning only where the entitlement cannot be said, where no clause forbids it (P04 of Guangdong 2022 speaks of classified subsidies and of nothing else), and for enrolments that were not both subsidised, or that no clause forbids
example:
  zh: 某人2024年在甲县按低保资助190元，又在乙县按返贫致贫人口资助190元
  en: Somebody was subsidised with 190 yuan as dibao in one county in 2024, and again with 190 yuan in another
next:
  zh: 核对两次资助的批准材料和资金划拨，确认后退回多付的一次，并核实重复参保
  en: Compare the approvals and transfers of both; have the surplus paid back, and clear up the second enrolment
department: medical-security
key: [person, year, aspect]
entries: [entry, other]
subjects: {person: person}
amount: excessFen
figures:
  - id: aspect
    type: code
    zh: 情形
    en: Aspect
    values:
      subsidies: {zh: 重复资助, en: several subsidies}
      enrolments: {zh: 重复参保, en: two enrolments}
  - {id: year, type: year, zh: 年度, en: Year}
  - {id: records, type: count, zh: 记录数, en: Records}
  - {id: totalFen, type: fen, zh: 资助合计, en: Subsidies together}
  - {id: entitlementFen, type: fen, zh: 最高应资助额, en: Highest entitlement}
*/
WITH bound AS (
  SELECT w.area, r.rule, r.fromDay, r.toDay
  FROM area_within AS w
  JOIN rule_in_force AS r ON r.area = w.within
  WHERE r.rule IN ('T11', 'L08')
), judged AS MATERIALIZED (
  SELECT v.person, s.year, s.seq, s.area, s.approvedOnDay, s.subsidyFen, v.rules,
    CASE WHEN v.expectedMostFen IS NULL THEN 0 ELSE 1 END AS known,
    SUM(s.subsidyFen) OVER upto - s.subsidyFen AS before,
    CASE WHEN v.expectedMostFen IS NULL THEN s.premiumFen ELSE v.expectedMostFen END AS dueFen,
    CASE WHEN s.topUpOf_id IS NULL THEN 0 ELSE 1 END AS toppingUp, s.scheme, s.premiumFen,
    COUNT(*) OVER (PARTITION BY v.person, s.year) AS records
  FROM verdict AS v
  JOIN live_enrolment_subsidised AS s ON s.ledger = v.ledger AND s.seq = v.seq
  WHERE v.ledger = :ledger AND v.kind = 'enrolment.subsidised'
  WINDOW upto AS (
    PARTITION BY v.person, s.year ORDER BY s.occurredOnDay, s.source, s.id
    ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
), refunded AS MATERIALIZED (
  SELECT COALESCE(k.kept, f.person) AS person, f.year,
    SUM(CASE WHEN f."to" = 'fund' THEN f.amountFen ELSE 0 END) AS fen, SUM(f.amountFen) AS whole
  FROM live_enrolment_refunded AS f
  LEFT JOIN kept_person AS k ON k.person = f.person
  WHERE f.ledger = :ledger
  GROUP BY COALESCE(k.kept, f.person), f.year
), several AS (
  SELECT j.person, j.year, j.records, MAX(j.approvedOnDay) AS day,
    CAST(SUM(j.subsidyFen) AS BIGINT) AS paidFen,
    CAST(MAX(CASE WHEN j.toppingUp = 1 THEN j.before + j.dueFen ELSE j.dueFen END) AS BIGINT)
      AS largestFen,
    CAST(MAX(CASE WHEN j.known = 0 THEN 0 WHEN j.toppingUp = 1 THEN j.before + j.dueFen
      ELSE j.dueFen END) AS BIGINT) AS knownFen,
    CAST(MIN(j.premiumFen) AS BIGINT) AS premiumFen, COUNT(DISTINCT j.scheme) AS schemes,
    MAX((SELECT MIN(b.rule) FROM bound AS b
         WHERE b.area = j.area AND b.fromDay <= j.approvedOnDay AND b.toDay >= j.approvedOnDay))
      AS rule, MAX(CASE WHEN ' ' || j.rules || ' ' LIKE '% G03 %' THEN 'G03' END) AS full,
    MIN(j.known) AS known
  FROM judged AS j
  WHERE j.records > 1
  GROUP BY j.person, j.year, j.records
), subsidies AS (
  -- Of two schemes, one of which no clause subsidises, what the other is due is due in all.
  SELECT s.person, s.year, s.records, s.day, s.known, CASE
      WHEN s.known = 1 OR s.schemes = 1 THEN s.largestFen
      WHEN s.knownFen > 0 THEN s.knownFen ELSE s.premiumFen END AS entitlementFen,
    COALESCE(s.rule, s.full, '-') AS rule,
    s.paidFen - CAST(COALESCE(f.fen, 0) AS BIGINT) AS totalFen
  FROM several AS s
  LEFT JOIN refunded AS f ON f.person = s.person AND f.year = s.year
), enrolled AS (
  SELECT COALESCE(k.kept, e.person) AS person, e.year, e.seq, e.area, e.coverFromDay, e.coverToDay,
    CASE WHEN e.paidBy IN ('subsidy', 'mixed') THEN 1 ELSE 0 END AS subsidised
  FROM live_enrolment_recorded AS e
  LEFT JOIN kept_person AS k ON k.person = e.person
  WHERE +e.ledger = :ledger
), near AS MATERIALIZED (
  SELECT e.*, COUNT(*) OVER (PARTITION BY e.person) AS records
  FROM enrolled AS e
), pairs AS (
  SELECT a.person, CASE WHEN b.year > a.year THEN b.year ELSE a.year END AS year,
    a.seq AS entry, b.seq AS other,
    CASE WHEN a.coverFromDay > b.coverFromDay THEN a.coverFromDay ELSE b.coverFromDay END AS day,
    b.area, a.subsidised * b.subsidised AS subsidised,
    COALESCE(
      (SELECT MIN(r.rule) FROM bound AS r
       WHERE r.area = a.area AND r.fromDay <= a.coverFromDay AND r.toDay >= a.coverFromDay),
      (SELECT MIN(r.rule) FROM bound AS r
       WHERE r.area = b.area AND r.fromDay <= b.coverFromDay AND r.toDay >= b.coverFromDay))
      AS rule
  FROM near AS a
  JOIN near AS b ON b.person = a.person AND b.seq > a.seq
    AND b.coverFromDay <= a.coverToDay AND b.coverToDay >= a.coverFromDay
  WHERE a.records > 1
)
SELECT 'subsidies' AS aspect, t.person, t.year, j.seq AS entry, CAST(NULL AS BIGINT) AS other,
  t.records, t.totalFen, t.entitlementFen, t.totalFen - t.entitlementFen AS excessFen,
  FIRST_VALUE(j.area) OVER (PARTITION BY j.person, j.year ORDER BY j.approvedOnDay DESC, j.seq)
    AS area,
  t.day, CASE WHEN t.known = 0 OR t.rule = '-' THEN 'W' ELSE 'F' END AS grade, t.rule
FROM subsidies AS t
JOIN judged AS j ON j.person = t.person AND j.year = t.year
WHERE t.totalFen > t.entitlementFen
UNION ALL
SELECT 'enrolments', p.person, p.year, p.entry, p.other, 2, NULL, NULL, NULL, p.area, p.day,
  CASE WHEN p.subsidised = 1 AND p.rule IS NOT NULL THEN 'F' ELSE 'W' END,
  CASE WHEN p.subsidised = 1 THEN COALESCE(p.rule, '-') ELSE '-' END
FROM pairs AS p
WHERE NOT EXISTS (SELECT 1 FROM refunded AS f WHERE f.person = p.person AND f.year = p.year
  AND f.whole >= (
    SELECT MIN(n.premiumFen) FROM live_enrolment_subsidised AS n
    WHERE n.ledger = :ledger AND n.person = p.person AND n.year = p.year))
