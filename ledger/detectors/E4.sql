/*
id: E4
title: {zh: 无有效身份享受待遇, en: Benefit without a valid identity}
grades: [F]
method: rule
contradiction: true
why:
  zh: 只有经有权部门认定、在有效期内的救助对象才能享受资助和救助
  en: Only who was certified by a department that may, and holds the category on the day, is subsidised or aided
basis: [L02]
examines: [enrolment.subsidised, claim.settled, aid.approved]
exclusions:
  zh: 依申请认定的，其认定前发生、认定后结算的费用可以救助；同一人合并前后的身份合并计算；从无认定记录的，不能判定，不作认定
  en: Certified on application, earlier service that is settled afterwards is sound; merged persons are one; a person with no certification on record at all cannot be judged and is not accused
example:
  zh: 低保2024年6月30日退出，8月的住院仍按低保救助
  en: The dibao status ended on 30 June 2024, and a stay in August was still aided as dibao
next:
  zh: 核对认定文书和退出日期，确认后追回，并查明名单未更新的原因
  en: Check the certificate and the day of exit; have the money paid back and find out why the list was not updated
department: civil-affairs
key: [entry]
entries: [entry, certification, ending]
subjects: {person: person, operator: operator}
amount: actualFen
figures:
  - {id: category, type: category, zh: 所依身份, en: Category used}
  - {id: actualFen, type: fen, zh: 已享受金额, en: Paid}
  - {id: serviceDay, type: date, zh: 服务或批准日期, en: Day of service or approval}
  - {id: validFromDay, type: date, zh: 认定起始日, en: Certified from}
  - {id: lastDay, type: date, zh: 有效期末日, en: Valid to}
  - {id: certifier, type: code, codes: department, zh: 认定部门, en: Certified by}
*/
WITH unheld AS (
  -- G03 speaks of premiums only, and is no clause that aid could break.
  SELECT v.person, v.seq, v.area, v.actualFen,
    CASE WHEN v.kind <> 'enrolment.subsidised' AND v.breachRule = 'G03' THEN ''
      ELSE v.breachRule END AS breachRule,
    COALESCE(s.category, c.category, a.category) AS category,
    COALESCE(s.operator, c.operator, a.operator) AS operator,
    COALESCE(s.approvedOnDay, c.visit_dischargedOnDay, a.approvedOnDay) AS serviceDay
  FROM verdict AS v
  LEFT JOIN live_enrolment_subsidised AS s ON s.ledger = v.ledger AND s.seq = v.seq
  LEFT JOIN live_claim_settled AS c ON c.ledger = v.ledger AND c.seq = v.seq
  LEFT JOIN live_aid_approved AS a ON a.ledger = v.ledger AND a.seq = v.seq
  WHERE v.ledger = :ledger AND v.breach = 'category'
), held AS MATERIALIZED (
  SELECT COALESCE(k.kept, e.person) AS person, e.category, e.seq, e.validFromDay, e.validToDay,
    e.body_department
  FROM live_eligibility_certified AS e
  LEFT JOIN kept_person AS k ON k.person = e.person
  WHERE +e.ledger = :ledger
), ended AS MATERIALIZED (
  SELECT COALESCE(k.kept, e.person) AS person, e.category, e.seq, e.endedOnDay
  FROM live_eligibility_ended AS e
  LEFT JOIN kept_person AS k ON k.person = e.person
  WHERE +e.ledger = :ledger
)
SELECT u.seq AS entry, u.person, u.operator, u.area, u.serviceDay AS day, u.category, u.actualFen,
  u.serviceDay, h.seq AS certification, x.seq AS ending,
  FIRST_VALUE(h.validFromDay) OVER near AS validFromDay,
  FIRST_VALUE(COALESCE(x.endedOnDay, h.validToDay)) OVER near AS lastDay,
  FIRST_VALUE(h.body_department) OVER near AS certifier,
  CASE WHEN EXISTS (
    SELECT 1 FROM rule_in_force AS r
    WHERE r.rule = u.breachRule AND r.nature IN ('exact', 'floor', 'ceiling', 'procedure',
      'deadline', 'definition')) THEN u.breachRule ELSE '' END AS rule
FROM unheld AS u
LEFT JOIN held AS h ON h.person = u.person AND h.category = u.category
LEFT JOIN ended AS x ON x.person = u.person AND x.category = u.category
  AND x.endedOnDay >= h.validFromDay
WINDOW near AS (
  PARTITION BY u.seq
  ORDER BY CASE WHEN h.validFromDay <= u.serviceDay THEN 0 ELSE 1 END, h.validFromDay DESC, h.seq,
    x.endedOnDay, x.seq)
