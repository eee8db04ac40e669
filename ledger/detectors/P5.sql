/*
id: P5
title: {zh: 账户路径不符, en: Wrong account}
grades: [F, W]
method: rule
why:
  zh: 救助资金只能在文件指明的账户之间划转，并经银行发放到人，离开这些路径就难以核查。
  en: Aid money moves between the accounts that the documents name and reaches persons through banks. Off these paths it cannot be followed.
basis: [G06, G13, G16, L10, T10, J07]
examines: [fund.transferred, aid.paid, clearing.paid, fund.received]
topics: [account-path, payout, hospital-advances, separate-account]
parameters: {}
exclusions:
  zh: 资金到达文件指明的账户之后的下一步划转；社保基金专户中的城乡医疗救助基金专帐（G06原文）视为该专户；由医疗机构垫付、随后清算的。无文件禁止现金之处只作提示；“鼓励”的路径（G13）只作提示。
  en: The next step of money that has reached the account named; the medical-aid sub-account, which by the words of G06 lies inside the social-security special account; aid that a hospital advances and clears later. Cash is only a warning where no document forbids it, and so is a path that is only encouraged (G13).
example:
  zh: 资助参保资金划入经办机构基金收入户合规，划入居民医保财政专户则不符（六盘水）。救助金以现金发放，在G16施行处确认违规。
  en: In Liupanshui a transfer of subsidies to the agency's income account is right, one to the resident-insurance treasury account is not. Aid paid in cash where G16 binds breaks the rule.
next:
  zh: 查银行回单，核实实际收付账户，将资金调回规定账户。
  en: Look at the bank's slips for the accounts really used, and have the money moved to the right one.
department: finance
key: [entry]
entries: [entry]
subjects: {person: person}
amount: amountFen
figures:
  - {id: fromAccount, type: code, zh: 付款账户, en: From account}
  - {id: toAccount, type: code, zh: 收款账户, en: To account}
  - {id: purpose, type: code, zh: 用途或渠道, en: Purpose or channel}
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
  SELECT seq, area, day, fromAccount, toAccount, purpose, amountFen, person, MIN(rule) AS rule,
    CASE WHEN MIN(nature) = 'encouraged' THEN 'W' ELSE 'F' END AS grade
  FROM tested
  GROUP BY seq, area, day, fromAccount, toAccount, purpose, amountFen, person
  HAVING MAX(fromFits * toFits) = 0
), earmarked AS (
  SELECT seq, area, occurredOnDay AS day, fund, fromAccount, 'person' AS toAccount, channel,
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
SELECT seq AS entry, area, day, fromAccount, toAccount, purpose, amountFen, person, grade, rule
FROM judged
WHERE purpose <> 'cash'
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
SELECT a.seq, a.area, a.occurredOnDay, a.fromAccount, 'person', a.channel, a.amountFen, a.person,
  CASE WHEN EXISTS (
    SELECT 1 FROM path AS p
    WHERE p.area = a.area AND p.topic = 'payout' AND p.fromDay <= a.occurredOnDay
      AND p.toDay >= a.occurredOnDay) THEN 'F' ELSE 'W' END,
  CASE WHEN EXISTS (
    SELECT 1 FROM path AS p
    WHERE p.area = a.area AND p.topic = 'payout' AND p.fromDay <= a.occurredOnDay
      AND p.toDay >= a.occurredOnDay) THEN 'G16' END
FROM live_aid_paid AS a
WHERE +a.ledger = :ledger AND a.channel = 'cash'
