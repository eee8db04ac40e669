/*
id: O2
title: {zh: 首两位数字分布异常（本福特）, en: First two digits not as expected (Benford)}
grades: [S]
method: digits
why:
  zh: 跨多个数量级的自然金额，首两位数字服从本福特分布；编造或按限额凑出的金额往往不服从。
  en: Amounts that arise by themselves over several orders of magnitude follow Benford's law in their first two digits; amounts made up, or made to fit a limit, often do not.
basis: []
examines: [claim.settled]
parameters:
  n: {default: 1000, unit: count, source: auditors-default, zh: 最少金额个数, en: Fewest figures}
  mad: {default: 220, unit: hundred-thousandths, source: auditors-default, zh: 平均绝对偏差（自此为不符合）, en: "Mean absolute deviation, nonconforming from"}
exclusions:
  zh: 不足1000个金额的机构；不足1角（10分）的金额；药店（零售价格集中，天然不符合）。平均绝对偏差低于0.0022（Nigrini：0.0012以下吻合、0.0018以下可接受、0.0022以下勉强）的不列。
  en: Institutions with fewer than 1,000 figures; amounts below ten fen; pharmacies, whose prices crowd by nature. A mean absolute deviation under 0.0022 is let pass (Nigrini, close below 0.0012, acceptable below 0.0018, marginal below 0.0022).
example:
  zh: 某院一千多笔总费用，首两位为98、99的占一成：不符合。
  en: A hospital with over a thousand bills of which a tenth begin with 98 or 99 does not conform.
next:
  zh: 看哪几个首两位数字过多，抽查这些金额的明细。
  en: See which digits are too many, and read those bills.
department: medical-security
key: [groupKey]
entries: [designation]
subjects: {institution: institution}
figures:
  - {id: n, type: count, zh: 金额个数, en: Figures}
step: benford
*/
WITH designated AS MATERIALIZED (
  SELECT institution_code AS code, MAX(seq) AS designation
  FROM live_institution_designated
  WHERE ledger = :ledger
  GROUP BY institution_code
), counted AS MATERIALIZED (
  SELECT institution, CAST(SUBSTR(CAST(amounts_totalFen AS TEXT), 1, 2) AS BIGINT) AS firstTwo,
    COUNT(*) AS count, MAX(occurredOnDay) AS day
  FROM live_claim_settled
  WHERE ledger = :ledger AND amounts_totalFen >= 10
  GROUP BY institution, CAST(SUBSTR(CAST(amounts_totalFen AS TEXT), 1, 2) AS BIGINT)
)
SELECT c.institution AS groupKey, c.institution, d.designation, i.area,
  MAX(c.day) OVER (PARTITION BY c.institution) AS day, c.firstTwo, c.count,
  CAST(SUM(c.count) OVER (PARTITION BY c.institution) AS BIGINT) AS n
FROM counted AS c
JOIN institution AS i ON i.code = c.institution AND i.type <> 'pharmacy'
JOIN designated AS d ON d.code = c.institution
