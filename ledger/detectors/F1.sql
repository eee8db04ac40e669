/*
id: F1
title: {zh: 列支资金不符合规定, en: Wrong paying fund}
grades: [F, W]
method: rule
why:
  zh: 资助和救助应由条款指定的资金列支；各类兜底资金归并后不得再使用，专项资金不得挪作他用
  en: Subsidies and aid come from the fund that the clause names; other poverty funds are gone after their merger, and earmarked money stays earmarked
basis: [T15, G06, L03, L04, L05, L06, L07, J07]
examines: [enrolment.subsidised, aid.paid, claim.settled]
topics: [merged-funds, separate-account]
exclusions:
  zh: 归并之前由兜底资金支付的；江门精准扶贫资金用于精准扶贫重点帮扶对象的；条款没有指定资金的资助；因另有身份才须由其他资金列支、而该身份的认定不在账上的。医疗保险基金支付了救助、又没有条款作出规定的，只作提示
  en: Poverty funds paid before the merger; Jiangmen's fund for its own beneficiaries; subsidies whose clause names no fund; another fund that is due only by a further category of which no certification is on record. A warning only where aid was paid out of an insurance fund and no clause speaks of it
example:
  zh: 2024年，通辽仍用医疗保障精准扶贫资金支付救助金
  en: In 2024 aid in Tongliao was still paid from the targeted-poverty fund
next:
  zh: 更正列支科目，由规定的资金归垫，并核查所用账户
  en: Rebook it to the fund named, have that fund repay, and check the account
department: finance
key: [entry]
entries: [entry, other]
subjects: {person: person, operator: operator}
amount: amountFen
figures:
  - {id: fund, type: code, codes: fund, zh: 实际列支资金, en: Fund used}
  - {id: amountFen, type: fen, zh: 金额, en: Amount}
  - {id: category, type: category, zh: 身份, en: Category}
*/
WITH bound AS (
  SELECT w.area, p.topic, p.rule, p.fromDay, p.toDay
  FROM area_within AS w
  JOIN provision AS p ON p.area = w.within
  WHERE p.topic IN ('merged-funds', 'separate-account')
), paid AS (
  SELECT p.seq, p.area, p.operator, p.person, p.fund, p.amountFen, p.paidOnDay,
    COALESCE(a.seq, c.seq) AS cause, COALESCE(a.category, c.category) AS category
  FROM live_aid_paid AS p
  LEFT JOIN entry AS e ON e.ledger = p.ledger
    AND e.source = COALESCE(p.approval_source, p.claim_source)
    AND e.id = COALESCE(p.approval_id, p.claim_id)
  LEFT JOIN live_aid_approved AS a ON a.ledger = e.ledger AND a.seq = e.seq
  LEFT JOIN live_claim_settled AS c ON c.ledger = e.ledger AND c.seq = e.seq
  WHERE p.ledger = :ledger AND p.fund <> 'medical-aid'
), wrong AS (
  SELECT p.*, CASE
    WHEN p.fund IN ('targeted-poverty', 'social-undertakings', 'county-budget') THEN
      (SELECT MIN(b.rule) FROM bound AS b
       WHERE b.area = p.area AND b.topic = 'merged-funds'
         AND b.fromDay <= p.paidOnDay AND b.toDay >= p.paidOnDay) END AS merged, CASE
    WHEN p.fund = 'targeted-poverty' AND p.category <> 'targeted-poverty' THEN
      (SELECT MIN(b.rule) FROM bound AS b
       WHERE b.area = p.area AND b.topic = 'separate-account'
         AND b.fromDay <= p.paidOnDay AND b.toDay >= p.paidOnDay) END AS earmarked
  FROM paid AS p
), borne AS (
  SELECT c.seq, c.area, c.operator, c.person, c.category, c.visit_dischargedOnDay AS serviceDay,
    c.amounts_targetedFundPaidFen AS fen,
    (SELECT MIN(b.rule) FROM bound AS b
     WHERE b.area = c.area AND b.fromDay <= c.visit_dischargedOnDay
       AND b.toDay >= c.visit_dischargedOnDay
       AND (b.topic = 'merged-funds' OR (c.category <> 'targeted-poverty' AND NOT EXISTS (
         SELECT 1 FROM live_eligibility_certified AS e
         WHERE e.ledger = c.ledger AND e.category = 'targeted-poverty'
           AND e.person IN (
             SELECT c.person UNION ALL SELECT o.person FROM kept_person AS k
             JOIN kept_person AS o ON o.kept = k.kept WHERE k.person = c.person)
           AND e.validFromDay <= c.visit_dischargedOnDay
           AND COALESCE(e.validToDay, 9999999) >= c.visit_dischargedOnDay
           AND NOT EXISTS (
             SELECT 1 FROM live_eligibility_ended AS x
             WHERE x.ledger = e.ledger AND x.person = e.person AND x.category = e.category
               AND x.endedOnDay >= e.validFromDay AND x.endedOnDay < c.visit_dischargedOnDay))))) AS rule
  FROM live_claim_settled AS c
  WHERE +c.ledger = :ledger AND c.amounts_targetedFundPaidFen > 0
), spoken (rule, category) AS (
  -- Whose subsidies the clauses that name a fund are; those of other clauses are everybody's.
  VALUES ('L03', 'tekun'), ('L03', 'laid-off-1960s'), ('L03', 'mental-dangerous'),
    ('L04', 'dibao'), ('L05', 'low-income-elderly'), ('L05', 'low-income-minor'),
    ('L05', 'low-income-mental'), ('L05', 'low-income-disabled'), ('L05', 'low-income-ill'),
    ('L06', 'registered-poor'), ('L07', 'other-hardship')
), certified AS (
  SELECT v.seq AS subsidy, e.seq
  FROM verdict AS v
  JOIN spoken AS k ON k.rule = v.breachRule
  JOIN live_eligibility_certified AS e ON e.ledger = v.ledger AND e.category = k.category
    AND e.person IN (
      SELECT v.person UNION ALL SELECT o.person FROM kept_person AS o WHERE o.kept = v.person)
  WHERE v.ledger = :ledger AND v.breach = 'fund'
), subsidised AS (
  SELECT v.person, v.breachRule, s.seq, s.operator, s.area, s.approvedOnDay, s.fund, s.subsidyFen,
    s.category, CASE WHEN EXISTS (
        SELECT 1 FROM spoken AS k WHERE k.rule = v.breachRule)
      AND NOT EXISTS (
        SELECT 1 FROM spoken AS k WHERE k.rule = v.breachRule AND k.category = s.category)
      THEN 1 ELSE 0 END AS byOther
  FROM verdict AS v
  JOIN live_enrolment_subsidised AS s ON s.ledger = v.ledger AND s.seq = v.seq
  WHERE v.ledger = :ledger AND v.breach = 'fund'
)
SELECT s.seq AS entry, CASE WHEN s.byOther = 1 THEN c.seq END AS other, s.person, s.operator,
  s.area, s.approvedOnDay AS day, s.fund, s.subsidyFen AS amountFen, s.category,
  CASE WHEN s.fund IN ('basic-resident', 'basic-employee', 'major-illness') AND s.breachRule = 'T15'
    THEN 'W' ELSE 'F' END AS grade,
  COALESCE(s.breachRule, '-') AS rule
FROM subsidised AS s
LEFT JOIN certified AS c ON c.subsidy = s.seq AND s.byOther = 1
WHERE s.byOther = 0 OR c.seq IS NOT NULL
UNION ALL
SELECT p.seq, p.cause, COALESCE(k.kept, p.person), p.operator, p.area, p.paidOnDay, p.fund,
  p.amountFen, p.category,
  CASE WHEN COALESCE(p.merged, p.earmarked) IS NULL THEN 'W' ELSE 'F' END,
  COALESCE(p.merged, p.earmarked, '-')
FROM wrong AS p
LEFT JOIN kept_person AS k ON k.person = p.person
WHERE p.merged IS NOT NULL OR p.earmarked IS NOT NULL
  OR p.fund IN ('basic-resident', 'basic-employee', 'major-illness')
UNION ALL
SELECT c.seq, NULL, COALESCE(k.kept, c.person), c.operator, c.area, c.serviceDay,
  'targeted-poverty', c.fen, c.category, 'F', c.rule
FROM borne AS c
LEFT JOIN kept_person AS k ON k.person = c.person
WHERE c.rule IS NOT NULL
