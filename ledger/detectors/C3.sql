/*
id: C3
title: {zh: 住院期间在别处门诊, en: Outpatient elsewhere during a stay}
grades: [S]
method: contradiction
why:
  zh: 住院期间又在其他机构看门诊，可能人并未住院（挂床），或门诊是他人冒用。涉及金额为该次住院的医疗救助支付，不含门诊。
  en: A patient who is seen elsewhere while in hospital may not be in the bed at all, or somebody else used the card. The amount in question is the medical aid of the stay, not of the visit.
basis: []
examines: [claim.settled]
parameters: {}
exclusions:
  zh: 入院当日和出院当日的门诊；同一机构的门诊；药店购药（可由家人代购）；按月结算而跨出住院期间的门诊特定病种费用；已合并的人员按一人计。
  en: Visits on the day of admission or discharge; visits to the same institution; medicine from a pharmacy, which relatives may fetch; monthly special-outpatient bills that reach beyond the stay; merged persons are one.
example:
  zh: 3月1日至10日住甲院，3月5日在乙院门诊：可疑。3月10日的门诊不算。
  en: In hospital A from 1 to 10 March and seen at B on the 5th is suspicious; a visit on the 10th is not.
next:
  zh: 查当日医嘱、护理记录和外出检查审批；确系院方安排的外出检查，应由住院医院结算。
  en: Look at that day's orders and nursing notes, and for leave to be examined elsewhere, which the hospital would have to bill itself.
department: medical-security
key: [claim, visit]
entries: [claim, visit]
subjects: {person: person, institution: institution}
amount: amountFen
figures:
  - {id: admitted, type: date, zh: 入院, en: Admitted}
  - {id: discharged, type: date, zh: 出院, en: Discharged}
  - {id: visited, type: date, zh: 门诊日期, en: Seen elsewhere on}
  - {id: otherInstitution, type: institution, zh: 门诊机构, en: Seen at}
*/
WITH stay AS MATERIALIZED (
  SELECT COALESCE(k.kept, c.person) AS person, c.institution, MIN(c.seq) AS claim,
    MIN(c.area) AS area, MIN(c.visit_admittedOnDay) AS fromDay,
    MAX(c.visit_dischargedOnDay) AS toDay,
    CAST(SUM(c.amounts_medicalAidPaidFen) AS BIGINT) AS aidFen
  FROM live_claim_settled AS c
  LEFT JOIN kept_person AS k ON k.person = c.person
  WHERE +c.ledger = :ledger AND c.visit_type = 'inpatient'
  GROUP BY COALESCE(k.kept, c.person), c.institution,
    COALESCE(c.visit_admissionNo, CAST(c.visit_admittedOnDay AS TEXT))
), visit AS MATERIALIZED (
  SELECT COALESCE(k.kept, c.person) AS person, c.institution, MIN(c.seq) AS claim,
    c.visit_admittedOnDay AS fromDay, c.visit_dischargedOnDay AS toDay
  FROM live_claim_settled AS c
  LEFT JOIN kept_person AS k ON k.person = c.person
  WHERE +c.ledger = :ledger
    AND c.visit_type IN ('outpatient', 'chronic-outpatient', 'special-outpatient')
  GROUP BY COALESCE(k.kept, c.person), c.institution, c.visit_admittedOnDay,
    c.visit_dischargedOnDay
)
SELECT stay.person, stay.institution, stay.area, stay.claim, visit.claim AS visit,
  stay.fromDay AS admitted, stay.toDay AS discharged, visit.fromDay AS visited,
  visit.institution AS otherInstitution, stay.aidFen AS amountFen, visit.fromDay AS day
FROM stay
JOIN visit ON visit.person = stay.person AND visit.fromDay > stay.fromDay
  AND visit.toDay < stay.toDay AND visit.institution <> stay.institution
