/*
id: C7
title: {zh: 紧贴限额, en: Hugging a threshold}
grades: [S]
method: threshold
why:
  zh: 自费刚好在须专家审核的1万元以下大量聚集，或者把一笔拆成两笔，说明有人在避开审核。
  en: Bills that crowd just below the 10,000 yuan from which experts review, or come in halves, are made to stay below it.
basis: [J10]
examines: [claim.settled]
topics: [expert-review]
parameters:
  threshold: {default: 1000000, unit: fen, source: J10, zh: 限额, en: Threshold}
  band: {default: 500, unit: basis-points, source: auditors-default, zh: 限额上下的区间, en: Band on each side of it}
  least: {default: 20, unit: count, source: auditors-default, zh: 区间内最少件数, en: Fewest bills in the bands}
  times: {default: 3, unit: count, source: auditors-default, zh: 下方与上方之比（超过）, en: "Below to above, more than"}
  days: {default: 7, unit: days, source: auditors-default, zh: 两笔相距天数上限, en: Most days between two bills}
exclusions:
  zh: 区间内不足20件、下方不超过上方3倍、或可能出于偶然（单侧二项检验p不小于0.001）的；相距超过7天的两笔。年度限额不作此检验：依法不会有人超过，没有可比的上方；接近限额见C9。
  en: Fewer than 20 bills in the bands, not more than 3 to 1, or what chance may do (one-sided binomial test, p 0.001 or more); two bills more than 7 days apart. The annual cap is not tested so, for nobody lawfully lies above it and there is nothing to compare with; C9 tells who is near it.
example:
  zh: 某院有18张账单自费在9,500元至10,000元之间、2张在10,000元至10,500元之间：可疑。17张对3张不足以说明问题。
  en: A hospital with 18 bills of 9,500 to 10,000 yuan of own expense and 2 of 10,000 to 10,500 is suspicious; 17 to 3 may be chance.
next:
  zh: 抽查下方账单的明细，看有无分解收费、移到院外购药或推迟结算。
  en: Read the bills below the line for charges moved, drugs bought outside or settlement put off.
department: social-insurance-agency
key: [institution, claim, nextClaim]
entries: [claim, nextClaim, bill]
subjects: {institution: institution, person: person}
amount: amountFen
figures:
  - {id: below, type: count, zh: 限额下方件数, en: Bills just below}
  - {id: above, type: count, zh: 限额上方件数, en: Bills just above}
  - {id: n, type: count, zh: 合计件数, en: Bills in both bands}
  - {id: togetherFen, type: fen, zh: 两笔合计自费, en: Own expense of both bills}
  - {id: apart, type: days, zh: 两笔相距, en: Days between them}
*/
WITH governed AS MATERIALIZED (
  SELECT DISTINCT w.area, p.fromDay, p.toDay
  FROM area_within AS w
  JOIN provision AS p ON p.area = w.within AND p.topic = 'expert-review'
), unit AS (
  SELECT COALESCE(k.kept, c.person) AS person, c.institution, MIN(c.area) AS area,
    MIN(c.seq) AS seq, MAX(c.visit_dischargedOnDay) AS day,
    CAST(SUM(c.amounts_ownExpenseFen) AS BIGINT) AS ownFen
  FROM live_claim_settled AS c
  CROSS JOIN governed AS g
  LEFT JOIN kept_person AS k ON k.person = c.person
  WHERE g.area = c.area AND g.fromDay <= c.visit_dischargedOnDay
    AND g.toDay >= c.visit_dischargedOnDay AND c.ledger = :ledger
    AND c.visit_type IN ('inpatient', 'special-outpatient')
    AND c.amounts_ownExpenseFen > 0
  GROUP BY COALESCE(k.kept, c.person), c.institution, c.visit_type,
    CASE WHEN c.visit_type = 'inpatient'
      THEN COALESCE(c.visit_admissionNo, CAST(c.visit_admittedOnDay AS TEXT))
      ELSE COALESCE(c.visit_month, SUBSTR(c.visit_dischargedOn, 1, 7)) END
), critical (n, least) AS (
  -- The fewest of n below with a chance under 0.001 if either side is as likely:
  -- scipy.stats.binom.sf(least - 1, n, 0.5) < 0.001. Beyond 43, more than 3 to 1 is under it.
  VALUES (20, 18), (21, 18), (22, 19), (23, 20), (24, 20), (25, 21), (26, 22), (27, 22),
    (28, 23), (29, 24), (30, 24), (31, 25), (32, 26), (33, 26), (34, 27), (35, 27), (36, 28),
    (37, 29), (38, 29), (39, 30), (40, 31), (41, 31), (42, 32), (43, 32)
), banded AS (
  SELECT institution, area, seq, day, ownFen,
    CASE WHEN ownFen <= :threshold THEN 1 ELSE 0 END AS isBelow,
    COUNT(*) OVER (PARTITION BY institution) AS n,
    SUM(CASE WHEN ownFen <= :threshold THEN 1 ELSE 0 END) OVER (PARTITION BY institution)
      AS below,
    SUM(CASE WHEN ownFen <= :threshold THEN ownFen ELSE 0 END) OVER (PARTITION BY institution)
      AS belowFen,
    MIN(area) OVER (PARTITION BY institution) AS leastArea,
    MAX(day) OVER (PARTITION BY institution) AS lastDay
  FROM unit
  WHERE ownFen >= (:threshold * (10000 - :band) + 9999) / 10000
    AND ownFen <= :threshold * (10000 + :band) / 10000
), following AS (
  SELECT person, institution, area, seq, day, ownFen,
    LAG(seq) OVER (PARTITION BY person, institution ORDER BY day, seq) AS earlier,
    LAG(day) OVER (PARTITION BY person, institution ORDER BY day, seq) AS earlierDay,
    LAG(ownFen) OVER (PARTITION BY person, institution ORDER BY day, seq) AS earlierFen
  FROM unit
)
SELECT b.institution, CAST(NULL AS BIGINT) AS claim, CAST(NULL AS BIGINT) AS nextClaim,
  b.seq AS bill, CAST(NULL AS BIGINT) AS person, b.leastArea AS area, b.lastDay AS day,
  CAST(b.below AS BIGINT) AS below, CAST(b.n - b.below AS BIGINT) AS above, b.n,
  CAST(NULL AS BIGINT) AS togetherFen, CAST(NULL AS BIGINT) AS apart,
  CAST(b.belowFen AS BIGINT) AS amountFen
FROM banded AS b
LEFT JOIN critical AS c ON c.n = b.n
WHERE b.isBelow = 1 AND b.n >= :least AND b.below > :times * (b.n - b.below)
  AND (b.below >= c.least OR b.n > 43)
UNION ALL
SELECT institution, earlier, seq, NULL, person, area, day, NULL, NULL, NULL, earlierFen + ownFen,
  day - earlierDay, earlierFen + ownFen
FROM following
WHERE day - earlierDay <= :days AND earlierFen <= :threshold AND ownFen <= :threshold
  AND earlierFen + ownFen > :threshold
