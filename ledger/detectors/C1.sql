/*
id: C1
title: {zh: 同时在两家医院住院, en: In two hospitals on the same nights}
grades: [F]
method: contradiction
why:
  zh: 一个人不能同一夜住在两家医院，至少有一次住院不实，或者记在了别人名下。哪一次不实尚未查明，涉及金额取两次住院中基本医疗保险、大病保险和医疗救助支付合计较少的一次。
  en: Nobody sleeps in two hospitals on one night. At least one of the stays did not take place as recorded, or was another person's. As it is not known which, the amount in question is what basic insurance, major-illness insurance and medical aid paid for the one of the two for which they paid less.
basis: []
contradiction: true
examines: [claim.settled]
parameters: {}
exclusions:
  zh: 转院当日出院又入院（没有重叠的夜晚）；同一次住院的中途结算和年终结算合为一次；多胞胎各有其人；已合并的人员按一人计。
  en: A transfer on the same day, which shares no night; interim and year-end bills of one admission count as one stay; twins are two persons; merged persons are one.
example:
  zh: 3月1日至10日住甲院，3月8日至12日又住乙院：8日和9日两夜重叠。3月10日从甲院出院、当日入乙院，不重叠。
  en: In hospital A from 1 to 10 March and in B from 8 to 12 March share the nights of the 8th and 9th. Discharged from A and admitted to B on the 10th share none.
next:
  zh: 调阅两院病历、护理记录和结算清单，核对身份证件，查明哪一次住院属实。
  en: Ask both hospitals for records and nursing notes, compare the identity shown, and find out which stay is real.
department: medical-security
key: [claim, otherClaim]
entries: [claim, otherClaim]
subjects: {person: person, institution: institution}
amount: amountFen
figures:
  - {id: otherInstitution, type: institution, zh: 另一家医院, en: The other hospital}
  - {id: overlapFrom, type: date, zh: 重叠开始, en: Overlap from}
  - {id: overlapTo, type: date, zh: 重叠结束（出院日）, en: "Overlap to, the day of discharge"}
  - {id: nights, type: count, zh: 重叠夜数, en: Nights shared}
*/
WITH stay AS (
  SELECT COALESCE(k.kept, c.person) AS person, c.institution, MIN(c.seq) AS claim,
    MIN(c.area) AS area, MIN(c.visit_admittedOnDay) AS fromDay,
    MAX(c.visit_dischargedOnDay) AS toDay,
    CAST(SUM(c.amounts_basicPaidFen + c.amounts_majorIllnessPaidFen
      + c.amounts_medicalAidPaidFen) AS BIGINT) AS paidFen
  FROM live_claim_settled AS c
  LEFT JOIN kept_person AS k ON k.person = c.person
  WHERE +c.ledger = :ledger AND c.visit_type = 'inpatient'
  GROUP BY COALESCE(k.kept, c.person), c.institution,
    c.visit_admissionNo, c.visit_admittedOnDay
  HAVING MAX(c.visit_dischargedOnDay) > MIN(c.visit_admittedOnDay)
), pair AS (
  SELECT a.person, a.claim, b.claim AS otherClaim, b.area, a.institution,
    b.institution AS otherInstitution, b.fromDay AS overlapFrom,
    CASE WHEN a.toDay < b.toDay THEN a.toDay ELSE b.toDay END AS overlapTo,
    CASE WHEN a.paidFen < b.paidFen THEN a.paidFen ELSE b.paidFen END AS amountFen
  FROM stay AS a
  JOIN stay AS b ON b.person = a.person AND b.fromDay >= a.fromDay AND b.fromDay < a.toDay
    AND b.institution <> a.institution AND (b.fromDay > a.fromDay OR b.claim > a.claim)
)
SELECT person, claim, otherClaim, area, institution, otherInstitution, overlapFrom, overlapTo,
  overlapTo - overlapFrom AS nights, amountFen, overlapFrom AS day
FROM pair
