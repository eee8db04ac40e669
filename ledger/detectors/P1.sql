/*
id: P1
title: {zh: 多人共用账户或收款人无权, en: Shared account or a payee not entitled}
grades: [F, S]
method: network
why:
  zh: 救助金应发给本人或有权代领的人；一个账户收取多户的救助金，可能被人截留。
  en: Aid goes to the person, or to one entitled to take it. An account that takes the aid of several households may keep it.
basis: [G16]
examines: [aid.paid, claim.settled]
parameters:
  persons: {default: 3, unit: count, source: auditors-default, zh: 不同户的人数, en: Persons of different households}
exclusions:
  zh: 同一户的家人；有授权文书的代领；监护人、配偶、父母、子女、继承人；付给医疗机构、供养机构的；已合并的人员按一人计。
  en: Members of one household; agents with an authorisation on record; guardians, spouses, parents, children, heirs; payments to hospitals and care institutions; merged persons are one.
example:
  zh: 三户三人的救助金未经授权打入同一账户：可疑；其中一人有授权文书则不是。付给“其他”关系的人而无授权，在G16施行处：确认。
  en: The aid of three persons of three households in one account without authorisation is suspicious; with one of them authorised it is not. Paid to "other" without authorisation, where G16 binds, it breaks the rule.
next:
  zh: 向银行核实户名，询问各救助对象是否收到款项，查明代领依据。
  en: Have the bank name the holder, ask each person whether the money came, and see on what authority it was taken.
department: medical-security
key: [account, payment]
entries: [payment, receipt]
subjects: {account: account, person: person}
amount: amountFen
figures:
  - {id: households, type: count, zh: 不同户数, en: Households}
  - {id: payments, type: count, zh: 付款笔数, en: Payments}
  - {id: relation, type: code, zh: 收款人与救助对象关系, en: Payee's relation to the person}
*/
WITH receipt AS MATERIALIZED (
  SELECT p.seq, p.area, p.occurredOnDay AS day, COALESCE(k.kept, p.person) AS person,
    p.payee_account AS account, p.payee_relation AS relation, p.payee_authorisation AS authorised,
    p.amountFen
  FROM live_aid_paid AS p
  LEFT JOIN kept_person AS k ON k.person = p.person
  WHERE +p.ledger = :ledger
  UNION ALL
  SELECT c.seq, c.area, c.occurredOnDay, COALESCE(k.kept, c.person), c.payee_account,
    c.payee_relation, c.payee_authorisation, c.amounts_medicalAidPaidFen
  FROM live_claim_settled AS c
  LEFT JOIN kept_person AS k ON k.person = c.person
  WHERE +c.ledger = :ledger AND c.payee_relation IS NOT NULL
), household AS MATERIALIZED (
  SELECT COALESCE(k.kept, r.person) AS person, MAX(r.household) AS household
  FROM person_registered AS r
  LEFT JOIN kept_person AS k ON k.person = r.person
  WHERE +r.ledger = :ledger
  GROUP BY COALESCE(k.kept, r.person)
), taken AS MATERIALIZED (
  SELECT r.account, r.person, MAX(COALESCE(h.household, r.person)) AS household,
    COUNT(*) AS payments, CAST(SUM(r.amountFen) AS BIGINT) AS fen
  FROM receipt AS r
  LEFT JOIN household AS h ON h.person = r.person
  WHERE r.account IS NOT NULL AND r.authorised IS NULL
    AND r.relation NOT IN ('hospital', 'care-institution')
  GROUP BY r.account, r.person
), shared AS MATERIALIZED (
  SELECT account, COUNT(DISTINCT household) AS households,
    CAST(SUM(payments) AS BIGINT) AS payments, CAST(SUM(fen) AS BIGINT) AS amountFen
  FROM taken
  GROUP BY account
  HAVING COUNT(DISTINCT household) >= :persons
)
SELECT r.account, CAST(NULL AS BIGINT) AS payment, r.seq AS receipt, r.person, r.area, r.day,
  s.households, s.payments, CAST(NULL AS TEXT) AS relation, s.amountFen, 'S' AS grade,
  NULL AS rule
FROM receipt AS r
CROSS JOIN shared AS s
WHERE s.account = r.account AND r.authorised IS NULL
  AND r.relation NOT IN ('hospital', 'care-institution')
UNION ALL
SELECT r.account, r.seq, NULL, r.person, r.area, r.day, NULL, NULL, r.relation, r.amountFen,
  CASE WHEN f.area IS NULL THEN 'S' ELSE 'F' END, CASE WHEN f.area IS NULL THEN NULL ELSE 'G16' END
FROM receipt AS r
LEFT JOIN (
  SELECT DISTINCT w.area, g.fromDay, g.toDay
  FROM area_within AS w
  JOIN rule_in_force AS g ON g.area = w.within AND g.rule = 'G16') AS f
  ON f.area = r.area AND f.fromDay <= r.day AND f.toDay >= r.day
WHERE r.amountFen > 0 AND r.authorised IS NULL
  AND r.relation IN ('other', 'agent', 'village-committee')
