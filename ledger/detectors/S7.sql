/*
id: S7
title: {zh: 重复报销, en: Claimed twice}
grades: [F, W, S]
method: duplicate
why:
  zh: 同一次就医或同一张票据只能报销一次
  en: One stay, or one invoice, is reimbursed once
basis: [L19]
examines: [claim.settled]
parameters:
  days: {default: 3, unit: days, source: auditors-default, zh: 相近日期的天数, en: Days that count as near}
exclusions:
  zh: 同一住院前后相接的中途结算和年终结算；费用期间不重叠的两次出院结算（最多首尾同日）；已撤销的结算；不同医院恰好同号的票据。无“不得重复”条款的地区和时期，以及结算号不同而其中一份未支付救助的，只作提示；金额相同、日期相近的只作可疑，按次同价的透析（N18、Z49）和放化疗（Z51）除外
  en: Interim and year-end settlements of one stay, which follow one another; final ones of one admission number whose periods share no more than the day on which one ends and the other begins; what was reversed; equal invoice numbers of different hospitals. A warning only where and when no clause forbids it, or where the settlement numbers differ and one of the two paid no aid; equal totals on near days are a suspicion only, and none with dialysis (N18, Z49), chemotherapy or radiotherapy (Z51), whose sessions have one price
example:
  zh: 同一住院号、同一结算号先后结算两次；同一住院号3月1日至10日的费用两次作出院结算，发票号和结算号不同也算
  en: One admission number and settlement number were settled twice; or the costs of 1 to 10 March under one admission number were settled as final twice, whatever the invoice and settlement numbers
next:
  zh: 调取两份票据原件，确认重复的追回一份
  en: Ask for both originals; if it is one, have one payment back
department: medical-security-agency
key: [aspect, first]
entries: [entry, first]
subjects: {institution: institution, person: person, operator: operator}
amount: aidFen
figures:
  - id: aspect
    type: code
    zh: 情形
    en: Aspect
    values:
      same-stay: {zh: 同一次住院, en: one stay}
      same-invoice: {zh: 同一张票据, en: one invoice}
      same-total: {zh: 金额相同、日期相近, en: equal totals on near days}
  - {id: totalFen, type: fen, zh: 总费用, en: Total}
  - {id: aidFen, type: fen, zh: 后一次救助, en: Aid of the later}
  - {id: daysApart, type: days, zh: 相隔天数, en: Days apart}
*/
WITH bound AS (
  SELECT w.area, r.rule, r.fromDay, r.toDay
  FROM area_within AS w
  JOIN rule_in_force AS r ON r.area = w.within
  WHERE r.rule = 'L19'
), claims AS MATERIALIZED (
  SELECT COALESCE(k.kept, c.person) AS person, c.seq, c.institution, c.invoiceNo,
    c.visit_admissionNo AS admissionNo, c.visit_settlementNo AS settlementNo,
    c.visit_type AS type, c.visit_dischargedOnDay AS day, c.amounts_totalFen AS totalFen,
    COALESCE(c.visit_periodFromDay, c.visit_admittedOnDay) AS fromDay,
    COALESCE(c.visit_periodToDay, c.visit_dischargedOnDay) AS toDay,
    CASE WHEN c.visit_settlement = 'final' THEN 0 ELSE 1 END AS partial,
    CASE WHEN SUBSTR(c.visit_diagnosis, 1, 3) IN ('N18', 'Z49', 'Z51') THEN 1 ELSE 0 END AS course
  FROM live_claim_settled AS c
  LEFT JOIN kept_person AS k ON k.person = c.person
  WHERE +c.ledger = :ledger
), stays AS (
  SELECT c.person, c.institution, c.admissionNo,
    COALESCE(c.settlementNo, CAST(c.day AS TEXT)) AS settlementNo, MIN(c.seq) AS first
  FROM claims AS c
  WHERE c.admissionNo IS NOT NULL AND (c.partial = 0 OR c.settlementNo IS NOT NULL)
  GROUP BY c.person, c.institution, c.admissionNo,
    COALESCE(c.settlementNo, CAST(c.day AS TEXT))
  HAVING COUNT(*) > 1
), finals AS (
  -- Each final settlement of an admission with how far those before it reach.
  SELECT c.person, c.institution, c.admissionNo, c.seq, c.fromDay,
    LAG(c.fromDay) OVER earlier AS beforeFrom,
    MAX(c.toDay) OVER (
      PARTITION BY c.person, c.institution, c.admissionNo ORDER BY c.fromDay, c.seq
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS beforeTo
  FROM claims AS c
  WHERE c.admissionNo IS NOT NULL AND c.partial = 0 AND c.type = 'inpatient'
  WINDOW earlier AS (
    PARTITION BY c.person, c.institution, c.admissionNo ORDER BY c.fromDay, c.seq)
), islands AS (
  -- Those whose periods overlap have one number.
  SELECT f.person, f.institution, f.admissionNo, f.seq,
    SUM(CASE WHEN f.fromDay < f.beforeTo OR f.fromDay = f.beforeFrom THEN 0 ELSE 1 END) OVER (
      PARTITION BY f.person, f.institution, f.admissionNo ORDER BY f.fromDay, f.seq) AS island
  FROM finals AS f
), billed AS (
  SELECT i.seq, MIN(i.seq) OVER (
    PARTITION BY i.person, i.institution, i.admissionNo, i.island) AS first
  FROM islands AS i
), invoices AS (
  SELECT c.institution, c.invoiceNo, MIN(c.seq) AS first
  FROM claims AS c
  WHERE c.invoiceNo <> '' AND c.partial = 0
  GROUP BY c.institution, c.invoiceNo
  HAVING COUNT(*) > 1
), surely AS MATERIALIZED (
  SELECT c.seq, s.first, 'same-stay' AS aspect
  FROM stays AS s
  JOIN claims AS c ON c.person = s.person AND c.institution = s.institution
    AND c.admissionNo = s.admissionNo
    AND COALESCE(c.settlementNo, CAST(c.day AS TEXT)) = s.settlementNo
  WHERE c.seq <> s.first AND (c.partial = 0 OR c.settlementNo IS NOT NULL)
  UNION
  SELECT b.seq, b.first, 'same-stay'
  FROM billed AS b
  WHERE b.seq <> b.first
  UNION ALL
  SELECT c.seq, i.first, 'same-invoice'
  FROM invoices AS i
  JOIN claims AS c ON c.institution = i.institution AND c.invoiceNo = i.invoiceNo
  WHERE c.seq <> i.first AND c.partial = 0
), repeated AS MATERIALIZED (
  SELECT c.person, c.totalFen
  FROM claims AS c
  WHERE c.totalFen > 0 AND c.course = 0
  GROUP BY c.person, c.totalFen
  HAVING COUNT(*) > 1
), dated AS (
  SELECT c.seq, c.day, LAG(c.seq) OVER before AS first, LAG(c.day) OVER before AS firstDay
  FROM repeated AS r
  JOIN claims AS c ON c.person = r.person AND c.totalFen = r.totalFen
  WHERE c.course = 0
  WINDOW before AS (PARTITION BY c.person, c.totalFen ORDER BY c.day, c.seq)
), equals AS MATERIALIZED (
  SELECT d.seq, d.first, 'same-total' AS aspect
  FROM dated AS d
  WHERE d.day - d.firstDay <= CAST(:days AS BIGINT)
), suspected AS MATERIALIZED (
  SELECT p.seq, p.first, p.aspect FROM surely AS p
  UNION ALL
  SELECT e.seq, e.first, e.aspect FROM equals AS e
  WHERE e.seq NOT IN (SELECT p.seq FROM surely AS p)
), pairs AS (
  SELECT s.aspect, s.first, s.seq, c.area, c.institution, c.person, c.operator,
    c.visit_dischargedOnDay AS day, c.visit_dischargedOnDay - f.visit_dischargedOnDay AS apart,
    c.amounts_totalFen AS totalFen,
    c.amounts_medicalAidPaidFen + COALESCE(c.amounts_secondAidPaidFen, 0)
      + COALESCE(c.amounts_tiltAidPaidFen, 0) + COALESCE(c.amounts_targetedFundPaidFen, 0)
      AS aidFen,
    -- Of one stay under two numbers: whether aid was paid twice.
    CASE
      WHEN s.aspect <> 'same-stay'
        OR COALESCE(c.visit_settlementNo, CAST(c.visit_dischargedOnDay AS TEXT))
        = COALESCE(f.visit_settlementNo, CAST(f.visit_dischargedOnDay AS TEXT)) THEN 1
      WHEN c.amounts_medicalAidPaidFen + COALESCE(c.amounts_secondAidPaidFen, 0)
        + COALESCE(c.amounts_tiltAidPaidFen, 0) + COALESCE(c.amounts_targetedFundPaidFen, 0) > 0
        AND f.amounts_medicalAidPaidFen + COALESCE(f.amounts_secondAidPaidFen, 0)
        + COALESCE(f.amounts_tiltAidPaidFen, 0) + COALESCE(f.amounts_targetedFundPaidFen, 0) > 0
      THEN 1 ELSE 0 END AS twice,
    (SELECT MIN(b.rule) FROM bound AS b
     WHERE b.area = c.area AND b.fromDay <= c.visit_dischargedOnDay
       AND b.toDay >= c.visit_dischargedOnDay) AS rule
  FROM suspected AS s
  JOIN live_claim_settled AS c ON +c.ledger = :ledger AND c.seq = s.seq
  JOIN live_claim_settled AS f ON +f.ledger = :ledger AND f.seq = s.first
  WHERE s.aspect <> 'same-total' OR c.institution <> f.institution
    OR c.visit_admissionNo IS NULL OR f.visit_admissionNo IS NULL
    OR c.visit_admissionNo <> f.visit_admissionNo
)
SELECT p.aspect, p.first, p.seq AS entry, p.institution, COALESCE(k.kept, p.person) AS person,
  p.operator, p.area, p.day, p.totalFen, p.aidFen,
  CASE WHEN p.apart < 0 THEN -p.apart ELSE p.apart END AS daysApart,
  CASE WHEN p.aspect = 'same-total' THEN 'S' WHEN p.rule IS NULL OR p.twice = 0 THEN 'W' ELSE 'F' END AS grade,
  CASE WHEN p.aspect = 'same-total' THEN '-' ELSE COALESCE(p.rule, '-') END AS rule
FROM pairs AS p
LEFT JOIN kept_person AS k ON k.person = p.person
