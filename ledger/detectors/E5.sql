/*
id: E5
title: {zh: 批准全额资助后仍收保费, en: Premium collected after approval}
grades: [F]
method: sequence
why:
  zh: 新增救助对象从批准享受资助之日起不再收取居民医保个人缴费
  en: From the day on which a full subsidy is approved, no premium of the resident scheme is collected from the person
basis: [G07]
examines: [premium.collected]
topics: [charge-after-approval]
exclusions:
  zh: 批准日之前的缴费；已向本人退还的缴费；定额资助中个人自缴部分；其他年度或险种的缴费
  en: Premiums of before the approval; premiums refunded to the person; the person's own part where the subsidy is a fixed one; other years and schemes
example:
  zh: 3月5日批准全额资助，3月5日又收取当年保费
  en: The full subsidy was approved on 5 March, and the year's premium collected on 5 March
next:
  zh: 向本人退还所收保费
  en: Refund the premium to the person
department: tax
key: [entry]
entries: [entry, subsidy]
subjects: {person: person, operator: operator}
amount: amountFen
figures:
  - {id: year, type: year, zh: 年度, en: Year}
  - {id: approvedDay, type: date, zh: 资助批准日, en: Subsidy approved}
  - {id: paidDay, type: date, zh: 收费日, en: Premium collected}
  - {id: amountFen, type: fen, zh: 所收保费, en: Premium}
*/
WITH bound AS (
  SELECT w.area, p.rule, p.fromDay, p.toDay
  FROM area_within AS w
  JOIN provision AS p ON p.area = w.within
  WHERE p.topic = 'charge-after-approval'
), subsidised AS MATERIALIZED (
  SELECT COALESCE(k.kept, s.person) AS person, s.year, s.scheme, s.seq, s.approvedOnDay, b.rule
  FROM live_enrolment_subsidised AS s
  JOIN bound AS b ON b.area = s.area AND b.fromDay <= s.approvedOnDay
    AND b.toDay >= s.approvedOnDay
  LEFT JOIN kept_person AS k ON k.person = s.person
  WHERE +s.ledger = :ledger AND s.form = 'full' AND s.scheme = 'resident'
), refunded AS MATERIALIZED (
  SELECT COALESCE(k.kept, f.person) AS person, f.year, SUM(f.amountFen) AS fen
  FROM live_enrolment_refunded AS f
  LEFT JOIN kept_person AS k ON k.person = f.person
  WHERE f.ledger = :ledger AND f."to" = 'person'
  GROUP BY COALESCE(k.kept, f.person), f.year
), charged AS MATERIALIZED (
  SELECT COALESCE(k.kept, c.person) AS person, c.year, c.scheme, c.seq, c.area, c.operator,
    c.paidOnDay, c.amountFen
  FROM live_premium_collected AS c
  LEFT JOIN kept_person AS k ON k.person = c.person
  WHERE +c.ledger = :ledger AND c.amountFen > 0
)
SELECT c.seq AS entry, s.seq AS subsidy, c.person, c.operator, c.area, c.paidOnDay AS day, c.year,
  s.approvedOnDay AS approvedDay, c.paidOnDay AS paidDay, c.amountFen, s.rule
FROM charged AS c
JOIN subsidised AS s ON s.person = c.person AND s.year = c.year AND s.scheme = c.scheme
LEFT JOIN refunded AS f ON f.person = c.person AND f.year = c.year
WHERE c.paidOnDay >= s.approvedOnDay AND COALESCE(f.fen, 0) < c.amountFen
