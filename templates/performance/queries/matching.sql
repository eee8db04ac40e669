-- What a clause in force on 1 January has city and county give for each resident, and what they gave
-- for the year. A city that booked money without saying for which county cannot be told apart: its
-- counties are left out. A population beyond ten thousand million is no population.
WITH clause AS (
  SELECT w.area, MAX(p.fen) AS fen
  FROM area_within AS w
  JOIN provision AS p ON p.area = w.within
  WHERE p.topic = 'matching-funds' AND p.fromDay <= :fromDay AND p.toDay >= :fromDay
    AND w.area >= :areaFrom AND w.area < :areaTo AND substr(w.area, 5, 2) <> '00'
  GROUP BY w.area
), receipt AS (
  SELECT r.seq, COALESCE(r.forArea, r.area) AS county, r.amountFen
  FROM live_fund_received AS r
  WHERE r.ledger = :ledger AND r.fund = 'medical-aid' AND r.year = :year
    AND r.fundSource IN ('city', 'county')
), population AS (
  SELECT s.seq, s.area, s.valueCount,
         ROW_NUMBER() OVER (
           PARTITION BY s.area
           ORDER BY COALESCE(s.validFromDay, 0) DESC, s.occurredOnDay DESC, s.source DESC, s.id DESC)
           AS place
  FROM live_parameter_set AS s
  WHERE s.ledger = :ledger AND s.name = 'resident-population' AND s.year = :year
    AND s.valueCount IS NOT NULL
), owing AS (
  SELECT p.seq, c.area, c.fen * p.valueCount AS dueFen
  FROM clause AS c
  JOIN population AS p ON p.area = c.area AND p.place = 1 AND p.valueCount < 10000000000
  WHERE NOT EXISTS (SELECT 1 FROM receipt AS r
                    WHERE r.county = substr(c.area, 1, 4) || '00')
)
SELECT o.seq, o.area, o.dueFen, CAST(NULL AS BIGINT) AS givenFen FROM owing AS o
UNION ALL
SELECT r.seq, o.area, CAST(NULL AS BIGINT), r.amountFen
FROM owing AS o
JOIN receipt AS r ON r.county = o.area
