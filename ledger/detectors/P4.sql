/*
id: P4
title: {zh: 预付和垫付长期未清, en: Advances not cleared}
grades: [W]
method: deadline
why:
  zh: 预付给医院的钱长期挂账，可能被占用；医院和其他资金垫付的救助迟迟不还，会拖垮垫付方。
  en: Money left with hospitals may be used for something else, and what hospitals or another fund advanced is theirs to have back.
basis: [L15, J13]
examines: [prepayment.made, clearing.requested, claim.settled]
parameters:
  days: {default: 90, unit: days, source: auditors-default, zh: 未清天数（超过）, en: "Days uncleared, more than"}
exclusions:
  zh: 已由清算冲抵或退回的（先付先抵）；未满期限的；已由资金冲减补还的垫付。
  en: What clearing has used up or hospitals returned, oldest first; what is not yet so old; advances made good between the funds.
example:
  zh: 1月1日预付5万元，至4月1日（第90日）未清：不提示；至4月2日仍未清：提示。
  en: 50,000 yuan advanced on 1 January and uncleared on 1 April, the 90th day, is not shown; on the 2nd it is.
next:
  zh: 与医院对账，冲抵或收回预付款；催办清算和资金冲减。
  en: Square accounts with the hospital, set off or take back the advance; have clearing and offset done.
department: medical-security
key: [matter, institution, area, request]
entries: [request, prepayment]
subjects: {institution: institution}
amount: outstandingFen
figures:
  - id: matter
    type: code
    zh: 种类
    en: Kind
    values:
      prepayment: {zh: 预付款未清, en: prepaid and not cleared}
      clearing: {zh: 清算申报未付, en: request of clearing not answered}
      offset: {zh: 垫付资金未冲减, en: advance between funds not offset}
  - {id: outstandingFen, type: fen, zh: 未清金额, en: Not cleared}
  - {id: oldest, type: date, zh: 最早一笔, en: The oldest}
*/
WITH made AS MATERIALIZED (
  SELECT m.seq, m.area, m.institution, m.occurredOnDay AS day, m.amountFen,
    SUM(m.amountFen) OVER (PARTITION BY m.area, m.institution ORDER BY m.occurredOnDay, m.seq)
      AS untilFen
  FROM live_prepayment_made AS m
  WHERE +m.ledger = :ledger
), cleared AS MATERIALIZED (
  SELECT area, institution, CAST(SUM(fen) AS BIGINT) AS fen
  FROM (
    SELECT p.area, r.institution, p.prepaymentAppliedFen AS fen
    FROM live_clearing_paid AS p
    JOIN clearing_requested AS r ON r.ledger = p.ledger AND r.source = p.request_source
      AND r.id = p.request_id
    WHERE +p.ledger = :ledger AND p.prepaymentAppliedFen > 0
    UNION ALL
    SELECT area, institution, amountFen FROM live_prepayment_returned WHERE +ledger = :ledger
  ) AS part
  GROUP BY area, institution
), old AS MATERIALIZED (
  SELECT m.seq, m.area, m.institution, m.day,
    CASE WHEN m.untilFen - COALESCE(c.fen, 0) < m.amountFen
      THEN m.untilFen - COALESCE(c.fen, 0) ELSE m.amountFen END AS leftFen
  FROM made AS m
  CROSS JOIN latest_day AS t
  LEFT JOIN cleared AS c ON c.area = m.area AND c.institution = m.institution
  WHERE m.untilFen > COALESCE(c.fen, 0) AND t.day - m.day > :days
), answered AS MATERIALIZED (
  SELECT request_source, request_id
  FROM live_clearing_paid
  WHERE +ledger = :ledger
  GROUP BY request_source, request_id
), advanced AS (
  SELECT c.area, CAST(SUM(c.amounts_medicalAidAdvancedFen) AS BIGINT) AS fen,
    MIN(c.occurredOnDay) AS firstDay, MIN(f.rule) AS rule
  FROM live_claim_settled AS c
  CROSS JOIN latest_day AS t
  CROSS JOIN (
    SELECT DISTINCT w.area, r.rule, r.fromDay, r.toDay
    FROM area_within AS w
    JOIN rule_in_force AS r ON r.area = w.within AND r.rule = 'J13') AS f
  WHERE +c.ledger = :ledger AND c.amounts_medicalAidAdvancedFen > 0
    AND t.day - c.occurredOnDay > :days AND f.area = c.area AND f.fromDay <= c.occurredOnDay
    AND f.toDay >= c.occurredOnDay
  GROUP BY c.area
), offset_by AS MATERIALIZED (
  SELECT area, CAST(SUM(amountFen) AS BIGINT) AS fen
  FROM live_offset_booked
  WHERE +ledger = :ledger
  GROUP BY area
)
SELECT 'prepayment' AS matter, o.institution, o.area, CAST(NULL AS BIGINT) AS request,
  o.seq AS prepayment,
  CAST(SUM(o.leftFen) OVER (PARTITION BY o.area, o.institution) AS BIGINT) AS outstandingFen,
  MIN(o.day) OVER (PARTITION BY o.area, o.institution) AS oldest, t.day
FROM old AS o
CROSS JOIN latest_day AS t
UNION ALL
SELECT 'clearing', r.institution, r.area, r.seq, NULL, r.amountFen, r.receivedOnDay, t.day
FROM live_clearing_requested AS r
CROSS JOIN latest_day AS t
LEFT JOIN answered AS p ON p.request_source = r.source AND p.request_id = r.id
WHERE +r.ledger = :ledger AND p.request_id IS NULL AND t.day - r.receivedOnDay > :days
UNION ALL
SELECT 'offset', NULL, a.area, NULL, NULL, a.fen - COALESCE(b.fen, 0), a.firstDay, t.day
FROM advanced AS a
CROSS JOIN latest_day AS t
LEFT JOIN offset_by AS b ON b.area = a.area
WHERE a.fen > COALESCE(b.fen, 0)
