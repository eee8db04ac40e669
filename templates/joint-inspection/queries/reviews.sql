-- Stays and special-outpatient months whose own expense passes the amount above which experts
-- review it, where a clause on such reviews binds: what was reviewed, accepted and rejected. The
-- bills of one stay, or of one month, are one case, called by its first bill. What counts as own
-- expense is the locality's to lay down (own-expense-components). Amounts of a review that names
-- several cases stand with the first of them. The year is that of the last discharge.
WITH governed AS (
  SELECT DISTINCT w.area, p.rule, p.fromDay, p.toDay
  FROM area_within AS w
  JOIN provision AS p ON p.area = w.within AND p.topic = 'expert-review'
), laid_down AS (
  SELECT w.area, v.value,
    DENSE_RANK() OVER (
      PARTITION BY w.area ORDER BY w.distance, p.occurredOnDay DESC, p.seq DESC) AS place
  FROM live_parameter_set AS p
  JOIN area_within AS w ON w.within = p.area
  JOIN parameter_set__valueCode AS v ON v.ledger = p.ledger AND v.seq = p.seq
  WHERE p.ledger = :ledger AND p.name = 'own-expense-components'
), component AS (
  SELECT l.area, MAX(CASE WHEN l.value = 'overLimit' THEN 1 ELSE 0 END) AS over_limit,
    MAX(CASE WHEN l.value = 'advanceSelfPay' THEN 1 ELSE 0 END) AS advance
  FROM laid_down AS l
  WHERE l.place = 1
  GROUP BY l.area
), bill AS (
  SELECT c.seq, c.source, c.id, COALESCE(k.kept, c.person) AS person, c.institution, c.area,
    c.visit_type AS visitType, g.rule, c.visit_dischargedOnDay AS day,
    c.visit_dischargedOn AS dischargedOn,
    CASE WHEN c.visit_type = 'inpatient' THEN c.institution ELSE '' END AS hospital,
    CASE WHEN c.visit_type = 'inpatient'
      THEN COALESCE(c.visit_admissionNo, CAST(c.visit_admittedOnDay AS TEXT))
      ELSE COALESCE(c.visit_month, SUBSTR(c.visit_dischargedOn, 1, 7)) END AS unit,
    c.amounts_ownExpenseFen + COALESCE(m.over_limit, 0) * c.amounts_overLimitFen
      + COALESCE(m.advance, 0) * c.amounts_advanceSelfPayFen AS ownFen,
    COALESCE(c.amounts_targetedFundPaidFen, 0) AS targetedFen
  FROM live_claim_settled AS c
  JOIN governed AS g ON g.area = c.area
    AND g.fromDay <= c.visit_admittedOnDay AND g.toDay >= c.visit_dischargedOnDay
  LEFT JOIN kept_person AS k ON k.person = c.person
  LEFT JOIN component AS m ON m.area = c.area
  WHERE c.ledger = :ledger AND c.area >= :areaFrom AND c.area < :areaTo
    AND c.visit_type IN ('inpatient', 'special-outpatient') AND c.category = 'targeted-poverty'
), unit AS (
  SELECT b.*,
    SUM(b.ownFen) OVER (PARTITION BY b.person, b.visitType, b.unit, b.hospital) AS unitFen,
    MAX(b.day) OVER (PARTITION BY b.person, b.visitType, b.unit, b.hospital) AS lastDay,
    MAX(b.dischargedOn) OVER (PARTITION BY b.person, b.visitType, b.unit, b.hospital) AS lastOn,
    MIN(b.seq) OVER (PARTITION BY b.person, b.visitType, b.unit, b.hospital) AS firstSeq
  FROM bill AS b
), large AS MATERIALIZED (
  SELECT u.* FROM unit AS u
  WHERE u.unitFen > :reviewAbove AND u.lastDay >= :fromDay AND u.lastDay <= :toDay
), named AS (
  SELECT DISTINCT l.firstSeq, r.seq, r.reviewedFen, r.acceptedFen, r.rejectedFen, r.heldOn
  FROM live_review_concluded AS r
  JOIN review_concluded__claims AS n ON n.ledger = r.ledger AND n.seq = r.seq
  JOIN large AS l ON l.source = n.source AND l.id = n.id
  WHERE r.ledger = :ledger
), review AS (
  SELECT n.firstSeq, n.seq, n.reviewedFen, n.acceptedFen, n.rejectedFen, n.heldOn,
    ROW_NUMBER() OVER (PARTITION BY n.seq ORDER BY n.firstSeq) AS place
  FROM named AS n
), reached AS (
  SELECT r.firstSeq, SUM(r.reviewedFen) AS reviewedFen, MAX(r.heldOn) AS heldOn
  FROM review AS r GROUP BY r.firstSeq
)
SELECT l.seq, l.firstSeq AS caseSeq, f.area, f.rule, f.person, f.institution, f.visitType,
       l.lastOn AS dischargedOn, h.heldOn, l.ownFen, l.targetedFen,
       CASE WHEN l.seq = l.firstSeq THEN 1 ELSE 0 END AS cases,
       CASE WHEN l.seq = l.firstSeq AND h.reviewedFen >= l.unitFen THEN 1 ELSE 0 END AS reviewed,
       CASE WHEN l.seq = l.firstSeq AND h.reviewedFen < l.unitFen THEN 1 ELSE 0 END AS partly,
       CASE WHEN l.seq = l.firstSeq AND h.reviewedFen IS NULL THEN 1 ELSE 0 END AS unreviewed,
       CAST(NULL AS BIGINT) AS reviewedFen, CAST(NULL AS BIGINT) AS acceptedFen,
       CAST(NULL AS BIGINT) AS rejectedFen
FROM large AS l
JOIN large AS f ON f.seq = l.firstSeq
LEFT JOIN reached AS h ON h.firstSeq = l.firstSeq
UNION ALL
SELECT r.seq, r.firstSeq, f.area, f.rule, f.person, f.institution, f.visitType, f.lastOn, h.heldOn,
       0, 0, 0, 0, 0, 0,
       CASE WHEN r.place = 1 THEN r.reviewedFen END, CASE WHEN r.place = 1 THEN r.acceptedFen END,
       CASE WHEN r.place = 1 THEN r.rejectedFen END
FROM review AS r
JOIN large AS f ON f.seq = r.firstSeq
JOIN reached AS h ON h.firstSeq = r.firstSeq
