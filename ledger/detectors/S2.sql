/*
id: S2
title: {zh: 重算不符, en: Aid is not what the rules give}
grades: [F, W]
method: rule
why:
  zh: 按规定逐笔重算，少付、多付、低于下限分别列出；保险层有误时另行提示，不归咎于医疗救助
  en: Every payment is reckoned anew by the rules; under, over and below the floor apart. Where an insurer's layer is wrong it is told, and medical aid is not blamed for it
basis: [G10, G17, G18, T17, T18, T19, T20, T21, T22, T23, T24, T25, T26, P07, P09, P10, P22, L23]
examines: [claim.settled, aid.approved]
exclusions:
  zh: 条款留有余地而实付在范围之内的；一事一议在应付余额之内的；条件不符（身份、转诊、决议、资金、分担）见各自规则；缺少参数的不判定；因例外批准而免于转诊的，应付额未经重算，不判定。只因前一层有误而重算不同的，只作提示。所引条款为定差额的一条：比例条款，有误扣起付线的加起付线条款；全年已过限额的为限额条款，比例也超的两条并列；无比例条款之处为救助基数条款
  en: Where the clauses leave a range, anything inside it; case-by-case aid within what is left; unmet conditions (identity, referral, resolution, fund, split) have rules of their own; where a parameter is missing nothing is said, and of care that an exception excuses from referral nothing either, as what was due is not reckoned. A warning only where the layers before it alone were wrong. The clause quoted is the one that fixes the difference, which is that of the ratio, with that of the deductible where one was wrongly taken off; that of the cap where the year has passed it, with the other only where the ratio was passed as well; where no clause gives a ratio, that of what aid is reckoned on
example:
  zh: 低保对象住院自付合规费用10000元，按70%应救助7000.00元，实付6999.99元
  en: Of 10,000 yuan left in scope a dibao recipient is due 7,000.00 at 70%, and got 6,999.99
next:
  zh: 少付的补足，多付的追回；保险层有误的转医保经办机构
  en: Make up what is short, have the surplus paid back; tell the agency of errors in the insurers' layers
department: medical-security
parameters:
  cap: {default: 13000000, unit: fen, source: T18, zh: 年度救助限额, en: Aid of a year at most}
key: [entry, difference]
entries: [entry]
subjects: {institution: institution, person: person, operator: operator}
amount: differenceFen
figures:
  - id: difference
    type: code
    zh: 差错
    en: Difference
    values:
      under: {zh: 少付, en: under}
      over: {zh: 多付, en: over}
      below-floor: {zh: 低于下限, en: below the floor}
      under-reperformed: {zh: 各层重算后为少付, en: under with every layer anew}
      over-reperformed: {zh: 各层重算后为多付, en: over with every layer anew}
      insurers-layer: {zh: 保险层有误, en: an insurer's layer is wrong}
  - {id: actualFen, type: fen, zh: 实付, en: Paid}
  - {id: expectedFen, type: fen, zh: 最低应付（按记录各层）, en: Least due as recorded}
  - {id: expectedMostFen, type: fen, zh: 最高应付（按记录各层）, en: Most due as recorded}
  - {id: reperformedFen, type: fen, zh: 各层重算应付, en: Due with every layer anew}
  - id: basicVerdict
    type: code
    zh: 基本医保层
    en: Basic insurance
    values:
      exact: {zh: 相符, en: exact}
      within: {zh: 在范围内, en: within the range}
      under: {zh: 少付, en: under}
      over: {zh: 多付, en: over}
      below-floor: {zh: 低于下限, en: below the floor}
  - id: majorIllnessVerdict
    type: code
    zh: 大病保险层
    en: Major-illness insurance
    values:
      exact: {zh: 相符, en: exact}
      within: {zh: 在范围内, en: within the range}
      under: {zh: 少付, en: under}
      over: {zh: 多付, en: over}
      below-floor: {zh: 低于下限, en: below the floor}
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
    AND NOT (v.verdict = 'excused' AND (' ' || v.rules || ' ' LIKE '% T41 %'
      OR ' ' || v.rules || ' ' LIKE '% P17 %'))
), found AS (
  SELECT j.*, c.institution, COALESCE(c.operator, a.operator) AS operator,
    COALESCE(c.visit_dischargedOnDay, a.approvedOnDay) AS day, a.aidType,
    COALESCE(c.visit_type, a.aidType) AS care,
    COALESCE(c.amounts_aidDeductibleAppliedFen, a.deductibleAppliedFen, 0) AS deductedFen,
    CASE WHEN COALESCE(c.amounts_secondAidPaidFen, 0) <> j.secondAidFen OR a.aidType = 'second'
      THEN 1 ELSE 0 END AS ofSecond,
    CASE WHEN COALESCE(c.amounts_tiltAidPaidFen, 0) <> j.tiltAidFen OR a.aidType = 'tilt'
      THEN 1 ELSE 0 END AS ofTilt,
    CASE WHEN c.amounts_medicalAidPaidFen <> j.medicalAidFen
      OR a.aidType IN ('regular', 'outpatient', 'major-illness') THEN 1 ELSE 0 END AS ofMedical
  FROM judged AS j
  LEFT JOIN live_claim_settled AS c ON c.ledger = j.ledger AND c.seq = j.seq
  LEFT JOIN live_aid_approved AS a ON a.ledger = j.ledger AND a.seq = j.seq
  WHERE j.difference IS NOT NULL
), ratio AS (
  SELECT f.seq, CASE WHEN ' ' || f.rules || ' ' LIKE '% T22 %' THEN ' T22' ELSE '' END
      || CASE WHEN ' ' || f.rules || ' ' LIKE '% T23 %' THEN ' T23' ELSE '' END
      || CASE WHEN ' ' || f.rules || ' ' LIKE '% T24 %' THEN ' T24' ELSE '' END
      || CASE WHEN ' ' || f.rules || ' ' LIKE '% T25 %' AND (f.care NOT IN ('inpatient', 'regular')
          OR NOT (' ' || f.rules || ' ' LIKE '% T22 %' OR ' ' || f.rules || ' ' LIKE '% T23 %'
            OR ' ' || f.rules || ' ' LIKE '% T24 %'))
        THEN ' T25' ELSE '' END
      || CASE WHEN ' ' || f.rules || ' ' LIKE '% P07 %' THEN ' P07' ELSE '' END
      || CASE WHEN ' ' || f.rules || ' ' LIKE '% P22 %' THEN ' P22' ELSE '' END AS rules,
    CASE WHEN ' ' || f.rules || ' ' LIKE '% G17 %' THEN ' G17' ELSE '' END
      || CASE WHEN ' ' || f.rules || ' ' LIKE '% L23 %' THEN ' L23' ELSE '' END
      || CASE WHEN ' ' || f.rules || ' ' LIKE '% P10 %' THEN ' P10' ELSE '' END
      || CASE WHEN ' ' || f.rules || ' ' LIKE '% T17 %' THEN ' T17' ELSE '' END AS bases,
    CASE WHEN ' ' || f.rules || ' ' LIKE '% T19 %' THEN ' T19' ELSE '' END
      || CASE WHEN ' ' || f.rules || ' ' LIKE '% T20 %' THEN ' T20' ELSE '' END
      || CASE WHEN ' ' || f.rules || ' ' LIKE '% T21 %' THEN ' T21' ELSE '' END AS deductibles,
    CASE WHEN ' ' || f.rules || ' ' LIKE '% T26 %' THEN ' T26' ELSE '' END
      || CASE WHEN ' ' || f.rules || ' ' LIKE '% P09 %' THEN ' P09' ELSE '' END AS tilts,
    CASE WHEN ' ' || f.rules || ' ' LIKE '% G10 %' THEN ' G10' ELSE '' END AS seconds,
    CASE WHEN ' ' || f.rules || ' ' LIKE '% G18 %' THEN ' G18' ELSE '' END AS offsets
  FROM found AS f
), broken AS (
  SELECT f.*, CASE WHEN f.difference NOT IN ('under', 'over', 'below-floor') THEN '-'
    -- An exception may name any clause that was used.
    WHEN f.verdict = 'excused' THEN f.rules
    ELSE TRIM(CASE
        WHEN f.capped = 1 AND f.yearFen - f.actualFen + f.expectedMostFen >= CAST(:cap AS BIGINT)
          THEN ''
        WHEN f.ofMedical = 0 AND f.ofSecond + f.ofTilt > 0 THEN ''
        WHEN f.aidType = 'major-illness' AND r.offsets <> '' THEN r.offsets
        WHEN r.rules <> '' THEN r.rules ELSE r.bases END
      || CASE WHEN f.ofSecond = 1 THEN r.seconds ELSE '' END
      || CASE WHEN f.ofTilt = 1 THEN r.tilts ELSE '' END
      || CASE WHEN f.deductedFen > 0 AND f.difference <> 'over' THEN r.deductibles ELSE '' END
      || CASE WHEN f.capped = 1 THEN ' T18' ELSE '' END) END AS named
  FROM (
    SELECT y.*, CASE WHEN y.difference = 'over' AND y.ofTilt = 0
      AND y.yearFen > CAST(:cap AS BIGINT) AND ' ' || y.rules || ' ' LIKE '% T18 %'
      THEN 1 ELSE 0 END AS capped
    FROM (
      SELECT f.*, (SELECT CAST(SUM(o.actualFen) AS BIGINT) FROM verdict AS o
        WHERE o.ledger = :ledger AND o.person = f.person AND o.year = f.year
          AND o.kind <> 'enrolment.subsidised') AS yearFen
      FROM found AS f) AS y) AS f
  JOIN ratio AS r ON r.seq = f.seq
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
  CASE WHEN f.named = '' THEN f.rules ELSE f.named END AS rule, CAST(NULL AS TEXT) AS missing
FROM broken AS f
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
