/*
id: C9
title: {zh: 接近年度限额, en: Near the annual cap}
grades: [S]
method: threshold
why:
  zh: 全年救助接近限额的人员金额最大，值得逐一复核；长期停在限额下方，可能是有意凑数。
  en: Persons near the cap receive most, and are worth a second look; to stop just short of it may be meant.
basis: [T18]
examines: [claim.settled, aid.approved]
asks: [annual-cap]
parameters:
  share: {default: 9500, unit: basis-points, source: auditors-default, zh: 占限额之比（超过）, en: "Share of the cap, above"}
  cap: {default: 13000000, unit: fen, source: T18, zh: 通辽年度限额, en: Tongliao's annual cap}
exclusions:
  zh: 恰为限额的，是限额本身所截；不设限额的特困人员；单独累计的倾斜救助；限额未规定的列为无法判定。超过限额见S4。
  en: Exactly the cap, which is where the cap itself cuts; the destitute, who have no cap; tilt aid, which is counted apart; where no cap is laid down nothing can be said. Aid above the cap is S4's.
example:
  zh: 限额3万元，全年救助28,500.01元：提示。恰为28,500元不提示。
  en: With a cap of 30,000 yuan, 28,500.01 in the year is shown and 28,500.00 is not.
next:
  zh: 复核该人全年各笔结算，看有无推迟到次年结算或拆分。
  en: Go through the person's year; look for bills put off to the next year.
department: medical-security
key: [person, year]
entries: [entry]
subjects: {person: person}
amount: aidFen
figures:
  - {id: year, type: year, zh: 年度, en: Year}
  - {id: aidFen, type: fen, zh: 全年救助, en: Aid in the year}
  - {id: capFen, type: fen, zh: 年度限额, en: Annual cap}
  - {id: shareBasisPoints, type: basis-points, zh: 占限额之比, en: Share of the cap}
*/
WITH aid AS MATERIALIZED (
  SELECT c.seq, COALESCE(k.kept, c.person) AS person, c.benefitYear AS year, c.area, c.category,
    c.occurredOnDay,
    c.amounts_medicalAidPaidFen + COALESCE(c.amounts_secondAidPaidFen, 0)
      + COALESCE(c.amounts_medicalAidAdvancedFen, 0) AS fen
  FROM live_claim_settled AS c
  LEFT JOIN kept_person AS k ON k.person = c.person
  WHERE +c.ledger = :ledger
  UNION ALL
  SELECT a.seq, COALESCE(k.kept, a.person), a.year, a.area, a.category, a.occurredOnDay,
    a.amountFen
  FROM live_aid_approved AS a
  LEFT JOIN kept_person AS k ON k.person = a.person
  WHERE +a.ledger = :ledger AND a.aidType <> 'tilt'
), spent AS MATERIALIZED (
  SELECT person, year, MIN(area) AS area, MAX(category) AS category, MAX(occurredOnDay) AS day,
    CAST(SUM(fen) AS BIGINT) AS aidFen
  FROM aid
  WHERE fen > 0
  GROUP BY person, year
), matter AS MATERIALIZED (
  SELECT area, category, year, MAX(day) AS lastDay FROM spent GROUP BY area, category, year
), exact AS MATERIALIZED (
  SELECT DISTINCT m.area, m.category, m.year
  FROM matter AS m
  JOIN area_within AS w ON w.area = m.area
  JOIN rule_in_force AS f ON f.area = w.within AND f.rule = 'T18' AND f.fromDay <= m.lastDay
    AND f.toDay >= m.lastDay
), laid_down AS MATERIALIZED (
  SELECT m.area, m.category, m.year, p.valueFen,
    ROW_NUMBER() OVER (
      PARTITION BY m.area, m.category, m.year
      ORDER BY w.distance, CASE WHEN p.category IS NULL THEN 1 ELSE 0 END,
        CASE WHEN p.year IS NULL THEN 1 ELSE 0 END, COALESCE(p.validFromDay, 0) DESC,
        p.occurredOnDay DESC, p.source DESC, p.id DESC) AS place
  FROM matter AS m
  JOIN area_within AS w ON w.area = m.area
  JOIN live_parameter_set AS p ON p.area = w.within AND p.name = 'annual-cap'
    AND (p.year IS NULL OR p.year = m.year)
    AND (p.category IS NULL OR p.category = m.category)
    AND (p.validFromDay IS NULL OR p.validFromDay <= m.lastDay)
    AND (p.validToDay IS NULL OR p.validToDay >= m.lastDay)
    AND p.scheme IS NULL AND p.visitType IS NULL AND p.institutionLevel IS NULL
  WHERE +p.ledger = :ledger
), capped AS MATERIALIZED (
  SELECT m.area, m.category, m.year,
    CASE
      WHEN e.area IS NOT NULL AND m.category = 'tekun' THEN -1
      WHEN e.area IS NOT NULL AND m.category IN (
        'dibao', 'poverty-prone', 'dibao-edge', 'illness-poverty') THEN CAST(:cap AS BIGINT)
      ELSE l.valueFen
    END AS capFen
  FROM matter AS m
  LEFT JOIN exact AS e ON e.area = m.area AND e.category = m.category AND e.year = m.year
  LEFT JOIN laid_down AS l ON l.area = m.area AND l.category = m.category AND l.year = m.year
    AND l.place = 1
), near AS MATERIALIZED (
  SELECT s.person, s.year, s.area, s.day, s.aidFen, c.capFen
  FROM spent AS s
  CROSS JOIN capped AS c
  WHERE c.area = s.area AND c.category = s.category AND c.year = s.year AND c.capFen > 0
    AND s.aidFen > (c.capFen / 10000) * :share + (c.capFen % 10000) * :share / 10000
    AND s.aidFen < c.capFen
  GROUP BY s.person, s.year, s.area, s.day, s.aidFen, c.capFen
)
SELECT n.person, n.year, n.area, n.day, a.seq AS entry, n.aidFen, n.capFen,
  CASE WHEN n.aidFen < 400000000000000 THEN n.aidFen * 10000 / n.capFen
    WHEN n.capFen < 10000 THEN n.aidFen
    ELSE n.aidFen / (n.capFen / 10000) END AS shareBasisPoints, NULL AS missing
FROM aid AS a
CROSS JOIN near AS n
WHERE n.person = a.person AND n.year = a.year AND a.fen > 0
UNION ALL
SELECT NULL, year, area, NULL, NULL, NULL, NULL, NULL,
  'parameter annual-cap year ' || year || ' area ' || area
FROM capped
WHERE capFen IS NULL
GROUP BY area, year
