/*
id: P1
title: {zh: 多人共用账户或收款人无权, en: Shared account or a payee not entitled}
grades: [F, W, S]
method: network
why:
  zh: 救助金应发给本人或有权代领的人；一个账户收取多户的救助金，可能被人截留。G16原句只说未备案对象和二次救助，在册对象的其他救助不据以认定违规。
  en: Aid goes to the person, or to one entitled to take it. An account that takes the aid of several households may keep it. G16 ends a sentence on persons not on file and on second aid; other aid of persons on file breaks no clause.
basis: [G16]
examines: [aid.paid, claim.settled]
parameters:
  persons: {default: 3, unit: count, source: auditors-default, zh: 不同户的人数, en: Persons of different households}
exclusions:
  zh: 有授权文书的；付给医疗机构、供养机构的；同一户的家人共用账户的；已合并的人员按一人计。监护人、配偶、父母、子女、继承人有权代领，但其账户收取多户的仍属可疑。救助已由支付记录发放的，按支付计，结算单不再重复计。支付日、审批日或所涉出院日之一在册（常规认定）、又非二次救助的，收款人无权只作提示。
  en: Whatever has an authorisation on record; payments to hospitals and care institutions; one household that shares an account; merged persons are one. Guardians, spouses, parents, children and heirs are entitled, yet an account of theirs that takes the aid of several households is still suspicious. Aid that a payment hands out counts there, and not in the bill again. Who was on file (certified as standing) on the day of payment, of approval or of a discharge, and had no second aid, makes a payee without title a warning only.
example:
  zh: 三户三人的救助金未经授权打入同一账户：可疑；其中一人有授权文书则不是。在G16施行处，未备案对象的救助金或二次救助金付给“其他”关系的人而无授权：确认；在册低保对象的：提示。
  en: The aid of three persons of three households in one account without authorisation is suspicious; with one of them authorised it is not. Where G16 binds, second aid, or aid of a person not on file, paid to "other" without authorisation breaks the rule; that of a dibao recipient on file is a warning.
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
  - {id: relation, type: code, codes: payee-relation, zh: 收款人与救助对象关系, en: Payee's relation to the person}
*/
WITH receipt AS MATERIALIZED (
  SELECT p.seq, p.area, p.occurredOnDay AS day, COALESCE(k.kept, p.person) AS person,
    p.payee_account AS account, p.payee_relation AS relation, p.payee_authorisation AS authorised,
    p.amountFen, p.approval_source, p.approval_id, p.claim_source, p.claim_id
  FROM live_aid_paid AS p
  LEFT JOIN kept_person AS k ON k.person = p.person
  WHERE +p.ledger = :ledger
  UNION ALL
  SELECT c.seq, c.area, c.occurredOnDay, COALESCE(k.kept, c.person), c.payee_account,
    c.payee_relation, c.payee_authorisation, c.amounts_medicalAidPaidFen, NULL, NULL, c.source, c.id
  FROM live_claim_settled AS c
  LEFT JOIN kept_person AS k ON k.person = c.person
  WHERE +c.ledger = :ledger AND c.payee_relation IS NOT NULL
    AND (c.source, c.id) NOT IN (
      SELECT p.claim_source, p.claim_id FROM live_aid_paid AS p
      WHERE +p.ledger = :ledger AND p.claim_id IS NOT NULL AND p.amountFen > 0)
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
), paying AS MATERIALIZED (
  SELECT r.*, CASE WHEN EXISTS (
      SELECT 1 FROM area_within AS w
      JOIN rule_in_force AS g ON g.area = w.within AND g.rule = 'G16'
      WHERE w.area = r.area AND g.fromDay <= r.day AND g.toDay >= r.day) THEN 1 ELSE 0 END AS bound
  FROM receipt AS r
  WHERE r.amountFen > 0 AND r.authorised IS NULL
    AND r.relation IN ('other', 'agent', 'village-committee')
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
)
SELECT r.account, CAST(NULL AS BIGINT) AS payment, r.seq AS receipt, r.person, r.area, r.day,
  s.households, s.payments, CAST(NULL AS TEXT) AS relation, s.amountFen, 'S' AS grade,
  '-' AS rule
FROM receipt AS r
CROSS JOIN shared AS s
WHERE s.account = r.account AND r.authorised IS NULL
  AND r.relation NOT IN ('hospital', 'care-institution')
UNION ALL
SELECT r.account, r.seq, NULL, r.person, r.area, r.day, NULL, NULL, r.relation, r.amountFen,
  CASE WHEN r.bound = 1 AND c.payment IS NOT NULL THEN 'F' ELSE 'W' END,
  CASE WHEN r.bound = 1 AND c.payment IS NOT NULL THEN 'G16' ELSE '-' END
FROM paying AS r
LEFT JOIN concerned AS c ON c.payment = r.seq
