/*
id: P5
title: {zh: 账户路径不符, en: Wrong account}
grades: [F, W]
method: rule
why:
  zh: 救助资金只能在文件指明的账户之间划转，离开这些路径就难以核查。G16原句只说未备案对象和二次救助的救助金由专户社会化发放，在册对象的其他救助不据以认定违规。
  en: Aid money moves between the accounts that the documents name; off these paths it cannot be followed. G16, that aid is paid through banks from the special account, ends a sentence on persons not on file and on second aid; other aid of persons on file breaks no clause.
basis: [G06, G13, G16, L10, T10, J07]
examines: [fund.transferred, aid.paid, clearing.paid, fund.received]
topics: [account-path, payout, hospital-advances, separate-account]
parameters: {}
exclusions:
  zh: 资金到达文件指明的账户之后的下一步划转；社保基金专户中的城乡医疗救助基金专帐（G06原文）视为该专户；由医疗机构垫付、随后清算的。无文件禁止现金之处只作提示；“鼓励”的路径（G13）只作提示；支付日、审批日或所涉出院日之一在册（常规认定）、又非二次救助的，也只作提示。
  en: The next step of money that has reached the account named; the medical-aid sub-account, which by the words of G06 lies inside the social-security special account; aid that a hospital advances and clears later. Cash is only a warning where no document forbids it, and so is a path that is only encouraged (G13), and whatever is paid, other than second aid, to persons who were on file (certified as standing) on the day of payment, of approval or of a discharge.
example:
  zh: 资助参保资金划入经办机构基金收入户合规，划入居民医保财政专户则不符（六盘水）。未备案对象的救助金或二次救助金以现金发放，在G16施行处确认违规。
  en: In Liupanshui a transfer of subsidies to the agency's income account is right, one to the resident-insurance treasury account is not. Second aid, or aid of a person not on file, paid in cash where G16 binds breaks the rule.
next:
  zh: 查银行回单，核实实际收付账户，将资金调回规定账户。
  en: Look at the bank's slips for the accounts really used, and have the money moved to the right one.
department: finance
key: [entry]
entries: [entry]
subjects: {person: person}
amount: amountFen
figures:
  - {id: fromAccount, type: code, codes: account, zh: 付款账户, en: From account}
  - {id: toAccount, type: code, codes: account, zh: 收款账户, en: To account}
  - id: purpose
    type: code
    zh: 用途或渠道
    en: Purpose or channel
    values:
      enrolment: {zh: 资助参保, en: enrolment subsidies}
      inpatient: {zh: 住院救助, en: inpatient aid}
      outpatient: {zh: 门诊救助, en: outpatient aid}
      second: {zh: 二次救助, en: second aid}
      tilt: {zh: 倾斜救助, en: tilt aid}
      above-cap: {zh: 突破封顶线救助, en: aid above the cap}
      targeted: {zh: 医疗保障精准扶贫, en: targeted poverty alleviation}
      prepayment: {zh: 预付资金, en: prepayments}
      other: {zh: 其他, en: other purpose}
      hospital: {zh: 经定点医药机构, en: through the hospital}
      bank: {zh: 银行转账, en: by bank}
      social-security-card: {zh: 社会保障卡, en: social security card}
      post: {zh: 邮政汇款, en: by post}
      cash: {zh: 现金, en: in cash}
      clearing: {zh: 与医疗机构清算, en: clearing with the hospital}
      central: {zh: 中央财政补助, en: received from the central government}
      province: {zh: 省级财政补助, en: received from the province}
      city: {zh: 市级财政补助, en: received from the city}
      county: {zh: 县级财政补助, en: received from the county}
      lottery: {zh: 彩票公益金, en: lottery money for public welfare}
      donation: {zh: 社会捐赠, en: donations}
      interest: {zh: 利息收入, en: interest received}
      carried-forward: {zh: 上年结转, en: carried forward}
*/
WITH moved AS MATERIALIZED (
  -- The paths are those of residents' subsidies: no document lays down one for employees'.
  SELECT t.seq, t.area, t.occurredOnDay AS day, 'account-path' AS topic, t.fromAccount,
    t.toAccount, t.purpose, t.amountFen, CAST(NULL AS BIGINT) AS person
  FROM live_fund_transferred AS t
  WHERE +t.ledger = :ledger AND NOT EXISTS (
    SELECT 1 FROM subsidy_requested AS q
    WHERE +q.ledger = t.ledger AND q.source = t.request_source AND q.id = t.request_id
      AND q.scheme = 'employee')
  UNION ALL
  SELECT seq, area, occurredOnDay, 'payout', fromAccount, 'person', channel, amountFen, person
  FROM live_aid_paid
  WHERE +ledger = :ledger AND channel <> 'hospital' AND payee_relation <> 'hospital'
    AND fund <> 'targeted-poverty'
  UNION ALL
  SELECT p.seq, p.area, p.occurredOnDay, 'hospital-advances', p.fromAccount, 'hospital', 'clearing',
    p.paidFen, NULL
  FROM live_clearing_paid AS p
  JOIN clearing_requested AS r ON r.ledger = p.ledger AND r.source = p.request_source
    AND r.id = p.request_id
  WHERE +p.ledger = :ledger AND p.paidFen > 0 AND r.fund <> 'targeted-poverty'
), path AS MATERIALIZED (
  SELECT DISTINCT w.area, p.provision, p.rule, p.nature, p.topic, p.fromDay, p.toDay
  FROM area_within AS w
  JOIN provision AS p ON p.area = w.within
    AND p.topic IN ('account-path', 'payout', 'hospital-advances', 'separate-account')
), inside (account, whole) AS (
  VALUES ('medical-aid-subaccount', 'social-security-special-account')
), tested AS (
  SELECT m.seq, m.area, m.day, m.topic, m.fromAccount, m.toAccount, m.purpose, m.amountFen,
    m.person, p.rule, p.nature,
    CASE WHEN NOT EXISTS (
        SELECT 1 FROM provision_code AS a
        WHERE a.provision = p.provision AND a.member = 'from-account')
      OR EXISTS (
        SELECT 1 FROM provision_code AS a
        LEFT JOIN inside AS i ON i.whole = a.code
        WHERE a.provision = p.provision AND a.member = 'from-account'
          AND m.fromAccount IN (a.code, i.account)) THEN 1 ELSE 0 END AS fromFits,
    CASE WHEN NOT EXISTS (
        SELECT 1 FROM provision_code AS a
        WHERE a.provision = p.provision AND a.member = 'to-account')
      OR EXISTS (
        SELECT 1 FROM provision_code AS a
        WHERE a.provision = p.provision AND a.member = 'to-account'
          AND a.code = m.toAccount) THEN 1 ELSE 0 END AS toFits
  FROM moved AS m
  CROSS JOIN path AS p
  WHERE p.area = m.area AND p.topic = m.topic AND p.fromDay <= m.day AND p.toDay >= m.day
    AND (m.topic <> 'account-path' OR EXISTS (
      SELECT 1 FROM provision_code AS a
      WHERE a.provision = p.provision AND a.member = 'purpose' AND a.code = m.purpose))
    AND NOT EXISTS (
      SELECT 1 FROM provision_code AS a
      WHERE a.provision = p.provision AND a.member = 'to-account' AND a.code = m.fromAccount)
), judged AS (
  SELECT seq, area, day, topic, fromAccount, toAccount, purpose, amountFen, person,
    MIN(rule) AS rule, CASE WHEN MIN(nature) = 'encouraged' THEN 'W' ELSE 'F' END AS grade
  FROM tested
  GROUP BY seq, area, day, topic, fromAccount, toAccount, purpose, amountFen, person
  HAVING MAX(fromFits * toFits) = 0
), paying AS MATERIALIZED (
  SELECT p.seq, p.person, p.occurredOnDay AS day, p.approval_source, p.approval_id, p.claim_source,
    p.claim_id
  FROM aid_paid AS p
  WHERE p.ledger = :ledger AND p.seq IN (
    SELECT j.seq FROM judged AS j WHERE j.topic = 'payout'
    UNION ALL
    SELECT a.seq FROM live_aid_paid AS a WHERE +a.ledger = :ledger AND a.channel = 'cash')
), approval AS MATERIALIZED (
  SELECT y.seq AS payment, y.person, a.seq, a.aidType, a.approvedOnDay
  FROM paying AS y
  CROSS JOIN entry AS e
  CROSS JOIN live_aid_approved AS a
  WHERE e.ledger = :ledger AND e.source = y.approval_source AND e.id = y.approval_id
    AND a.ledger = e.ledger AND a.seq = e.seq
), moment AS MATERIALIZED (
  -- The days on which it counts whether the person was on file.
  SELECT seq AS payment, person, day FROM paying
  UNION
  SELECT payment, person, approvedOnDay FROM approval
  UNION
  SELECT a.payment, a.person, c.visit_dischargedOnDay
  FROM approval AS a
  CROSS JOIN aid_approved__claims AS n
  CROSS JOIN entry AS e
  CROSS JOIN claim_settled AS c
  WHERE n.ledger = :ledger AND n.seq = a.seq AND e.ledger = n.ledger AND e.source = n.source
    AND e.id = n.id AND c.ledger = e.ledger AND c.seq = e.seq
  UNION
  SELECT y.seq, y.person, c.visit_dischargedOnDay
  FROM paying AS y
  CROSS JOIN entry AS e
  CROSS JOIN claim_settled AS c
  WHERE e.ledger = :ledger AND e.source = y.claim_source AND e.id = y.claim_id
    AND c.ledger = e.ledger AND c.seq = e.seq
), concerned AS MATERIALIZED (
  -- The sentence speaks of second aid, and of persons who are not on file.
  SELECT y.seq AS payment
  FROM paying AS y
  WHERE y.seq IN (SELECT a.payment FROM approval AS a WHERE a.aidType = 'second')
    OR NOT EXISTS (
      SELECT 1
      FROM moment AS m
      JOIN live_eligibility_certified AS e ON e.ledger = :ledger AND e.basis = 'standing'
        AND e.validFromDay <= m.day AND COALESCE(e.validToDay, 9999999) >= m.day
        AND e.person IN (
          SELECT y.person UNION ALL SELECT o.person FROM kept_person AS k
          JOIN kept_person AS o ON o.kept = k.kept WHERE k.person = y.person)
      WHERE m.payment = y.seq AND NOT EXISTS (
        SELECT 1 FROM live_eligibility_ended AS x
        WHERE x.ledger = e.ledger AND x.person = e.person AND x.category = e.category
          AND x.endedOnDay >= e.validFromDay AND x.endedOnDay < m.day))
), earmarked AS (
  SELECT seq, area, occurredOnDay AS day, fund, fromAccount,
    CASE WHEN channel <> 'cash' THEN 'person' END AS toAccount, channel,
    amountFen, person
  FROM live_aid_paid
  WHERE +ledger = :ledger
    AND (fund = 'targeted-poverty' OR fromAccount = 'targeted-poverty-account')
  UNION ALL
  SELECT p.seq, p.area, p.occurredOnDay, r.fund, p.fromAccount, 'hospital', 'clearing', p.paidFen,
    NULL
  FROM live_clearing_paid AS p
  JOIN clearing_requested AS r ON r.ledger = p.ledger AND r.source = p.request_source
    AND r.id = p.request_id
  WHERE +p.ledger = :ledger AND p.paidFen > 0
    AND (r.fund = 'targeted-poverty' OR p.fromAccount = 'targeted-poverty-account')
  UNION ALL
  SELECT seq, area, occurredOnDay, fund, toAccount, toAccount, fundSource, amountFen, NULL
  FROM live_fund_received
  WHERE +ledger = :ledger
    AND (fund = 'targeted-poverty' OR toAccount = 'targeted-poverty-account')
)
SELECT j.seq AS entry, j.area, j.day, j.fromAccount, j.toAccount, j.purpose, j.amountFen, j.person,
  CASE WHEN j.topic = 'payout' AND c.payment IS NULL THEN 'W' ELSE j.grade END AS grade,
  CASE WHEN j.topic = 'payout' AND c.payment IS NULL THEN '-' ELSE j.rule END AS rule
FROM judged AS j
LEFT JOIN concerned AS c ON c.payment = j.seq
WHERE j.purpose <> 'cash'
UNION ALL
SELECT e.seq, e.area, e.day, e.fromAccount, e.toAccount, e.channel, e.amountFen, e.person, 'F',
  p.rule
FROM earmarked AS e
JOIN path AS p ON p.area = e.area AND p.topic = 'separate-account' AND p.fromDay <= e.day
  AND p.toDay >= e.day
WHERE NOT (e.fund = 'medical-aid' AND EXISTS (
    SELECT 1 FROM rule_in_force AS j JOIN area_within AS w ON w.within = j.area
    WHERE j.rule = 'J13' AND w.area = e.area AND j.fromDay <= e.day AND j.toDay >= e.day))
  AND (CASE WHEN e.fund = 'targeted-poverty' THEN 1 ELSE 0 END)
  <> (CASE WHEN e.fromAccount = 'targeted-poverty-account' THEN 1 ELSE 0 END)
UNION ALL
-- Cash goes to no account.
SELECT a.seq, a.area, a.occurredOnDay, a.fromAccount, NULL, a.channel, a.amountFen, a.person,
  CASE WHEN p.rule IS NULL THEN 'W' ELSE 'F' END, COALESCE(p.rule, '-')
FROM live_aid_paid AS a
LEFT JOIN concerned AS c ON c.payment = a.seq
LEFT JOIN path AS p ON p.area = a.area AND p.topic = 'payout' AND p.fromDay <= a.occurredOnDay
  AND p.toDay >= a.occurredOnDay AND c.payment IS NOT NULL
WHERE +a.ledger = :ledger AND a.channel = 'cash'
