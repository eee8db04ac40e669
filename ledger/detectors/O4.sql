/*
id: O4
title: {zh: 多户关联, en: Households linked together}
grades: [S]
method: network
why:
  zh: 不同户的人共用电话、住址或收款账户，连成一片，可能有人收集证件代办套取。
  en: Persons of different households tied together by one phone, address or account may have somebody collecting cards and claiming for them.
basis: []
examines: [person.registered, aid.paid, claim.settled]
parameters:
  size: {default: 5, unit: count, source: auditors-default, zh: 关联户数下限, en: Fewest households}
exclusions:
  zh: 同一户的家人算一户；经授权的收款和付给医疗机构、供养机构的账户不作关联；住在供养机构的人员以机构为住址，不因住址关联；以最近一次登记的电话和住址为准；已合并的人员按一人计。
  en: A household counts as one; payments with an authorisation, and accounts of hospitals and care institutions, link nobody; persons whose aid goes to a care institution are not linked by their address; the latest phone and address count; merged persons are one.
example:
  zh: 五户各一人使用同一电话：可疑；四户不是。甲乙同电话、乙丙同住址、丙丁戊同账户，也连成五户。
  en: Five households with one phone are suspicious, four are not. A and B by a phone, B and C by an address, C, D and E by an account make five as well.
next:
  zh: 逐户走访，核实电话和账户为谁所有，是否知情、是否实际就诊。
  en: Visit them; find out whose phone and account it is, and whether they know and were treated.
department: medical-security
key: [component]
entries: [registration, payment]
subjects: {person: person, account: account}
figures:
  - {id: nodes, type: count, zh: 关联户数, en: Households linked}
  - id: kind
    type: code
    zh: 关联方式
    en: Linked by
    values:
      phone: {zh: 电话, en: phone}
      address: {zh: 住址, en: address}
      account: {zh: 收款账户, en: account}
step: components
*/
WITH latest AS MATERIALIZED (
  SELECT person, seq, area, occurredOnDay, phone, address, household
  FROM (
    SELECT COALESCE(k.kept, r.person) AS person, r.seq, r.area, r.occurredOnDay, r.phone,
      r.address, r.household,
      ROW_NUMBER() OVER (
        PARTITION BY COALESCE(k.kept, r.person) ORDER BY r.version DESC, r.seq DESC) AS place
    FROM person_registered AS r
    LEFT JOIN kept_person AS k ON k.person = r.person
    WHERE +r.ledger = :ledger) AS registered
  WHERE place = 1
), receipt AS MATERIALIZED (
  SELECT COALESCE(k.kept, p.person) AS person, p.payee_account AS account,
    p.payee_relation AS relation, p.payee_authorisation AS authorised, MIN(p.seq) AS payment
  FROM live_aid_paid AS p
  LEFT JOIN kept_person AS k ON k.person = p.person
  WHERE +p.ledger = :ledger
  GROUP BY COALESCE(k.kept, p.person), p.payee_account, p.payee_relation, p.payee_authorisation
  UNION ALL
  SELECT COALESCE(k.kept, c.person), c.payee_account, c.payee_relation, c.payee_authorisation,
    MIN(c.seq)
  FROM live_claim_settled AS c
  LEFT JOIN kept_person AS k ON k.person = c.person
  WHERE +c.ledger = :ledger AND c.payee_account IS NOT NULL
  GROUP BY COALESCE(k.kept, c.person), c.payee_account, c.payee_relation, c.payee_authorisation
), linked AS MATERIALIZED (
  SELECT person, seq, area, occurredOnDay AS day, COALESCE(household, person) AS node,
    'phone' AS kind, phone AS subject, CAST(NULL AS BIGINT) AS payment
  FROM latest
  WHERE phone IS NOT NULL
  UNION ALL
  SELECT person, seq, area, occurredOnDay, COALESCE(household, person), 'address', address, NULL
  FROM latest
  WHERE address IS NOT NULL AND person NOT IN (
    SELECT r.person FROM receipt AS r WHERE r.relation = 'care-institution')
  UNION ALL
  SELECT l.person, l.seq, l.area, l.occurredOnDay, COALESCE(l.household, l.person), 'account',
    r.account, r.payment
  FROM receipt AS r
  CROSS JOIN latest AS l
  WHERE l.person = r.person AND r.account IS NOT NULL AND r.authorised IS NULL
    AND r.relation NOT IN ('hospital', 'care-institution')
), shared AS MATERIALIZED (
  SELECT kind, subject
  FROM linked
  GROUP BY kind, subject
  HAVING MIN(node) <> MAX(node)
)
SELECT n.node, n.kind || ' ' || n.subject AS link, n.person, n.seq AS registration, n.payment,
  CASE WHEN n.kind = 'account' THEN n.subject END AS account, n.kind, n.area, n.day
FROM linked AS n
CROSS JOIN shared AS s
WHERE s.kind = n.kind AND s.subject = n.subject
