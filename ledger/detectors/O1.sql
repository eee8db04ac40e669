/*
id: O1
title: {zh: 医疗机构指标离群, en: Institution unlike its peers}
grades: [S]
method: peers
why:
  zh: 次均费用、自费占比、住院天数或次均救助明显高于同级同类机构，可能存在过度医疗或虚记费用。
  en: Cost, own expense, length of stay or aid far above those of institutions of the same level and type may mean needless care or invented charges.
basis: [T35, P14]
examines: [claim.settled]
parameters:
  peers: {default: 30, unit: count, source: auditors-default, zh: 同级同类机构数下限, en: Fewest institutions in the group}
  cases: {default: 10, unit: count, source: auditors-default, zh: 机构全年件数下限, en: Fewest cases of an institution in the year}
  mad: {default: 3500, unit: thousandths, source: auditors-default, zh: 修正Z值上限, en: Highest modified z-score}
exclusions:
  zh: 同级同类机构不足30家的列为无法比较；全年不足10件的机构不参与比较；住院与门诊分别比较；只看偏高的一侧。恰在界上不算。
  en: Groups of fewer than 30 institutions cannot be compared; an institution with fewer than 10 cases in the year is left out; stays and outpatient care are compared apart; only the high side counts, and exactly on the fence does not.
example:
  zh: 30家二级综合医院次均住院费用多在1万元上下，一家为3万元：超过上四分位数加1.5倍四分位距，可疑。
  en: Of 30 level-2 general hospitals 29 cost about 10,000 yuan a stay and one 30,000, above Q3 + 1.5 IQR.
next:
  zh: 结合病种构成分析，抽查病历和收费明细。
  en: Allow for the mix of illnesses; then read records and charges of a sample.
department: medical-security
key: [institution, year, care, measure]
entries: [designation]
subjects: {institution: institution}
figures:
  - {id: year, type: year, zh: 年度, en: Year}
  - {id: care, type: text, zh: 住院或门诊, en: Stays or outpatient care}
  - {id: measure, type: text, zh: 指标（费用、自费占比、天数、救助）, en: "Measure (cost, own expense, days, aid)"}
  - {id: value, type: count, zh: 该机构值（分、万分数或千分天）, en: "This institution (fen, basis points or thousandths of a day)"}
  - {id: cases, type: count, zh: 件数, en: Cases}
  - {id: n, type: count, zh: 同级同类机构数, en: Institutions in the group}
  - {id: median, type: count, zh: 中位数, en: Median}
  - {id: q1, type: count, zh: 下四分位数, en: Lower quartile}
  - {id: q3, type: count, zh: 上四分位数, en: Upper quartile}
  - {id: fence, type: count, zh: 四分位距上限, en: "Tukey's fence"}
  - {id: score, type: thousandths, zh: 修正Z值, en: Modified z-score}
*/
WITH summed AS MATERIALIZED (
  SELECT c.institution, c.benefitYear AS year,
    CASE WHEN c.visit_type = 'inpatient' THEN 'inpatient' ELSE 'outpatient' END AS care,
    COUNT(*) AS cases, MAX(c.occurredOnDay) AS day, SUM(c.amounts_totalFen) AS totalFen,
    SUM(c.amounts_ownExpenseFen) AS ownFen, SUM(c.amounts_medicalAidPaidFen) AS aidFen,
    SUM(c.visit_dischargedOnDay - c.visit_admittedOnDay) AS days
  FROM live_claim_settled AS c
  WHERE +c.ledger = :ledger
  GROUP BY c.institution, c.benefitYear,
    CASE WHEN c.visit_type = 'inpatient' THEN 'inpatient' ELSE 'outpatient' END
), measured AS (
  SELECT s.institution, s.year, s.care, s.cases, s.day, m.measure,
    CAST(CASE m.measure
      WHEN 'cost' THEN s.totalFen / s.cases
      WHEN 'own' THEN s.ownFen * 10000 / s.totalFen
      WHEN 'days' THEN s.days * 1000 / s.cases
      ELSE s.aidFen / s.cases END AS BIGINT) AS value
  FROM summed AS s
  CROSS JOIN (
    SELECT 'cost' AS measure UNION ALL SELECT 'own' UNION ALL SELECT 'days'
    UNION ALL SELECT 'aid') AS m
  WHERE s.cases >= :cases AND s.totalFen > 0 AND (m.measure <> 'days' OR s.care = 'inpatient')
), ranked AS MATERIALIZED (
  SELECT x.institution, i.area, i.level, i.type, x.year, x.care, x.measure, x.cases, x.day, x.value,
    ROW_NUMBER() OVER (
      PARTITION BY i.level, i.type, x.year, x.care, x.measure ORDER BY x.value, x.institution)
      AS place,
    COUNT(*) OVER (PARTITION BY i.level, i.type, x.year, x.care, x.measure) AS n
  FROM measured AS x
  JOIN institution AS i ON i.code = x.institution
), quartile AS MATERIALIZED (
  -- Four times the quartiles and the median, by linear interpolation (type 7), exactly.
  SELECT level, type, year, care, measure, n,
    SUM(CASE WHEN place = (n - 1) / 4 + 1 THEN (4 - (n - 1) % 4) * value
      WHEN place = (n - 1) / 4 + 2 THEN (n - 1) % 4 * value ELSE 0 END) AS q1x4,
    SUM(CASE WHEN place = 2 * (n - 1) / 4 + 1 THEN (4 - 2 * (n - 1) % 4) * value
      WHEN place = 2 * (n - 1) / 4 + 2 THEN 2 * (n - 1) % 4 * value ELSE 0 END) AS medianx4,
    SUM(CASE WHEN place = 3 * (n - 1) / 4 + 1 THEN (4 - 3 * (n - 1) % 4) * value
      WHEN place = 3 * (n - 1) / 4 + 2 THEN 3 * (n - 1) % 4 * value ELSE 0 END) AS q3x4
  FROM ranked
  GROUP BY level, type, year, care, measure, n
), away AS (
  SELECT r.institution, r.area, r.level, r.type, r.year, r.care, r.measure, r.cases, r.day, r.value,
    r.n, q.q1x4, q.medianx4, q.q3x4, ABS(4 * r.value - q.medianx4) AS distance,
    ROW_NUMBER() OVER (
      PARTITION BY r.level, r.type, r.year, r.care, r.measure
      ORDER BY ABS(4 * r.value - q.medianx4), r.institution) AS place
  FROM ranked AS r
  JOIN quartile AS q ON q.level = r.level AND q.type = r.type AND q.year = r.year
    AND q.care = r.care AND q.measure = r.measure
  WHERE r.n >= :peers
), spread AS (
  -- Eight times the median absolute deviation.
  SELECT institution, area, level, type, year, care, measure, cases, day, value, n, q1x4, medianx4,
    q3x4,
    SUM(CASE WHEN place = (n + 1) / 2 THEN distance ELSE 0 END)
      OVER (PARTITION BY level, type, year, care, measure)
      + SUM(CASE WHEN place = n / 2 + 1 THEN distance ELSE 0 END)
      OVER (PARTITION BY level, type, year, care, measure) AS madx8
  FROM away
), designated AS MATERIALIZED (
  SELECT institution_code AS code, MAX(seq) AS designation
  FROM live_institution_designated
  WHERE +ledger = :ledger
  GROUP BY institution_code
)
SELECT s.institution, d.designation, s.area, s.day, s.year, s.care, s.measure, s.value, s.cases,
  s.n,
  CAST(medianx4 / 4 AS BIGINT) AS median, CAST(q1x4 / 4 AS BIGINT) AS q1,
  CAST(q3x4 / 4 AS BIGINT) AS q3, CAST((5 * q3x4 - 3 * q1x4) / 8 AS BIGINT) AS fence,
  CASE WHEN madx8 > 0 THEN CAST(13490 * (4 * value - medianx4) / (10 * madx8) AS BIGINT) END
    AS score,
  NULL AS missing
FROM spread AS s
JOIN designated AS d ON d.code = s.institution
WHERE 8 * value > 5 * q3x4 - 3 * q1x4
  OR (madx8 > 0 AND 13490 * (4 * value - medianx4) > 10 * :mad * madx8)
UNION ALL
SELECT NULL, NULL, NULL, NULL, year, care, NULL, NULL, NULL, n, NULL, NULL, NULL, NULL, NULL,
  'peers ' || n || ' ' || CAST(:peers AS TEXT) || ' of institution level ' || level || ' type '
    || type || ' visit ' || care || ' year ' || year
FROM quartile
WHERE n < :peers AND measure = 'cost'
