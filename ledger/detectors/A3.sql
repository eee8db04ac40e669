/*
id: A3
title: {zh: 冲正过多, en: Too many reversals}
grades: [S]
method: peers
why:
  zh: 冲正可以掩盖先付后销、重复支付，冲正特别多的经办人值得查看。
  en: Reversals can hide what was paid and undone, or paid twice. An operator with many more than others is worth a look.
basis: []
examines: [entry.reversed]
parameters:
  peers: {default: 30, unit: count, source: auditors-default, zh: 同类经办人数下限, en: Fewest operators in the group}
  least: {default: 5, unit: count, source: auditors-default, zh: 全年冲正笔数下限, en: Fewest reversals in the year}
  deviations: {default: 4, unit: count, source: auditors-default, zh: 超出其他经办人水平的标准误倍数, en: Standard errors above what the others' rate leads one to expect}
exclusions:
  zh: 有冲正的经办人不足30人的年度列为无法比较；全年冲正不足5笔的；超出四分位距上限、但不比其他经办人合计冲正率下的预计笔数高出四个标准误的（可能出于偶然，见README“偶然”）。比率以本县同年的结算、资助、审批和支付笔数为分母，业务量大的县冲正多属正常。
  en: "Years with fewer than 30 operators who reversed anything cannot be compared; fewer than 5 reversals are let pass; so is what is above the fence but not four standard errors above what the pooled rate of the others leads one to expect, which may be chance (README, Chance). The rate is to the county's claims, subsidies, approvals and payments of the year, so that a large county may have many."
example:
  zh: 31名经办人冲正率都在千分之一上下，一人为千分之八：可疑。
  en: Of 31 operators 30 reverse about one in a thousand and one reverses eight.
next:
  zh: 逐笔查看被冲正的记录、理由和有无重新录入。
  en: Read what was reversed, for what reason, and whether it was recorded again.
department: medical-security
key: [operator, year]
entries: [reversal]
subjects: {operator: operator}
figures:
  - {id: n, type: count, zh: 同类经办人数, en: Operators in the group}
  - {id: reversals, type: count, zh: 冲正笔数, en: Reversals}
  - {id: expected, type: thousandths, zh: 按其他经办人冲正率预计, en: Expected at the others' rate}
  - {id: rate, type: basis-points, zh: 冲正率, en: Rate}
  - {id: median, type: basis-points, zh: 中位数, en: Median}
  - {id: q1, type: basis-points, zh: 下四分位数, en: Lower quartile}
  - {id: q3, type: basis-points, zh: 上四分位数, en: Upper quartile}
  - {id: fence, type: basis-points, zh: 上限, en: Fence}
*/
WITH volume AS (
  SELECT area, year, CAST(SUM(records) AS BIGINT) AS records
  FROM (
    SELECT area, SUBSTR(occurredOn, 1, 4) AS year, COUNT(*) AS records
    FROM claim_settled WHERE +ledger = :ledger GROUP BY area, SUBSTR(occurredOn, 1, 4)
    UNION ALL
    SELECT area, SUBSTR(occurredOn, 1, 4), COUNT(*)
    FROM enrolment_subsidised WHERE +ledger = :ledger GROUP BY area, SUBSTR(occurredOn, 1, 4)
    UNION ALL
    SELECT area, SUBSTR(occurredOn, 1, 4), COUNT(*)
    FROM aid_approved WHERE +ledger = :ledger GROUP BY area, SUBSTR(occurredOn, 1, 4)
    UNION ALL
    SELECT area, SUBSTR(occurredOn, 1, 4), COUNT(*)
    FROM aid_paid WHERE +ledger = :ledger GROUP BY area, SUBSTR(occurredOn, 1, 4)
  ) AS part
  GROUP BY area, year
), made AS (
  SELECT area, operator, SUBSTR(occurredOn, 1, 4) AS year, COUNT(*) AS reversals,
    MAX(occurredOnDay) AS day
  FROM live_entry_reversed
  WHERE +ledger = :ledger
  GROUP BY area, operator, SUBSTR(occurredOn, 1, 4)
), ranked AS MATERIALIZED (
  SELECT m.area, m.operator, m.year, m.reversals, m.day, v.records,
    CAST(SUM(m.reversals) OVER (PARTITION BY m.year) AS BIGINT) - m.reversals AS others,
    CAST(SUM(v.records) OVER (PARTITION BY m.year) AS BIGINT) - v.records AS othersOf,
    CAST(m.reversals * 10000 / v.records AS BIGINT) AS rate,
    ROW_NUMBER() OVER (
      PARTITION BY m.year ORDER BY m.reversals * 10000 / v.records, m.area, m.operator) AS place,
    COUNT(*) OVER (PARTITION BY m.year) AS n
  FROM made AS m
  JOIN volume AS v ON v.area = m.area AND v.year = m.year
), beyond AS (
  -- How far a count k of n lies above nq + (z^2 - 1)(1 - 2q) / 6, where q is the others' rate, and
  -- the square of z sqrt(nq(1 - q)), which that has to exceed: both times 6 othersOf.
  SELECT area, operator, year, reversals, day, rate, n, records, others, othersOf,
    6.0 * (reversals * othersOf - records * others)
      - (:deviations * :deviations - 1) * (othersOf - 2 * others) AS distance,
    36.0 * :deviations * :deviations * records * others * (othersOf - others) AS square
  FROM ranked
), quartile AS MATERIALIZED (
  -- Four times the quartiles and the median, by linear interpolation (type 7), exactly.
  SELECT year, n,
    SUM(CASE WHEN place = (n - 1) / 4 + 1 THEN (4 - (n - 1) % 4) * rate
      WHEN place = (n - 1) / 4 + 2 THEN (n - 1) % 4 * rate ELSE 0 END) AS q1x4,
    SUM(CASE WHEN place = 2 * (n - 1) / 4 + 1 THEN (4 - 2 * (n - 1) % 4) * rate
      WHEN place = 2 * (n - 1) / 4 + 2 THEN 2 * (n - 1) % 4 * rate ELSE 0 END) AS medianx4,
    SUM(CASE WHEN place = 3 * (n - 1) / 4 + 1 THEN (4 - 3 * (n - 1) % 4) * rate
      WHEN place = 3 * (n - 1) / 4 + 2 THEN 3 * (n - 1) % 4 * rate ELSE 0 END) AS q3x4
  FROM ranked
  GROUP BY year, n
)
SELECT r.operator, r.year, e.seq AS reversal, r.area, r.day, r.n, r.reversals,
  r.records * r.others * 1000 / r.othersOf AS expected, r.rate,
  CAST(q.medianx4 / 4 AS BIGINT) AS median, CAST(q.q1x4 / 4 AS BIGINT) AS q1,
  CAST(q.q3x4 / 4 AS BIGINT) AS q3, CAST((5 * q.q3x4 - 3 * q.q1x4) / 8 AS BIGINT) AS fence,
  NULL AS missing
FROM beyond AS r
JOIN quartile AS q ON q.year = r.year
JOIN live_entry_reversed AS e ON e.ledger = :ledger AND e.operator = r.operator
  AND e.area = r.area AND SUBSTR(e.occurredOn, 1, 4) = r.year
WHERE r.n >= :peers AND r.reversals >= :least AND 8 * r.rate > 5 * q.q3x4 - 3 * q.q1x4
  AND r.distance > 0 AND r.distance * r.distance > r.square
UNION ALL
SELECT NULL, year, NULL, NULL, NULL, n, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
  'peers ' || n || ' ' || CAST(:peers AS TEXT) || ' of operator year ' || year
FROM quartile
WHERE n < :peers
