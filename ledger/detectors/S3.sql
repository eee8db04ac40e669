/*
id: S3
title: {zh: 先救助后保险, en: Aid before insurance}
grades: [F, W]
method: sequence
why:
  zh: 先保险、后救助：基本医保和大病保险应付的未付，就由救助支付，救助资金替代了保险
  en: Insurance pays first; where it owed something, paid nothing, and aid was paid, aid took its place
basis: [P10, T37]
examines: [claim.settled]
topics: [insurance-first]
exclusions:
  zh: 未参保人员；费用在起付线以下或已达封顶、保险本不应付的；只是付得不足的（见S2、S10）。只有留待地方决定的条款（通辽T37）之处，只作提示
  en: Persons without insurance; cost below the deductible or above the cap, of which insurance owes nothing; insurance that paid too little (S2, S10). A warning only where nothing but a clause left to the locality speaks of it (T37 of Tongliao)
example:
  zh: 住院合规费用8000元，基本医保应付4000元而支付为零，救助支付了5600元
  en: Basic insurance owed 4,000 yuan of a stay and paid nothing, and aid paid 5,600
next:
  zh: 由基本医保、大病保险补付，冲回多付的救助
  en: Have the insurers pay what they owe and take back the surplus aid
department: medical-security-agency
key: [entry, layer]
entries: [entry, approval]
subjects: {institution: institution, person: person, operator: operator}
amount: owedFen
figures:
  - id: layer
    type: code
    zh: 应先付的保险
    en: Insurance that owed
    values:
      basic: {zh: 基本医疗保险, en: basic insurance}
      major-illness: {zh: 大病保险, en: major-illness insurance}
  - {id: owedFen, type: fen, zh: 保险应付, en: Owed by insurance}
  - {id: aidFen, type: fen, zh: 救助支付, en: Paid as aid}
*/
WITH bound AS (
  SELECT w.area, p.rule, p.fromDay, p.toDay, CASE WHEN p.nature IN ('exact', 'floor', 'ceiling',
    'procedure', 'deadline', 'definition', 'in-principle') THEN 1 ELSE 0 END AS firm
  FROM area_within AS w
  JOIN provision AS p ON p.area = w.within
  WHERE p.topic = 'insurance-first'
), unpaid AS (
  SELECT v.person, v.seq, v.area, c.source, c.id, c.institution, c.operator,
    c.visit_dischargedOnDay AS day,
    c.amounts_medicalAidPaidFen + COALESCE(c.amounts_secondAidPaidFen, 0)
      + COALESCE(c.amounts_tiltAidPaidFen, 0) AS aidFen,
    CASE WHEN c.amounts_basicPaidFen = 0 AND v.basicFen > 0 THEN v.basicFen END AS basicOwed,
    CASE WHEN c.amounts_majorIllnessPaidFen = 0 AND COALESCE(c.amounts_employeeLargePaidFen, 0) = 0
      AND v.majorIllnessFen > 0 THEN v.majorIllnessFen END AS majorOwed
  FROM verdict AS v
  JOIN live_claim_settled AS c ON c.ledger = v.ledger AND c.seq = v.seq
  WHERE v.ledger = :ledger AND v.kind = 'claim.settled' AND c.scheme <> 'none'
    AND (v.basicVerdict IN ('under', 'below-floor')
      OR v.majorIllnessVerdict IN ('under', 'below-floor'))
), approved AS MATERIALIZED (
  SELECT n.source, n.id, a.seq, a.amountFen
  FROM live_aid_approved AS a
  JOIN aid_approved__claims AS n ON n.ledger = a.ledger AND n.seq = a.seq
  WHERE +a.ledger = :ledger AND a.amountFen > 0
), aided AS (
  SELECT u.person, u.seq, u.area, u.institution, u.operator, u.day, u.basicOwed, u.majorOwed,
    a.seq AS approval, u.aidFen + CAST(COALESCE(
      SUM(a.amountFen) OVER (PARTITION BY u.seq), 0) AS BIGINT) AS aidFen
  FROM unpaid AS u
  LEFT JOIN approved AS a ON a.source = u.source AND a.id = u.id
), layers AS (
  SELECT a.*, 'basic' AS layer, a.basicOwed AS owedFen
  FROM aided AS a
  WHERE a.basicOwed IS NOT NULL AND a.aidFen > 0
  UNION ALL
  SELECT a.*, 'major-illness', a.majorOwed
  FROM aided AS a
  WHERE a.majorOwed IS NOT NULL AND a.aidFen > 0
), governed AS (
  -- Of several clauses the one that binds: what is left to the locality carries no breach.
  SELECT l.*, b.rule, b.firm,
    MAX(b.firm) OVER (PARTITION BY l.seq, l.layer) AS firmest
  FROM layers AS l
  JOIN bound AS b ON b.area = l.area AND b.fromDay <= l.day AND b.toDay >= l.day
)
SELECT l.seq AS entry, l.approval, l.layer, l.person, l.institution, l.operator, l.area, l.day,
  l.owedFen, l.aidFen, l.rule, CASE WHEN l.firm = 1 THEN 'F' ELSE 'W' END AS grade,
  CAST(NULL AS TEXT) AS missing
FROM governed AS l
WHERE l.firm = l.firmest
UNION ALL
SELECT NULL, NULL, NULL, NULL, NULL, NULL, m.area, NULL, NULL, NULL, NULL, NULL,
  'parameter basic-insurance year ' || CAST(m.year AS TEXT) || ' area ' || m.area
FROM (
  SELECT DISTINCT v.area, v.year
  FROM verdict AS v
  JOIN bound AS b ON b.area = v.area
  JOIN live_claim_settled AS c ON c.ledger = v.ledger AND c.seq = v.seq
  WHERE v.ledger = :ledger AND v.kind = 'claim.settled' AND v.basicVerdict IS NULL
    AND c.scheme <> 'none' AND c.amounts_basicPaidFen = 0 AND c.amounts_medicalAidPaidFen > 0
    AND b.fromDay <= c.visit_dischargedOnDay AND b.toDay >= c.visit_dischargedOnDay
) AS m
