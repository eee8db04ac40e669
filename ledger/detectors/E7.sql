/*
id: E7
title: {zh: 应保未保, en: Listed but not enrolled}
grades: [W]
method: reconciliation
why:
  zh: 名单内困难群众应全部参保；全体居民参保率不应低于规定比例
  en: All who are listed are to be enrolled, and of the whole population the share that is laid down
basis: [L09, T05]
examines: [eligibility.certified]
topics: [coverage-of-listed, coverage-of-population]
asks: [resident-population, enrolled-count]
parameters:
  days: {default: 30, unit: days, source: auditors-default, zh: 在册满多少天仍未参保, en: Days on the list without enrolment}
exclusions:
  zh: 当年在册不满规定天数（含已退出、已死亡）的人员；在其他地区或以其他险种参保的人员；当年无参保记录的地区（数据未到）
  en: Persons on the list for fewer days of the year, because they joined late, left, or died; persons enrolled elsewhere or in another scheme; areas that sent no enrolments of the year
example:
  zh: 某低保对象全年在册，2024年度没有任何参保记录
  en: A dibao recipient was listed all year, and there is no enrolment of 2024
next:
  zh: 联系本人和认定部门，核实是否在外地参保，未参保的通过绿色通道参保
  en: Ask the person and the certifying department; enrol by the green channel who is enrolled nowhere
department: medical-security
key: [aspect, area, year, person]
entries: [entry, other]
subjects: {person: person}
figures:
  - id: aspect
    type: code
    zh: 情形
    en: Aspect
    values:
      listed: {zh: 名单内人员未参保, en: listed and not enrolled}
      population: {zh: 全体居民参保率不足, en: too few of the population enrolled}
  - {id: year, type: year, zh: 年度, en: Year}
  - {id: listed, type: count, zh: 应参保人数, en: To be enrolled}
  - {id: enrolled, type: count, zh: 已参保人数, en: Enrolled}
  - {id: coverage, type: basis-points, zh: 参保率, en: Coverage}
  - {id: required, type: basis-points, zh: 规定参保率, en: Coverage required}
*/
WITH years AS MATERIALIZED (
  SELECT e.area, e.year, MIN(e.coverFromDay) AS firstDay, MAX(e.coverToDay) AS lastDay
  FROM live_enrolment_recorded AS e
  WHERE e.ledger = :ledger AND e.midYear = 0
  GROUP BY e.area, e.year
), enrolled AS MATERIALIZED (
  SELECT DISTINCT COALESCE(k.kept, e.person) AS person, e.year
  FROM live_enrolment_recorded AS e
  LEFT JOIN kept_person AS k ON k.person = e.person
  WHERE +e.ledger = :ledger
), dead AS MATERIALIZED (
  SELECT COALESCE(k.kept, d.person) AS person, MIN(d.diedOnDay) AS diedDay
  FROM live_person_died AS d
  LEFT JOIN kept_person AS k ON k.person = d.person
  WHERE d.ledger = :ledger
  GROUP BY COALESCE(k.kept, d.person)
), ended AS (
  SELECT COALESCE(k.kept, x.person) AS person, x.category, x.endedOnDay
  FROM live_eligibility_ended AS x
  LEFT JOIN kept_person AS k ON k.person = x.person
  WHERE x.ledger = :ledger
), held AS (
  SELECT COALESCE(k.kept, c.person) AS person, c.category, c.area, c.seq, c.validFromDay,
    c.validToDay
  FROM live_eligibility_certified AS c
  LEFT JOIN kept_person AS k ON k.person = c.person
  WHERE c.ledger = :ledger
), events AS (
  SELECT h.person, h.category, h.area, h.seq, h.validFromDay AS day, h.validToDay, 0 AS ending
  FROM held AS h
  UNION ALL
  SELECT x.person, x.category, NULL, NULL, x.endedOnDay, NULL, 1
  FROM ended AS x
), followed AS (
  SELECT e.*, MIN(CASE WHEN e.ending = 1 THEN e.day END) OVER (
    PARTITION BY e.person, e.category ORDER BY e.day, e.ending
    ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS endedDay
  FROM events AS e
), certified AS MATERIALIZED (
  SELECT f.person, f.area, f.seq, f.day AS validFromDay, f.validToDay, f.endedDay
  FROM followed AS f
  WHERE f.ending = 0
), bound AS (
  SELECT w.area, p.topic, p.rule, p.atLeast, p.fromDay, p.toDay
  FROM area_within AS w
  JOIN provision AS p ON p.area = w.within
  WHERE p.topic IN ('coverage-of-listed', 'coverage-of-population')
), spans AS (
  SELECT y.area, y.year, c.person, c.seq,
    CASE WHEN c.validFromDay > y.firstDay THEN c.validFromDay ELSE y.firstDay END AS sinceDay,
    CASE
      WHEN c.validToDay < y.lastDay AND (c.endedDay IS NULL OR c.validToDay <= c.endedDay)
        AND (d.diedDay IS NULL OR c.validToDay <= d.diedDay) THEN c.validToDay
      WHEN c.endedDay < y.lastDay AND (d.diedDay IS NULL OR c.endedDay <= d.diedDay)
        THEN c.endedDay
      WHEN d.diedDay < y.lastDay THEN d.diedDay
      ELSE y.lastDay END AS untilDay
  FROM years AS y
  JOIN certified AS c ON c.area = y.area AND c.validFromDay <= y.lastDay
    AND (c.validToDay IS NULL OR c.validToDay >= y.firstDay)
    AND (c.endedDay IS NULL OR c.endedDay >= y.firstDay)
  LEFT JOIN dead AS d ON d.person = c.person
), standing AS MATERIALIZED (
  SELECT s.area, s.year, s.person, MIN(s.seq) AS seq, MIN(s.sinceDay) AS sinceDay,
    MIN(b.rule) AS rule, MIN(b.atLeast) AS atLeast
  FROM spans AS s
  CROSS JOIN latest_day AS t
  JOIN bound AS b ON b.area = s.area AND b.topic = 'coverage-of-listed'
    AND b.fromDay <= s.sinceDay AND b.toDay >= s.sinceDay
  WHERE s.untilDay - s.sinceDay + 1 >= CAST(:days AS BIGINT)
    AND t.day - s.sinceDay + 1 >= CAST(:days AS BIGINT)
  GROUP BY s.area, s.year, s.person
), counted AS (
  SELECT s.*, CASE WHEN e.person IS NULL THEN 0 ELSE 1 END AS covered,
    COUNT(*) OVER (PARTITION BY s.area, s.year) AS listed,
    COUNT(e.person) OVER (PARTITION BY s.area, s.year) AS enrolled
  FROM standing AS s
  LEFT JOIN enrolled AS e ON e.person = s.person AND e.year = s.year
), figures AS MATERIALIZED (
  SELECT x.seq, x.name, x.area, x.year, x.valueCount
  FROM live_parameter_set AS x
  WHERE x.ledger = :ledger AND x.name IN ('resident-population', 'enrolled-count')
    AND x.year IS NOT NULL AND x.valueCount IS NOT NULL
), population AS (
  SELECT y.area, y.year, y.lastDay, b.rule, b.atLeast, r.seq AS entry, n.seq AS other,
    r.valueCount AS residents, n.valueCount AS enrolled,
    ROW_NUMBER() OVER (PARTITION BY y.area, y.year ORDER BY r.seq DESC, n.seq DESC) AS place
  FROM years AS y
  JOIN bound AS b ON b.area = y.area AND b.topic = 'coverage-of-population'
    AND b.fromDay <= y.firstDay AND b.toDay >= y.firstDay
  LEFT JOIN figures AS r ON r.name = 'resident-population' AND r.area = y.area
    AND r.year = y.year AND r.valueCount > 0
  LEFT JOIN figures AS n ON n.name = 'enrolled-count' AND n.area = y.area AND n.year = y.year
)
SELECT 'listed' AS aspect, c.area, c.year, c.person, c.seq AS entry, CAST(NULL AS BIGINT) AS other,
  c.listed, c.enrolled, c.enrolled * 10000 / c.listed AS coverage, c.atLeast AS required,
  c.sinceDay AS day, c.rule, CAST(NULL AS TEXT) AS missing
FROM counted AS c
WHERE c.covered = 0
UNION ALL
SELECT 'population', p.area, p.year, NULL, p.entry, p.other, p.residents, p.enrolled,
  CASE WHEN p.enrolled < 400000000000000 THEN p.enrolled * 10000 / p.residents
    WHEN p.residents < 10000 THEN p.enrolled
    ELSE p.enrolled / (p.residents / 10000) END, p.atLeast, p.lastDay, p.rule, NULL
FROM population AS p
WHERE p.place = 1 AND p.enrolled < (p.residents / 10000) * p.atLeast
  + ((p.residents % 10000) * p.atLeast + 9999) / 10000
UNION ALL
SELECT NULL, p.area, p.year, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
  'parameter ' || CASE WHEN p.residents IS NULL THEN 'resident-population' ELSE 'enrolled-count' END
    || ' year ' || CAST(p.year AS TEXT) || ' area ' || p.area
FROM population AS p
WHERE p.place = 1 AND (p.residents IS NULL OR p.enrolled IS NULL)
