/*
id: L1
title: {zh: 补录过晚或附件哈希有误, en: "Recorded long after, or an attachment without a sound hash"}
grades: [F, W]
method: contradiction
why:
  zh: 事后很久才入账的记录无法与当时的情况核对；附件没有可用的哈希，就无法证明内容未被更换。
  en: What is recorded long after it happened cannot be compared with the time, and an attachment without a sound hash may have been exchanged. A broken chain or tree is found by verify, not here.
basis: []
contradiction: true
examines: [claim.settled, enrolment.subsidised, aid.approved, aid.paid, clearing.paid, eligibility.certified, review.concluded, resolution.adopted]
parameters:
  days: {default: 90, unit: days, source: auditors-default, zh: 入账迟延天数（超过）, en: "Days until recorded, more than"}
exclusions:
  zh: 账本建立之前发生、建账时转入的历史数据；链和树的完整性由verify检查，此处不查。
  en: History from before the ledger began, taken over then; whether chain and tree are whole is for verify to say.
example:
  zh: 1月1日的结算，4月1日（第90日）入账：正常；4月2日入账：提示。同一哈希而字节数不同：确认。
  en: A claim of 1 January recorded on 1 April, the 90th day, is sound; on the 2nd it is shown. One hash with two lengths is a contradiction.
next:
  zh: 查明迟延原因和经办人；要求重新提交附件原件核对哈希。
  en: Ask why it came late and by whose hand; have the attachment's original sent and hashed again.
department: medical-security
key: [matter, batch, sha256]
entries: [entry]
subjects: {operator: operator}
figures:
  - id: matter
    type: code
    zh: 种类
    en: Kind
    values:
      late: {zh: 补录过晚, en: recorded long after}
      attachment: {zh: 附件哈希有误, en: attachment without a sound hash}
  - {id: records, type: count, zh: 记录数, en: Records}
  - {id: longest, type: days, zh: 最长迟延, en: Longest delay}
  - {id: sha256, type: text, zh: 附件哈希, en: Attachment's hash}
*/
WITH began AS (
  SELECT MIN((recordedAtSeconds + 28800) / 86400) AS day
  FROM ledger_created
  WHERE +ledger = :ledger
), written AS (
  SELECT seq, source, area, operator, occurredOnDay AS day, recordedAtSeconds
  FROM claim_settled WHERE +ledger = :ledger
  UNION ALL
  SELECT seq, source, area, operator, occurredOnDay, recordedAtSeconds
  FROM enrolment_subsidised WHERE +ledger = :ledger
  UNION ALL
  SELECT seq, source, area, operator, occurredOnDay, recordedAtSeconds
  FROM aid_approved WHERE +ledger = :ledger
  UNION ALL
  SELECT seq, source, area, operator, occurredOnDay, recordedAtSeconds
  FROM aid_paid WHERE +ledger = :ledger
  UNION ALL
  SELECT seq, source, area, operator, occurredOnDay, recordedAtSeconds
  FROM clearing_paid WHERE +ledger = :ledger
  UNION ALL
  SELECT seq, source, area, operator, occurredOnDay, recordedAtSeconds
  FROM eligibility_certified WHERE +ledger = :ledger
  UNION ALL
  SELECT seq, source, area, operator, occurredOnDay, recordedAtSeconds
  FROM review_concluded WHERE +ledger = :ledger
  UNION ALL
  SELECT seq, source, area, operator, occurredOnDay, recordedAtSeconds
  FROM resolution_adopted WHERE +ledger = :ledger
), late AS (
  SELECT w.seq, w.source, w.area, w.operator, (w.recordedAtSeconds + 28800) / 86400 AS recordedDay,
    (w.recordedAtSeconds + 28800) / 86400
      - CASE WHEN w.day < b.day THEN b.day ELSE w.day END AS delay
  FROM written AS w
  CROSS JOIN began AS b
  WHERE (w.recordedAtSeconds + 28800) / 86400 - w.day > :days
), unsound AS (
  SELECT a.sha256, COUNT(*) AS records
  FROM envelope__attachments AS a
  WHERE +a.ledger = :ledger
  GROUP BY a.sha256
  HAVING MIN(a.bytes) <> MAX(a.bytes)
    OR a.sha256 = '0000000000000000000000000000000000000000000000000000000000000000'
    -- The hash of nothing, for something; or of something, for nothing.
    OR (a.sha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
      AND MAX(a.bytes) > 0)
    OR (a.sha256 <> 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
      AND MIN(a.bytes) = 0)
)
SELECT 'late' AS matter, l.source || ' ' || l.area || ' ' || l.recordedDay AS batch,
  CAST(NULL AS TEXT) AS sha256, l.seq AS entry, l.area, l.recordedDay AS day, l.operator,
  COUNT(*) OVER (PARTITION BY l.source, l.area, l.recordedDay) AS records,
  MAX(l.delay) OVER (PARTITION BY l.source, l.area, l.recordedDay) AS longest, 'W' AS grade
FROM late AS l
WHERE l.delay > :days
UNION ALL
-- The area of the record that it belongs to, of any kind that has one as a rule.
SELECT 'attachment', NULL, a.sha256, a.seq,
  COALESCE(
    (SELECT x.area FROM claim_settled AS x WHERE x.ledger = a.ledger AND x.seq = a.seq),
    (SELECT x.area FROM eligibility_certified AS x WHERE x.ledger = a.ledger AND x.seq = a.seq),
    (SELECT x.area FROM enrolment_subsidised AS x WHERE x.ledger = a.ledger AND x.seq = a.seq),
    (SELECT x.area FROM aid_applied AS x WHERE x.ledger = a.ledger AND x.seq = a.seq),
    (SELECT x.area FROM aid_approved AS x WHERE x.ledger = a.ledger AND x.seq = a.seq),
    (SELECT x.area FROM aid_paid AS x WHERE x.ledger = a.ledger AND x.seq = a.seq),
    (SELECT x.area FROM review_concluded AS x WHERE x.ledger = a.ledger AND x.seq = a.seq),
    (SELECT x.area FROM resolution_adopted AS x WHERE x.ledger = a.ledger AND x.seq = a.seq),
    (SELECT x.area FROM clearing_requested AS x WHERE x.ledger = a.ledger AND x.seq = a.seq),
    (SELECT x.area FROM fund_received AS x WHERE x.ledger = a.ledger AND x.seq = a.seq),
    '000000'), NULL, NULL, u.records, NULL, 'F'
FROM unsound AS u
JOIN envelope__attachments AS a ON a.sha256 = u.sha256 AND a.ledger = :ledger
