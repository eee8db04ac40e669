/*
id: C5
title: {zh: 目录外费用比例超限, en: Too much outside the catalogue}
grades: [F, W]
method: threshold
why:
  zh: 目录外费用救助不予负担，由困难群众自付；比例过高，说明医疗机构没有控制不合理费用。
  en: Aid does not cover what is outside the catalogue, so poor patients pay it themselves. A high share says that the institution does not restrain it.
basis: [T38, G09]
examines: [claim.settled]
topics: [outside-catalogue-limit]
asks: [outside-catalogue-period, outside-catalogue-components]
parameters: {}
exclusions:
  zh: 只约束文件所在地的医疗机构，通辽按二级、三级分别计，一级和未定级不限；恰为限额不超；“原则上”的15%只作提示。
  en: Only institutions of the document's own area; in Tongliao levels 2 and 3, each at its own limit, not level 1 or ungraded ones; exactly the limit is sound; the 15% "in principle" gives a warning only.
example:
  zh: 通辽二级医院全年总费用100万元，全自费和超限价自费共5.01万元，占5.01%，超过5%。恰为5万元不超。
  en: A level-2 hospital of Tongliao with 1,000,000 yuan in the year, of which 50,100 are own expense or above price limits, is 5.01%, above 5%; 50,000 is not.
next:
  zh: 约谈医疗机构，查看目录外药品和耗材清单及患者签字同意书。
  en: Speak with the institution; look at the drugs and materials outside the catalogue and at the patients' consent.
department: medical-security
key: [institution, clause, period]
entries: [claim]
subjects: {institution: institution}
amount: excessFen
figures:
  - {id: period, type: text, zh: 计算期间, en: Period}
  - {id: outsideFen, type: fen, zh: 目录外费用, en: Outside the catalogue}
  - {id: totalFen, type: fen, zh: 总费用, en: Total cost}
  - {id: shareBasisPoints, type: basis-points, zh: 比例, en: Share}
  - {id: limitBasisPoints, type: basis-points, zh: 限额, en: Limit}
*/
WITH ruled AS MATERIALIZED (
  SELECT DISTINCT i.code, i.level, i.area, p.rule, p.nature, p.atMost,
    p.fromDay, p.toDay
  FROM (SELECT DISTINCT d.institution_code AS code, d.institution_level AS level,
      d.institution_area AS area
    FROM live_institution_designated AS d WHERE d.ledger = :ledger) AS i
  JOIN area_within AS w ON w.area = i.area
  JOIN provision AS p ON p.area = w.within AND p.topic = 'outside-catalogue-limit'
  WHERE NOT EXISTS (
      SELECT 1 FROM provision_code AS any_level
      WHERE any_level.provision = p.provision AND any_level.member = 'institution-level')
    OR EXISTS (
      SELECT 1 FROM provision_code AS this_level
      WHERE this_level.provision = p.provision AND this_level.member = 'institution-level'
        AND this_level.code = CAST(i.level AS TEXT))
), bill AS MATERIALIZED (
  SELECT c.seq, r.code, r.level, r.area, r.rule, r.nature, r.atMost,
    c.visit_dischargedOnDay AS day, SUBSTR(c.visit_dischargedOn, 1, 4) AS year,
    SUBSTR(c.visit_dischargedOn, 1, 7) AS month, c.amounts_totalFen AS totalFen,
    c.amounts_ownExpenseFen AS ownFen, c.amounts_overLimitFen AS overFen,
    c.amounts_advanceSelfPayFen AS advanceFen
  FROM live_claim_settled AS c
  CROSS JOIN ruled AS r
  WHERE r.code = c.institution AND r.level = COALESCE((
      SELECT d.institution_level FROM live_institution_designated AS d
      WHERE d.ledger = c.ledger AND d.institution_code = c.institution
        AND d.designatedFromDay <= c.visit_dischargedOnDay
      ORDER BY d.designatedFromDay DESC, d.source DESC, d.id DESC LIMIT 1), r.level)
    AND r.fromDay <= c.visit_dischargedOnDay
    AND r.toDay >= c.visit_dischargedOnDay AND c.ledger = :ledger AND c.amounts_totalFen > 0
), asked AS MATERIALIZED (
  SELECT DISTINCT area, level, year FROM bill
), laid_down AS (
  SELECT a.area, a.level, a.year, p.seq, p.name,
    ROW_NUMBER() OVER (
      PARTITION BY a.area, a.level, a.year, p.name
      ORDER BY w.distance, CASE WHEN p.year IS NULL THEN 1 ELSE 0 END,
        CASE WHEN p.institutionLevel IS NULL THEN 1 ELSE 0 END,
        COALESCE(p.validFromDay, 0) DESC, p.occurredOnDay DESC, p.source DESC, p.id DESC) AS place
  FROM asked AS a
  JOIN area_within AS w ON w.area = a.area
  JOIN live_parameter_set AS p ON p.area = w.within
    AND p.name IN ('outside-catalogue-period', 'outside-catalogue-components')
    AND (p.year IS NULL OR CAST(p.year AS TEXT) = a.year)
    AND (p.institutionLevel IS NULL OR p.institutionLevel = a.level)
    AND (p.validFrom IS NULL OR SUBSTR(p.validFrom, 1, 4) <= a.year)
    AND (p.validTo IS NULL OR SUBSTR(p.validTo, 1, 4) >= a.year)
  WHERE +p.ledger = :ledger
), chosen AS MATERIALIZED (
  SELECT l.area, l.level, l.year,
    MAX(CASE WHEN l.name = 'outside-catalogue-period' THEN v.value END) AS span,
    MAX(CASE WHEN l.name = 'outside-catalogue-components' THEN 1 ELSE 0 END) AS components,
    MAX(CASE WHEN v.value = 'ownExpense' THEN 1 ELSE 0 END) AS own,
    MAX(CASE WHEN v.value = 'overLimit' THEN 1 ELSE 0 END) AS over_limit,
    MAX(CASE WHEN v.value = 'advanceSelfPay' THEN 1 ELSE 0 END) AS advance
  FROM laid_down AS l
  JOIN parameter_set__valueCode AS v ON v.ledger = :ledger AND v.seq = l.seq
  WHERE l.place = 1
  GROUP BY l.area, l.level, l.year
), counted AS MATERIALIZED (
  SELECT b.seq, b.code, b.rule, b.nature, b.atMost, b.day, b.totalFen, b.ownFen,
    CASE
      WHEN ch.components = 1
        THEN ch.own * b.ownFen + ch.over_limit * b.overFen + ch.advance * b.advanceFen
      ELSE b.ownFen + b.overFen
    END AS outsideFen,
    COALESCE(ch.components, 0) AS components,
    CASE
      WHEN ch.span = 'claim' THEN CAST(b.seq AS TEXT)
      WHEN ch.span = 'month' THEN b.month
      WHEN ch.span = 'year' OR b.nature = 'in-principle' THEN b.year
    END AS period,
    b.area, b.year
  FROM bill AS b
  LEFT JOIN chosen AS ch ON ch.area = b.area AND ch.level = b.level AND ch.year = b.year
), summed AS MATERIALIZED (
  SELECT code, rule, period, MIN(nature) AS nature, MIN(atMost) AS atMost,
    MIN(components) AS components, MIN(area) AS area, MAX(day) AS day,
    CAST(SUM(totalFen) AS BIGINT) AS totalFen, CAST(SUM(outsideFen) AS BIGINT) AS outsideFen,
    CAST(SUM(ownFen) AS BIGINT) AS ownFen
  FROM counted
  WHERE period IS NOT NULL
  GROUP BY code, rule, period
), exceeding AS MATERIALIZED (
  SELECT *
  FROM (
    SELECT s.*,
      (s.totalFen / 10000) * s.atMost + (s.totalFen % 10000) * s.atMost / 10000 AS limitFen
    FROM summed AS s) AS limited
  WHERE outsideFen > limitFen
)
SELECT s.code AS institution, s.rule AS clause, s.rule, s.period, c.seq AS claim, s.area, s.day,
  s.outsideFen,
  s.totalFen,
  CASE WHEN s.outsideFen < 400000000000000
      THEN (s.outsideFen * 10000 + s.totalFen / 2) / s.totalFen
    WHEN s.totalFen < 10000 THEN s.outsideFen
    ELSE s.outsideFen / (s.totalFen / 10000) END AS shareBasisPoints,
  s.atMost AS limitBasisPoints, s.outsideFen - s.limitFen AS excessFen,
  CASE
    WHEN s.nature = 'in-principle' THEN 'W'
    WHEN s.components = 1 OR s.ownFen > s.limitFen THEN 'F'
    ELSE 'W'
  END AS grade,
  NULL AS missing
FROM exceeding AS s
JOIN counted AS c ON c.code = s.code AND c.rule = s.rule AND c.period = s.period
  AND c.outsideFen > (c.totalFen / 10000) * c.atMost + (c.totalFen % 10000) * c.atMost / 10000
UNION ALL
SELECT NULL, rule, rule, NULL, NULL, area, NULL, NULL, NULL, NULL, NULL, NULL, 'F',
  'parameter outside-catalogue-period year ' || year || ' area ' || area
FROM counted
WHERE period IS NULL
GROUP BY rule, area, year
