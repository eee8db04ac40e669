/*
id: S10
title: {zh: 保险层参数错误, en: Insurers' layer wrong}
grades: [F]
method: rule
why:
  zh: 困难群众的基本医保和大病保险有倾斜：六盘水不设起付线、提高5或10个百分点且最高95%、大病统一80%；通辽大病起付线减半、提高5个百分点。保险少付，负担就转给救助和本人
  en: Both insurers favour persons in difficulty, in Liupanshui without deductible, 5 or 10 points more up to 95%, and 80%; in Tongliao with half the deductible and 5 points more. What they pay too little falls on aid and on the person
basis: [L11, L12, L13, T29, T30]
examines: [claim.settled]
exclusions:
  zh: 条款未涉及的险种、就医类型和身份；缺少起付线或比例参数而不能计算的；取整方式未定的不足一分
  en: Schemes, visits and persons that the clauses do not speak of; where a deductible or ratio was not laid down; fractions of a fen where rounding was not
example:
  zh: 六盘水低保对象住院原比例80%，应按90%支付，仍按80%支付
  en: A dibao recipient's stay in Liupanshui was paid at 80%, where 90% were due
next:
  zh: 转医保经办机构、承办保险公司补付或追回，并重算医疗救助
  en: Have the agency or the insurer correct it, and reckon medical aid anew
department: medical-security-agency
key: [entry, layer]
entries: [entry]
subjects: {institution: institution, person: person, operator: operator}
amount: differenceFen
figures:
  - id: layer
    type: code
    zh: 保险层
    en: Layer
    values:
      basic: {zh: 基本医疗保险, en: basic insurance}
      major-illness: {zh: 大病保险, en: major-illness insurance}
  - id: verdict
    type: code
    zh: 结论
    en: Verdict
    values:
      under: {zh: 少付, en: under}
      over: {zh: 多付, en: over}
      below-floor: {zh: 低于下限, en: below the floor}
  - {id: paidFen, type: fen, zh: 实付, en: Paid}
  - {id: dueFen, type: fen, zh: 应付, en: Due}
*/
WITH bound AS (
  SELECT DISTINCT r.rule, r.rulebook
  FROM rule_in_force AS r
  WHERE r.rule IN ('L12', 'L13', 'T29')
), layers AS (
  SELECT v.ledger, v.person, v.seq, v.area, v.rules, 'basic' AS layer, v.basicVerdict AS verdict,
    v.basicFen AS dueFen
  FROM verdict AS v
  WHERE v.ledger = :ledger AND v.kind = 'claim.settled'
    AND v.basicVerdict NOT IN ('exact', 'within')
  UNION ALL
  SELECT v.ledger, v.person, v.seq, v.area, v.rules, 'major-illness', v.majorIllnessVerdict,
    v.majorIllnessFen
  FROM verdict AS v
  WHERE v.ledger = :ledger AND v.kind = 'claim.settled'
    AND v.majorIllnessVerdict NOT IN ('exact', 'within')
), ruled AS (
  SELECT l.*, CASE
    WHEN l.layer = 'basic' AND ' ' || l.rules || ' ' LIKE '% L12 %' THEN 'L12'
    WHEN l.layer = 'basic' AND ' ' || l.rules || ' ' LIKE '% L11 %' THEN 'L11'
    WHEN l.layer = 'basic' THEN NULL
    WHEN ' ' || l.rules || ' ' LIKE '% L13 %' THEN 'L13'
    WHEN ' ' || l.rules || ' ' LIKE '% T30 %' THEN 'T30'
    WHEN ' ' || l.rules || ' ' LIKE '% T29 %' THEN 'T29' END AS rule
  FROM layers AS l
)
SELECT r.seq AS entry, r.layer, r.person, c.institution, c.operator, r.area,
  c.visit_dischargedOnDay AS day, r.verdict, r.dueFen,
  CASE WHEN r.layer = 'basic' THEN c.amounts_basicPaidFen
    ELSE c.amounts_majorIllnessPaidFen + COALESCE(c.amounts_employeeLargePaidFen, 0) END AS paidFen,
  CASE WHEN r.layer = 'basic' THEN
      CASE WHEN c.amounts_basicPaidFen > r.dueFen THEN c.amounts_basicPaidFen - r.dueFen
        ELSE r.dueFen - c.amounts_basicPaidFen END
    WHEN c.amounts_majorIllnessPaidFen + COALESCE(c.amounts_employeeLargePaidFen, 0) > r.dueFen
      THEN c.amounts_majorIllnessPaidFen + COALESCE(c.amounts_employeeLargePaidFen, 0) - r.dueFen
    ELSE r.dueFen - c.amounts_majorIllnessPaidFen - COALESCE(c.amounts_employeeLargePaidFen, 0)
    END AS differenceFen,
  r.rule, CAST(NULL AS TEXT) AS missing
FROM ruled AS r
JOIN live_claim_settled AS c ON c.ledger = r.ledger AND c.seq = r.seq
WHERE r.rule IS NOT NULL
UNION ALL
SELECT NULL, NULL, NULL, NULL, NULL, m.area, NULL, NULL, NULL, NULL, NULL, NULL,
  'parameter ' || m.layer || '-insurance year ' || CAST(m.year AS TEXT) || ' area ' || m.area
FROM (
  SELECT DISTINCT v.area, v.year, CASE WHEN b.rule = 'L12' THEN 'basic' ELSE 'major-illness' END
    AS layer
  FROM verdict AS v
  JOIN bound AS b ON ' ' || v.rulebooks || ' ' LIKE '% ' || b.rulebook || ' %'
  JOIN live_claim_settled AS c ON c.ledger = v.ledger AND c.seq = v.seq
  WHERE v.ledger = :ledger AND v.kind = 'claim.settled' AND c.visit_type = 'inpatient'
    AND c.scheme = 'resident' AND v.rulebooks <> ''
    AND ((b.rule = 'L12' AND v.basicVerdict IS NULL)
      OR (b.rule <> 'L12' AND v.majorIllnessVerdict IS NULL))
) AS m
