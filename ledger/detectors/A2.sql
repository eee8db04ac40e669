/*
id: A2
title: {zh: 审批集中或在非工作时间, en: Approvals concentrated or out of hours}
grades: [S]
method: peers
why:
  zh: 审批高度集中于一人，或者在夜间、休息日审批，缺少制约，也可能是账号被他人使用。
  en: Approvals that pile up with one person, or are given at night and on days off, lack a second eye, or somebody else uses the account.
basis: []
examines: [aid.approved]
parameters:
  peers: {default: 30, unit: count, source: auditors-default, zh: 同类审批人数下限, en: Fewest approvers in the group}
  least: {default: 20, unit: count, source: auditors-default, zh: 县内全年审批件数下限, en: Fewest approvals of the county in the year}
  late: {default: 3, unit: count, source: auditors-default, zh: 一人全年非工作时间审批件数下限, en: Fewest approvals out of hours in a year}
  opens: {default: 480, unit: count, source: auditors-default, zh: 上班（零时起分钟数）, en: "Office opens, minutes after midnight"}
  closes: {default: 1110, unit: count, source: auditors-default, zh: 下班（零时起分钟数）, en: "Office closes, minutes after midnight"}
exclusions:
  zh: 审批人不足30人的年度列为无法比较；全县审批不足20件的不比较；一人全年非工作时间审批不足3件的；未记录时刻的审批不看时间；按国务院放假安排的调休上班日为工作日。
  en: Years with fewer than 30 approvers cannot be compared, and counties with fewer than 20 approvals are left out; so are fewer than 3 approvals out of hours in a year; approvals without a time of day are not looked at for hours; weekend days worked by the State Council's notices are working days.
example:
  zh: 31名审批人中一人占本县95%，其余在45%至55%之间：超过上四分位数加1.5倍四分位距，可疑。
  en: Of 31 approvers one has 95% of the county's approvals and the others 45% to 55%, which is above Q3 + 1.5 IQR.
next:
  zh: 查岗位分工、休假和系统登录记录。
  en: See who was on leave and where and when the account was used.
department: medical-security
key: [matter, operator, year]
entries: [approval]
subjects: {operator: operator}
amount: amountFen
figures:
  - {id: matter, type: text, zh: 种类, en: Kind}
  - {id: n, type: count, zh: 同类审批人数, en: Approvers in the group}
  - {id: share, type: basis-points, zh: 占本县审批之比, en: Share of the county's approvals}
  - {id: median, type: basis-points, zh: 中位数, en: Median}
  - {id: q1, type: basis-points, zh: 下四分位数, en: Lower quartile}
  - {id: q3, type: basis-points, zh: 上四分位数, en: Upper quartile}
  - {id: fence, type: basis-points, zh: 上限, en: Fence}
  - {id: approvals, type: count, zh: 审批件数, en: Approvals}
*/
WITH approval AS MATERIALIZED (
  SELECT a.seq, a.area, a.approver, a.occurredOnDay AS day, a.approvedOnDay, a.amountFen,
    SUBSTR(a.approvedOn, 1, 4) AS year,
    CASE WHEN a.occurredAtSeconds IS NOT NULL
      THEN (a.occurredAtSeconds + 28800) / 60 % 1440 END AS minute
  FROM live_aid_approved AS a
  WHERE +a.ledger = :ledger
), own AS (
  SELECT area, approver, year, COUNT(*) AS approvals, CAST(SUM(amountFen) AS BIGINT) AS amountFen,
    MAX(day) AS day
  FROM approval
  GROUP BY area, approver, year
), shared AS (
  SELECT area, approver, year, approvals, amountFen, day,
    CAST(approvals * 10000 / SUM(approvals) OVER (PARTITION BY area, year) AS BIGINT) AS share,
    SUM(approvals) OVER (PARTITION BY area, year) AS together
  FROM own
), ranked AS MATERIALIZED (
  SELECT area, approver, year, approvals, amountFen, day, share,
    ROW_NUMBER() OVER (PARTITION BY year ORDER BY share, area, approver) AS place,
    COUNT(*) OVER (PARTITION BY year) AS n
  FROM shared
  WHERE together >= :least
), quartile AS MATERIALIZED (
  -- Four times the quartiles and the median of n sorted values, by linear interpolation
  -- (type 7): the value at (n - 1) q / 4, exactly.
  SELECT year, n,
    SUM(CASE WHEN place = (n - 1) / 4 + 1 THEN (4 - (n - 1) % 4) * share
      WHEN place = (n - 1) / 4 + 2 THEN (n - 1) % 4 * share ELSE 0 END) AS q1x4,
    SUM(CASE WHEN place = 2 * (n - 1) / 4 + 1 THEN (4 - 2 * (n - 1) % 4) * share
      WHEN place = 2 * (n - 1) / 4 + 2 THEN 2 * (n - 1) % 4 * share ELSE 0 END) AS medianx4,
    SUM(CASE WHEN place = 3 * (n - 1) / 4 + 1 THEN (4 - 3 * (n - 1) % 4) * share
      WHEN place = 3 * (n - 1) / 4 + 2 THEN 3 * (n - 1) % 4 * share ELSE 0 END) AS q3x4
  FROM ranked
  GROUP BY year, n
), late AS MATERIALIZED (
  SELECT a.seq, a.area, a.approver, a.year, a.day, a.amountFen
  FROM approval AS a
  LEFT JOIN workday AS today ON today.day = a.day
  LEFT JOIN workday AS before ON before.day = a.day - 1
  WHERE a.minute IS NOT NULL
    AND (a.minute < :opens OR a.minute >= :closes OR today.number = before.number)
), counted AS (
  SELECT approver, year, seq, area, day,
    COUNT(*) OVER (PARTITION BY approver, year) AS approvals,
    SUM(amountFen) OVER (PARTITION BY approver, year) AS amountFen
  FROM late
)
SELECT 'share' AS matter, r.approver AS operator, r.year, a.seq AS approval, r.area, r.day, r.n,
  r.share, CAST(q.medianx4 / 4 AS BIGINT) AS median, CAST(q.q1x4 / 4 AS BIGINT) AS q1,
  CAST(q.q3x4 / 4 AS BIGINT) AS q3, CAST((5 * q.q3x4 - 3 * q.q1x4) / 8 AS BIGINT) AS fence,
  r.approvals, r.amountFen, NULL AS missing
FROM ranked AS r
JOIN quartile AS q ON q.year = r.year
JOIN approval AS a ON a.area = r.area AND a.approver = r.approver AND a.year = r.year
WHERE r.n >= :peers AND 8 * r.share > 5 * q.q3x4 - 3 * q.q1x4
UNION ALL
SELECT 'hours', approver, year, seq, area, day, NULL, NULL, NULL, NULL, NULL, NULL, approvals,
  CAST(amountFen AS BIGINT), NULL
FROM counted
WHERE approvals >= :late
UNION ALL
SELECT 'share', NULL, year, NULL, NULL, NULL, n, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
  'peers ' || n || ' ' || CAST(:peers AS TEXT) || ' of approver year ' || year
FROM quartile
WHERE n < :peers
