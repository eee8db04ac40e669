/*
id: E6
title: {zh: 名单或核准逾期, en: Lists or head-counts late}
grades: [F]
method: deadline
why:
  zh: 每月名单晚报使新增对象不能及时享受待遇；资助人数核准和申请逾期使资助资金不能及时到位
  en: A late list keeps new beneficiaries from their benefits; head-counts approved or requested late keep the subsidies from the insurance fund
basis: [T07, T10]
examines: [list.shared, subsidy.requested]
topics: [monthly-list, head-count-deadline]
asks: [collection-end]
exclusions:
  zh: 20日当日报送；缴费期结束后一个月当日核准或申请；为期限之后年中新参保的受资助人员、且人数不超过其数的补充申请；条款未列的部门
  en: Lists sent on the 20th itself; head-counts approved or requested on the last day of the month; later requests for no more persons than were enrolled in mid-year, subsidised, after the deadline; departments that the clause does not name
example:
  zh: 2024年3月的名单于3月21日报送
  en: The list of March 2024 was sent on 21 March
next:
  zh: 要求责任部门说明原因，核查期间有无对象因此未享受待遇
  en: Ask the department why, and whether somebody went without benefit meanwhile
department: civil-affairs
departmentBy: department
key: [entry]
entries: [entry]
subjects: {operator: operator}
figures:
  - id: aspect
    type: code
    zh: 事项
    en: Matter
    values:
      monthly-list: {zh: 报送每月名单, en: monthly list}
      head-count: {zh: 核准资助人数、申请资金, en: head-count approved and requested}
  - {id: department, type: code, codes: department, zh: 责任部门, en: Department}
  - {id: period, type: text, zh: 所属期, en: Period}
  - {id: dueOn, type: text, zh: 期限, en: Due by}
  - {id: doneOn, type: text, zh: 实际日期, en: Done on}
*/
WITH listed AS (
  SELECT l.seq, l.area, l.operator, l.fromDepartment, l.period, l.sharedOn, l.sharedOnDay, p.rule,
    l.period || '-' || CASE WHEN p.dayOfMonth < 10 THEN '0' ELSE '' END
      || CAST(p.dayOfMonth AS TEXT) AS dueOn
  FROM live_list_shared AS l
  JOIN area_within AS w ON w.area = l.area
  JOIN provision AS p ON p.area = w.within AND p.topic = 'monthly-list'
    AND p.fromDay <= l.sharedOnDay AND p.toDay >= l.sharedOnDay AND p.dayOfMonth IS NOT NULL
  WHERE l.ledger = :ledger AND l.purpose = 'monthly-update' AND LENGTH(l.period) = 7
    AND EXISTS (
      SELECT 1 FROM provision_code AS d
      WHERE d.provision = p.provision AND d.member = 'department' AND d.code = l.fromDepartment)
), requested AS (
  SELECT r.seq, r.area, r.operator, r.year, r.scheme, r.headCountApprovedOn, r.requestedOn,
    r.requestedOnDay, r.headCount, p.rule, p.months
  FROM live_subsidy_requested AS r
  JOIN area_within AS w ON w.area = r.area
  JOIN provision AS p ON p.area = w.within AND p.topic = 'head-count-deadline'
    AND p.fromDay <= r.requestedOnDay AND p.toDay >= r.requestedOnDay AND p.months IS NOT NULL
  WHERE r.ledger = :ledger
), ends AS (
  SELECT r.seq, x.valueDate, ROW_NUMBER() OVER (
    PARTITION BY r.seq
    ORDER BY w.distance,
      CASE WHEN x.year IS NULL THEN 0 ELSE 1 END + CASE WHEN x.scheme IS NULL THEN 0 ELSE 1 END DESC,
      COALESCE(x.validFromDay, -1000000) DESC, x.occurredOnDay DESC, x.source DESC, x.id DESC)
      AS place
  FROM requested AS r
  JOIN area_within AS w ON w.area = r.area
  JOIN live_parameter_set AS x ON x.ledger = :ledger AND x.name = 'collection-end'
    AND x.area = w.within AND x.valueDate IS NOT NULL
  WHERE (x.year IS NULL OR x.year = r.year)
    AND (x.scheme IS NULL OR x.scheme = r.scheme) AND x.category IS NULL
    AND (x.validFromDay IS NULL OR x.validFromDay <= r.requestedOnDay)
    AND (x.validToDay IS NULL OR x.validToDay >= r.requestedOnDay)
), counted AS (
  SELECT r.*, e.valueDate,
    CAST(SUBSTR(e.valueDate, 1, 4) AS BIGINT) * 12 + CAST(SUBSTR(e.valueDate, 6, 2) AS BIGINT) - 1
      + r.months AS month
  FROM requested AS r
  LEFT JOIN ends AS e ON e.seq = r.seq AND e.place = 1
), due AS (
  SELECT c.*, CAST(c.month / 12 AS TEXT) || '-'
    || CASE WHEN c.month % 12 < 9 THEN '0' ELSE '' END || CAST(c.month % 12 + 1 AS TEXT)
    || SUBSTR(c.valueDate, 8, 3) AS dueOn
  FROM counted AS c
)
SELECT l.seq AS entry, 'monthly-list' AS aspect, l.fromDepartment AS department, l.period, l.dueOn,
  l.sharedOn AS doneOn, l.operator, l.area, l.sharedOnDay AS day, l.rule,
  CAST(NULL AS TEXT) AS missing
FROM listed AS l
WHERE l.sharedOn > l.dueOn AND NOT EXISTS (
  SELECT 1 FROM listed AS t WHERE t.area = l.area AND t.fromDepartment = l.fromDepartment
    AND t.period = l.period AND t.sharedOn <= t.dueOn)
UNION ALL
SELECT d.seq, 'head-count', 'medical-security', CAST(d.year AS TEXT), d.dueOn,
  CASE WHEN d.headCountApprovedOn > d.requestedOn THEN d.headCountApprovedOn
    ELSE d.requestedOn END,
  d.operator, d.area, d.requestedOnDay, d.rule, NULL
FROM due AS d
WHERE d.dueOn IS NOT NULL AND (d.headCountApprovedOn > d.dueOn OR d.requestedOn > d.dueOn)
  AND d.headCount > (
    SELECT COUNT(*) FROM live_enrolment_recorded AS n
    WHERE n.ledger = :ledger AND n.area = d.area AND n.year = d.year AND n.scheme = d.scheme
      AND n.midYear = 1 AND n.paidBy IN ('subsidy', 'mixed') AND n.occurredOn > d.dueOn
      AND n.occurredOnDay <= d.requestedOnDay)
UNION ALL
SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, d.area, NULL, NULL,
  'parameter collection-end year ' || CAST(d.year AS TEXT) || ' area ' || d.area
FROM due AS d
WHERE d.dueOn IS NULL
