/*
id: C6
title: {zh: 大额自费未经专家审核, en: Large own expense without expert review}
grades: [F, W]
method: rule
why:
  zh: 每次住院或每月特定病种门诊自费超过1万元的，须经专家审核，只支付合理、必要的费用。
  en: Own expense above 10,000 yuan in one stay or one month of special-outpatient care is paid only so far as experts find it reasonable and necessary.
basis: [J05, J10, J11]
examines: [claim.settled]
topics: [expert-review]
asks: [own-expense-components]
parameters:
  share: {default: 8000, unit: basis-points, source: J05, zh: 资金承担自费的比例, en: Share of own expense that the fund bears}
  above: {default: 1000000, unit: fen, source: J10, zh: 须审核的自费金额（超过）, en: Own expense above which a review is needed}
exclusions:
  zh: 恰为1万元不须审核；同次住院的各张账单、同月的特定病种门诊账单合并计算；全部自费经审核并按认可金额支付的。审核金额少于自费的，视同未全部审核。未审核如何支付没有地方规定时，无论如何规定，资金至多承担范围内余额加1万元与认可金额之和的80%，超出的即为确认。
  en: Exactly 10,000 yuan needs no review; the bills of one stay, and those of one special-outpatient month, count together; own expense that was all reviewed and paid as accepted is sound. A review of less than the own expense is a review of a part. Where nobody laid down what is paid without review, the fund bears at most what is left in scope and 80% of 10,000 yuan and of what was accepted; more breaks the rule whatever is laid down.
example:
  zh: 一次住院自费10,000.01元，未经审核而支付了超过文件允许的部分：确认。未多付、只是没有审核记录：提示。
  en: Own expense of 10,000.01 yuan, unreviewed and paid beyond what may be paid without review, breaks the rule. Paid rightly, but no review on record, is a warning.
next:
  zh: 由经办机构会同卫生健康部门补办专家审核，未获认可的部分不予支付或追回。
  en: Have the agency and the health department hold the review; do not pay, or recover, what is not accepted.
department: social-insurance-agency
key: [claim]
entries: [claim, other]
subjects: {person: person, institution: institution}
amount: amountFen
figures:
  - {id: ownExpenseFen, type: fen, zh: 合计自费, en: Own expense together}
  - {id: aboveFen, type: fen, zh: 须审核的限额, en: Reviewed above}
*/
WITH governed AS MATERIALIZED (
  SELECT DISTINCT w.area, p.fromDay, p.toDay
  FROM area_within AS w
  JOIN provision AS p ON p.area = w.within AND p.topic = 'expert-review'
), components AS MATERIALIZED (
  SELECT area, place,
    MAX(CASE WHEN value = 'overLimit' THEN 1 ELSE 0 END) AS over_limit,
    MAX(CASE WHEN value = 'advanceSelfPay' THEN 1 ELSE 0 END) AS advance
  FROM (
    SELECT w.area, v.value,
      DENSE_RANK() OVER (
        PARTITION BY w.area ORDER BY w.distance, p.occurredOnDay DESC, p.seq DESC) AS place
    FROM live_parameter_set AS p
    JOIN area_within AS w ON w.within = p.area
    JOIN parameter_set__valueCode AS v ON v.ledger = p.ledger AND v.seq = p.seq
    WHERE +p.ledger = :ledger AND p.name = 'own-expense-components') AS laid_down
  WHERE place = 1
  GROUP BY area, place
), bill AS (
  SELECT c.seq, COALESCE(k.kept, c.person) AS person, c.institution, c.area, c.occurredOnDay,
    c.source, c.id,
    CASE WHEN c.visit_type = 'inpatient'
      THEN COALESCE(c.visit_admissionNo, CAST(c.visit_admittedOnDay AS TEXT))
      ELSE COALESCE(c.visit_month, SUBSTR(c.visit_dischargedOn, 1, 7)) END AS unit,
    c.visit_type, COALESCE(c.amounts_targetedFundPaidFen, 0) AS paidFen,
    c.amounts_ownExpenseFen + COALESCE(m.over_limit, 0) * c.amounts_overLimitFen
      + COALESCE(m.advance, 0) * c.amounts_advanceSelfPayFen AS ownFen,
    -- What is in scope at most and neither insurance nor aid has paid.
    c.amounts_compliantFen + (1 - COALESCE(m.over_limit, 0)) * c.amounts_overLimitFen
      + (1 - COALESCE(m.advance, 0)) * c.amounts_advanceSelfPayFen - c.amounts_basicPaidFen
      - c.amounts_majorIllnessPaidFen - COALESCE(c.amounts_employeeLargePaidFen, 0)
      - c.amounts_medicalAidPaidFen - COALESCE(c.amounts_secondAidPaidFen, 0)
      - COALESCE(c.amounts_tiltAidPaidFen, 0) AS leftFen
  FROM live_claim_settled AS c
  CROSS JOIN governed AS g
  LEFT JOIN kept_person AS k ON k.person = c.person
  LEFT JOIN components AS m ON m.area = c.area
  WHERE g.area = c.area AND g.fromDay <= c.visit_admittedOnDay
    AND g.toDay >= c.visit_dischargedOnDay AND c.ledger = :ledger
    AND c.visit_type IN ('inpatient', 'special-outpatient')
    AND c.category = 'targeted-poverty'
), unit AS (
  SELECT b.*,
    CAST(SUM(b.ownFen) OVER (PARTITION BY b.person, b.visit_type, b.unit,
      CASE WHEN b.visit_type = 'inpatient' THEN b.institution ELSE '' END) AS BIGINT)
      AS ownExpenseFen,
    CAST(SUM(b.paidFen - CASE WHEN b.leftFen > 0 THEN b.leftFen ELSE 0 END) OVER (
      PARTITION BY b.person, b.visit_type, b.unit,
      CASE WHEN b.visit_type = 'inpatient' THEN b.institution ELSE '' END) AS BIGINT) AS bornFen,
    COUNT(*) OVER (PARTITION BY b.person, b.visit_type, b.unit,
      CASE WHEN b.visit_type = 'inpatient' THEN b.institution ELSE '' END) AS bills,
    MIN(b.seq) OVER (PARTITION BY b.person, b.visit_type, b.unit,
      CASE WHEN b.visit_type = 'inpatient' THEN b.institution ELSE '' END) AS claim
  FROM bill AS b
), large AS MATERIALIZED (
  SELECT * FROM unit WHERE ownExpenseFen > :above
), reviewed AS MATERIALIZED (
  SELECT claim, CAST(SUM(reviewedFen) AS BIGINT) AS reviewedFen,
    CAST(SUM(acceptedFen) AS BIGINT) AS acceptedFen
  FROM (
    SELECT DISTINCT l.claim, r.seq, r.reviewedFen, r.acceptedFen
    FROM live_review_concluded AS r
    JOIN review_concluded__claims AS named ON named.ledger = r.ledger AND named.seq = r.seq
    JOIN large AS l ON l.source = named.source AND l.id = named.id
    WHERE +r.ledger = :ledger) AS held
  GROUP BY claim
), unjudged AS (
  SELECT DISTINCT l.claim
  FROM large AS l
  JOIN verdict AS v ON v.ledger = :ledger AND v.person = l.person AND v.seq = l.seq
  WHERE v.verdict = 'cannot-be-judged'
), bounded AS (
  -- Each bill may round half a fen up.
  SELECT l.*, r.reviewedFen, r.acceptedFen, CASE WHEN u.claim IS NOT NULL
      THEN l.bornFen - l.bills
        - (CAST(:above AS BIGINT) + COALESCE(r.acceptedFen, 0)) / 10000 * CAST(:share AS BIGINT)
        - (CAST(:above AS BIGINT) + COALESCE(r.acceptedFen, 0)) % 10000 * CAST(:share AS BIGINT)
          / 10000 ELSE 0 END AS beyondFen
  FROM large AS l
  LEFT JOIN reviewed AS r ON r.claim = l.claim
  LEFT JOIN unjudged AS u ON u.claim = l.claim
), overpaid AS (
  SELECT v.seq, v.breachRule
  FROM verdict AS v
  WHERE +v.ledger = :ledger AND v.breach = 'split' AND v.breachRule IN ('J10', 'J11')
)
SELECT c.seq AS claim, CAST(NULL AS BIGINT) AS other, v.person, c.institution, c.area,
  c.occurredOnDay AS day,
  COALESCE(l.ownExpenseFen, c.amounts_ownExpenseFen) AS ownExpenseFen,
  CAST(:above AS BIGINT) AS aboveFen, COALESCE(c.amounts_targetedFundPaidFen, 0) AS amountFen,
  'F' AS grade, v.breachRule AS rule
FROM verdict AS v
JOIN live_claim_settled AS c ON c.ledger = v.ledger AND c.seq = v.seq
LEFT JOIN large AS l ON l.seq = v.seq
WHERE +v.ledger = :ledger AND v.breach = 'split' AND v.breachRule IN ('J10', 'J11')
UNION ALL
SELECT claim, seq, person, institution, area, occurredOnDay, ownExpenseFen,
  CAST(:above AS BIGINT), CASE WHEN beyondFen > 0 THEN beyondFen + bills ELSE paidFen END,
  CASE WHEN beyondFen > 0 THEN 'F' ELSE 'W' END,
  CASE WHEN beyondFen > 0 AND acceptedFen IS NOT NULL THEN 'J11' ELSE 'J10' END
FROM bounded
WHERE (beyondFen > 0 OR COALESCE(reviewedFen, 0) < ownExpenseFen)
  AND claim NOT IN (
    SELECT l.claim FROM large AS l JOIN overpaid AS o ON o.seq = l.seq)
