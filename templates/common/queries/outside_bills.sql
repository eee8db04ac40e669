-- outside_bills: claims discharged in the year at institutions of the area, with what is outside the
-- catalogue, the limit that binds the institution, and the span that its share is taken over. Level
-- and place are those of the designation in force on that day. What counts as outside, and over
-- which span, is the locality's to lay down (outside-catalogue-components, outside-catalogue-period).
-- Without components own expense and cost above price limits count; without a span no span is
-- judged, but for a limit "in principle", which is held to the year. A claim bound by several limits
-- stands here once for each.
WITH designation AS (
  SELECT d.institution_code AS code, d.institution_name AS name, d.institution_level AS level,
    d.institution_area AS area,
    CASE WHEN ROW_NUMBER() OVER (
        PARTITION BY d.institution_code ORDER BY d.designatedFromDay, d.source, d.id) = 1
      THEN -1000000 ELSE d.designatedFromDay END AS fromDay,
    COALESCE(LEAD(d.designatedFromDay) OVER (
      PARTITION BY d.institution_code ORDER BY d.designatedFromDay, d.source, d.id), 9999999)
      AS nextDay
  FROM live_institution_designated AS d
  WHERE d.ledger = :ledger
), bill AS MATERIALIZED (
  SELECT c.seq, c.institution, i.name AS institutionName, d.area, d.level,
    c.visit_dischargedOnDay AS day, SUBSTR(c.visit_dischargedOn, 1, 7) AS month,
    c.amounts_totalFen AS totalFen, c.amounts_ownExpenseFen AS ownFen,
    c.amounts_overLimitFen AS overFen, c.amounts_advanceSelfPayFen AS advanceFen
  FROM live_claim_settled AS c
  JOIN designation AS d ON d.code = c.institution
    AND d.fromDay <= c.visit_dischargedOnDay AND d.nextDay > c.visit_dischargedOnDay
  JOIN institution AS i ON i.code = c.institution
  WHERE +c.ledger = :ledger AND d.area >= :areaFrom AND d.area < :areaTo
    AND c.visit_dischargedOnDay >= :fromDay AND c.visit_dischargedOnDay <= :toDay
    AND c.amounts_totalFen > 0
), place AS (
  SELECT DISTINCT b.area, b.level FROM bill AS b
), ruled AS (
  SELECT b.area, b.level, p.rule, p.nature, p.atMost, p.fromDay, p.toDay
  FROM place AS b
  JOIN area_within AS w ON w.area = b.area
  JOIN provision AS p ON p.area = w.within AND p.topic = 'outside-catalogue-limit'
    AND p.atMost IS NOT NULL
  WHERE NOT EXISTS (
      SELECT 1 FROM provision_code AS any_level
      WHERE any_level.provision = p.provision AND any_level.member = 'institution-level')
    OR EXISTS (
      SELECT 1 FROM provision_code AS this_level
      WHERE this_level.provision = p.provision AND this_level.member = 'institution-level'
        AND this_level.code = CAST(b.level AS TEXT))
), laid_down AS (
  SELECT a.area, a.level, p.seq, p.name,
    ROW_NUMBER() OVER (
      PARTITION BY a.area, a.level, p.name
      ORDER BY w.distance, CASE WHEN p.year IS NULL THEN 1 ELSE 0 END,
        CASE WHEN p.institutionLevel IS NULL THEN 1 ELSE 0 END,
        COALESCE(p.validFromDay, 0) DESC, p.occurredOnDay DESC, p.source DESC, p.id DESC) AS place
  FROM place AS a
  JOIN area_within AS w ON w.area = a.area
  JOIN live_parameter_set AS p ON p.area = w.within
    AND p.name IN ('outside-catalogue-period', 'outside-catalogue-components')
    AND (p.year IS NULL OR p.year = :year)
    AND (p.institutionLevel IS NULL OR p.institutionLevel = a.level)
    AND COALESCE(p.validFromDay, 0) <= :toDay AND COALESCE(p.validToDay, 9999999) >= :fromDay
  WHERE +p.ledger = :ledger
), chosen AS (
  SELECT l.area, l.level,
    MAX(CASE WHEN l.name = 'outside-catalogue-period' THEN v.value END) AS span,
    MAX(CASE WHEN l.name = 'outside-catalogue-components' THEN 1 ELSE 0 END) AS components,
    MAX(CASE WHEN v.value = 'ownExpense' THEN 1 ELSE 0 END) AS own,
    MAX(CASE WHEN v.value = 'overLimit' THEN 1 ELSE 0 END) AS over_limit,
    MAX(CASE WHEN v.value = 'advanceSelfPay' THEN 1 ELSE 0 END) AS advance
  FROM laid_down AS l
  JOIN parameter_set__valueCode AS v ON v.ledger = :ledger AND v.seq = l.seq
  WHERE l.place = 1
  GROUP BY l.area, l.level
)
SELECT b.seq, b.institution, b.institutionName, b.area, b.level, b.totalFen, r.rule, r.atMost,
  CASE WHEN ch.components = 1
    THEN ch.own * b.ownFen + ch.over_limit * b.overFen + ch.advance * b.advanceFen
    ELSE b.ownFen + b.overFen END AS outsideFen,
  CASE
    WHEN r.rule IS NULL THEN NULL
    WHEN ch.span = 'claim' THEN CAST(b.seq AS TEXT)
    WHEN ch.span = 'month' THEN b.month
    WHEN ch.span = 'year' OR r.nature = 'in-principle' THEN 'year'
  END AS span
FROM bill AS b
LEFT JOIN chosen AS ch ON ch.area = b.area AND ch.level = b.level
LEFT JOIN ruled AS r ON r.area = b.area AND r.level = b.level
  AND r.fromDay <= b.day AND r.toDay >= b.day
