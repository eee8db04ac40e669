/*
id: C4
title: {zh: 未按规定转诊, en: No referral}
grades: [F, W]
method: rule
why:
  zh: 未按规定转诊的异地费用原则上不予救助；精准扶贫资金另须本身的转诊备案获批。
  en: Care outside without the referral that is required is, in principle, not aided; the targeted-poverty fund asks for a referral of its own, approved.
basis: [T41, P17, J09]
examines: [claim.settled]
parameters: {}
exclusions:
  zh: 本地规定急诊视同转诊的急诊；备案在案的；未支付救助的；有例外批准的（列为已获例外）。
  en: Emergencies where the locality lays down that they count as referred; a referral on file; nothing paid. An exception on record excuses.
example:
  zh: 统筹区外住院，结算记“无转诊”而仍支付救助：确认。结算记“已备案”而账上没有该人到该院的有效备案：提示。
  en: A stay outside the pooling area, settled as without referral, and aid paid, breaks the rule. A bill that says a referral is filed, when none to that hospital is on record, is a warning.
next:
  zh: 向参保地经办机构核实转诊备案；确无备案的，追回已支付的救助，或补办例外审批。
  en: Ask the agency of the place of enrolment for the referral. If there is none, recover the aid or have the exception decided.
department: medical-security
key: [claim]
entries: [claim]
subjects: {person: person, institution: institution}
amount: amountFen
figures:
  - {id: referral, type: code, codes: referral-status, zh: 结算所记转诊情况, en: Referral as recorded}
  - {id: admitted, type: date, zh: 入院, en: Admitted}
  - {id: amountFen, type: fen, zh: 已支付救助, en: Aid paid}
*/
WITH governed AS MATERIALIZED (
  SELECT DISTINCT w.area, f.fromDay, f.toDay
  FROM area_within AS w
  JOIN rule_in_force AS f ON f.area = w.within AND f.rule IN ('T41', 'P17', 'J09')
), filed AS MATERIALIZED (
  SELECT c.seq, COALESCE(k.kept, c.person) AS kept, c.institution, c.area, c.referral,
    c.referralRef_source, c.referralRef_id, c.visit_admittedOnDay, c.occurredOnDay,
    c.amounts_medicalAidPaidFen + COALESCE(c.amounts_targetedFundPaidFen, 0) AS paidFen
  FROM live_claim_settled AS c
  LEFT JOIN kept_person AS k ON k.person = c.person
  WHERE +c.ledger = :ledger AND c.referral = 'filed'
    AND c.amounts_medicalAidPaidFen + COALESCE(c.amounts_targetedFundPaidFen, 0) > 0
    AND EXISTS (
      SELECT 1 FROM governed AS g
      WHERE g.area = c.area AND g.fromDay <= c.visit_dischargedOnDay
        AND g.toDay >= c.visit_dischargedOnDay)
), referred AS MATERIALIZED (
  SELECT COALESCE(k.kept, r.person) AS person, r.toInstitution, r.source, r.id, r.filedOnDay,
    COALESCE(r.validToDay, 9999999) AS validToDay
  FROM live_referral_filed AS r
  LEFT JOIN kept_person AS k ON k.person = r.person
  WHERE +r.ledger = :ledger
  GROUP BY COALESCE(k.kept, r.person), r.toInstitution, r.source, r.id, r.filedOnDay,
    COALESCE(r.validToDay, 9999999)
), covered AS (
  SELECT c.seq
  FROM filed AS c
  JOIN referred AS r ON r.person = c.kept AND r.filedOnDay <= c.occurredOnDay
    AND r.validToDay >= c.visit_admittedOnDay
    AND (r.toInstitution = c.institution
      OR (r.source = c.referralRef_source AND r.id = c.referralRef_id))
)
SELECT c.seq AS claim, v.person, c.institution, c.area, c.referral,
  c.visit_admittedOnDay AS admitted,
  c.amounts_medicalAidPaidFen + COALESCE(c.amounts_targetedFundPaidFen, 0) AS amountFen,
  c.occurredOnDay AS day, 'F' AS grade, v.breachRule AS rule
FROM verdict AS v
JOIN live_claim_settled AS c ON c.ledger = v.ledger AND c.seq = v.seq
WHERE +v.ledger = :ledger AND v.kind = 'claim.settled' AND v.breach = 'referral'
UNION ALL
-- What an exception excuses is told as well, and that it is excused.
SELECT c.seq, v.person, c.institution, c.area, c.referral, c.visit_admittedOnDay,
  c.amounts_medicalAidPaidFen + COALESCE(c.amounts_targetedFundPaidFen, 0), c.occurredOnDay, 'F',
  CASE WHEN ' ' || v.rules || ' ' LIKE '% T41 %' THEN 'T41' ELSE 'P17' END
FROM verdict AS v
JOIN live_claim_settled AS c ON c.ledger = v.ledger AND c.seq = v.seq
WHERE +v.ledger = :ledger AND v.kind = 'claim.settled' AND v.verdict = 'excused'
  AND v.breach IS NULL AND v.actualFen > 0
  AND (' ' || v.rules || ' ' LIKE '% T41 %' OR ' ' || v.rules || ' ' LIKE '% P17 %')
UNION ALL
SELECT c.seq, c.kept, c.institution, c.area, c.referral, c.visit_admittedOnDay, c.paidFen,
  c.occurredOnDay, 'W', '-'
FROM filed AS c
WHERE c.seq NOT IN (SELECT seq FROM covered)
  AND c.seq NOT IN (
    SELECT v.seq FROM verdict AS v WHERE +v.ledger = :ledger AND v.breach = 'referral')
