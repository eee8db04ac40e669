/*
id: O3
title: {zh: 支出突增, en: Spike of spending}
grades: [S]
method: threshold
why:
  zh: 某月支出突然数倍于往常，或者年末集中支出，可能是虚报套取或突击花钱。
  en: A month of several times what is usual, or a year's end that takes most of the money, may be invented claims or money spent for the sake of spending it.
basis: []
examines: [claim.settled]
parameters:
  times: {default: 3, unit: count, source: auditors-default, zh: 前12个月中有救助支出月份的中位数的倍数（超过）, en: "Times the median of those of the twelve months before that had spending, more than"}
  december: {default: 2500, unit: basis-points, source: auditors-default, zh: 12月占全年之比（超过）, en: "December's share of the year, above"}
  months: {default: 6, unit: count, source: auditors-default, zh: 所比有救助支出月份数下限, en: Fewest months with spending to compare with}
  claims: {default: 30, unit: count, source: auditors-default, zh: 当月笔数下限, en: Fewest claims in the month}
exclusions:
  zh: 当月结算不足30笔的机构；此前12个月中有救助支出的月份不足6个的；年内有救助支出的月份（含12月）不足6个的，不看12月占比。救助为零的月份不参与比较。
  en: Institutions with fewer than 30 claims in the month, or fewer than 6 months with spending on aid among the twelve before it; December is not looked at where fewer than 6 months of the year, itself included, had any. A month without aid is not compared with.
example:
  zh: 前12个月中有救助支出的各月中位数10万元，本月30万元不算，30万零1分：可疑。
  en: With a median of 100,000 yuan over those of the twelve months before that had spending, 300,000 is let pass and 300,000.01 is not.
next:
  zh: 看增加的是人次、单价还是新项目；抽查当月结算。
  en: See whether visits, prices or new items grew; read that month's bills.
department: medical-security
key: [matter, institution, month]
entries: [claim]
subjects: {institution: institution}
amount: aidFen
figures:
  - id: matter
    type: code
    zh: 种类
    en: Kind
    values:
      month: {zh: 单月突增, en: one month}
      december: {zh: 12月集中支出, en: December}
  - {id: month, type: month, zh: 月份, en: Month}
  - {id: aidFen, type: fen, zh: 当月救助, en: Aid in the month}
  - {id: claims, type: count, zh: 当月笔数, en: Claims in the month}
  - {id: n, type: count, zh: 所比月数, en: Months compared with}
  - {id: medianFen, type: fen, zh: 此前中位数, en: Median before}
  - {id: share, type: basis-points, zh: 占全年之比, en: Share of the year}
*/
WITH series AS MATERIALIZED (
  SELECT c.institution, SUBSTR(c.occurredOn, 1, 7) AS month,
    CAST(SUBSTR(c.occurredOn, 1, 4) AS BIGINT) * 12
      + CAST(SUBSTR(c.occurredOn, 6, 2) AS BIGINT) AS number,
    COUNT(*) AS claims, CAST(SUM(c.amounts_medicalAidPaidFen) AS BIGINT) AS aidFen,
    MAX(c.occurredOnDay) AS day
  FROM live_claim_settled AS c
  WHERE +c.ledger = :ledger
  GROUP BY c.institution, SUBSTR(c.occurredOn, 1, 7),
    CAST(SUBSTR(c.occurredOn, 1, 4) AS BIGINT) * 12
      + CAST(SUBSTR(c.occurredOn, 6, 2) AS BIGINT)
  HAVING SUM(c.amounts_medicalAidPaidFen) > 0
), before AS (
  SELECT s.institution, s.month, s.day, s.claims, s.aidFen, e.aidFen AS earlierFen,
    ROW_NUMBER() OVER (PARTITION BY s.institution, s.month ORDER BY e.aidFen, e.number) AS place,
    COUNT(*) OVER (PARTITION BY s.institution, s.month) AS n
  FROM series AS s
  JOIN series AS e ON e.institution = s.institution AND e.number BETWEEN s.number - 12
    AND s.number - 1
  WHERE s.claims >= :claims
), median AS (
  SELECT institution, month, day, claims, aidFen, n,
    SUM(CASE WHEN place = (n + 1) / 2 THEN earlierFen ELSE 0 END)
      + SUM(CASE WHEN place = n / 2 + 1 THEN earlierFen ELSE 0 END) AS medianx2
  FROM before
  WHERE n >= :months
  GROUP BY institution, month, day, claims, aidFen, n
), yearly AS (
  SELECT institution, month, day, claims, aidFen,
    CAST(SUM(aidFen) OVER (PARTITION BY institution, SUBSTR(month, 1, 4)) AS BIGINT) AS yearFen,
    COUNT(*) OVER (PARTITION BY institution, SUBSTR(month, 1, 4)) AS n
  FROM series
), flagged AS MATERIALIZED (
  SELECT 'month' AS matter, institution, month, day, aidFen, claims, n,
    CAST(medianx2 / 2 AS BIGINT) AS medianFen, CAST(NULL AS BIGINT) AS share
  FROM median
  WHERE 2 * aidFen > :times * medianx2
  UNION ALL
  SELECT 'december', institution, month, day, aidFen, claims, n, NULL,
    CAST(CASE WHEN aidFen < 400000000000000 THEN aidFen * 10000 / yearFen
      WHEN yearFen < 10000 THEN aidFen
      ELSE aidFen / (yearFen / 10000) END AS BIGINT)
  FROM yearly
  WHERE SUBSTR(month, 6, 2) = '12' AND n >= :months AND claims >= :claims
    AND aidFen > (yearFen / 10000) * :december
      + (yearFen % 10000) * :december / 10000
), spent AS MATERIALIZED (
  SELECT matter, institution, month, MAX(day) AS day, MAX(aidFen) AS aidFen,
    MAX(claims) AS claims, MAX(n) AS n, MAX(medianFen) AS medianFen, MAX(share) AS share
  FROM flagged
  GROUP BY matter, institution, month
)
SELECT s.matter, s.institution, s.month, c.seq AS claim, COALESCE(i.area, c.area) AS area,
  s.day, s.aidFen, s.claims, s.n,
  s.medianFen, s.share
FROM live_claim_settled AS c
CROSS JOIN spent AS s
LEFT JOIN institution AS i ON i.code = s.institution
WHERE +c.ledger = :ledger AND s.institution = c.institution
  AND s.month = SUBSTR(c.occurredOn, 1, 7) AND c.amounts_medicalAidPaidFen > 0
