/*
id: E2
title: {zh: 资助标准错误, en: Wrong subsidy}
grades: [F, W]
method: rule
why:
  zh: 资助额由条款或地方规定的标准决定；少资助损害困难群众，多资助是多支出资金
  en: Clauses, or what the locality laid down, decide how much of a premium is subsidised; less harms the person, more wastes the fund
basis: [G03, P04, T08, T09, L03, L04, L05, L06, L07]
examines: [enrolment.subsidised]
asks: [premium, subsidy-standard]
exclusions:
  zh: 注明所补资助的差额补助合并计算；重复资助见E1，低于下限见E3，身份不符见E4，资金不符见F1。多重身份中有一种的标准未定、不能全部判定的，仍须不低于其他身份的条款（每一条款各自适用）。尚无规则生效时资助额高于保费的，只作提示
  en: A top-up that names its subsidy is taken together with it; duplicates are E1, sums below a floor E3, persons not entitled E4, wrong funds F1. Where the figure of one of several categories is not laid down, the clauses of the others bind all the same, each by itself. A warning only where more than the premium was paid and no rule was in force yet
example:
  zh: 特困人员个人缴费380元，只资助了379.99元
  en: A destitute person's premium is 380 yuan, and 379.99 were subsidised
next:
  zh: 按规定标准补足或追回差额
  en: Make up the difference or have it paid back, by the figure laid down
department: medical-security
key: [entry]
entries: [entry]
subjects: {person: person, operator: operator}
amount: differenceFen
figures:
  - id: difference
    type: code
    zh: 差错
    en: Difference
    values:
      above-premium: {zh: 高于记录的缴费标准, en: above the premium on record}
      over: {zh: 多资助, en: too much}
      under: {zh: 少资助, en: too little}
      under-one-clause: {zh: 低于其中一条款的标准, en: less than one of the clauses gives}
      over-premium-laid-down: {zh: 按规定缴费标准多资助, en: too much by the premium laid down}
      under-premium-laid-down: {zh: 按规定缴费标准少资助, en: too little by the premium laid down}
  - {id: category, type: category, zh: 身份, en: Category}
  - {id: premiumFen, type: fen, zh: 记录的缴费标准, en: Premium on record}
  - {id: actualFen, type: fen, zh: 实际资助, en: Subsidised}
  - {id: expectedFen, type: fen, zh: 最低应资助, en: Least due}
  - {id: expectedMostFen, type: fen, zh: 最高应资助, en: Most due}
  - {id: reperformedFen, type: fen, zh: 按规定缴费标准应资助, en: Due by the premium laid down}
*/
WITH topped AS MATERIALIZED (
  SELECT t.topUpOf_source AS source, t.topUpOf_id AS id, CAST(SUM(t.subsidyFen) AS BIGINT) AS fen
  FROM live_enrolment_subsidised AS t
  WHERE t.ledger = :ledger AND t.topUpOf_id IS NOT NULL
  GROUP BY t.topUpOf_source, t.topUpOf_id
), judged AS (
  SELECT v.person, v.verdict, v.breach, v.expectedFen, v.expectedMostFen, v.reperformedFen,
    v.rules, v.missing, s.seq, s.source, s.id, s.area, s.year, s.approvedOnDay, s.operator,
    s.category, s.premiumFen, s.subsidyFen, s.scheme,
    CASE WHEN s.topUpOf_id IS NULL THEN 0 ELSE 1 END AS toppingUp,
    ROW_NUMBER() OVER (
      PARTITION BY v.person, s.year ORDER BY s.occurredOnDay, s.source, s.id) AS place
  FROM verdict AS v
  JOIN live_enrolment_subsidised AS s ON s.ledger = v.ledger AND s.seq = v.seq
  WHERE v.ledger = :ledger AND v.kind = 'enrolment.subsidised'
), compared AS MATERIALIZED (
  SELECT j.*, j.subsidyFen + COALESCE(t.fen, 0) AS togetherFen
  FROM judged AS j
  LEFT JOIN topped AS t ON t.source = j.source AND t.id = j.id
  WHERE j.breach IS NULL
), least (rule, category, share, fen, department) AS (
  -- What the clauses give residents of a category at least, whatever else is not laid down: a share
  -- of the premium, or a sum.
  VALUES ('T08', 'tekun', 10000, 0, ''), ('T08', 'orphan', 10000, 0, ''),
    ('T09', 'dibao', 4500, 0, ''), ('T09', 'poverty-returned', 4500, 0, ''),
    ('L03', 'tekun', 10000, 0, 'civil-affairs'),
    ('L03', 'laid-off-1960s', 10000, 0, 'civil-affairs'),
    ('L03', 'mental-dangerous', 10000, 0, 'civil-affairs'),
    ('L04', 'dibao', 0, 1000, 'civil-affairs'),
    ('L05', 'low-income-elderly', 0, 1000, 'civil-affairs'),
    ('L05', 'low-income-minor', 0, 1000, 'civil-affairs'),
    ('L05', 'low-income-mental', 0, 1000, 'civil-affairs'),
    ('L05', 'low-income-disabled', 0, 1000, 'civil-affairs'),
    ('L05', 'low-income-ill', 0, 1000, 'civil-affairs')
), bounds AS (
  SELECT c.seq, l.rule, CASE
      WHEN l.share > 0 THEN (c.premiumFen / 10000) * l.share
        + ((c.premiumFen % 10000) * l.share + 9999) / 10000
      WHEN l.fen < c.premiumFen THEN l.fen ELSE c.premiumFen END AS leastFen
  FROM compared AS c
  JOIN live_eligibility_certified AS e ON e.ledger = :ledger AND e.person IN (
      SELECT c.person UNION ALL SELECT o.person FROM kept_person AS o WHERE o.kept = c.person)
    AND e.validFromDay <= c.approvedOnDay AND COALESCE(e.validToDay, 9999999) >= c.approvedOnDay
  JOIN least AS l ON l.category = e.category AND l.department IN ('', e.body_department)
  JOIN area_within AS w ON w.area = c.area
  JOIN rule_in_force AS r ON r.rule = l.rule AND r.area = w.within
    AND r.fromDay <= c.approvedOnDay AND r.toDay >= c.approvedOnDay
  WHERE c.verdict = 'cannot-be-judged' AND c.scheme = 'resident'
    AND c.missing NOT LIKE 'no rulebook is in force%'
    AND c.togetherFen < c.premiumFen AND c.place = 1 AND c.toppingUp = 0 AND NOT EXISTS (
      SELECT 1 FROM live_eligibility_ended AS x
      WHERE x.ledger = e.ledger AND x.person = e.person AND x.category = e.category
        AND x.endedOnDay >= e.validFromDay AND x.endedOnDay < c.approvedOnDay)
), highest AS MATERIALIZED (
  SELECT b.seq, b.leastFen, MIN(b.rule) AS boundBy
  FROM bounds AS b
  JOIN (SELECT seq, MAX(leastFen) AS fen FROM bounds GROUP BY seq) AS m
    ON m.seq = b.seq AND m.fen = b.leastFen
  GROUP BY b.seq, b.leastFen
), found AS (
  SELECT c.*, h.leastFen, h.boundBy, CASE
    WHEN c.verdict = 'cannot-be-judged' THEN CASE
      WHEN c.subsidyFen > c.premiumFen THEN 'above-premium'
      WHEN c.togetherFen < h.leastFen THEN 'under-one-clause' END
    WHEN c.place > 1 AND c.toppingUp = 0 THEN NULL
    WHEN c.subsidyFen > c.expectedMostFen THEN 'over'
    WHEN c.togetherFen < c.expectedFen THEN
      CASE WHEN c.verdict <> 'below-floor' THEN 'under' END
    WHEN c.verdict = 'exact' AND c.expectedFen = c.expectedMostFen
      AND c.subsidyFen > c.reperformedFen THEN 'over-premium-laid-down'
    WHEN c.verdict = 'exact' AND c.expectedFen = c.expectedMostFen
      AND c.togetherFen < c.reperformedFen THEN 'under-premium-laid-down'
    END AS difference
  FROM compared AS c
  LEFT JOIN highest AS h ON h.seq = c.seq
)
SELECT f.seq AS entry, f.person, f.operator, f.area, f.approvedOnDay AS day, f.difference,
  f.category, f.premiumFen, f.subsidyFen AS actualFen,
  CASE WHEN f.difference = 'under-one-clause' THEN f.leastFen ELSE f.expectedFen END AS expectedFen,
  f.expectedMostFen,
  f.reperformedFen,
  CASE f.difference
    WHEN 'above-premium' THEN f.subsidyFen - f.premiumFen
    WHEN 'over' THEN f.subsidyFen - f.expectedMostFen
    WHEN 'under' THEN f.expectedFen - f.togetherFen
    WHEN 'under-one-clause' THEN f.leastFen - f.togetherFen
    WHEN 'over-premium-laid-down' THEN f.subsidyFen - f.reperformedFen
    ELSE f.reperformedFen - f.togetherFen END AS differenceFen,
  CASE WHEN f.difference = 'above-premium' THEN 'W' ELSE 'F' END AS grade,
  CASE WHEN f.difference = 'under-one-clause' THEN f.boundBy
    WHEN f.rules = '' THEN '-' ELSE f.rules END AS rule, CAST(NULL AS TEXT) AS missing
FROM found AS f
WHERE f.difference IS NOT NULL
UNION ALL
SELECT NULL, NULL, NULL, m.area, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
  m.missing
FROM (
  SELECT DISTINCT f.area, CASE
    WHEN f.missing LIKE 'parameter % is not laid down'
      THEN REPLACE(REPLACE(REPLACE(f.missing, ' is not laid down', ''), ' for ', ' '), ', ', ' ')
    WHEN f.missing LIKE 'no rulebook is in force%'
      THEN 'clause rulebook year ' || CAST(f.year AS TEXT) || ' area ' || f.area
    WHEN f.missing LIKE '%do not speak of category%'
      THEN 'clause category category ' || f.category || ' area ' || f.area
    WHEN f.missing LIKE 'no certification %'
      THEN 'record eligibility.certified year ' || CAST(f.year AS TEXT) || ' area ' || f.area
    ELSE 'clause aid year ' || CAST(f.year AS TEXT) || ' area ' || f.area END AS missing
  FROM found AS f
  WHERE f.verdict = 'cannot-be-judged' AND f.difference IS NULL
) AS m
