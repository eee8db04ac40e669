/*
id: L2
title: {zh: 记录不全, en: Records incomplete}
grades: [F, W, S]
method: reconciliation
why:
  zh: 账本只能检查报送来的记录；少报的要靠来源自报的总数、连续的流水号、银行对账和按月的名单发现。T07、T33只说名单和推送，其余不据以认定。
  en: A ledger shows only what was sent. What was left out shows by the source's own totals, its serial numbers, the bank's balance and the monthly lists. T07 and T33 speak of lists and warnings alone; nothing else rests on them.
basis: [T07, T33]
examines: [source.totalled, fund.balance-stated, list.shared, claim.settled]
topics: [monthly-list, warning-push]
parameters:
  dense: {default: 9000, unit: basis-points, source: auditors-default, zh: 流水号连续程度下限, en: "Fewest numbers used of a series, to be called one"}
exclusions:
  zh: 账本笔数或金额按全部记录、或按未冲正记录计算，任一与自报相符即可；不连续编号（使用不足九成）的系列不看缺号；名单自该地区报送的首日起、至末日所在月止逐月核对，到期日在首日之前或条款施行之前的、当月未过完的不判，只有被冲正记录的不算报送；市级名单视同其各县的名单；无人达到预警线的月份可能无须推送，只作提示；账面与银行之差等于存在医院的预付款时，属正常。
  en: Totals may be of all records or of those not reversed, and either will do; a series of which under nine tenths is used is not taken for one; lists are looked for month by month from the first day of what was sent in for an area to the month of the last, where they fell due neither before that day nor before the clause was in force, and the month is over; what was reversed was not sent in; a list of the city is one of its counties; a month without a push of warnings is only a warning, as nobody may have crossed the line; a difference of book and bank that is the money prepaid to hospitals is sound.
example:
  zh: 来源自报3月结算198笔，账本197笔：可疑。流水号0001至0100缺0057：可疑。通辽某旗3月没有任何部门的名单：确认。
  en: The source says 198 claims in March and the ledger has 197; number 0057 is missing between 0001 and 0100; a banner of Tongliao has no list of any department for March, which breaks the rule.
next:
  zh: 请来源补报或说明；核对导入时被拒绝的行。
  en: Ask the source to send or explain what is missing; look at the lines refused at import.
department: medical-security
key: [matter, about, during]
entries: [statement, entry]
subjects: {}
amount: differenceFen
figures:
  - id: matter
    type: code
    zh: 种类
    en: Kind
    values:
      total: {zh: 自报总数不符, en: totals differ from the source's}
      gap: {zh: 流水号有缺号, en: serial numbers missing}
      balance: {zh: 账面与银行不符, en: books and bank differ}
      monthly-list: {zh: 缺每月名单, en: no monthly list}
      warning-push: {zh: 未推送预警, en: no warnings pushed}
  - {id: recordKind, type: kind, zh: 记录种类, en: Kind of record}
  - {id: origin, type: text, zh: 报送系统, en: Sent by}
  - {id: series, type: text, zh: 流水号前缀, en: Serial numbers beginning with}
  - {id: lastBefore, type: count, zh: 缺号前一号, en: The number before the gap}
  - {id: firstAfter, type: count, zh: 缺号后一号, en: The number after it}
  - {id: account, type: code, codes: account, zh: 账户, en: Account}
  - {id: period, type: text, zh: 期间, en: Period}
  - {id: stated, type: count, zh: 自报数, en: Stated}
  - {id: found, type: count, zh: 账本数, en: Found}
  - {id: statedFen, type: fen, zh: 自报或银行金额, en: Sum stated or at the bank}
  - {id: foundFen, type: fen, zh: 账本或账面金额, en: Sum found or in the books}
  - {id: differenceFen, type: fen, zh: 金额差（绝对值）, en: "Difference of the sums, without its sign"}
*/
WITH RECURSIVE reversed AS MATERIALIZED (
  SELECT DISTINCT e.seq
  FROM entry_reversed AS r
  JOIN entry AS e ON e.ledger = r.ledger AND e.source = r.reverses_source AND e.id = r.reverses_id
  WHERE +r.ledger = :ledger
), sent AS (
  SELECT 'claim.settled' AS kind, source, area, occurredOnDay AS day, COUNT(*) AS records,
    SUM(amounts_totalFen) AS fen, SUM(amounts_medicalAidPaidFen) AS otherFen
  FROM claim_settled WHERE +ledger = :ledger GROUP BY source, area, occurredOnDay
  UNION ALL
  SELECT 'enrolment.subsidised', source, area, occurredOnDay, COUNT(*),
    SUM(subsidyFen), SUM(subsidyFen)
  FROM enrolment_subsidised WHERE +ledger = :ledger GROUP BY source, area, occurredOnDay
  UNION ALL
  SELECT 'premium.collected', source, area, occurredOnDay, COUNT(*),
    SUM(amountFen), SUM(amountFen)
  FROM premium_collected WHERE +ledger = :ledger GROUP BY source, area, occurredOnDay
  UNION ALL
  SELECT 'aid.approved', source, area, occurredOnDay, COUNT(*),
    SUM(amountFen), SUM(amountFen)
  FROM aid_approved WHERE +ledger = :ledger GROUP BY source, area, occurredOnDay
  UNION ALL
  SELECT 'aid.paid', source, area, occurredOnDay, COUNT(*),
    SUM(amountFen), SUM(amountFen)
  FROM aid_paid WHERE +ledger = :ledger GROUP BY source, area, occurredOnDay
  UNION ALL
  SELECT 'clearing.paid', source, area, occurredOnDay, COUNT(*),
    SUM(paidFen), SUM(paidFen)
  FROM clearing_paid WHERE +ledger = :ledger GROUP BY source, area, occurredOnDay
  UNION ALL
  SELECT 'fund.received', source, area, occurredOnDay, COUNT(*),
    SUM(amountFen), SUM(amountFen)
  FROM fund_received WHERE +ledger = :ledger GROUP BY source, area, occurredOnDay
), undone AS (
  SELECT 'claim.settled' AS kind, x.source, x.area, x.occurredOnDay AS day,
    x.amounts_totalFen AS fen, x.amounts_medicalAidPaidFen AS otherFen
  FROM reversed AS r JOIN claim_settled AS x ON x.ledger = :ledger AND x.seq = r.seq
  UNION ALL
  SELECT 'enrolment.subsidised', x.source, x.area, x.occurredOnDay, x.subsidyFen, x.subsidyFen
  FROM reversed AS r JOIN enrolment_subsidised AS x ON x.ledger = :ledger AND x.seq = r.seq
  UNION ALL
  SELECT 'premium.collected', x.source, x.area, x.occurredOnDay, x.amountFen, x.amountFen
  FROM reversed AS r JOIN premium_collected AS x ON x.ledger = :ledger AND x.seq = r.seq
  UNION ALL
  SELECT 'aid.approved', x.source, x.area, x.occurredOnDay, x.amountFen, x.amountFen
  FROM reversed AS r JOIN aid_approved AS x ON x.ledger = :ledger AND x.seq = r.seq
  UNION ALL
  SELECT 'aid.paid', x.source, x.area, x.occurredOnDay, x.amountFen, x.amountFen
  FROM reversed AS r JOIN aid_paid AS x ON x.ledger = :ledger AND x.seq = r.seq
  UNION ALL
  SELECT 'clearing.paid', x.source, x.area, x.occurredOnDay, x.paidFen, x.paidFen
  FROM reversed AS r JOIN clearing_paid AS x ON x.ledger = :ledger AND x.seq = r.seq
  UNION ALL
  SELECT 'fund.received', x.source, x.area, x.occurredOnDay, x.amountFen, x.amountFen
  FROM reversed AS r JOIN fund_received AS x ON x.ledger = :ledger AND x.seq = r.seq
), moment AS (
  -- Statements' first and last days among the days of the records: what lies between the two is
  -- the difference of the running sums.
  SELECT kind, source, area, 2 * day AS place, CAST(NULL AS BIGINT) AS statement, 0 AS sign,
    records, fen, otherFen, records AS liveRecords, fen AS liveFen, otherFen AS liveOtherFen
  FROM sent
  UNION ALL
  SELECT kind, source, area, 2 * day, NULL, 0, 0, 0, 0, -1, -fen, -otherFen
  FROM undone
  UNION ALL
  SELECT recordKind, source, area, 2 * periodFromDay - 1, seq, -1, 0, 0, 0, 0, 0, 0
  FROM live_source_totalled WHERE +ledger = :ledger
  UNION ALL
  SELECT recordKind, source, area, 2 * periodToDay + 1, seq, 1, 0, 0, 0, 0, 0, 0
  FROM live_source_totalled WHERE +ledger = :ledger
), running AS (
  SELECT statement, sign, SUM(records) OVER until AS records, SUM(fen) OVER until AS fen,
    SUM(otherFen) OVER until AS otherFen, SUM(liveRecords) OVER until AS liveRecords,
    SUM(liveFen) OVER until AS liveFen, SUM(liveOtherFen) OVER until AS liveOtherFen
  FROM moment
  WINDOW until AS (PARTITION BY kind, source, area ORDER BY place)
), counted AS MATERIALIZED (
  SELECT statement, CAST(SUM(sign * records) AS BIGINT) AS records,
    CAST(SUM(sign * fen) AS BIGINT) AS fen, CAST(SUM(sign * otherFen) AS BIGINT) AS otherFen,
    CAST(SUM(sign * liveRecords) AS BIGINT) AS liveRecords,
    CAST(SUM(sign * liveFen) AS BIGINT) AS liveFen,
    CAST(SUM(sign * liveOtherFen) AS BIGINT) AS liveOtherFen
  FROM running
  WHERE statement IS NOT NULL
  GROUP BY statement
), stated AS (
  SELECT s.seq, s.source, s.area, s.recordKind, s.periodFrom, s.periodTo, s.periodToDay, s.count,
    s.amountFen, d.records, d.fen, d.otherFen, d.liveRecords, d.liveFen, d.liveOtherFen
  FROM counted AS d
  JOIN source_totalled AS s ON s.ledger = :ledger AND s.seq = d.statement
  WHERE s.recordKind IN (
    'claim.settled', 'enrolment.subsidised', 'premium.collected', 'aid.approved', 'aid.paid',
    'clearing.paid', 'fund.received')
), serial AS (
  SELECT ledger, seq, source, RTRIM(id, '0123456789') AS series,
    CASE WHEN LENGTH(id) - LENGTH(RTRIM(id, '0123456789')) BETWEEN 1 AND 17
      THEN CAST(SUBSTR(id, LENGTH(RTRIM(id, '0123456789')) + 1) AS BIGINT) END AS number
  FROM entry
  WHERE +ledger = :ledger AND source <> 'aidledger'
), gappy AS MATERIALIZED (
  SELECT source, series
  FROM serial
  WHERE number IS NOT NULL
  GROUP BY source, series
  HAVING COUNT(*) < MAX(number) - MIN(number) + 1
    AND COUNT(*) >= (MAX(number) - MIN(number) + 1) / 10000 * :dense
      + ((MAX(number) - MIN(number) + 1) % 10000 * :dense + 9999) / 10000
), numbered AS (
  SELECT s.ledger, s.seq, s.source, s.series, s.number,
    LAG(s.number) OVER (PARTITION BY s.source, s.series ORDER BY s.number, s.seq) AS earlier,
    LAG(s.seq) OVER (PARTITION BY s.source, s.series ORDER BY s.number, s.seq) AS earlierSeq
  FROM serial AS s
  CROSS JOIN gappy AS g
  WHERE g.source = s.source AND g.series = s.series AND s.number IS NOT NULL
), gap AS (
  SELECT ledger, source, series, seq, earlierSeq, earlier, number
  FROM numbered
  WHERE number - earlier > 1
), balance AS (
  SELECT b.seq, b.area, b.account, b.asOf, b.asOfDay, b.bookFen, b.bankFen,
    (SELECT COALESCE(SUM(m.amountFen), 0) FROM live_prepayment_made AS m
      WHERE m.ledger = b.ledger AND m.area = b.area AND m.occurredOnDay <= b.asOfDay)
    - (SELECT COALESCE(SUM(m.amountFen), 0) FROM live_prepayment_returned AS m
      WHERE m.ledger = b.ledger AND m.area = b.area AND m.occurredOnDay <= b.asOfDay)
    - (SELECT COALESCE(SUM(p.prepaymentAppliedFen), 0) FROM live_clearing_paid AS p
      WHERE p.ledger = b.ledger AND p.area = b.area AND p.occurredOnDay <= b.asOfDay)
      AS prepaidFen
  FROM live_fund_balance_stated AS b
  WHERE +b.ledger = :ledger AND b.bookFen <> b.bankFen
), calendar (month, firstDay) AS (
  -- Months are counted from the year 0; 719,468 days lie between 1 March of that year and 1970.
  SELECT CAST(24000 AS BIGINT), CAST(10957 AS BIGINT)
  UNION ALL
  SELECT c.month + 1, 365 * ((c.month - 1) / 12) + (c.month - 1) / 48 - (c.month - 1) / 1200
    + (c.month - 1) / 4800 + (153 * ((c.month + 11) % 12) + 2) / 5 - 719468
  FROM calendar AS c
  CROSS JOIN latest_day AS t
  WHERE c.firstDay <= t.day
), dated AS (
  SELECT area, (occurredOnDay + 100000) * 10000000000 + seq AS place
  FROM live_claim_settled WHERE +ledger = :ledger
  UNION ALL
  SELECT area, (occurredOnDay + 100000) * 10000000000 + seq
  FROM live_enrolment_recorded WHERE +ledger = :ledger
  UNION ALL
  SELECT area, (occurredOnDay + 100000) * 10000000000 + seq
  FROM live_enrolment_subsidised WHERE +ledger = :ledger
  UNION ALL
  SELECT area, (occurredOnDay + 100000) * 10000000000 + seq
  FROM live_aid_approved WHERE +ledger = :ledger
  UNION ALL
  SELECT area, (occurredOnDay + 100000) * 10000000000 + seq
  FROM live_aid_paid WHERE +ledger = :ledger
), span AS MATERIALIZED (
  SELECT area, MIN(place) / 10000000000 - 100000 AS firstDay, MIN(place) % 10000000000 AS firstSeq,
    MAX(place) / 10000000000 - 100000 AS lastDay, MAX(place) % 10000000000 AS lastSeq
  FROM dated
  GROUP BY area
), month AS MATERIALIZED (
  -- The month is over, so that the day on which its list was due has come and gone.
  SELECT CAST(c.month / 12 AS TEXT) || '-' || CASE WHEN c.month % 12 < 9 THEN '0' ELSE '' END
      || CAST(c.month % 12 + 1 AS TEXT) AS month, c.firstDay, n.firstDay - 1 AS lastDay
  FROM calendar AS c
  JOIN calendar AS n ON n.month = c.month + 1
  CROSS JOIN latest_day AS t
  WHERE n.firstDay <= t.day
), due AS MATERIALIZED (
  SELECT DISTINCT w.area, p.topic, p.rule, m.month, m.firstDay,
    COALESCE(m.firstDay + p.dayOfMonth - 1, m.lastDay) AS day
  FROM provision AS p
  JOIN area_within AS w ON w.within = p.area
  JOIN month AS m ON p.fromDay <= COALESCE(m.firstDay + p.dayOfMonth - 1, m.lastDay)
    AND p.toDay >= COALESCE(m.firstDay + p.dayOfMonth - 1, m.lastDay)
  WHERE p.topic IN ('monthly-list', 'warning-push')
), owed AS MATERIALIZED (
  SELECT d.area, d.month, d.topic, MIN(d.rule) AS rule, d.day, s.firstSeq, s.lastSeq
  FROM span AS s
  JOIN due AS d ON d.area = s.area AND d.day >= s.firstDay AND d.firstDay <= s.lastDay
  GROUP BY d.area, d.month, d.topic, d.day, s.firstSeq, s.lastSeq
), listed AS MATERIALIZED (
  SELECT area, period, CASE WHEN purpose = 'warning-push' THEN 'warning-push'
    ELSE 'monthly-list' END AS topic, MIN(seq) AS seq
  FROM live_list_shared
  WHERE +ledger = :ledger AND purpose IN ('warning-push', 'monthly-update')
  GROUP BY area, period, CASE WHEN purpose = 'warning-push' THEN 'warning-push'
    ELSE 'monthly-list' END
), had AS MATERIALIZED (
  -- A list of the city is one of its counties', and the other way about.
  SELECT s.area, l.topic, l.period, MIN(l.seq) AS seq
  FROM span AS s
  JOIN listed AS l ON l.area = s.area OR l.area = SUBSTR(s.area, 1, 4) || '00'
    OR (s.area = SUBSTR(l.area, 1, 4) || '00')
  GROUP BY s.area, l.topic, l.period
), unlisted AS (
  SELECT o.area, o.month, o.topic, o.rule, o.day,
    COALESCE((SELECT MAX(h.seq) FROM had AS h
      WHERE h.area = o.area AND h.topic = o.topic AND h.period = (
        SELECT MAX(b.period) FROM had AS b
        WHERE b.area = o.area AND b.topic = o.topic AND b.period < o.month)), o.firstSeq) AS before,
    COALESCE((SELECT MIN(h.seq) FROM had AS h
      WHERE h.area = o.area AND h.topic = o.topic AND h.period = (
        SELECT MIN(b.period) FROM had AS b
        WHERE b.area = o.area AND b.topic = o.topic AND b.period > o.month)), o.lastSeq) AS after
  FROM owed AS o
  WHERE NOT EXISTS (
    SELECT 1 FROM had AS h
    WHERE h.area = o.area AND h.topic = o.topic AND h.period = o.month)
)
SELECT 'total' AS matter, recordKind || ' ' || source || ' ' || area AS about,
  periodFrom || ' ' || periodTo AS during, recordKind, source AS origin, CAST(NULL AS TEXT) AS series,
  CAST(NULL AS BIGINT) AS lastBefore, CAST(NULL AS BIGINT) AS firstAfter,
  CAST(NULL AS TEXT) AS account, periodFrom || '/' || periodTo AS period, seq AS statement,
  CAST(NULL AS BIGINT) AS entry, area,
  periodToDay AS day, count AS stated, records AS found, amountFen AS statedFen,
  CAST(fen AS BIGINT) AS foundFen,
  CASE WHEN amountFen > fen THEN amountFen - fen ELSE fen - amountFen END AS differenceFen,
  'S' AS grade, '-' AS rule
FROM stated
WHERE NOT (count = records AND amountFen IN (fen, otherFen, liveFen, liveOtherFen))
  AND NOT (count = liveRecords AND amountFen IN (liveFen, liveOtherFen))
UNION ALL
-- The area of the record after the gap, of any kind that has one as a rule.
SELECT 'gap', g.source || ' ' || g.series,
  CAST(g.earlier AS TEXT) || ' ' || CAST(g.number AS TEXT), NULL, g.source, g.series, g.earlier,
  g.number, NULL, NULL, g.earlierSeq, g.seq,
  COALESCE(
    (SELECT x.area FROM claim_settled AS x WHERE x.ledger = g.ledger AND x.seq = g.seq),
    (SELECT x.area FROM eligibility_certified AS x WHERE x.ledger = g.ledger AND x.seq = g.seq),
    (SELECT x.area FROM enrolment_recorded AS x WHERE x.ledger = g.ledger AND x.seq = g.seq),
    (SELECT x.area FROM enrolment_subsidised AS x WHERE x.ledger = g.ledger AND x.seq = g.seq),
    (SELECT x.area FROM premium_collected AS x WHERE x.ledger = g.ledger AND x.seq = g.seq),
    (SELECT x.area FROM aid_applied AS x WHERE x.ledger = g.ledger AND x.seq = g.seq),
    (SELECT x.area FROM means_checked AS x WHERE x.ledger = g.ledger AND x.seq = g.seq),
    (SELECT x.area FROM publicity_held AS x WHERE x.ledger = g.ledger AND x.seq = g.seq),
    (SELECT x.area FROM aid_approved AS x WHERE x.ledger = g.ledger AND x.seq = g.seq),
    (SELECT x.area FROM aid_paid AS x WHERE x.ledger = g.ledger AND x.seq = g.seq),
    (SELECT x.area FROM clearing_requested AS x WHERE x.ledger = g.ledger AND x.seq = g.seq),
    (SELECT x.area FROM clearing_paid AS x WHERE x.ledger = g.ledger AND x.seq = g.seq),
    (SELECT x.area FROM fund_received AS x WHERE x.ledger = g.ledger AND x.seq = g.seq),
    (SELECT x.area FROM fund_transferred AS x WHERE x.ledger = g.ledger AND x.seq = g.seq),
    (SELECT x.area FROM list_shared AS x WHERE x.ledger = g.ledger AND x.seq = g.seq),
    (SELECT x.area FROM referral_filed AS x WHERE x.ledger = g.ledger AND x.seq = g.seq),
    '000000'), NULL, g.number - g.earlier - 1, 0, NULL, NULL, NULL, 'S', '-'
FROM gap AS g
UNION ALL
SELECT 'balance', account || ' ' || area, asOf, NULL, NULL, NULL, NULL, NULL, account, asOf, seq,
  NULL, area, asOfDay, NULL, NULL, bankFen,
  bookFen,
  CASE WHEN bookFen > bankFen THEN bookFen - bankFen ELSE bankFen - bookFen END, 'S', '-'
FROM balance
WHERE bookFen - bankFen <> prepaidFen
UNION ALL
SELECT topic, area, month, NULL, NULL, NULL, NULL, NULL, NULL, month, before, after, area, day, 1, 0, NULL, NULL, NULL, 'F', rule
FROM unlisted
WHERE topic = 'monthly-list'
UNION ALL
SELECT topic, area, SUBSTR(month, 1, 4), NULL, NULL, NULL, NULL, NULL, NULL, SUBSTR(month, 1, 4),
  MIN(before), MAX(after), area, MAX(day), COUNT(*), 0, NULL, NULL, NULL, 'W', rule
FROM unlisted
WHERE topic = 'warning-push'
GROUP BY topic, area, SUBSTR(month, 1, 4), rule
