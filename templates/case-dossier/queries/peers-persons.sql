-- A year of a person beside everybody with settlements in the same area and year. The entries are
-- the person's own settlements. Places are counted from the highest.
WITH own AS MATERIALIZED (
  SELECT p.subject, c.seq, c.area, c.benefitYear AS year, c.amounts_totalFen AS totalFen,
    c.amounts_medicalAidPaidFen AS aidFen
  FROM matter_person AS p
  JOIN live_claim_settled AS c ON c.person = p.person
  WHERE c.ledger = :ledger
), target AS MATERIALIZED (
  SELECT subject, area, year, COUNT(*) AS cases, CAST(SUM(totalFen) AS BIGINT) AS costFen,
    CAST(SUM(aidFen) AS BIGINT) AS aidFen
  FROM own
  GROUP BY subject, area, year
), measured AS MATERIALIZED (
  SELECT c.area, c.benefitYear AS year, c.person, COUNT(*) AS cases,
    CAST(SUM(c.amounts_totalFen) AS BIGINT) AS costFen,
    CAST(SUM(c.amounts_medicalAidPaidFen) AS BIGINT) AS aidFen
  FROM live_claim_settled AS c
  WHERE +c.ledger = :ledger
    AND EXISTS (SELECT 1 FROM target AS t WHERE t.area = c.area AND t.year = c.benefitYear)
  GROUP BY c.area, c.benefitYear, c.person
), ranked AS MATERIALIZED (
  SELECT area, year, person, cases, costFen, aidFen,
    COUNT(*) OVER (PARTITION BY area, year) AS n,
    ROW_NUMBER() OVER (PARTITION BY area, year ORDER BY cases DESC, person) AS casesPlace,
    ROW_NUMBER() OVER (PARTITION BY area, year ORDER BY costFen DESC, person) AS costPlace,
    ROW_NUMBER() OVER (PARTITION BY area, year ORDER BY aidFen DESC, person) AS aidPlace
  FROM measured
), middle AS (
  SELECT area, year, n,
    CAST(SUM(CASE WHEN casesPlace IN ((n + 1) / 2, n / 2 + 1) THEN cases ELSE 0 END) AS BIGINT)
      / MAX(2 - n % 2) AS cases,
    CAST(SUM(CASE WHEN costPlace IN ((n + 1) / 2, n / 2 + 1) THEN costFen ELSE 0 END) AS BIGINT)
      / MAX(2 - n % 2) AS costFen,
    CAST(SUM(CASE WHEN aidPlace IN ((n + 1) / 2, n / 2 + 1) THEN aidFen ELSE 0 END) AS BIGINT)
      / MAX(2 - n % 2) AS aidFen
  FROM ranked
  GROUP BY area, year, n
)
SELECT own.seq, t.subject, s.id AS person, s.name AS personWords, t.year, t.area, m.n AS peers,
  t.cases, m.cases AS casesMedian,
  (SELECT COUNT(*) + 1 FROM ranked AS r
    WHERE r.area = t.area AND r.year = t.year AND r.cases > t.cases) AS casesPlace,
  t.costFen, m.costFen AS costMedianFen,
  (SELECT COUNT(*) + 1 FROM ranked AS r
    WHERE r.area = t.area AND r.year = t.year AND r.costFen > t.costFen) AS costPlace,
  t.aidFen, m.aidFen AS aidMedianFen,
  (SELECT COUNT(*) + 1 FROM ranked AS r
    WHERE r.area = t.area AND r.year = t.year AND r.aidFen > t.aidFen) AS aidPlace
FROM target AS t
JOIN matter_subject AS s ON s.subject = t.subject
JOIN middle AS m ON m.area = t.area AND m.year = t.year
JOIN own ON own.subject = t.subject AND own.area = t.area AND own.year = t.year
