-- index: person, warning
-- burdens_above: persons above a line, one row for each line that a person is above.
--   day, occurredOn  of the settlement by which the line was passed
--   onList           1 where the person is certified in some category on some day of the year
SELECT p.person, p.area, p.category, p.warning, p.lineFen, p.lineSeq, p.burdenFen, p.day,
       p.occurredOn, p.fromDay,
       CASE WHEN EXISTS (
         SELECT 1
         FROM (SELECT p.person AS one UNION
               SELECT k.person FROM kept_person AS k WHERE k.kept = p.person) AS same
         JOIN live_eligibility_certified AS e ON e.ledger = :ledger AND e.person = same.one
         WHERE e.validFromDay <= :toDay AND (e.validToDay IS NULL OR e.validToDay >= :fromDay)
           AND (NOT EXISTS (SELECT 1 FROM provision_code AS n
                            WHERE n.provision = p.provision AND n.member = 'category')
                OR EXISTS (SELECT 1 FROM provision_code AS n
                           WHERE n.provision = p.provision AND n.member = 'category'
                             AND n.code = e.category))
           AND NOT EXISTS (
             SELECT 1 FROM live_eligibility_ended AS x
             WHERE x.ledger = e.ledger AND x.person = e.person AND x.category = e.category
               AND x.endedOnDay >= e.validFromDay AND x.endedOnDay < :fromDay)
       ) THEN 1 ELSE 0 END AS onList
FROM (
  SELECT r.person, r.area, r.category, r.warning, r.lineFen, r.lineSeq, r.provision, r.fromDay,
         r.burdenFen, r.day, r.occurredOn,
         ROW_NUMBER() OVER (PARTITION BY r.person, r.warning ORDER BY r.day, r.seq) AS place
  FROM (
    SELECT b.person, b.area, b.category, b.burdenFen, l.warning, l.lineFen, l.lineSeq, l.provision,
           l.fromDay, c.day, c.occurredOn, c.seq,
           SUM(c.burdenFen) OVER (PARTITION BY b.person, l.warning ORDER BY c.day, c.seq
                                  ROWS UNBOUNDED PRECEDING) AS upToFen
    FROM burdens AS b
    JOIN warning_lines AS l ON l.area = b.area AND l.category = b.category
    JOIN burden_claims AS c ON c.person = b.person
    WHERE b.burdenFen > l.lineFen) AS r
  WHERE r.upToFen > r.lineFen) AS p
WHERE p.place = 1
