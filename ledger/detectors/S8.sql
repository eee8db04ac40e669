/*
id: S8
title: {zh: 以多重身份重复救助, en: Aided under two identities}
grades: [F, W]
method: duplicate
why:
  zh: 具有多重身份的按最高的一种整体享受，不得就同一次就医分别以不同身份救助
  en: Whoever holds several identities is aided as a whole by the highest, never twice for one episode
basis: [T28, L19]
examines: [claim.settled, aid.approved]
exclusions:
  zh: 依申请追认较高身份后补足差额、合计不超过应救助额的；同一身份下的后续救助；未支付救助的结算；身份变更前后各自应付的中途结算。无“不得重复救助”条款的地区和时期，以及应救助额不能判定的，只作提示
  en: A higher identity recognised afterwards on application, where the difference was made up and no more; further aid under the same identity; bills without aid; interim settlements before and after a change of identity, each as it was due. A warning only where no clause forbids it, or the sum due cannot be said
example:
  zh: 一次住院在医院按低保救助，又以返贫致贫人口身份申请再次救助
  en: A stay was aided as dibao at the counter, and again on application as a person returned to poverty
next:
  zh: 按最高身份整体重算，追回重复部分
  en: Reckon the whole by the highest identity and have the rest paid back
department: medical-security
key: [claim]
entries: [claim, entry]
subjects: {institution: institution, person: person, operator: operator}
amount: aidFen
figures:
  - {id: firstCategory, type: category, zh: 先前身份, en: Earlier identity}
  - {id: category, type: category, zh: 本次身份, en: Later identity}
  - {id: firstAidFen, type: fen, zh: 先前救助, en: Earlier aid}
  - {id: aidFen, type: fen, zh: 本次救助, en: Later aid}
*/
WITH bound AS (
  SELECT w.area, r.rule, r.fromDay, r.toDay
  FROM area_within AS w
  JOIN rule_in_force AS r ON r.area = w.within
  WHERE r.rule IN ('T28', 'L19')
), named AS MATERIALIZED (
  SELECT c.seq AS claim, a.seq, a.category, a.amountFen, a.operator, a.area, a.approvedOnDay AS day,
    a.occurredOnDay, a.source, a.id, c.category AS claimCategory, c.institution,
    c.amounts_medicalAidPaidFen + COALESCE(c.amounts_secondAidPaidFen, 0)
      + COALESCE(c.amounts_tiltAidPaidFen, 0) AS claimAidFen, a.person
  FROM live_aid_approved AS a
  JOIN aid_approved__claims AS n ON n.ledger = a.ledger AND n.seq = a.seq
  JOIN entry AS e ON e.ledger = a.ledger AND e.source = n.source AND e.id = n.id
  JOIN live_claim_settled AS c ON c.ledger = e.ledger AND c.seq = e.seq
  WHERE +a.ledger = :ledger AND a.amountFen > 0
), benefits AS (
  SELECT n.claim, n.claim AS seq, n.claimCategory AS category, n.claimAidFen AS aidFen,
    -1000000 AS day, '' AS source, '' AS id
  FROM named AS n
  WHERE n.claimAidFen > 0
  GROUP BY n.claim, n.claimCategory, n.claimAidFen
  UNION ALL
  SELECT n.claim, n.seq, n.category, n.amountFen, n.occurredOnDay, n.source, n.id
  FROM named AS n
), ordered AS (
  SELECT b.claim, b.seq, b.category, b.aidFen, LAG(b.category) OVER taken AS firstCategory,
    LAG(b.aidFen) OVER taken AS firstAidFen, LAG(b.seq) OVER taken AS first
  FROM benefits AS b
  WINDOW taken AS (PARTITION BY b.claim ORDER BY b.day, b.source, b.id)
), second AS MATERIALIZED (
  SELECT o.claim, o.seq, o.category, o.aidFen, o.firstCategory, o.firstAidFen, o.first
  FROM ordered AS o
  WHERE o.firstCategory <> o.category AND o.seq <> o.claim
), stays AS MATERIALIZED (
  SELECT COALESCE(k.kept, c.person) AS person, c.seq, c.institution, c.visit_admissionNo AS stay,
    c.category, c.settledAtSeconds AS time
  FROM live_claim_settled AS c
  LEFT JOIN kept_person AS k ON k.person = c.person
  WHERE +c.ledger = :ledger AND c.visit_admissionNo IS NOT NULL AND c.amounts_medicalAidPaidFen > 0
), mixed AS (
  SELECT s.person, s.institution, s.stay
  FROM stays AS s
  GROUP BY s.person, s.institution, s.stay
  HAVING MIN(s.category) <> MAX(s.category)
), neighbours AS (
  SELECT s.seq, LAG(s.seq) OVER (
    PARTITION BY s.person, s.institution, s.stay ORDER BY s.time, s.seq) AS first
  FROM mixed AS m
  JOIN stays AS s ON s.person = m.person AND s.institution = m.institution AND s.stay = m.stay
), parts AS (
  SELECT f.seq AS first, c.seq, c.institution, COALESCE(k.kept, c.person) AS person, c.operator,
    c.area, c.visit_dischargedOnDay AS day, f.category AS firstCategory, c.category,
    f.amounts_medicalAidPaidFen AS firstAidFen, c.amounts_medicalAidPaidFen AS aidFen,
    CASE WHEN c.visit_settlement = 'final' AND f.visit_settlement = 'final' THEN 1 ELSE 0 END
      AS whole
  FROM neighbours AS n
  JOIN live_claim_settled AS c ON +c.ledger = :ledger AND c.seq = n.seq
  JOIN live_claim_settled AS f ON +f.ledger = :ledger AND f.seq = n.first
  LEFT JOIN kept_person AS k ON k.person = c.person
), found AS (
  SELECT s.claim, s.seq AS entry, n.institution, COALESCE(k.kept, n.person) AS person, n.operator,
    n.area, n.day, s.firstCategory, s.category, s.firstAidFen, s.aidFen, 0 AS whole
  FROM second AS s
  JOIN named AS n ON n.claim = s.claim AND n.seq = s.seq
  LEFT JOIN kept_person AS k ON k.person = n.person
  UNION ALL
  SELECT p.first, p.seq, p.institution, p.person, p.operator, p.area, p.day, p.firstCategory,
    p.category, p.firstAidFen, p.aidFen, p.whole
  FROM parts AS p
  WHERE p.firstCategory <> p.category
), judged AS (
  SELECT f.*, v.verdict, (SELECT MIN(b.rule) FROM bound AS b
    WHERE b.area = f.area AND b.fromDay <= f.day AND b.toDay >= f.day) AS rule
  FROM found AS f
  JOIN verdict AS v ON v.ledger = :ledger AND v.person = f.person AND v.seq = f.entry
  WHERE f.whole = 1 OR v.verdict NOT IN ('exact', 'within', 'under', 'below-floor')
)
SELECT j.claim, j.entry, j.institution, j.person, j.operator, j.area, j.day, j.firstCategory,
  j.category, j.firstAidFen, j.aidFen,
  CASE WHEN j.rule IS NULL OR j.verdict = 'cannot-be-judged' THEN 'W' ELSE 'F' END AS grade,
  COALESCE(j.rule, '') AS rule
FROM judged AS j
