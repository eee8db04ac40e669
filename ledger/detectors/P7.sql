/*
id: P7
title: {zh: 重复或超额支付, en: "Paid twice, or too much"}
grades: [F, W]
method: contradiction
why:
  zh: 同一笔审批、结算或清算申报只付一次、不超其数；多付的钱最容易被截留，账上又各有凭据。没有条款明文禁止；付款合计超过所依据的记录，是记录自相矛盾，目录所列矛盾因此增加一项。
  en: An approval, a settlement or a hospital's request is paid once and no more than it says. What is paid beyond it is easily kept, since each payment has its paper. No clause forbids it in words; payments that exceed what they rest on contradict the record, which adds one to the contradictions that the catalogue lists.
basis: []
contradiction: true
examines: [aid.paid, clearing.paid]
parameters: {}
exclusions:
  zh: 合计不超的分次支付；已冲正的支付；退回后重付；多付部分已追回的；更正后按新审批、新结算、新申报计。结算只计医疗救助和精准扶贫资金的支付。审批、结算或申报不在账本上或已冲正的，拨付与扣减合计超过申报的，同一结算两次申报且前次未扣减的，只作提示：可能另有纸质审批，扣减可能已撤回，两次申报可能各报一部分。
  en: Instalments that together are no more; payments reversed; money that came back and was paid again; an excess that was recovered; what was corrected counts by its new record. Of settlements only what the medical-aid and targeted funds paid. Only a warning where approval, settlement or request is not on the ledger or was reversed, where payment and disallowance together exceed the request, and where one settlement stands in two requests with nothing disallowed in the first, since it may have been approved on paper, the disallowance lifted, or each request for a part.
example:
  zh: 批准1,000.00元，分两次付600.00元和400.00元合规；再付0.01元，合计超出：确认。
  en: 1,000.00 yuan approved and paid as 600.00 and 400.00 are sound; 0.01 more exceeds it and contradicts the record.
next:
  zh: 核对银行回单和收款人，确认重复的追回并冲正；缺审批的，查找原件补录。
  en: Compare the bank's slips and payees; have a second payment back and reverse it. Where an approval is missing, look for the paper and enter it.
department: finance
key: [aspect, matter, source, id]
entries: [basis, named, payment]
subjects: {person: person, institution: institution, operator: operator}
amount: amountFen
figures:
  - id: aspect
    type: code
    zh: 情形
    en: Aspect
    values:
      above: {zh: 实付超过应付, en: paid more than owed}
      disallowed: {zh: 拨付与扣减合计超过申报, en: payment and disallowance exceed the request}
      reversed: {zh: 依据已冲正, en: what it rests on was reversed}
      missing: {zh: 依据不在账上, en: what it rests on is not on the ledger}
      asked-twice: {zh: 同一结算两次申报, en: one settlement in two requests}
  - id: matter
    type: code
    zh: 依据
    en: Rests on
    values:
      approval: {zh: 审批, en: an approval}
      claim: {zh: 结算, en: a settlement}
      clearing: {zh: 清算申报, en: a hospital's request}
  - {id: allowedFen, type: fen, zh: 应付, en: Owed}
  - {id: paidFen, type: fen, zh: 实付（扣除退回和追回）, en: "Paid, less what came back"}
  - {id: payments, type: count, zh: 付款笔数, en: Payments}
*/
WITH paid AS MATERIALIZED (
  SELECT 'approval' AS matter, p.approval_source AS source, p.approval_id AS id, p.seq,
    p.source AS ownSource, p.id AS ownId, p.person, p.operator, p.area, p.occurredOnDay AS day,
    p.amountFen AS fen, 0 AS disallowedFen
  FROM live_aid_paid AS p
  WHERE +p.ledger = :ledger AND p.approval_id IS NOT NULL
  UNION ALL
  SELECT 'claim', p.claim_source, p.claim_id, p.seq, p.source, p.id, p.person, p.operator, p.area,
    p.occurredOnDay, p.amountFen, 0
  FROM live_aid_paid AS p
  WHERE +p.ledger = :ledger AND p.claim_id IS NOT NULL
    AND p.fund IN ('medical-aid', 'targeted-poverty')
  UNION ALL
  SELECT 'clearing', c.request_source, c.request_id, c.seq, c.source, c.id, NULL, c.operator,
    c.area, c.occurredOnDay, c.paidFen + c.prepaymentAppliedFen, c.disallowedFen
  FROM live_clearing_paid AS c
  WHERE +c.ledger = :ledger
), standing AS MATERIALIZED (
  SELECT 'approval' AS matter, a.source, a.id, a.corrects_source, a.corrects_id, a.seq,
    CAST(NULL AS TEXT) AS institution, a.amountFen AS fen
  FROM live_aid_approved AS a
  WHERE +a.ledger = :ledger
  UNION ALL
  SELECT 'claim', c.source, c.id, c.corrects_source, c.corrects_id, c.seq, c.institution,
    c.amounts_medicalAidPaidFen + COALESCE(c.amounts_secondAidPaidFen, 0)
      + COALESCE(c.amounts_tiltAidPaidFen, 0) + COALESCE(c.amounts_targetedFundPaidFen, 0)
  FROM (
    SELECT e.seq
    FROM (SELECT DISTINCT p.source, p.id FROM paid AS p WHERE p.matter = 'claim') AS n
    JOIN entry AS e ON e.ledger = :ledger AND e.source = n.source AND e.id = n.id
    UNION
    SELECT c.seq
    FROM claim_settled AS c
    WHERE +c.ledger = :ledger AND c.corrects_id IS NOT NULL) AS m
  JOIN live_claim_settled AS c ON c.ledger = :ledger AND c.seq = m.seq
  UNION ALL
  SELECT 'clearing', r.source, r.id, r.corrects_source, r.corrects_id, r.seq, r.institution,
    r.amountFen
  FROM live_clearing_requested AS r
  WHERE +r.ledger = :ledger
), replaced AS MATERIALIZED (
  SELECT 'approval' AS matter, a.source, a.id, a.corrects_source, a.corrects_id
  FROM aid_approved AS a
  WHERE +a.ledger = :ledger AND a.corrects_id IS NOT NULL
  UNION ALL
  SELECT 'claim', c.source, c.id, c.corrects_source, c.corrects_id
  FROM claim_settled AS c
  WHERE +c.ledger = :ledger AND c.corrects_id IS NOT NULL
  UNION ALL
  SELECT 'clearing', r.source, r.id, r.corrects_source, r.corrects_id
  FROM clearing_requested AS r
  WHERE +r.ledger = :ledger AND r.corrects_id IS NOT NULL
), ruling AS (
  -- What counts for a record that was named: itself while it stands, else what replaced it, or
  -- replaced that.
  SELECT matter, source, id, seq AS itself, CAST(NULL AS BIGINT) AS later
  FROM standing
  UNION ALL
  SELECT matter, corrects_source, corrects_id, NULL, seq
  FROM standing
  WHERE corrects_id IS NOT NULL
  UNION ALL
  SELECT r.matter, r.corrects_source, r.corrects_id, NULL, s.seq
  FROM replaced AS r
  JOIN standing AS s ON s.matter = r.matter AND s.corrects_source = r.source
    AND s.corrects_id = r.id
), counted AS MATERIALIZED (
  -- Where several records replaced one, nothing is said of it.
  SELECT matter, source, id,
    COALESCE(MIN(itself), CASE WHEN MIN(later) = MAX(later) THEN MIN(later) END) AS seq
  FROM ruling
  GROUP BY matter, source, id
), back AS MATERIALIZED (
  SELECT payment_source AS source, payment_id AS id, CAST(SUM(amountFen) AS BIGINT) AS fen
  FROM live_payment_returned
  WHERE +ledger = :ledger
  GROUP BY payment_source, payment_id
), part AS MATERIALIZED (
  SELECT p.matter, COALESCE(s.source, p.source) AS source, COALESCE(s.id, p.id) AS id,
    s.seq AS basis, s.institution, s.fen AS allowedFen, p.source AS namedSource, p.id AS namedId,
    p.seq, p.ownSource, p.ownId, p.person, p.operator, p.area, p.day, p.disallowedFen,
    p.fen - COALESCE(b.fen, 0) AS fen
  FROM paid AS p
  LEFT JOIN counted AS n ON n.matter = p.matter AND n.source = p.source AND n.id = p.id
  LEFT JOIN standing AS s ON s.matter = n.matter AND s.seq = n.seq
  LEFT JOIN back AS b ON b.source = p.ownSource AND b.id = p.ownId
  WHERE n.id IS NULL OR n.seq IS NOT NULL
), total AS MATERIALIZED (
  SELECT matter, source, id, MIN(allowedFen) AS allowedFen, CAST(SUM(fen) AS BIGINT) AS paidFen,
    CAST(SUM(disallowedFen) AS BIGINT) AS disallowedFen, MIN(area) AS area, MAX(day) AS day
  FROM part
  GROUP BY matter, source, id
  HAVING SUM(fen) > 0
    AND (MIN(allowedFen) IS NULL OR SUM(fen + disallowedFen) > MIN(allowedFen))
), recovery AS (
  SELECT x.source, x.id, r.seq, r.amountFen
  FROM live_recovery_received AS r
  JOIN recovery_received__relatesTo AS x ON x.ledger = r.ledger AND x.seq = r.seq
  WHERE +r.ledger = :ledger AND r.nature <> 'penalty'
), recovered AS MATERIALIZED (
  SELECT matter, source, id, CAST(SUM(amountFen) AS BIGINT) AS fen
  FROM (
    SELECT t.matter, t.source, t.id, r.seq, r.amountFen
    FROM total AS t
    JOIN recovery AS r ON r.source = t.source AND r.id = t.id
    UNION
    SELECT p.matter, p.source, p.id, r.seq, r.amountFen
    FROM part AS p
    JOIN recovery AS r ON r.source = p.ownSource AND r.id = p.ownId
    UNION
    SELECT p.matter, p.source, p.id, r.seq, r.amountFen
    FROM part AS p
    JOIN recovery AS r ON r.source = p.namedSource AND r.id = p.namedId) AS each_once
  GROUP BY matter, source, id
), kept AS (
  SELECT t.matter, t.source, t.id, t.allowedFen, t.disallowedFen, t.area, t.day,
    t.paidFen - COALESCE(r.fen, 0) AS paidFen
  FROM total AS t
  LEFT JOIN recovered AS r ON r.matter = t.matter AND r.source = t.source AND r.id = t.id
), wrong AS MATERIALIZED (
  SELECT k.matter, k.source, k.id, k.allowedFen, k.paidFen, k.area, k.day,
    CASE WHEN k.allowedFen IS NULL THEN CASE WHEN EXISTS (
          SELECT 1 FROM entry AS e
          WHERE e.ledger = :ledger AND e.source = k.source AND e.id = k.id)
        THEN 'reversed' ELSE 'missing' END
      WHEN k.paidFen > k.allowedFen THEN 'above' ELSE 'disallowed' END AS aspect,
    CASE WHEN k.allowedFen IS NULL THEN k.paidFen WHEN k.paidFen > k.allowedFen
      THEN k.paidFen - k.allowedFen ELSE k.paidFen + k.disallowedFen - k.allowedFen END
      AS amountFen
  FROM kept AS k
  WHERE k.paidFen > 0
    AND (k.allowedFen IS NULL OR k.paidFen + k.disallowedFen > k.allowedFen)
), answered AS MATERIALIZED (
  SELECT basis, CAST(SUM(fen) AS BIGINT) AS fen,
    CAST(SUM(disallowedFen) AS BIGINT) AS disallowedFen
  FROM part
  WHERE matter = 'clearing' AND basis IS NOT NULL
  GROUP BY basis
  HAVING SUM(fen) > 0
), repeated AS MATERIALIZED (
  SELECT x.source, x.id
  FROM clearing_requested__claims AS x
  WHERE +x.ledger = :ledger
  GROUP BY x.source, x.id
  HAVING COUNT(*) > 1
), asked AS (
  SELECT x.source, x.id, r.seq, r.fund, r.institution, r.area, r.occurredOnDay AS day,
    a.disallowedFen, LAG(r.seq) OVER earlier AS firstSeq,
    LAG(a.disallowedFen) OVER earlier AS firstDisallowedFen
  FROM clearing_requested__claims AS x
  JOIN live_clearing_requested AS r ON r.ledger = x.ledger AND r.seq = x.seq
  JOIN answered AS a ON a.basis = r.seq
  WHERE +x.ledger = :ledger AND (x.source, x.id) IN (
    SELECT w.source, w.id FROM repeated AS w)
  WINDOW earlier AS (PARTITION BY x.source, x.id, r.fund ORDER BY r.receivedOnDay, r.seq)
), twice AS (
  SELECT a.source, a.id, a.seq, a.firstSeq, a.institution, a.area, a.day, c.seq AS claim,
    COALESCE(k.kept, c.person) AS person,
    CASE a.fund WHEN 'medical-aid'
        THEN c.amounts_medicalAidPaidFen + COALESCE(c.amounts_secondAidPaidFen, 0)
          + COALESCE(c.amounts_tiltAidPaidFen, 0)
      WHEN 'targeted-poverty' THEN COALESCE(c.amounts_targetedFundPaidFen, 0)
      WHEN 'major-illness' THEN c.amounts_majorIllnessPaidFen
      WHEN 'basic-resident' THEN c.amounts_basicPaidFen
      WHEN 'basic-employee' THEN c.amounts_basicPaidFen END AS fen
  FROM asked AS a
  JOIN entry AS e ON e.ledger = :ledger AND e.source = a.source AND e.id = a.id
  JOIN live_claim_settled AS c ON c.ledger = e.ledger AND c.seq = e.seq
  LEFT JOIN kept_person AS k ON k.person = c.person
  WHERE a.firstSeq <> a.seq AND a.firstDisallowedFen = 0
)
SELECT w.aspect, w.matter, w.source, w.id, p.basis, e.seq AS named, p.seq AS payment,
  COALESCE(k.kept, p.person) AS person, p.institution, p.operator, w.area, w.day, w.allowedFen,
  w.paidFen, COUNT(*) OVER (PARTITION BY w.matter, w.source, w.id) AS payments, w.amountFen,
  CASE WHEN w.aspect = 'above' THEN 'F' ELSE 'W' END AS grade
FROM wrong AS w
JOIN part AS p ON p.matter = w.matter AND p.source = w.source AND p.id = w.id
LEFT JOIN entry AS e ON e.ledger = :ledger AND e.source = p.namedSource AND e.id = p.namedId
LEFT JOIN kept_person AS k ON k.person = p.person
WHERE p.fen > 0
UNION ALL
SELECT 'asked-twice', 'claim', t.source, t.id, t.claim, t.firstSeq, t.seq, t.person,
  t.institution, NULL, t.area, t.day, t.fen, t.fen * 2, 2, t.fen, 'W'
FROM twice AS t
WHERE t.fen > 0
