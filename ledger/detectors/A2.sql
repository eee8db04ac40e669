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
  deviations: {default: 4, unit: count, source: auditors-default, zh: 超出同事水平的标准误倍数, en: Standard errors above what the colleagues' share leads one to expect}
  opens: {default: 480, unit: count, source: auditors-default, zh: 上班（零时起分钟数）, en: "Office opens, minutes after midnight"}
  closes: {default: 1110, unit: count, source: auditors-default, zh: 下班（零时起分钟数）, en: "Office closes, minutes after midnight"}
exclusions:
  zh: 审批人不足30人的年度列为无法比较；全县审批不足20件的不比较；占比超出四分位距上限、但件数不比同事合计占比下的预计高出四个标准误的（可能出于偶然，见README“偶然”）；一人全年非工作时间审批不足3件的；夜间（上班前、下班后）不足3件、而非工作时间件数不比同事同年的比率高出四个标准误的（休息日值班审批常有；同事均未记录时刻的除外）；未记录时刻的审批不看时间；按国务院放假安排的调休上班日为工作日。
  en: "Years with fewer than 30 approvers cannot be compared, and counties with fewer than 20 approvals are left out; so is a share above the fence whose approvals are not four standard errors more than the pooled share of the colleagues leads one to expect, which may be chance (README, Chance). Fewer than 3 approvals out of hours in a year are let pass; so are, of whom fewer than 3 were by night (before the office opens or after it closes), as many as the colleagues' rate of the year leads one to expect, within four standard errors: offices on duty approve on days off (where no colleague's times are known this is not asked). Approvals without a time of day are not looked at for hours; weekend days worked by the State Council's notices are working days."
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
  - id: matter
    type: code
    zh: 种类
    en: Kind
    values:
      share: {zh: 审批集中, en: concentrated}
      hours: {zh: 非工作时间审批, en: out of hours}
  - {id: n, type: count, zh: 同类审批人数, en: Approvers in the group}
  - {id: share, type: basis-points, zh: 占本县审批之比, en: Share of the county's approvals}
  - {id: median, type: basis-points, zh: 中位数, en: Median}
  - {id: q1, type: basis-points, zh: 下四分位数, en: Lower quartile}
  - {id: q3, type: basis-points, zh: 上四分位数, en: Upper quartile}
  - {id: fence, type: basis-points, zh: 上限, en: Fence}
  - {id: approvals, type: count, zh: 审批件数, en: Approvals}
  - {id: expected, type: thousandths, zh: 按同事水平预计件数, en: Expected at the colleagues' share}
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
    CAST(SUM(approvals) OVER (PARTITION BY area, year) AS BIGINT) AS together
  FROM own
), ranked AS MATERIALIZED (
  SELECT area, approver, year, approvals, amountFen, day, share,
    ROW_NUMBER() OVER (PARTITION BY year ORDER BY share, area, approver) AS place,
    COUNT(*) OVER (PARTITION BY year) AS n, together,
    CAST(SUM(approvals) OVER (PARTITION BY year) AS BIGINT) - approvals AS others,
    CAST(SUM(together) OVER (PARTITION BY year) AS BIGINT) - together AS othersOf
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
), timed AS MATERIALIZED (
  SELECT a.seq, a.area, a.approver, a.year, a.day, a.amountFen,
    CASE WHEN a.minute < :opens OR a.minute >= :closes THEN 1 ELSE 0 END AS isNight,
    CASE WHEN a.minute < :opens OR a.minute >= :closes OR today.number = before.number
      THEN 1 ELSE 0 END AS isLate
  FROM approval AS a
  LEFT JOIN workday AS today ON today.day = a.day
  LEFT JOIN workday AS before ON before.day = a.day - 1
  WHERE a.minute IS NOT NULL
), habit AS (
  SELECT approver, year, COUNT(*) AS n, SUM(isLate) AS late, SUM(isNight) AS night,
    CAST(SUM(isLate * amountFen) AS BIGINT) AS amountFen
  FROM timed
  GROUP BY approver, year
), compared AS (
  SELECT 'share' AS matter, area, approver, year, approvals AS k, together AS n, others, othersOf
  FROM ranked
  UNION ALL
  SELECT 'hours', NULL, approver, year, late, n,
    CAST(SUM(late) OVER (PARTITION BY year) AS BIGINT) - late,
    CAST(SUM(n) OVER (PARTITION BY year) AS BIGINT) - n
  FROM habit
), beyond AS MATERIALIZED (
  -- How far a count k of n lies above nq + (z^2 - 1)(1 - 2q) / 6, where q is the others' rate, and
  -- the square of z sqrt(nq(1 - q)), which that has to exceed: both times 6 othersOf.
  SELECT matter, area, approver, year, othersOf,
    CASE WHEN othersOf > 0 THEN n * others * 1000 / othersOf END AS expected,
    6.0 * (k * othersOf - n * others)
      - (:deviations * :deviations - 1) * (othersOf - 2 * others) AS distance,
    36.0 * :deviations * :deviations * n * others * (othersOf - others) AS square
  FROM compared
)
SELECT 'share' AS matter, r.approver AS operator, r.year, a.seq AS approval, r.area, r.day, r.n,
  r.share, CAST(q.medianx4 / 4 AS BIGINT) AS median, CAST(q.q1x4 / 4 AS BIGINT) AS q1,
  CAST(q.q3x4 / 4 AS BIGINT) AS q3, CAST((5 * q.q3x4 - 3 * q.q1x4) / 8 AS BIGINT) AS fence,
  r.approvals, b.expected, r.amountFen, NULL AS missing
FROM ranked AS r
JOIN beyond AS b ON b.matter = 'share' AND b.area = r.area AND b.approver = r.approver
  AND b.year = r.year
JOIN quartile AS q ON q.year = r.year
JOIN approval AS a ON a.area = r.area AND a.approver = r.approver AND a.year = r.year
WHERE r.n >= :peers AND 8 * r.share > 5 * q.q3x4 - 3 * q.q1x4
  AND b.distance > 0 AND b.distance * b.distance > b.square
UNION ALL
SELECT 'hours', t.approver, t.year, t.seq, t.area, t.day, NULL, NULL, NULL, NULL, NULL, NULL,
  h.late, b.expected, h.amountFen, NULL
FROM habit AS h
JOIN beyond AS b ON b.matter = 'hours' AND b.approver = h.approver AND b.year = h.year
JOIN timed AS t ON t.approver = h.approver AND t.year = h.year AND t.isLate = 1
WHERE h.late >= :late AND (h.night >= :late OR b.othersOf = 0
  OR b.distance > 0 AND b.distance * b.distance > b.square)
UNION ALL
SELECT 'share', NULL, year, NULL, NULL, NULL, n, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
  'peers ' || n || ' ' || CAST(:peers AS TEXT) || ' of approver year ' || year
FROM quartile
WHERE n < :peers
