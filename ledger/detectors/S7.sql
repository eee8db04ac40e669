/*
id: S7
title: {zh: 重复报销, en: Claimed twice}
grades: [F, W, S]
method: duplicate
why:
  zh: 同一次就医或同一张票据只能报销一次
  en: One stay, or one invoice, is reimbursed once
basis: [L19, T28]
examines: [claim.settled]
parameters:
  days: {default: 3, unit: days, source: auditors-default, zh: 相近日期的天数, en: Days that count as near}
exclusions:
  zh: 同一住院的中途结算和年终结算；已撤销的结算；不同医院恰好同号的票据。无“不得重复”条款的地区和时期只作提示；金额相同、日期相近的只作可疑
  en: Interim and year-end settlements of one stay; what was reversed; equal invoice numbers of different hospitals. A warning only where and when no clause forbids it; equal totals on near days are a suspicion only
example:
  zh: 同一住院号、同一结算号先后结算两次
  en: One admission number and settlement number were settled twice
next:
  zh: 调取两份票据原件，确认重复的追回一份
  en: Ask for both originals; if it is one, have one payment back
department: medical-security-agency
key: [aspect, first]
entries: [entry, first]
subjects: {institution: institution, person: person, operator: operator}
amount: aidFen
figures:
  - {id: aspect, type: code, zh: 情形, en: Aspect}
  - {id: totalFen, type: fen, zh: 总费用, en: Total}
  - {id: aidFen, type: fen, zh: 后一次救助, en: Aid of the later}
  - {id: daysApart, type: days, zh: 相隔天数, en: Days apart}
*/
WITH bound AS (
  SELECT w.area, r.rule, r.fromDay, r.toDay
  FROM area_within AS w
  JOIN rule_in_force AS r ON r.area = w.within
  WHERE r.rule IN ('L19', 'T28')
), claims AS MATERIALIZED (
  SELECT COALESCE(k.kept, c.person) AS person, c.seq, c.area, c.institution, c.operator,
    c.invoiceNo, c.visit_admissionNo AS admissionNo, c.visit_settlementNo AS settlementNo,
    c.visit_dischargedOnDay AS day, c.settledAtSeconds AS time, c.amounts_totalFen AS totalFen,
    CASE WHEN c.visit_settlement = 'final' THEN 0 ELSE 1 END AS partial,
    c.amounts_medicalAidPaidFen + COALESCE(c.amounts_secondAidPaidFen, 0)
      + COALESCE(c.amounts_tiltAidPaidFen, 0) + COALESCE(c.amounts_targetedFundPaidFen, 0) AS aidFen
  FROM live_claim_settled AS c
  LEFT JOIN kept_person AS k ON k.person = c.person
  WHERE c.ledger = :ledger
), stays AS (
  SELECT c.seq, c.day, FIRST_VALUE(c.seq) OVER settled AS first,
    FIRST_VALUE(c.day) OVER settled AS firstDay, ROW_NUMBER() OVER settled AS place
  FROM claims AS c
  WHERE c.admissionNo IS NOT NULL AND (c.partial = 0 OR c.settlementNo IS NOT NULL)
  WINDOW settled AS (
    PARTITION BY c.person, c.institution, c.admissionNo, c.settlementNo ORDER BY c.time, c.seq)
), invoices AS (
  SELECT c.seq, c.day, FIRST_VALUE(c.seq) OVER settled AS first,
    FIRST_VALUE(c.day) OVER settled AS firstDay, ROW_NUMBER() OVER settled AS place
  FROM claims AS c
  WHERE c.invoiceNo <> ''
  WINDOW settled AS (PARTITION BY c.institution, c.invoiceNo ORDER BY c.time, c.seq)
), equals AS (
  SELECT c.seq, c.day, LAG(c.seq) OVER dated AS first, LAG(c.day) OVER dated AS firstDay,
    c.institution, c.admissionNo, LAG(c.institution) OVER dated AS otherInstitution,
    LAG(c.admissionNo) OVER dated AS otherAdmissionNo
  FROM claims AS c
  WHERE c.totalFen > 0
  WINDOW dated AS (PARTITION BY c.person, c.totalFen ORDER BY c.day, c.seq)
), surely AS (
  SELECT s.seq, s.first, s.day - s.firstDay AS daysApart, 'same-stay' AS aspect
  FROM stays AS s
  WHERE s.place > 1
  UNION ALL
  SELECT i.seq, i.first, i.day - i.firstDay, 'same-invoice'
  FROM invoices AS i
  WHERE i.place > 1
), suspected AS (
  SELECT p.seq, p.first, p.daysApart, p.aspect FROM surely AS p
  UNION ALL
  SELECT e.seq, e.first, e.day - e.firstDay, 'same-total'
  FROM equals AS e
  WHERE e.day - e.firstDay <= CAST(:days AS BIGINT)
    AND NOT (e.institution = e.otherInstitution AND e.admissionNo IS NOT NULL
      AND COALESCE(e.admissionNo, '') = COALESCE(e.otherAdmissionNo, ''))
    AND e.seq NOT IN (SELECT p.seq FROM surely AS p)
), ruled AS (
  SELECT p.*, c.area, c.institution, c.person, c.operator, c.totalFen, c.aidFen, c.day,
    (SELECT MIN(b.rule) FROM bound AS b
     WHERE b.area = c.area AND b.fromDay <= c.day AND b.toDay >= c.day) AS rule
  FROM suspected AS p
  JOIN claims AS c ON c.seq = p.seq
)
SELECT r.aspect, r.first, r.seq AS entry, r.institution, r.person, r.operator, r.area, r.day,
  r.totalFen, r.aidFen, r.daysApart,
  CASE WHEN r.aspect = 'same-total' THEN 'S' WHEN r.rule IS NULL THEN 'W' ELSE 'F' END AS grade,
  CASE WHEN r.aspect = 'same-total' THEN '' ELSE COALESCE(r.rule, '') END AS rule
FROM ruled AS r
