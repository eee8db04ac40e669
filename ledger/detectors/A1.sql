/*
id: A1
title: {zh: 一人经办到底, en: One person from application to payment}
grades: [S]
method: contradiction
why:
  zh: 受理、审批、支付由同一人完成，没有人复核，差错和舞弊都不会被发现。
  en: Where one person registers, approves and pays, nobody looks twice, and neither mistake nor fraud is noticed.
basis: []
examines: [aid.approved]
parameters: {}
exclusions:
  zh: 三个环节中至少有一个由他人完成的；没有申请记录或没有支付记录的审批。
  en: At least one of the three steps done by somebody else; approvals without an application or a payment on record.
example:
  zh: u7受理、u7审批、u7支付：可疑。支付人为u8则不是。
  en: Registered, approved and paid by u7 is suspicious; paid by u8 it is not.
next:
  zh: 核对岗位设置和系统权限，抽查该经办人的其他业务。
  en: Check posts and permissions, and look at that operator's other cases.
department: medical-security
key: [operator, approval]
entries: [application, approval, payment]
subjects: {operator: operator, person: person}
amount: amountFen
figures: []
*/
WITH application AS MATERIALIZED (
  SELECT a.source, a.id, a.operator, MIN(a.seq) AS seq
  FROM live_aid_applied AS a
  WHERE +a.ledger = :ledger
  GROUP BY a.source, a.id, a.operator
), approval AS MATERIALIZED (
  SELECT p.source, p.id, p.operator, p.approver, p.application_source, p.application_id,
    MIN(p.seq) AS seq
  FROM live_aid_approved AS p
  WHERE +p.ledger = :ledger AND p.application_id IS NOT NULL
  GROUP BY p.source, p.id, p.operator, p.approver, p.application_source, p.application_id
)
SELECT pay.operator, a.seq AS application, p.seq AS approval, pay.seq AS payment, pay.person,
  pay.area, pay.occurredOnDay AS day, pay.amountFen
FROM live_aid_paid AS pay
CROSS JOIN approval AS p
CROSS JOIN application AS a
WHERE +pay.ledger = :ledger AND p.source = pay.approval_source AND p.id = pay.approval_id
  AND a.source = p.application_source AND a.id = p.application_id
  AND a.operator = pay.operator AND (p.operator = pay.operator OR p.approver = pay.operator)
