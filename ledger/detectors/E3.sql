/*
id: E3
title: {zh: 资助低于下限, en: Subsidy below the floor}
grades: [F]
method: rule
why:
  zh: 定额资助有下限：通辽不低于缴费标准的45%，六盘水每年不低于10元，广东职工不低于居民资助水平
  en: Fixed subsidies have floors, 45% of the premium in Tongliao, 10 yuan a year in Liupanshui, the resident subsidy for employees in Guangdong
basis: [T09, L04, L05, G04]
examines: [enrolment.subsidised]
parameters:
  share: {default: 4500, unit: basis-points, source: T09, zh: 缴费标准的比例, en: Share of the premium}
  least: {default: 1000, unit: fen, source: L04, zh: 每年最低资助额, en: Least subsidy of a year}
exclusions:
  zh: 注明所补资助的差额补助合并计算，补足即不算；全额资助对象见E2
  en: A top-up that names its subsidy is taken together with it; full subsidies are E2
example:
  zh: 低保对象缴费标准380元，下限171元，资助了170.99元
  en: A dibao recipient's premium is 380 yuan, the floor 171, and 170.99 were subsidised
next:
  zh: 补足到下限或地方规定的标准
  en: Make it up to the floor, or to what the locality laid down
department: medical-security
key: [entry]
entries: [entry]
subjects: {person: person, operator: operator}
amount: shortFen
figures:
  - {id: category, type: category, zh: 身份, en: Category}
  - {id: premiumFen, type: fen, zh: 缴费标准, en: Premium}
  - {id: actualFen, type: fen, zh: 实际资助, en: Subsidised}
  - {id: floorFen, type: fen, zh: 下限, en: Floor}
  - {id: expectedFen, type: fen, zh: 应资助, en: Due}
*/
WITH topped AS MATERIALIZED (
  SELECT t.topUpOf_source AS source, t.topUpOf_id AS id, CAST(SUM(t.subsidyFen) AS BIGINT) AS fen
  FROM live_enrolment_subsidised AS t
  WHERE t.ledger = :ledger AND t.topUpOf_id IS NOT NULL
  GROUP BY t.topUpOf_source, t.topUpOf_id
), low AS (
  SELECT v.person, v.verdict, v.expectedFen, s.seq, s.source, s.id, s.area, s.approvedOnDay,
    s.operator, s.category, s.premiumFen, s.subsidyFen, CASE
      WHEN ' ' || v.rules || ' ' LIKE '% T09 %' THEN 'T09'
      WHEN ' ' || v.rules || ' ' LIKE '% L04 %' THEN 'L04'
      WHEN ' ' || v.rules || ' ' LIKE '% L05 %' THEN 'L05'
      WHEN ' ' || v.rules || ' ' LIKE '% G04 %' THEN 'G04' END AS rule
  FROM verdict AS v
  JOIN live_enrolment_subsidised AS s ON s.ledger = v.ledger AND s.seq = v.seq
  WHERE v.ledger = :ledger AND v.kind = 'enrolment.subsidised' AND v.breach IS NULL
    AND v.verdict IN ('below-floor', 'excused')
), floored AS (
  SELECT l.*, CASE
      WHEN l.rule = 'T09' THEN (l.premiumFen / 10000) * CAST(:share AS BIGINT)
        + ((l.premiumFen % 10000) * CAST(:share AS BIGINT) + 9999) / 10000
      WHEN l.rule IN ('L04', 'L05') AND l.premiumFen < CAST(:least AS BIGINT) THEN l.premiumFen
      WHEN l.rule IN ('L04', 'L05') THEN CAST(:least AS BIGINT)
      ELSE l.expectedFen END AS floorFen,
    l.subsidyFen + COALESCE(t.fen, 0) AS togetherFen
  FROM low AS l
  LEFT JOIN topped AS t ON t.source = l.source AND t.id = l.id
  WHERE l.rule IS NOT NULL
)
SELECT f.seq AS entry, f.person, f.operator, f.area, f.approvedOnDay AS day, f.category,
  f.premiumFen, f.subsidyFen AS actualFen, f.floorFen, f.expectedFen,
  f.floorFen - f.togetherFen AS shortFen, f.rule
FROM floored AS f
WHERE f.togetherFen < f.floorFen
