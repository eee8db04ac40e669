/*
id: P2
title: {zh: 死亡或退出之后仍享受, en: After death or exit}
grades: [F, W]
method: contradiction
why:
  zh: 人已死亡或已不具备身份，仍有就诊、救助、参保或参保资助，说明有人冒用或者动态管理没有到位。
  en: Care, aid, enrolment or a subsidy of somebody who has died or left the list is another person's, or the list was not kept.
basis: []
contradiction: true
examines: [claim.settled, aid.approved, enrolment.subsidised, enrolment.recorded]
parameters: {}
exclusions:
  zh: 死亡以前已办理的参保和已批准的资助，已退费的参保；死亡当年的资助在死亡后才批准的，只作提示；死亡当日及以前的就诊，事后结算或由继承人领取的；经申请认定而追溯的费用；身份失效当日；已合并的人员按一人计。
  en: What was enrolled, or approved as a subsidy, before the death, and enrolments refunded; a subsidy of the year of the death approved after it is a warning only; care up to the day of death, settled or paid to heirs later; earlier costs of persons recognised on application; the last day of an identity; merged persons are one.
example:
  zh: 3月10日死亡，3月10日出院：正常；3月11日入院：确认。3月9日入院、3月12日才出院：提示。次年1月批准资助其当年参保：确认。
  en: Died and discharged on 10 March is sound; admitted on the 11th contradicts it. Admitted on the 9th and discharged on the 12th is a warning. A subsidy of the next year's premium, approved in January, contradicts it.
next:
  zh: 核对死亡证明、身份证件和病历；追回支付，移送冒用线索。
  en: Compare the death certificate, the identity shown and the records; recover what was paid and pass on what points to fraud.
department: medical-security
key: [claim]
entries: [claim, death]
subjects: {person: person, institution: institution}
amount: amountFen
figures:
  - {id: diedOn, type: date, zh: 死亡日期, en: Died}
  - {id: admitted, type: date, zh: 入院、就诊、批准资助或参保生效, en: "Admitted, seen, subsidised or covered"}
  - {id: discharged, type: date, zh: 出院, en: Discharged}
*/
WITH death AS MATERIALIZED (
  SELECT COALESCE(k.kept, d.person) AS person, MIN(d.seq) AS seq, MIN(d.diedOnDay) AS diedOnDay,
    CAST(SUBSTR(MIN(d.diedOn), 1, 4) AS BIGINT) AS diedIn
  FROM live_person_died AS d
  LEFT JOIN kept_person AS k ON k.person = d.person
  WHERE +d.ledger = :ledger
  GROUP BY COALESCE(k.kept, d.person)
), member AS MATERIALIZED (
  SELECT person AS kept, person, seq, diedOnDay, diedIn FROM death
  UNION
  SELECT d.person, k.person, d.seq, d.diedOnDay, d.diedIn
  FROM death AS d
  JOIN kept_person AS k ON k.kept = d.person
), late AS MATERIALIZED (
  SELECT c.seq, m.kept AS person, c.institution, c.area, c.visit_admittedOnDay,
    c.visit_dischargedOnDay, c.occurredOnDay, m.seq AS death, m.diedOnDay,
    c.amounts_basicPaidFen + c.amounts_majorIllnessPaidFen + c.amounts_medicalAidPaidFen AS paidFen,
    CASE
      WHEN c.visit_admittedOnDay > m.diedOnDay OR c.visit_periodFromDay > m.diedOnDay THEN 'F'
      ELSE 'W'
    END AS grade
  FROM member AS m
  JOIN live_claim_settled AS c ON c.ledger = :ledger AND c.person = m.person
  WHERE c.visit_admittedOnDay > m.diedOnDay OR c.visit_periodFromDay > m.diedOnDay
    OR (c.visit_dischargedOnDay > m.diedOnDay + 1 AND c.visit_month IS NULL)
)
SELECT seq AS claim, death, person, institution, area, visit_admittedOnDay AS admitted,
  visit_dischargedOnDay AS discharged, diedOnDay AS diedOn, occurredOnDay AS day,
  paidFen AS amountFen, grade, NULL AS rule
FROM late
UNION ALL
SELECT s.seq, m.seq, m.kept, NULL, s.area, s.approvedOnDay, NULL, m.diedOnDay, s.approvedOnDay,
  s.subsidyFen, CASE WHEN s.year > m.diedIn THEN 'F' ELSE 'W' END, NULL
FROM member AS m
JOIN live_enrolment_subsidised AS s ON s.ledger = :ledger AND s.person = m.person
WHERE s.approvedOnDay > m.diedOnDay AND s.subsidyFen > 0 AND NOT EXISTS (
  SELECT 1 FROM live_enrolment_refunded AS f
  WHERE f.ledger = :ledger AND f.person = s.person AND f.year = s.year)
UNION ALL
SELECT e.seq, m.seq, m.kept, NULL, e.area, e.coverFromDay, NULL, m.diedOnDay, e.occurredOnDay, NULL,
  'F', NULL
FROM member AS m
JOIN live_enrolment_recorded AS e ON e.ledger = :ledger AND e.person = m.person
WHERE e.occurredOnDay > m.diedOnDay AND e.coverFromDay > m.diedOnDay AND NOT EXISTS (
  SELECT 1 FROM live_enrolment_refunded AS f
  WHERE f.ledger = :ledger AND f.person = e.person AND f.year = e.year)
UNION ALL
SELECT c.seq, NULL, v.person, c.institution, c.area, c.visit_admittedOnDay,
  c.visit_dischargedOnDay, NULL, c.occurredOnDay, c.amounts_medicalAidPaidFen, 'F',
  CASE WHEN EXISTS (
    SELECT 1 FROM rule_in_force AS r
    WHERE r.rule = v.breachRule AND r.rule <> 'G03'
      AND r.nature IN ('exact', 'floor', 'ceiling', 'procedure', 'deadline', 'definition')) THEN v.breachRule END
FROM verdict AS v
JOIN live_claim_settled AS c ON c.ledger = v.ledger AND c.seq = v.seq
WHERE +v.ledger = :ledger AND v.breach = 'category' AND v.kind = 'claim.settled'
  AND v.seq NOT IN (SELECT seq FROM late)
  AND NOT EXISTS (
    SELECT 1 FROM live_eligibility_certified AS e
    WHERE e.ledger = c.ledger AND e.category = c.category
      AND e.person IN (
        SELECT v.person UNION ALL SELECT o.person FROM kept_person AS o WHERE o.kept = v.person)
      AND e.validFromDay <= c.visit_dischargedOnDay
      AND COALESCE(e.validToDay, 9999999) >= c.visit_dischargedOnDay
      AND NOT EXISTS (
        SELECT 1 FROM live_eligibility_ended AS x
        WHERE x.ledger = e.ledger AND x.person = e.person AND x.category = e.category
          AND x.endedOnDay >= e.validFromDay AND x.endedOnDay < c.visit_dischargedOnDay))
UNION ALL
SELECT a.seq, NULL, v.person, NULL, a.area, NULL, NULL, NULL, a.occurredOnDay, a.amountFen, 'F',
  CASE WHEN EXISTS (
    SELECT 1 FROM rule_in_force AS r
    WHERE r.rule = v.breachRule AND r.rule <> 'G03'
      AND r.nature IN ('exact', 'floor', 'ceiling', 'procedure', 'deadline', 'definition')) THEN v.breachRule END
FROM verdict AS v
JOIN live_aid_approved AS a ON a.ledger = v.ledger AND a.seq = v.seq
WHERE +v.ledger = :ledger AND v.breach = 'category' AND v.kind = 'aid.approved'
