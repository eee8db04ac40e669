/*
id: C8
title: {zh: 就诊过于频繁, en: Too many visits}
grades: [S]
method: threshold
why:
  zh: 一人一日多次、一月几十次结算，或者同一天出现在两个县，可能是出借证件、空刷套取。
  en: Many bills of one person in a day or a month, or two counties on one day, may mean a card that is lent or bills for nobody.
basis: []
examines: [claim.settled]
parameters:
  day: {default: 4, unit: count, source: auditors-default, zh: 一日次数, en: Bills in a day}
  month: {default: 20, unit: count, source: auditors-default, zh: 一月次数, en: Bills in a month}
  year: {default: 100, unit: count, source: auditors-default, zh: 一年次数, en: Bills in a year}
exclusions:
  zh: 透析和放化疗等按疗程的治疗（N18、Z49、Z51）不计入月、年次数；中途结算不计；住院、药店购药和按月结算的费用不计入“同日两县”；已合并的人员按一人计。
  en: Treatment in courses, as dialysis and chemotherapy (N18, Z49, Z51), does not count by the month or year; interim bills do not count; stays, pharmacies and monthly bills do not count for two counties on one day; merged persons are one.
example:
  zh: 一日结算4次：可疑；3次不是。上午在开鲁县、下午在奈曼旗门诊：可疑。
  en: Four bills in a day are suspicious, three are not. So are visits in two counties on one day.
next:
  zh: 核对就诊影像、签名和用药记录，询问本人。
  en: Compare images, signatures and medicine handed out; ask the person.
department: medical-security
key: [person, span, period]
entries: [claim]
subjects: {person: person}
amount: amountFen
figures:
  - id: span
    type: code
    zh: 计算期间
    en: Counted by
    values:
      day: {zh: 按日, en: the day}
      places: {zh: 同日跨县, en: counties on one day}
      month: {zh: 按月, en: the month}
      year: {zh: 按年, en: the year}
  - {id: period, type: text, zh: 期间, en: Period}
  - {id: visits, type: count, zh: 次数, en: Bills}
  - {id: counties, type: count, zh: 县数（至少）, en: "Counties, at least"}
*/
WITH visit AS MATERIALIZED (
  SELECT c.seq, COALESCE(k.kept, c.person) AS person, c.area, c.visit_admittedOnDay AS day,
    c.visit_admittedOn AS dayText, c.amounts_medicalAidPaidFen AS aidFen,
    CASE WHEN SUBSTR(c.visit_diagnosis, 1, 3) IN ('N18', 'Z49', 'Z51') THEN 0 ELSE 1 END
      AS counts,
    CASE WHEN c.visit_month IS NULL AND c.visit_type NOT IN ('inpatient', 'pharmacy')
      THEN i.area END AS place
  FROM live_claim_settled AS c
  LEFT JOIN kept_person AS k ON k.person = c.person
  LEFT JOIN institution AS i ON i.code = c.institution
  WHERE +c.ledger = :ledger AND c.visit_settlement = 'final'
), daily AS (
  SELECT person, dayText, COUNT(*) AS visits, CAST(SUM(aidFen) AS BIGINT) AS fen,
    CAST(SUM(counts) AS BIGINT) AS counted, CAST(SUM(counts * aidFen) AS BIGINT) AS countedFen,
    CASE WHEN MIN(place) <> MAX(place) THEN 2 ELSE 1 END AS counties
  FROM visit
  GROUP BY person, dayText
), days AS MATERIALIZED (
  SELECT person, dayText, visits, fen, counted, countedFen, counties FROM daily
), monthly AS MATERIALIZED (
  SELECT person, SUBSTR(dayText, 1, 7) AS month, CAST(SUM(counted) AS BIGINT) AS visits,
    CAST(SUM(countedFen) AS BIGINT) AS fen
  FROM days
  GROUP BY person, SUBSTR(dayText, 1, 7)
), flagged AS MATERIALIZED (
  SELECT person, 'day' AS span, dayText AS period, visits, 1 AS counties, fen
  FROM days WHERE visits >= :day
  UNION ALL
  SELECT person, 'places', dayText, visits, counties, fen
  FROM days WHERE counties > 1
  UNION ALL
  SELECT person, 'month', month, visits, 1, fen
  FROM monthly WHERE visits >= :month
  UNION ALL
  SELECT person, 'year', SUBSTR(month, 1, 4), CAST(SUM(visits) AS BIGINT), 1,
    CAST(SUM(fen) AS BIGINT)
  FROM monthly
  GROUP BY person, SUBSTR(month, 1, 4)
  HAVING SUM(visits) >= :year
)
SELECT f.person, f.span, f.period, v.seq AS claim, v.area, v.day, f.visits, f.counties,
  f.fen AS amountFen
FROM visit AS v
JOIN flagged AS f ON f.person = v.person
  AND f.period = SUBSTR(v.dayText, 1, LENGTH(f.period))
WHERE f.span = 'day' OR (f.span = 'places' AND v.place IS NOT NULL)
  OR (f.span IN ('month', 'year') AND v.counts = 1)
