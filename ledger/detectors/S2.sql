/*
id: S2
title: {zh: 重算不符, en: Aid is not what the rules give}
grades: [F, W]
method: rule
why:
  zh: 按规定逐笔重算，少付、多付、低于下限分别列出；保险层有误时另行提示，不归咎于医疗救助
  en: Every payment is reckoned anew by the rules; under, over and below the floor apart. Where an insurer's layer is wrong it is told, and medical aid is not blamed for it
basis: [G17, T17, T18, T19, T20, T21, T22, T23, T24, T25, L23]
examines: [claim.settled, aid.approved]
exclusions:
  zh: 条款留有余地而实付在范围之内的；一事一议在应付余额之内的；条件不符（身份、转诊、决议、资金、分担）见各自规则；缺少参数的不判定。只因前一层有误而重算不同的，只作提示
  en: Where the clauses leave a range, anything inside it; case-by-case aid within what is left; unmet conditions (identity, referral, resolution, fund, split) have rules of their own; where a parameter is missing nothing is said. A warning only where the layers before it alone were wrong
example:
  zh: 低保对象住院自付合规费用10000元，按70%应救助7000.00元，实付6999.99元
  en: Of 10,000 yuan left in scope a dibao recipient is due 7,000.00 at 70%, and got 6,999.99
next:
  zh: 少付的补足，多付的追回；保险层有误的转医保经办机构
  en: Make up what is short, have the surplus paid back; tell the agency of errors in the insurers' layers
department: medical-security
key: [entry, difference]
entries: [entry]
subjects: {institution: institution, person: person, operator: operator}
amount: differenceFen
figures:
  - {id: difference, type: code, zh: 差错, en: Difference}
  - {id: actualFen, type: fen, zh: 实付, en: Paid}
  - {id: expectedFen, type: fen, zh: 最低应付（按记录各层）, en: Least due as recorded}
  - {id: expectedMostFen, type: fen, zh: 最高应付（按记录各层）, en: Most due as recorded}
  - {id: reperformedFen, type: fen, zh: 各层重算应付, en: Due with every layer anew}
  - {id: basicVerdict, type: code, zh: 基本医保层, en: Basic insurance}
  - {id: majorIllnessVerdict, type: code, zh: 大病保险层, en: Major-illness insurance}
*/
WITH judged AS (
  SELECT v.*, CASE
    WHEN v.verdict IN ('under', 'over', 'below-floor') THEN v.verdict
    WHEN v.verdict = 'excused' AND v.actualFen < v.expectedFen THEN 'under'
    WHEN v.verdict = 'excused' AND v.actualFen > v.expectedMostFen THEN 'over'
    WHEN v.actualFen < v.reperformedFen THEN 'under-reperformed'
    WHEN v.expectedFen = v.expectedMostFen AND v.actualFen > v.reperformedFen
      THEN 'over-reperformed'
    WHEN v.basicVerdict NOT IN ('exact', 'within')
      OR v.majorIllnessVerdict NOT IN ('exact', 'within') THEN 'insurers-layer'
    END AS difference
  FROM verdict AS v
  WHERE v.ledger = :ledger AND v.kind IN ('claim.settled', 'aid.approved') AND v.breach IS NULL
), found AS (
  SELECT j.*, c.institution, COALESCE(c.operator, a.operator) AS operator,
    COALESCE(c.visit_dischargedOnDay, a.approvedOnDay) AS day
  FROM judged AS j
  LEFT JOIN live_claim_settled AS c ON c.ledger = j.ledger AND c.seq = j.seq
  LEFT JOIN live_aid_approved AS a ON a.ledger = j.ledger AND a.seq = j.seq
  WHERE j.difference IS NOT NULL
)
SELECT f.seq AS entry, f.person, f.institution, f.operator, f.area, f.day, f.difference,
  f.actualFen, f.expectedFen, f.expectedMostFen, f.reperformedFen, f.basicVerdict,
  f.majorIllnessVerdict,
  CASE f.difference
    WHEN 'over' THEN f.actualFen - COALESCE(f.expectedMostFen, f.actualFen)
    WHEN 'under' THEN f.expectedFen - f.actualFen
    WHEN 'below-floor' THEN f.expectedFen - f.actualFen
    WHEN 'under-reperformed' THEN f.reperformedFen - f.actualFen
    WHEN 'over-reperformed' THEN f.actualFen - f.reperformedFen END AS differenceFen,
  CASE WHEN f.difference IN ('under', 'over', 'below-floor') THEN 'F' ELSE 'W' END AS grade,
  f.rules AS rule, CAST(NULL AS TEXT) AS missing
FROM found AS f
UNION ALL
SELECT NULL, NULL, NULL, NULL, m.area, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
  NULL, m.missing
FROM (
  SELECT DISTINCT j.area, CASE
    WHEN j.missing LIKE 'parameter % is not laid down'
      THEN REPLACE(REPLACE(REPLACE(j.missing, ' is not laid down', ''), ' for ', ' '), ', ', ' ')
    WHEN j.missing LIKE 'institution % is not on record'
      THEN 'record institution.designated ' || REPLACE(j.missing, ' is not on record', '')
    WHEN j.missing LIKE 'no certification %'
      THEN 'record eligibility.certified year ' || CAST(j.year AS TEXT) || ' area ' || j.area
    WHEN j.missing LIKE 'claim % is not on record%' OR j.missing = 'the approval names no claim'
      THEN 'record claim.settled year ' || CAST(j.year AS TEXT) || ' area ' || j.area
    WHEN j.missing LIKE 'the categories change %'
      THEN 'parameter category-date year ' || CAST(j.year AS TEXT) || ' area ' || j.area
    WHEN j.missing LIKE 'no rulebook is in force%'
      THEN 'clause rulebook year ' || CAST(j.year AS TEXT) || ' area ' || j.area
    WHEN j.missing LIKE '%do not speak of category%'
      THEN 'clause category year ' || CAST(j.year AS TEXT) || ' area ' || j.area
    ELSE 'clause aid year ' || CAST(j.year AS TEXT) || ' area ' || j.area END AS missing
  FROM judged AS j
  WHERE j.verdict = 'cannot-be-judged'
) AS m
