-- index: person
-- burdens: one row for each person with a burden in the year.
--   area, category  of the last settlement of the year
--   seq             of that settlement
SELECT c.person, c.area, c.category, c.seq, t.burdenFen
FROM (SELECT b.person, CAST(SUM(b.burdenFen) AS BIGINT) AS burdenFen
      FROM burden_claims AS b GROUP BY b.person) AS t
JOIN burden_claims AS c ON c.person = t.person
  AND c.seq = (SELECT l.seq FROM burden_claims AS l WHERE l.person = t.person
               ORDER BY l.day DESC, l.seq DESC LIMIT 1)
WHERE t.burdenFen > 0
