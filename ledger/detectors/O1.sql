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
  deviations: {default: 4, unit: count, source: auditors-default, zh: 超出按病例构成预计的标准误倍数, en: Standard errors above what its mix of cases leads one to expect}
  more: {default: 2000, unit: basis-points, source: auditors-default, zh: 超出按病例构成预计的比例, en: Share by which it is above that}
exclusions:
  zh: 同级同类机构不足30家的列为无法比较；全年不足10件的机构不参与比较；住院与门诊分别比较；只看偏高的一侧。恰在界上不算。在界外、但按本机构就诊类型和诊断类目（ICD-10首字母）构成以同级同类其他机构水平预计，不高出预计值两成和四个标准误（按同组机构、也按本机构各例的差异计）的（病种构成、个别高费用病例或偶然所致，见README“偶然”）；某类病例其他机构不足10件的，该类不参与这一比较。
  en: "Groups of fewer than 30 institutions cannot be compared; an institution with fewer than 10 cases in the year is left out; stays and outpatient care are compared apart; only the high side counts, and exactly on the fence does not. What is beyond the fence, but not a fifth and four standard errors (as the group differs, and as its own cases do) above what the other institutions of the group would have for the same kinds of visit and the same letters of ICD-10, is let pass: it may be the mix of cases, a few dear ones, or chance (README, Chance). Cases of a kind of which the others have fewer than 10 are left out of that comparison."
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
  - id: care
    type: code
    zh: 住院或门诊
    en: Stays or outpatient care
    values:
      inpatient: {zh: 住院, en: stays}
      outpatient: {zh: 门诊, en: outpatient care}
  - id: measure
    type: code
    zh: 指标
    en: Measure
    values:
      cost: {zh: 次均费用, en: cost of a case}
      own: {zh: 自费占比, en: share of own expense}
      days: {zh: 平均住院天数, en: days of a stay}
      aid: {zh: 次均救助, en: aid of a case}
  - id: value
    by: measure
    types: &measured {cost: fen, own: basis-points, days: thousandths, aid: fen}
    zh: 该机构值（元、占比或天）
    en: This institution (yuan, share or days)
  - {id: expected, by: measure, types: *measured, zh: 按病例构成预计, en: Expected of its mix of cases}
  - {id: cases, type: count, zh: 件数, en: Cases}
  - {id: n, type: count, zh: 同级同类机构数, en: Institutions in the group}
  - {id: median, by: measure, types: *measured, zh: 中位数, en: Median}
  - {id: q1, by: measure, types: *measured, zh: 下四分位数, en: Lower quartile}
  - {id: q3, by: measure, types: *measured, zh: 上四分位数, en: Upper quartile}
  - {id: fence, by: measure, types: *measured, zh: 四分位距上限, en: "Tukey's fence"}
  - {id: score, type: thousandths, zh: 修正Z值, en: Modified z-score}
*/
WITH mixed AS MATERIALIZED (
  SELECT institution, benefitYear AS year,
    CASE WHEN visit_type = 'inpatient' THEN 'inpatient' ELSE 'outpatient' END AS care,
    visit_type AS visit, SUBSTR(visit_diagnosis, 1, 1) AS letter, COUNT(*) AS n,
    MAX(occurredOnDay) AS day, CAST(SUM(amounts_totalFen) AS BIGINT) AS totalFen,
    CAST(SUM(amounts_ownExpenseFen) AS BIGINT) AS ownFen,
    CAST(SUM(amounts_medicalAidPaidFen) AS BIGINT) AS aidFen,
    CAST(SUM(visit_dischargedOnDay - visit_admittedOnDay) AS BIGINT) AS days,
    -- The sum of the cases' own shares, which weigh alike; and sums of squares.
    SUM(CASE WHEN amounts_totalFen > 0 THEN 1.0 * amounts_ownExpenseFen / amounts_totalFen
      ELSE 0.0 END) AS own,
    SUM(CASE WHEN amounts_totalFen > 0 THEN 1.0 * amounts_ownExpenseFen / amounts_totalFen
      * amounts_ownExpenseFen / amounts_totalFen ELSE 0.0 END) AS own2,
    SUM(1.0 * amounts_totalFen * amounts_totalFen) AS cost2,
    SUM(1.0 * amounts_medicalAidPaidFen * amounts_medicalAidPaidFen) AS aid2,
    SUM(1.0 * (visit_dischargedOnDay - visit_admittedOnDay)
      * (visit_dischargedOnDay - visit_admittedOnDay)) AS days2
  FROM live_claim_settled
  WHERE +ledger = :ledger
  GROUP BY institution, benefitYear, visit_type, SUBSTR(visit_diagnosis, 1, 1)
), parted AS (
  SELECT x.institution, i.level, i.type, x.year, x.care, x.visit, x.letter, x.n, m.measure,
    CASE m.measure WHEN 'cost' THEN 1.0 * x.totalFen WHEN 'own' THEN x.own
      WHEN 'days' THEN 1.0 * x.days ELSE 1.0 * x.aidFen END AS whole,
    CASE m.measure WHEN 'cost' THEN x.cost2 WHEN 'own' THEN x.own2 WHEN 'days' THEN x.days2
      ELSE x.aid2 END AS squares
  FROM mixed AS x
  JOIN institution AS i ON i.code = x.institution
  CROSS JOIN (
    SELECT 'cost' AS measure UNION ALL SELECT 'own' UNION ALL SELECT 'days'
    UNION ALL SELECT 'aid') AS m
  WHERE m.measure <> 'days' OR x.care = 'inpatient'
), others AS (
  SELECT institution, level, type, year, care, measure, n, whole, squares,
    SUM(n) OVER mix - n AS othersN, SUM(whole) OVER mix - whole AS othersWhole
  FROM parted
  WINDOW mix AS (PARTITION BY level, type, year, measure, visit, letter)
), alike AS (
  -- With what the institution would have if its cases were like the others' of their kind, and
  -- how its own cases of a kind differ: the variance of their sum.
  SELECT institution, level, type, year, care, measure, SUM(n) AS n, SUM(whole) / SUM(n) AS found,
    SUM(n * othersWhole / othersN) / SUM(n) AS expected,
    SUM(squares - whole * whole / n) AS variance
  FROM others
  WHERE othersN >= :cases AND othersN > 0
  GROUP BY institution, level, type, year, care, measure
  HAVING SUM(n) >= :cases
), apart AS (
  SELECT institution, level, type, year, care, measure, found, expected, n, variance,
    n * (found - expected) * (found - expected) AS square,
    COUNT(*) OVER (PARTITION BY level, type, year, care, measure) AS institutions,
    ROW_NUMBER() OVER (
      PARTITION BY level, type, year, care, measure
      ORDER BY n * (found - expected) * (found - expected), institution) AS place
  FROM alike
), varied AS (
  -- Twice the median of the squares. Of squares of normal values it is 0.4549 of the variance
  -- of one case, the median of chi-square with one degree of freedom.
  SELECT institution, year, care, measure, found, expected, square, n, variance,
    SUM(CASE WHEN place = (institutions + 1) / 2 THEN square ELSE 0 END)
      OVER (PARTITION BY level, type, year, care, measure)
      + SUM(CASE WHEN place = institutions / 2 + 1 THEN square ELSE 0 END)
      OVER (PARTITION BY level, type, year, care, measure) AS medianx2
  FROM apart
), beyond AS MATERIALIZED (
  SELECT institution, year, care, measure,
    CAST(CASE measure WHEN 'own' THEN 10000 WHEN 'days' THEN 1000 ELSE 1 END * expected AS BIGINT)
      AS expected
  FROM varied
  WHERE 10000 * found > (10000 + :more) * expected
    AND square > :deviations * :deviations * medianx2 / 0.909872846
    AND n * square > :deviations * :deviations * variance
), summed AS MATERIALIZED (
  SELECT institution, year, care, CAST(SUM(n) AS BIGINT) AS cases, MAX(day) AS day,
    CAST(SUM(totalFen) AS BIGINT) AS totalFen, CAST(SUM(ownFen) AS BIGINT) AS ownFen,
    CAST(SUM(aidFen) AS BIGINT) AS aidFen, CAST(SUM(days) AS BIGINT) AS days
  FROM mixed
  GROUP BY institution, year, care
), measured AS (
  SELECT s.institution, s.year, s.care, s.cases, s.day, m.measure,
    CAST(CASE m.measure
      WHEN 'cost' THEN s.totalFen / s.cases
      WHEN 'own' THEN CASE WHEN s.ownFen / 1000 >= s.totalFen THEN 10000000
        WHEN s.ownFen < 400000000000000 THEN s.ownFen * 10000 / s.totalFen
        ELSE s.ownFen / (s.totalFen / 10000) END
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
SELECT s.institution, d.designation, s.area, s.day, s.year, s.care, s.measure, s.value, b.expected, s.cases,
  s.n,
  CAST(medianx4 / 4 AS BIGINT) AS median, CAST(q1x4 / 4 AS BIGINT) AS q1,
  CAST(q3x4 / 4 AS BIGINT) AS q3, CAST((5 * q3x4 - 3 * q1x4) / 8 AS BIGINT) AS fence,
  CASE WHEN madx8 > 0 THEN CAST(
      CASE WHEN 4 * value - medianx4 < 400000000000000
          THEN 13490 * (4 * value - medianx4) / (10 * madx8)
        WHEN madx8 < 1349 THEN 4 * value - medianx4
        ELSE (4 * value - medianx4) / (madx8 / 1349) END AS BIGINT) END
    AS score,
  NULL AS missing
FROM spread AS s
JOIN designated AS d ON d.code = s.institution
JOIN beyond AS b ON b.institution = s.institution AND b.year = s.year AND b.care = s.care
  AND b.measure = s.measure
WHERE 8 * value > 5 * q3x4 - 3 * q1x4
  OR (madx8 > 0 AND 13490.0 * (4 * value - medianx4) > 10.0 * :mad * madx8)
UNION ALL
SELECT NULL, NULL, NULL, NULL, year, care, NULL, NULL, NULL, NULL, n, NULL, NULL, NULL, NULL, NULL,
  'peers ' || n || ' ' || CAST(:peers AS TEXT) || ' of institution level ' || level || ' type '
    || REPLACE(type, ' ', '-') || ' visit ' || care || ' year ' || year
FROM quartile
WHERE n < :peers AND measure = 'cost'
