-- acts: what departments did in the year, by the record that shows it, with what the division of
-- duties says of the day.
--   department      the department named in the record, else the one that sent it in
--   duty            assigned to it, or to the department that the agency belongs to; other: only to
--                   others; unassigned: to nobody on record; unnamed: no department in the record
--   dutySeq         the assignment: its own, else one of the others
-- An assignment binds from its day until the function is assigned again by the same area; that of
-- the nearest area counts, and all of one day count together. A function is a text that whoever
-- records it chooses: those in `called` are known, in either language or as the kind of record.
-- Settling bills (结算) is not paying hospitals out (拨付), so who settles is not compared with who
-- pays.
WITH act AS (
  SELECT e.seq, e.area, 'eligibility.certified' AS recordKind, e.body_department AS department,
    e.occurredOnDay AS day, e.occurredOn, e.person, CAST(NULL AS BIGINT) AS amountFen
  FROM live_eligibility_certified AS e
  WHERE e.ledger = :ledger AND e.area >= :areaFrom AND e.area < :areaTo
    AND e.occurredOnDay >= :fromDay AND e.occurredOnDay <= :toDay
  UNION ALL
  SELECT l.seq, l.area, 'list.shared', l.fromDepartment, l.sharedOnDay, l.sharedOn, NULL, NULL
  FROM live_list_shared AS l
  WHERE l.ledger = :ledger AND l.area >= :areaFrom AND l.area < :areaTo
    AND l.sharedOnDay >= :fromDay AND l.sharedOnDay <= :toDay
  UNION ALL
  SELECT s.seq, s.area, 'subsidy.requested', s.department, s.requestedOnDay, s.requestedOn, NULL,
    s.amountFen
  FROM live_subsidy_requested AS s
  WHERE s.ledger = :ledger AND s.area >= :areaFrom AND s.area < :areaTo
    AND s.requestedOnDay >= :fromDay AND s.requestedOnDay <= :toDay
  UNION ALL
  SELECT a.seq, a.area, 'aid.approved', a.approvingDepartment, a.approvedOnDay, a.approvedOn,
    a.person, a.amountFen
  FROM live_aid_approved AS a
  WHERE a.ledger = :ledger AND a.area >= :areaFrom AND a.area < :areaTo
    AND a.approvedOnDay >= :fromDay AND a.approvedOnDay <= :toDay
  UNION ALL
  SELECT p.seq, p.area, 'aid.paid', p.department, p.paidOnDay, p.paidOn, p.person, p.amountFen
  FROM live_aid_paid AS p
  WHERE p.ledger = :ledger AND p.area >= :areaFrom AND p.area < :areaTo
    AND p.paidOnDay >= :fromDay AND p.paidOnDay <= :toDay
  UNION ALL
  SELECT p.seq, p.area, 'clearing.paid', p.department, p.occurredOnDay, p.occurredOn, NULL,
    p.paidFen
  FROM live_clearing_paid AS p
  WHERE p.ledger = :ledger AND p.area >= :areaFrom AND p.area < :areaTo
    AND p.occurredOnDay >= :fromDay AND p.occurredOnDay <= :toDay
), called(recordKind, function) AS (
  SELECT 'eligibility.certified', 'identification'
  UNION ALL SELECT 'eligibility.certified', 'eligibility.certified'
  UNION ALL SELECT 'eligibility.certified', '身份认定'
  UNION ALL SELECT 'eligibility.certified', '对象认定'
  UNION ALL SELECT 'eligibility.certified', '救助对象认定'
  UNION ALL SELECT 'list.shared', 'list-sharing'
  UNION ALL SELECT 'list.shared', 'list.shared'
  UNION ALL SELECT 'list.shared', '名单共享'
  UNION ALL SELECT 'list.shared', '名单报送'
  UNION ALL SELECT 'subsidy.requested', 'enrolment-subsidy'
  UNION ALL SELECT 'subsidy.requested', 'subsidy.requested'
  UNION ALL SELECT 'subsidy.requested', '资助参保'
  UNION ALL SELECT 'subsidy.requested', '参保资助'
  UNION ALL SELECT 'aid.approved', 'aid-approval'
  UNION ALL SELECT 'aid.approved', 'aid.approved'
  UNION ALL SELECT 'aid.approved', '救助审批'
  UNION ALL SELECT 'aid.approved', '医疗救助审批'
  UNION ALL SELECT 'aid.paid', 'aid-payment'
  UNION ALL SELECT 'aid.paid', 'aid.paid'
  UNION ALL SELECT 'aid.paid', '救助金支付'
  UNION ALL SELECT 'clearing.paid', 'clearing'
  UNION ALL SELECT 'clearing.paid', 'clearing.paid'
  UNION ALL SELECT 'clearing.paid', '清算拨付'
), assigned AS (
  SELECT w.area, w.distance, k.recordKind, d.body_department AS department, d.validFromDay, d.seq
  FROM live_duty_assigned AS d
  JOIN called AS k ON k.function = d.function
  JOIN area_within AS w ON w.within = d.area
  WHERE d.ledger = :ledger AND w.area >= :areaFrom AND w.area < :areaTo
), change AS (
  SELECT a.area, a.recordKind, a.validFromDay AS fromDay,
    COALESCE(LEAD(a.validFromDay) OVER (
      PARTITION BY a.area, a.recordKind ORDER BY a.validFromDay), 9999999) AS nextDay
  FROM (SELECT DISTINCT area, recordKind, validFromDay FROM assigned) AS a
), ranked AS (
  SELECT c.area, c.recordKind, c.fromDay, c.nextDay, a.department, a.seq,
    RANK() OVER (
      PARTITION BY c.area, c.recordKind, c.fromDay
      ORDER BY a.distance, a.validFromDay DESC) AS place
  FROM change AS c
  JOIN assigned AS a ON a.area = c.area AND a.recordKind = c.recordKind
    AND a.validFromDay <= c.fromDay
), compared AS (
  SELECT t.seq, MIN(r.seq) AS anySeq,
    MIN(CASE
      WHEN r.department = t.department
        OR (t.department = 'medical-security-agency' AND r.department = 'medical-security')
        OR (t.department = 'social-insurance-agency' AND r.department = 'human-resources')
        THEN r.seq END) AS ownSeq,
    MIN(r.department) AS assignedTo
  FROM act AS t
  JOIN ranked AS r ON r.place = 1 AND r.area = t.area AND r.recordKind = t.recordKind
    AND r.fromDay <= t.day AND r.nextDay > t.day
  GROUP BY t.seq
)
SELECT t.seq, t.area, t.recordKind, t.department, t.day, t.occurredOn, t.person, t.amountFen,
  COALESCE(c.ownSeq, c.anySeq) AS dutySeq, c.assignedTo,
  CASE
    WHEN t.department IS NULL THEN 'unnamed'
    WHEN c.seq IS NULL THEN 'unassigned'
    WHEN c.ownSeq IS NOT NULL THEN 'assigned'
    ELSE 'other'
  END AS duty
FROM act AS t
LEFT JOIN compared AS c ON c.seq = t.seq
