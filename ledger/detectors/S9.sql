/*
id: S9
title: {zh: 自费分担比例错误, en: Own expense wrongly shared}
grades: [F]
method: rule
why:
  zh: 江门精准扶贫对象的自费费用由专项资金承担80%（四舍五入到分），其余由医疗机构承担，范围内自付全部由资金承担
  en: In Jiangmen the fund bears 80% of own expense, half up to the fen, and the hospital the rest; what is left in scope is the fund's
basis: [J05, J04]
examines: [claim.settled]
exclusions:
  zh: 由取整产生的一分差额归医疗机构；未经转诊见C4；超过1万元须专家审查的见C6
  en: The fen that rounding leaves is the hospital's; care not referred is C4; own expense above 10,000 yuan, which needs a review, is C6
example:
  zh: 自费1000.01元，资金应付800.01元、医院200.00元，实际资金付800.00元、医院200.01元
  en: Of 1,000.01 yuan own expense the fund owes 800.01 and the hospital 200.00; they paid 800.00 and 200.01
next:
  zh: 由资金或医疗机构补付差额，退还本人多付部分
  en: Have the fund or the hospital pay what it owes, and refund the person
department: medical-security-agency
key: [entry]
entries: [entry]
subjects: {institution: institution, person: person, operator: operator}
amount: differenceFen
figures:
  - {id: ownExpenseFen, type: fen, zh: 自费金额, en: Own expense}
  - {id: fundFen, type: fen, zh: 资金实付, en: Paid by the fund}
  - {id: fundDueFen, type: fen, zh: 资金应付, en: Due from the fund}
  - {id: hospitalFen, type: fen, zh: 医院实付, en: Borne by the hospital}
  - {id: hospitalDueFen, type: fen, zh: 医院应付, en: Due from the hospital}
*/
SELECT c.seq AS entry, v.person, c.institution, c.operator, c.area,
  c.visit_dischargedOnDay AS day, c.amounts_ownExpenseFen AS ownExpenseFen,
  COALESCE(c.amounts_targetedFundPaidFen, 0) AS fundFen, v.targetedFundFen AS fundDueFen,
  COALESCE(c.amounts_hospitalBorneFen, 0) AS hospitalFen, v.hospitalFen AS hospitalDueFen,
  CASE
    WHEN COALESCE(c.amounts_targetedFundPaidFen, 0) > v.targetedFundFen
      THEN COALESCE(c.amounts_targetedFundPaidFen, 0) - v.targetedFundFen
    WHEN COALESCE(c.amounts_targetedFundPaidFen, 0) < v.targetedFundFen
      THEN v.targetedFundFen - COALESCE(c.amounts_targetedFundPaidFen, 0)
    WHEN COALESCE(c.amounts_hospitalBorneFen, 0) > v.hospitalFen
      THEN COALESCE(c.amounts_hospitalBorneFen, 0) - v.hospitalFen
    ELSE v.hospitalFen - COALESCE(c.amounts_hospitalBorneFen, 0) END AS differenceFen,
  v.breachRule AS rule, CAST(NULL AS TEXT) AS missing
FROM verdict AS v
JOIN live_claim_settled AS c ON c.ledger = v.ledger AND c.seq = v.seq
WHERE v.ledger = :ledger AND v.breach = 'split' AND v.breachRule IN ('J04', 'J05')
UNION ALL
SELECT NULL, NULL, NULL, NULL, m.area, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, m.missing
FROM (
  SELECT DISTINCT v.area, CASE
    WHEN v.missing LIKE 'parameter % is not laid down'
      THEN REPLACE(REPLACE(REPLACE(v.missing, ' is not laid down', ''), ' for ', ' '), ', ', ' ')
    WHEN v.missing LIKE 'institution % is not on record'
      THEN 'record institution.designated ' || REPLACE(v.missing, ' is not on record', '')
    ELSE 'clause aid year ' || CAST(v.year AS TEXT) || ' area ' || v.area END AS missing
  FROM verdict AS v
  JOIN live_claim_settled AS c ON c.ledger = v.ledger AND c.seq = v.seq
  WHERE v.ledger = :ledger AND v.kind = 'claim.settled' AND v.verdict = 'cannot-be-judged'
    AND c.category = 'targeted-poverty' AND EXISTS (
      SELECT 1 FROM rule_in_force AS r
      WHERE r.rule = 'J05' AND ' ' || v.rulebooks || ' ' LIKE '% ' || r.rulebook || ' %')
) AS m
