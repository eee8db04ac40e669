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
  zh: 已由清算冲抵或退回的预付（先付先抵）；未满期限的；清算申报中已拨付、扣减和冲抵预付的部分，只计余额；医疗救助基金已向垫付资金冲减补还的垫付：冲减列明结算的先补所列结算，其余先垫先补，方向相反或属于其他资金的冲减不算。证据是尚未补还的各笔结算。
  en: "Prepayments that clearing has used up or hospitals returned, oldest first; what is not yet so old; of a request, what was paid, disallowed or set against prepayments, so that the rest alone counts; advances that the medical-aid fund made good to the fund that advanced them: an offset covers the claims that it names, and what is over covers the oldest, while one in the other direction or between other funds covers nothing. The claims not yet made good are the evidence."
example:
  zh: 1月1日预付5万元，至4月1日（第90日）未清：不提示；至4月2日仍未清：提示。
  en: 50,000 yuan advanced on 1 January and uncleared on 1 April, the 90th day, is not shown; on the 2nd it is.
next:
  zh: 与医院对账，冲抵或收回预付款；催办清算和资金冲减。
  en: Square accounts with the hospital, set off or take back the advance; have clearing and offset done.
department: medical-security
key: [matter, institution, area, request]
entries: [request, prepayment, payment, claim]
subjects: {institution: institution}
amount: outstandingFen
figures:
  - id: matter
    type: code
    zh: 种类
    en: Kind
    values:
      prepayment: {zh: 预付款未清, en: prepaid and not cleared}
      clearing: {zh: 清算申报未付清, en: request of clearing not paid in full}
      offset: {zh: 垫付资金未冲减, en: advance between funds not offset}
  - {id: outstandingFen, type: fen, zh: 未清金额, en: Not cleared}
  - {id: oldest, type: date, zh: 最早一笔未清, en: The oldest not cleared}
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
), settled AS MATERIALIZED (
  SELECT request_source, request_id,
    CAST(SUM(paidFen + disallowedFen + prepaymentAppliedFen) AS BIGINT) AS fen
  FROM live_clearing_paid
  WHERE +ledger = :ledger
  GROUP BY request_source, request_id
), governed AS MATERIALIZED (
  SELECT DISTINCT w.area, r.fromDay, r.toDay
  FROM area_within AS w
  JOIN rule_in_force AS r ON r.area = w.within AND r.rule = 'J13'
), advanced AS MATERIALIZED (
  SELECT c.seq, c.source, c.id, c.area, c.occurredOnDay AS day,
    COALESCE(c.amounts_medicalAidAdvancedBy, 'targeted-poverty') AS fund,
    c.amounts_medicalAidAdvancedFen AS fen
  FROM live_claim_settled AS c
  WHERE +c.ledger = :ledger AND c.amounts_medicalAidAdvancedFen > 0
), booked AS MATERIALIZED (
  SELECT ledger, seq, area, occurredOnDay AS day, toFund AS fund, amountFen AS fen
  FROM live_offset_booked
  WHERE +ledger = :ledger AND fromFund = 'medical-aid'
), named AS (
  -- What each offset has for the claims that it names, in their order.
  SELECT b.seq AS booking, b.area, b.fund, b.day, b.fen AS bookedFen, a.seq, a.fen,
    SUM(a.fen) OVER (PARTITION BY b.seq ORDER BY a.day, a.seq) AS untilFen
  FROM booked AS b
  JOIN (SELECT DISTINCT ledger, seq, source, id FROM offset_booked__claims) AS n
    ON n.ledger = b.ledger AND n.seq = b.seq
  JOIN advanced AS a ON a.source = n.source AND a.id = n.id AND a.fund = b.fund
), meant AS (
  SELECT booking, area, fund, day, seq, fen,
    CASE WHEN untilFen <= bookedFen THEN fen
      WHEN untilFen - fen < bookedFen THEN bookedFen - untilFen + fen ELSE 0 END AS meantFen
  FROM named
), given AS (
  -- Nothing is made good twice: what a claim does not take is left for others.
  SELECT area, fund, seq, meantFen, fen,
    SUM(meantFen) OVER (PARTITION BY seq ORDER BY day, booking) AS untilFen
  FROM meant
), covering AS MATERIALIZED (
  SELECT area, fund, seq, CASE WHEN untilFen <= fen THEN meantFen
      WHEN untilFen - meantFen < fen THEN fen - untilFen + meantFen ELSE 0 END AS fen
  FROM given
), covered AS MATERIALIZED (
  SELECT seq, CAST(SUM(fen) AS BIGINT) AS fen FROM covering GROUP BY seq
), spare AS MATERIALIZED (
  SELECT area, fund, CAST(SUM(fen) AS BIGINT) AS fen
  FROM (
    SELECT area, fund, fen FROM booked
    UNION ALL
    SELECT area, fund, -fen FROM covering) AS part
  GROUP BY area, fund
), open AS (
  SELECT a.seq, a.area, a.fund, a.day, a.fen - COALESCE(v.fen, 0) AS fen,
    SUM(a.fen - COALESCE(v.fen, 0)) OVER (
      PARTITION BY a.area, a.fund ORDER BY a.day, a.seq) AS untilFen
  FROM advanced AS a
  LEFT JOIN covered AS v ON v.seq = a.seq
  WHERE EXISTS (
    SELECT 1 FROM governed AS g
    WHERE g.area = a.area AND g.fromDay <= a.day AND g.toDay >= a.day)
), uncovered AS MATERIALIZED (
  SELECT o.seq, o.area, o.day,
    CASE WHEN o.untilFen - COALESCE(s.fen, 0) < o.fen
      THEN o.untilFen - COALESCE(s.fen, 0) ELSE o.fen END AS leftFen
  FROM open AS o
  CROSS JOIN latest_day AS t
  LEFT JOIN spare AS s ON s.area = o.area AND s.fund = o.fund
  WHERE o.fen > 0 AND o.untilFen > COALESCE(s.fen, 0) AND t.day - o.day > :days
)
SELECT 'prepayment' AS matter, o.institution, o.area, CAST(NULL AS BIGINT) AS request,
  o.seq AS prepayment, CAST(NULL AS BIGINT) AS payment, CAST(NULL AS BIGINT) AS claim,
  CAST(SUM(o.leftFen) OVER (PARTITION BY o.area, o.institution) AS BIGINT) AS outstandingFen,
  MIN(o.day) OVER (PARTITION BY o.area, o.institution) AS oldest, t.day
FROM old AS o
CROSS JOIN latest_day AS t
UNION ALL
SELECT 'clearing', r.institution, r.area, r.seq, NULL, p.seq, NULL,
  r.amountFen - COALESCE(s.fen, 0), r.receivedOnDay, t.day
FROM live_clearing_requested AS r
CROSS JOIN latest_day AS t
LEFT JOIN settled AS s ON s.request_source = r.source AND s.request_id = r.id
LEFT JOIN live_clearing_paid AS p ON +p.ledger = r.ledger AND p.request_source = r.source
  AND p.request_id = r.id
WHERE +r.ledger = :ledger AND t.day - r.receivedOnDay > :days
  AND r.amountFen > COALESCE(s.fen, 0)
UNION ALL
SELECT 'offset', NULL, u.area, NULL, NULL, NULL, u.seq,
  CAST(SUM(u.leftFen) OVER (PARTITION BY u.area) AS BIGINT),
  MIN(u.day) OVER (PARTITION BY u.area), t.day
FROM uncovered AS u
CROSS JOIN latest_day AS t
