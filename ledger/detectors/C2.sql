/*
id: C2
title: {zh: 分解住院, en: Stay split in two}
grades: [S]
method: sequence
why:
  zh: 同一疾病短期内在同一医院再次入院，可能是把一次住院拆成几次，以避开限额、审核或考核。涉及金额为后一次住院的医疗救助支付。
  en: A patient admitted again soon, to the same hospital and for the same illness, may be one stay split to stay below a limit, a review or a target. The amount in question is the medical aid of the second stay.
basis: []
examines: [claim.settled]
parameters:
  days: {default: 15, unit: days, source: auditors-default, zh: 距上次出院的天数上限, en: Most days since the last discharge}
exclusions:
  zh: 同一住院号的中途结算和年终结算；按疗程或分次反复入院的肿瘤（C00–C97）和放化疗（Z51）、透析（N18、Z49）、地中海贫血输血（D56）、血友病（D66、D67）、白内障第二眼手术（H25、H26）；出院次日内转入其他医院、又在其出院次日内转回的；不同疾病（ICD-10前三位不同）；转入其他医院。
  en: "Interim and year-end bills of one admission; treatment that comes in courses or in turns: cancer (C00–C97) and chemotherapy or radiotherapy (Z51), dialysis (N18, Z49), transfusion for thalassaemia (D56), haemophilia (D66, D67), cataract of the second eye (H25, H26); who was moved to another hospital and back, each within a day of the discharge; another illness (ICD-10, first three characters); another hospital."
example:
  zh: 3月10日以J18.9出院，3月25日以J18.0再入同一医院：相距15天，提示。3月26日再入院则不提示。
  en: Discharged with J18.9 on 10 March and admitted there again with J18.0 on the 25th, 15 days later, is shown; on the 26th it is not.
next:
  zh: 查看两次病历，是否出院时尚未治愈、是否由医院要求出院。
  en: Read both records, whether the patient was well when discharged and who asked for the discharge.
department: medical-security
key: [claim, nextClaim]
entries: [claim, nextClaim]
subjects: {person: person, institution: institution}
amount: amountFen
figures:
  - {id: diagnosis, type: text, zh: 诊断（前三位）, en: "Diagnosis, first three characters"}
  - {id: discharged, type: date, zh: 上次出院, en: Discharged}
  - {id: admitted, type: date, zh: 再次入院, en: Admitted again}
  - {id: gap, type: days, zh: 相距天数, en: Days between}
*/
WITH stay AS (
  SELECT COALESCE(k.kept, c.person) AS person, c.institution,
    SUBSTR(c.visit_diagnosis, 1, 3) AS diagnosis, MIN(c.seq) AS claim, MIN(c.area) AS area,
    MIN(c.visit_admittedOnDay) AS fromDay, MAX(c.visit_dischargedOnDay) AS toDay,
    CAST(SUM(c.amounts_medicalAidPaidFen) AS BIGINT) AS aidFen
  FROM live_claim_settled AS c
  LEFT JOIN kept_person AS k ON k.person = c.person
  WHERE +c.ledger = :ledger AND c.visit_type = 'inpatient'
  GROUP BY COALESCE(k.kept, c.person), c.institution, SUBSTR(c.visit_diagnosis, 1, 3),
    COALESCE(c.visit_admissionNo, CAST(c.visit_admittedOnDay AS TEXT))
), placed AS (
  -- Each stay with the person's stay before, wherever that was.
  SELECT person, institution, diagnosis, area, claim, fromDay, toDay, aidFen,
    LAG(institution) OVER (PARTITION BY person ORDER BY fromDay, claim) AS beforeAt,
    LAG(fromDay) OVER (PARTITION BY person ORDER BY fromDay, claim) AS beforeFrom,
    LAG(toDay) OVER (PARTITION BY person ORDER BY fromDay, claim) AS beforeTo
  FROM stay
), following AS (
  SELECT person, institution, diagnosis, area, claim AS nextClaim, fromDay AS admitted, aidFen,
    beforeAt, beforeFrom, beforeTo,
    LAG(claim) OVER (PARTITION BY person, institution, diagnosis ORDER BY fromDay, claim) AS claim,
    LAG(toDay) OVER (PARTITION BY person, institution, diagnosis ORDER BY fromDay, claim)
      AS discharged
  FROM placed
)
SELECT person, institution, diagnosis, area, claim, nextClaim, discharged, admitted,
  admitted - discharged AS gap, aidFen AS amountFen, admitted AS day
FROM following
WHERE admitted - discharged BETWEEN 0 AND :days
  AND SUBSTR(diagnosis, 1, 1) <> 'C'
  AND diagnosis NOT IN ('D56', 'D66', 'D67', 'H25', 'H26', 'N18', 'Z49', 'Z51')
  AND NOT (beforeAt <> institution AND beforeFrom - discharged BETWEEN 0 AND 1
    AND admitted - beforeTo BETWEEN 0 AND 1)
