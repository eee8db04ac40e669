/*
id: S5
title: {zh: 决议使用不当, en: Resolution misused}
grades: [F]
method: sequence
why:
  zh: 突破封顶线的决议须先于审批，一人一年，累计使用不得超过批准的年度总额
  en: A resolution to pass the cap comes before the approval, is for one person and year, and its uses together do not exceed the total approved
basis: [G15]
examines: [aid.approved]
asks: [resolution-quorum]
exclusions:
  zh: 决议当日审批；累计恰好达到批准总额；未突破限额、无须决议的救助；已撤销的决议和审批。参加部门数只在地方规定了下限时核对
  en: Approvals of the day of the resolution; uses exactly at the total; aid within the cap, which needs none; what was reversed. The number of departments is checked only where the locality laid one down
example:
  zh: 审批日2024年5月6日，决议5月10日才作出
  en: The approval is of 6 May 2024, and the resolution was held on 10 May
next:
  zh: 调取会议纪要原件，核对日期、人员、年度和金额
  en: Ask for the minutes; compare day, person, year and amount
department: medical-security
key: [entry, aspect]
entries: [entry, resolution]
subjects: {person: person, operator: operator}
amount: amountFen
figures:
  - id: aspect
    type: code
    zh: 情形
    en: Aspect
    values:
      held-after: {zh: 决议晚于审批, en: held after the approval}
      other-person: {zh: 决议所列非本人, en: for another person}
      other-year: {zh: 决议所列非本年度, en: for another year}
      exceeded: {zh: 累计超过批准总额, en: more than the total approved}
      quorum: {zh: 参加部门不足, en: too few departments}
      body: {zh: 非协调机制决议, en: of a body that may not}
  - {id: approvedDay, type: date, zh: 审批日, en: Approved}
  - {id: heldDay, type: date, zh: 决议日, en: Held}
  - {id: year, type: year, zh: 待遇年度, en: Benefit year}
  - {id: amountFen, type: fen, zh: 本次救助, en: This aid}
  - {id: usedFen, type: fen, zh: 全年累计, en: Aid of the year so far}
  - {id: allowedFen, type: fen, zh: 批准年度总额, en: Total approved}
  - {id: departments, type: count, zh: 参加部门数, en: Departments}
  - {id: quorum, type: count, zh: 规定部门数, en: Departments required}
*/
WITH named AS MATERIALIZED (
  SELECT v.person, v.seq, v.year, v.breach, a.area, a.operator, a.approvedOnDay, a.amountFen,
    a.aidType, a.occurredOnDay, a.source, a.id, a.category, r.seq AS resolution, r.heldOnDay,
    r.body, g.rule
  FROM verdict AS v
  CROSS JOIN live_aid_approved AS a
  CROSS JOIN live_resolution_adopted AS r
  JOIN area_within AS w ON w.area = a.area
  JOIN rule_in_force AS g ON g.rule = 'G15' AND g.area = w.within
    AND g.fromDay <= a.approvedOnDay AND g.toDay >= a.approvedOnDay
  WHERE v.ledger = :ledger AND v.kind = 'aid.approved' AND a.ledger = v.ledger
    AND a.seq = v.seq AND a.amountFen > 0 AND r.ledger = a.ledger
    AND r.source = a.resolution_source AND r.id = a.resolution_id
), items AS MATERIALIZED (
  SELECT i.seq, COALESCE(k.kept, i.person) AS person, i.year, MAX(i.capFen) AS capFen,
    MAX(i.approvedYearTotalFen) AS allowedFen
  FROM resolution_adopted__items AS i
  LEFT JOIN kept_person AS k ON k.person = i.person
  WHERE i.ledger = :ledger
  GROUP BY i.seq, COALESCE(k.kept, i.person), i.year
), departments AS (
  SELECT d.seq, COUNT(DISTINCT d.department) AS departments
  FROM resolution_adopted__departments AS d
  WHERE d.ledger = :ledger
  GROUP BY d.seq
), concerned AS MATERIALIZED (
  SELECT DISTINCT n.person, n.year FROM named AS n
), aid AS (
  SELECT v.person, v.year, v.seq, c.settledAtSeconds AS time, c.source, c.id,
    c.amounts_medicalAidPaidFen + COALESCE(c.amounts_secondAidPaidFen, 0) AS aidFen
  FROM concerned AS n
  JOIN verdict AS v ON v.ledger = :ledger AND v.person = n.person AND v.year = n.year
  JOIN live_claim_settled AS c ON c.ledger = v.ledger AND c.seq = v.seq
  UNION ALL
  SELECT v.person, v.year, v.seq, (a.occurredOnDay * 24 - 8) * 3600, a.source, a.id,
    CASE WHEN a.aidType = 'tilt' THEN 0 ELSE a.amountFen END
  FROM concerned AS n
  JOIN verdict AS v ON v.ledger = :ledger AND v.person = n.person AND v.year = n.year
  JOIN live_aid_approved AS a ON a.ledger = v.ledger AND a.seq = v.seq
), running AS MATERIALIZED (
  SELECT a.seq, CAST(SUM(a.aidFen) OVER (
    PARTITION BY a.person, a.year ORDER BY a.time, a.source, a.id
    ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS BIGINT) AS usedFen
  FROM aid AS a
), quorums AS (
  SELECT n.seq, p.valueCount, ROW_NUMBER() OVER (
    PARTITION BY n.seq
    ORDER BY w.distance,
      CASE WHEN p.year IS NULL THEN 0 ELSE 1 END + CASE WHEN p.category IS NULL THEN 0 ELSE 1 END
        DESC,
      COALESCE(p.validFromDay, -1000000) DESC, p.occurredOnDay DESC, p.source DESC, p.id DESC)
      AS place
  FROM named AS n
  JOIN area_within AS w ON w.area = n.area
  JOIN live_parameter_set AS p ON p.ledger = :ledger AND p.name = 'resolution-quorum'
    AND p.area = w.within AND p.valueCount IS NOT NULL
  WHERE (p.year IS NULL OR p.year = n.year) AND (p.category IS NULL OR p.category = n.category)
    AND p.scheme IS NULL AND p.visitType IS NULL AND p.institutionLevel IS NULL
    AND (p.validFromDay IS NULL OR p.validFromDay <= n.approvedOnDay)
    AND (p.validToDay IS NULL OR p.validToDay >= n.approvedOnDay)
), used AS (
  SELECT n.*, u.usedFen, i.allowedFen, d.departments, q.valueCount AS quorum,
    (SELECT COUNT(*) FROM items AS o WHERE o.seq = n.resolution AND o.person = n.person) AS own,
    (SELECT MIN(o.capFen) FROM items AS o WHERE o.seq = n.resolution
      AND o.person = n.person AND o.year = n.year) AS capFen
  FROM named AS n
  JOIN running AS u ON u.seq = n.seq
  LEFT JOIN items AS i ON i.seq = n.resolution AND i.person = n.person AND i.year = n.year
  LEFT JOIN departments AS d ON d.seq = n.resolution
  LEFT JOIN quorums AS q ON q.seq = n.seq AND q.place = 1
), above AS (
  SELECT u.* FROM used AS u
  WHERE (u.aidType = 'above-cap' AND u.capFen IS NULL) OR u.breach = 'resolution'
    OR u.usedFen > u.capFen
), misused AS (
  SELECT a.*, 'held-after' AS aspect FROM above AS a WHERE a.heldOnDay > a.approvedOnDay
  UNION ALL
  SELECT a.*, 'other-person' FROM above AS a WHERE a.own = 0
  UNION ALL
  SELECT a.*, 'other-year' FROM above AS a WHERE a.own > 0 AND a.allowedFen IS NULL
  UNION ALL
  SELECT a.*, 'exceeded' FROM above AS a
  WHERE a.usedFen > a.allowedFen AND a.usedFen > a.capFen
  UNION ALL
  SELECT a.*, 'quorum' FROM above AS a WHERE COALESCE(a.departments, 0) < a.quorum
  UNION ALL
  SELECT a.*, 'body' FROM above AS a WHERE a.body NOT LIKE '%困难群众生活保障协调机制%'
)
SELECT m.seq AS entry, m.resolution, m.aspect, m.person, m.operator, m.area,
  m.approvedOnDay AS day, m.approvedOnDay AS approvedDay, m.heldOnDay AS heldDay, m.year,
  m.amountFen, m.usedFen, m.allowedFen, COALESCE(m.departments, 0) AS departments, m.quorum,
  m.rule
FROM misused AS m
