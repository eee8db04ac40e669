-- index: area, category
-- warning_lines: which lines hold at the end of the year for persons of an area and category.
--   parameter  the name of the parameter that the line is, or is measured by
--   lineFen    NULL where that parameter is not laid down
--   lineSeq    the record that lays it down
-- Incomes are those of the year before. A figure of the whole city (`level`) is the city's own; any
-- other is that of the nearest area. Of clauses on the same matter, one that lays something down
-- goes before one that leaves it to the locality, and then the nearer before the farther.
WITH asked AS (
  SELECT DISTINCT b.area, b.category FROM burdens AS b
), clause AS (
  SELECT q.area, q.category, q.topic, q.provision, q.rule, q.fromDay, q.fen, q.share, q.parameter,
         q.level, q.year
  FROM (
    SELECT a.area, a.category, p.topic, p.provision, p.rule, p.fromDay, p.fen, p.level,
           COALESCE(p.basisPoints, 10000) AS share, COALESCE(p.measure, p.parameter) AS parameter,
           CASE WHEN p.measure IS NULL THEN CAST(:year AS BIGINT)
                ELSE CAST(:year AS BIGINT) - 1 END AS year,
           ROW_NUMBER() OVER (
             PARTITION BY a.area, a.category, p.topic
             ORDER BY CASE WHEN p.nature = 'left-to-the-locality' THEN 1 ELSE 0 END, w.distance,
               p.fromDay DESC, p.provision) AS place
    FROM asked AS a
    JOIN area_within AS w ON w.area = a.area
    JOIN provision AS p ON p.area = w.within AND p.fromDay <= :toDay AND p.toDay >= :toDay
      AND p.topic IN ('warning-illness-to-poverty', 'warning-illness-return')) AS q
  WHERE q.place = 1
), laid_down AS (
  SELECT c.area, c.category, c.topic, s.seq, s.valueFen, s.docNo,
         ROW_NUMBER() OVER (
           PARTITION BY c.area, c.category, c.topic
           ORDER BY w.distance, CASE WHEN s.year IS NULL THEN 1 ELSE 0 END
             + CASE WHEN s.category IS NULL THEN 1 ELSE 0 END,
             COALESCE(s.validFromDay, 0) DESC, s.occurredOnDay DESC, s.source DESC,
             s.id DESC) AS place
  FROM clause AS c
  JOIN area_within AS w ON w.area = c.area
  JOIN live_parameter_set AS s ON s.area = w.within AND s.name = c.parameter
    AND (s.year IS NULL OR s.year = c.year)
    AND (s.category IS NULL OR s.category = c.category)
  WHERE s.ledger = :ledger AND s.valueFen IS NOT NULL
    AND s.scheme IS NULL AND s.visitType IS NULL AND s.institutionLevel IS NULL AND s.fund IS NULL
    AND (s.validFromDay IS NULL OR s.validFromDay <= :toDay)
    AND (s.validToDay IS NULL OR s.validToDay >= :fromDay - 1)
    AND (c.level IS NULL OR c.level <> 'city'
         OR (substr(s.area, 5, 2) = '00' AND substr(s.area, 3, 2) <> '00'))
)
SELECT c.area, c.category, substr(c.topic, 9) AS warning, c.provision, c.rule, c.fromDay,
       c.parameter, c.year, c.share, l.seq AS lineSeq, l.docNo, l.valueFen AS measureFen,
       COALESCE(c.fen,
         l.valueFen / 10000 * c.share + l.valueFen % 10000 * c.share / 10000) AS lineFen
FROM clause AS c
LEFT JOIN laid_down AS l
  ON l.area = c.area AND l.category = c.category AND l.topic = c.topic AND l.place = 1
