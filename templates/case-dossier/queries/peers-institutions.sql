-- A year of an institution beside those of the same level and type. The entries are its own
-- settlements. Places are counted from the highest.
WITH target AS MATERIALIZED (
  SELECT s.subject, i.code, i.level, i.type, s.name
  FROM matter_subject AS s
  JOIN institution AS i ON i.code = s.id
  WHERE s.kind = 'institution'
), summed AS MATERIALIZED (
  SELECT c.institution, i.level, i.type, c.benefitYear AS year, c.visit_type AS care,
    COUNT(*) AS cases, CAST(SUM(c.amounts_totalFen) AS BIGINT) AS totalFen,
    CAST(SUM(c.amounts_medicalAidPaidFen) AS BIGINT) / COUNT(*) AS aidFen,
    CAST(SUM(c.amounts_ownExpenseFen) AS BIGINT) AS ownFen
  FROM live_claim_settled AS c
  JOIN institution AS i ON i.code = c.institution
  WHERE +c.ledger = :ledger
    AND EXISTS (SELECT 1 FROM target AS t WHERE t.level = i.level AND t.type = i.type)
  GROUP BY c.institution, i.level, i.type, c.benefitYear, c.visit_type
), measured AS MATERIALIZED (
  -- Of sums that no hospital bills the share is told roughly, so that no product is too large.
  SELECT institution, level, type, year, care, cases, totalFen / cases AS costFen, aidFen,
    CASE WHEN ownFen < 400000000000000 THEN ownFen * 10000 / NULLIF(totalFen, 0)
      WHEN totalFen >= 10000 THEN ownFen / (totalFen / 10000) END AS ownShare
  FROM summed
), ranked AS MATERIALIZED (
  SELECT m.institution, m.level, m.type, m.year, m.care, m.cases, m.costFen, m.aidFen, m.ownShare,
    COUNT(*) OVER (PARTITION BY m.level, m.type, m.year, m.care) AS n,
    ROW_NUMBER() OVER (
      PARTITION BY m.level, m.type, m.year, m.care ORDER BY m.costFen DESC, m.institution) AS costPlace,
    ROW_NUMBER() OVER (
      PARTITION BY m.level, m.type, m.year, m.care ORDER BY m.aidFen DESC, m.institution) AS aidPlace,
    ROW_NUMBER() OVER (
      PARTITION BY m.level, m.type, m.year, m.care ORDER BY m.ownShare DESC, m.institution) AS ownPlace
  FROM measured AS m
), middle AS (
  SELECT level, type, year, care,
    CAST(SUM(CASE WHEN costPlace IN ((n + 1) / 2, n / 2 + 1) THEN costFen ELSE 0 END) AS BIGINT)
      / MAX(2 - n % 2) AS costFen,
    CAST(SUM(CASE WHEN aidPlace IN ((n + 1) / 2, n / 2 + 1) THEN aidFen ELSE 0 END) AS BIGINT)
      / MAX(2 - n % 2) AS aidFen,
    CAST(SUM(CASE WHEN ownPlace IN ((n + 1) / 2, n / 2 + 1) THEN ownShare ELSE 0 END) AS BIGINT)
      / MAX(2 - n % 2) AS ownShare
  FROM ranked
  GROUP BY level, type, year, care
), placed AS (
  -- Equals share a place.
  SELECT level, type, year, care, institution, n, cases, costFen, aidFen, ownShare,
    RANK() OVER (PARTITION BY level, type, year, care ORDER BY costFen DESC) AS costPlace,
    RANK() OVER (PARTITION BY level, type, year, care ORDER BY aidFen DESC) AS aidPlace,
    RANK() OVER (PARTITION BY level, type, year, care ORDER BY ownShare DESC) AS ownPlace
  FROM ranked
)
SELECT c.seq, t.subject, t.code AS institution, t.name AS institutionWords, r.year, r.care,
  r.n AS peers, r.cases, r.costFen, m.costFen AS costMedianFen, r.costPlace, r.ownShare,
  m.ownShare AS ownMedian, r.ownPlace, r.aidFen, m.aidFen AS aidMedianFen, r.aidPlace
FROM target AS t
JOIN placed AS r ON r.institution = t.code
JOIN middle AS m ON m.level = r.level AND m.type = r.type AND m.year = r.year AND m.care = r.care
JOIN live_claim_settled AS c ON c.institution = t.code AND c.benefitYear = r.year
  AND c.visit_type = r.care
WHERE c.ledger = :ledger
