-- listed: certifications in force at the end of the year, in areas that sent enrolments of the year.
-- Whoever was merged is counted once. Enrolment counts in whatever scheme and area.
--   enrolmentSeq    the enrolment of the year, if any
--   enrolledPerson  the person, where enrolled
SELECT c.seq, n.seq AS enrolmentSeq, c.area, c.category, c.person,
       CASE WHEN n.seq IS NOT NULL THEN c.person END AS enrolledPerson
FROM (SELECT e.seq, e.area, e.category, COALESCE(k.kept, e.person) AS person
      FROM live_eligibility_certified AS e
      LEFT JOIN kept_person AS k ON k.person = e.person
      WHERE e.ledger = :ledger AND e.area >= :areaFrom AND e.area < :areaTo
        AND e.validFromDay <= :toDay AND (e.validToDay IS NULL OR e.validToDay >= :toDay)
        AND NOT EXISTS (SELECT 1 FROM live_eligibility_ended AS x
                        WHERE x.ledger = e.ledger AND x.person = e.person
                          AND x.category = e.category AND x.endedOnDay >= e.validFromDay
                          AND x.endedOnDay <= :toDay)
        AND NOT EXISTS (SELECT 1 FROM live_person_died AS d
                        WHERE d.ledger = e.ledger AND d.person = e.person
                          AND d.diedOnDay <= :toDay)) AS c
JOIN (SELECT DISTINCT s.area FROM live_enrolment_recorded AS s
      WHERE s.ledger = :ledger AND s.year = :year) AS sent ON sent.area = c.area
LEFT JOIN (SELECT COALESCE(k.kept, r.person) AS person, MIN(r.seq) AS seq
           FROM live_enrolment_recorded AS r
           LEFT JOIN kept_person AS k ON k.person = r.person
           WHERE r.ledger = :ledger AND r.year = :year
           GROUP BY COALESCE(k.kept, r.person)) AS n ON n.person = c.person
