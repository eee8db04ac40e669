/*
id: S1
title: {zh: 金额不平, en: Sums that do not balance}
grades: [F]
method: contradiction
contradiction: true
why:
  zh: 总费用应等于各组成部分之和，也等于各方支付之和；不平说明数据被改动或传送有误
  en: The total is the sum of its components, and of what all payers paid; where it is not, something was altered or lost
basis: []
examines: [claim.settled, enrolment.subsidised, review.concluded]
exclusions:
  zh: 总额与组成、支付方两边都不平的，按相差较大的一边计一次；未单列的支付方按零计；起付、垫付等是其他金额的一部分，不计入支付方
  en: A total that agrees neither with its components nor with its payers counts once, with the larger difference; payers that are not named count as zero; deductibles and advances are shares of other amounts and no payers
example:
  zh: 总费用1000.00元，各方支付合计999.99元
  en: The total is 1,000.00 yuan, and the payers together paid 999.99
next:
  zh: 向来源系统核对原始结算单，更正后重新记录
  en: Compare the original bill with the source system; have it corrected and entered anew
department: medical-security-agency
key: [entry, sum]
entries: [entry]
subjects: {institution: institution, person: person, operator: operator}
amount: differenceFen
figures:
  - id: sum
    type: code
    zh: 所核之和
    en: Sum checked
    values:
      components: {zh: 费用构成之和, en: components of the cost}
      payers: {zh: 各方支付之和, en: what the payers paid}
      premium: {zh: 资助与个人缴费之和, en: subsidy and own payment}
      review: {zh: 审核认可与不予认可之和, en: accepted and rejected in review}
  - {id: totalFen, type: fen, zh: 总额, en: Total}
  - {id: partsFen, type: fen, zh: 各项之和, en: Sum of the parts}
*/
WITH claims AS (
  SELECT c.seq, c.area, c.person, c.institution, c.operator, c.visit_dischargedOnDay AS day,
    c.amounts_totalFen AS totalFen,
    c.amounts_compliantFen + c.amounts_ownExpenseFen + c.amounts_overLimitFen
      + c.amounts_advanceSelfPayFen AS components,
    c.amounts_basicPaidFen + c.amounts_majorIllnessPaidFen
      + COALESCE(c.amounts_employeeLargePaidFen, 0) + COALESCE(c.amounts_civilServantPaidFen, 0)
      + COALESCE(c.amounts_enterprisePaidFen, 0) + c.amounts_medicalAidPaidFen
      + COALESCE(c.amounts_secondAidPaidFen, 0) + COALESCE(c.amounts_tiltAidPaidFen, 0)
      + COALESCE(c.amounts_targetedFundPaidFen, 0) + COALESCE(c.amounts_charityPaidFen, 0)
      + COALESCE(c.amounts_supplementPaidFen, 0) + COALESCE(c.amounts_hospitalBorneFen, 0)
      + COALESCE(c.amounts_accountPaidFen, 0) + COALESCE(c.amounts_accountMutualPaidFen, 0)
      + c.amounts_cashPaidFen AS payers
  FROM live_claim_settled AS c
  WHERE +c.ledger = :ledger
), uneven AS MATERIALIZED (
  SELECT c.*, CASE WHEN ABS(c.totalFen - c.components) >= ABS(c.totalFen - c.payers)
    THEN 'components' ELSE 'payers' END AS sum
  FROM claims AS c
  WHERE c.totalFen <> c.components OR c.totalFen <> c.payers
), unequal AS (
  SELECT c.seq, c.area, c.person, c.institution, c.operator, c.day, c.sum, c.totalFen,
    CASE WHEN c.sum = 'components' THEN c.components ELSE c.payers END AS partsFen
  FROM uneven AS c
  UNION ALL
  SELECT s.seq, s.area, s.person, NULL, s.operator, s.approvedOnDay, 'premium', s.premiumFen,
    s.subsidyFen + s.personPaidFen
  FROM live_enrolment_subsidised AS s
  WHERE +s.ledger = :ledger AND s.topUpOf_id IS NULL AND s.scheme <> 'employee'
    AND s.premiumFen < s.subsidyFen + s.personPaidFen
  UNION ALL
  SELECT r.seq, r.area, NULL, NULL, r.operator, r.heldOnDay, 'review', r.reviewedFen,
    r.acceptedFen + r.rejectedFen
  FROM live_review_concluded AS r
  WHERE r.ledger = :ledger AND r.reviewedFen <> r.acceptedFen + r.rejectedFen
)
SELECT u.seq AS entry, u.sum, COALESCE(k.kept, u.person) AS person, u.institution, u.operator,
  u.area, u.day, u.totalFen, u.partsFen,
  CASE WHEN u.totalFen > u.partsFen THEN u.totalFen - u.partsFen ELSE u.partsFen - u.totalFen END
    AS differenceFen
FROM unequal AS u
LEFT JOIN kept_person AS k ON k.person = u.person
