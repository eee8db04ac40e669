/*
id: S11
title: {zh: 审批程序颠倒或缺失, en: Steps out of order}
grades: [F]
method: sequence
why:
  zh: 未备案对象和二次救助须依次经过申请、家庭经济状况核对、公示、审批、支付，缺一或颠倒都可能掩盖不符合条件的救助
  en: For persons not on file, and for second aid, come application, means check, publicity, approval, payment, in this order; a step left out or too late may hide who was not entitled
basis: [G14]
examines: [aid.approved]
topics: [application-steps]
exclusions:
  zh: 审批日，或申请、审批所列结算单的出院日在册（常规认定）对象的其他救助；同日完成的步骤；多次核对或公示中有一次符合顺序的；一事一议、突破封顶线等另有程序的救助
  en: Other aid to persons on file (certified as standing) on the day of approval, or of the discharge of a bill that application or approval names; steps of the same day; several checks or publicities of which one is in order; case-by-case aid and aid above the cap, which go their own ways
example:
  zh: 公示至5月12日结束，5月10日已经审批
  en: The publicity ended on 12 May, and the approval is of 10 May
next:
  zh: 调取申请卷宗，核对各步骤日期，补办或撤销
  en: Ask for the file and compare the days; make up the step, or revoke
department: civil-affairs
key: [entry, aspect]
entries: [entry, application, check, publicity, payment]
subjects: {person: person, operator: operator}
amount: amountFen
figures:
  - id: aspect
    type: code
    zh: 情形
    en: Aspect
    values:
      no-application: {zh: 无申请, en: no application}
      application-after-approval: {zh: 申请晚于审批, en: application after the approval}
      no-means-check: {zh: 无家庭经济状况核对, en: no means check}
      check-after-approval: {zh: 核对晚于审批, en: means check after the approval}
      check-before-application: {zh: 核对早于申请, en: means check before the application}
      no-publicity: {zh: 无公示, en: no publicity}
      publicity-after-approval: {zh: 公示结束晚于审批, en: publicity ended after the approval}
      publicity-before-check: {zh: 公示结束早于核对, en: publicity ended before the means check}
      paid-before-approval: {zh: 支付早于审批, en: paid before the approval}
  - {id: aidType, type: code, codes: aid-type, zh: 救助类型, en: Type of aid}
  - {id: receivedDay, type: date, zh: 申请日, en: Application}
  - {id: checkedDay, type: date, zh: 核对日, en: Means check}
  - {id: publicToDay, type: date, zh: 公示结束日, en: Publicity ended}
  - {id: approvedDay, type: date, zh: 审批日, en: Approval}
  - {id: paidDay, type: date, zh: 首次支付日, en: First payment}
  - {id: amountFen, type: fen, zh: 批准金额, en: Amount}
*/
WITH bound AS (
  SELECT w.area, p.rule, p.fromDay, p.toDay
  FROM area_within AS w
  JOIN provision AS p ON p.area = w.within
  WHERE p.topic = 'application-steps'
), approved AS MATERIALIZED (
  SELECT a.seq, a.source, a.id, a.area, a.operator, a.person AS raw,
    COALESCE(k.kept, a.person) AS person,
    a.aidType, a.amountFen, a.approvedOnDay, a.application_source, a.application_id, b.rule
  FROM live_aid_approved AS a
  JOIN bound AS b ON b.area = a.area AND b.fromDay <= a.approvedOnDay
    AND b.toDay >= a.approvedOnDay
  LEFT JOIN kept_person AS k ON k.person = a.person
  WHERE +a.ledger = :ledger AND a.amountFen > 0
    AND a.aidType NOT IN ('case-by-case', 'above-cap', 'tilt')
), named AS MATERIALIZED (
  SELECT a.seq AS approval, a.raw, n.source, n.id
  FROM approved AS a
  CROSS JOIN aid_approved__claims AS n
  WHERE a.aidType <> 'second' AND n.ledger = :ledger AND n.seq = a.seq
  UNION
  SELECT a.seq, a.raw, n.source, n.id
  FROM approved AS a
  CROSS JOIN entry AS e
  CROSS JOIN aid_applied__claims AS n
  WHERE a.aidType <> 'second' AND e.ledger = :ledger AND e.source = a.application_source
    AND e.id = a.application_id AND n.ledger = e.ledger AND n.seq = e.seq
), moment AS MATERIALIZED (
  -- The days on which it counts whether the person was on file.
  SELECT a.seq AS approval, a.raw, a.approvedOnDay AS day
  FROM approved AS a
  WHERE a.aidType <> 'second'
  UNION
  SELECT n.approval, n.raw, c.visit_dischargedOnDay
  FROM named AS n
  CROSS JOIN entry AS e
  CROSS JOIN claim_settled AS c
  WHERE e.ledger = :ledger AND e.source = n.source AND e.id = n.id AND c.ledger = e.ledger
    AND c.seq = e.seq
), member AS (
  SELECT m.approval, m.day, m.raw AS person FROM moment AS m
  UNION
  SELECT m.approval, m.day, other.person
  FROM moment AS m
  JOIN kept_person AS same ON same.person = m.raw
  JOIN kept_person AS other ON other.kept = same.kept
), onFile AS MATERIALIZED (
  SELECT DISTINCT m.approval
  FROM member AS m
  CROSS JOIN live_eligibility_certified AS e
  WHERE e.ledger = :ledger AND e.person = m.person AND e.basis = 'standing'
    AND e.validFromDay <= m.day AND (e.validToDay IS NULL OR e.validToDay >= m.day)
    AND NOT EXISTS (
    SELECT 1 FROM live_eligibility_ended AS x
    WHERE x.ledger = e.ledger AND x.person = e.person AND x.category = e.category
      AND x.endedOnDay >= e.validFromDay AND x.endedOnDay < m.day)
), bySteps AS MATERIALIZED (
  SELECT a.*
  FROM approved AS a
  WHERE a.aidType = 'second' OR a.seq NOT IN (SELECT o.approval FROM onFile AS o)
), checks AS MATERIALIZED (
  SELECT m.seq, m.application_source AS source, m.application_id AS id, m.checkedOnDay AS day
  FROM live_means_checked AS m
  WHERE m.ledger = :ledger
), publicities AS MATERIALIZED (
  SELECT p.seq, p.application_source AS source, p.application_id AS id, p.toDateDay AS day
  FROM live_publicity_held AS p
  WHERE p.ledger = :ledger
), payments AS MATERIALIZED (
  SELECT p.seq, p.approval_source AS source, p.approval_id AS id, p.paidOnDay AS day
  FROM live_aid_paid AS p
  WHERE p.ledger = :ledger AND p.approval_id IS NOT NULL AND p.amountFen > 0
), paid AS MATERIALIZED (
  SELECT p.source, p.id, MIN(p.day) AS day
  FROM payments AS p
  GROUP BY p.source, p.id
), steps AS (
  SELECT a.*, y.seq AS application, y.receivedOnDay, c.seq AS "check", c.day AS checkedDay,
    u.seq AS publicity, u.day AS publicToDay, t.day AS paidDay,
    MAX(CASE WHEN y.receivedOnDay <= c.day AND c.day <= a.approvedOnDay THEN 1 ELSE 0 END)
      OVER (PARTITION BY a.seq) AS checkedInOrder,
    MAX(CASE WHEN u.day <= a.approvedOnDay THEN 1 ELSE 0 END)
      OVER (PARTITION BY a.seq) AS publishedInOrder,
    MAX(CASE WHEN y.receivedOnDay <= c.day AND c.day <= u.day AND u.day <= a.approvedOnDay
      THEN 1 ELSE 0 END) OVER (PARTITION BY a.seq) AS inOrder,
    MIN(c.day) OVER (PARTITION BY a.seq) AS firstCheck,
    MIN(u.day) OVER (PARTITION BY a.seq) AS firstEnd
  FROM bySteps AS a
  LEFT JOIN entry AS e ON e.ledger = :ledger AND e.source = a.application_source
    AND e.id = a.application_id
  LEFT JOIN live_aid_applied AS y ON y.ledger = e.ledger AND y.seq = e.seq
  LEFT JOIN checks AS c ON c.source = a.application_source AND c.id = a.application_id
  LEFT JOIN publicities AS u ON u.source = a.application_source AND u.id = a.application_id
  LEFT JOIN paid AS t ON t.source = a.source AND t.id = a.id
), faults AS (
  SELECT s.*, CASE
    WHEN s.application IS NULL THEN 'no-application'
    WHEN s.receivedOnDay > s.approvedOnDay THEN 'application-after-approval'
    WHEN s.firstCheck IS NULL THEN 'no-means-check'
    WHEN s.checkedInOrder = 0 AND s.firstCheck > s.approvedOnDay THEN 'check-after-approval'
    WHEN s.checkedInOrder = 0 THEN 'check-before-application'
    WHEN s.firstEnd IS NULL THEN 'no-publicity'
    WHEN s.publishedInOrder = 0 THEN 'publicity-after-approval'
    WHEN s.inOrder = 0 THEN 'publicity-before-check' END AS aspect
  FROM steps AS s
)
SELECT f.seq AS entry, f.application, f."check", f.publicity, CAST(NULL AS BIGINT) AS payment,
  f.aspect, f.person, f.operator, f.area, f.approvedOnDay AS day, f.aidType,
  f.receivedOnDay AS receivedDay, f.firstCheck AS checkedDay, f.firstEnd AS publicToDay,
  f.approvedOnDay AS approvedDay, f.paidDay, f.amountFen, f.rule
FROM faults AS f
WHERE f.aspect IS NOT NULL
UNION ALL
SELECT a.seq, NULL, NULL, NULL, p.seq, 'paid-before-approval', a.person, a.operator, a.area,
  a.approvedOnDay, a.aidType, NULL, NULL, NULL, a.approvedOnDay, t.day, a.amountFen, a.rule
FROM bySteps AS a
JOIN paid AS t ON t.source = a.source AND t.id = a.id
JOIN payments AS p ON p.source = a.source AND p.id = a.id AND p.day < a.approvedOnDay
WHERE t.day < a.approvedOnDay
