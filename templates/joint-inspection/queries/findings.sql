-- What the detectors find of the year: findings are dated by the case that they are about; those
-- without a day belong to no year and stand in every one. One row for each entry of each finding.
SELECT e.seq, f.finding, f.id, f.rule, f.rule AS title, f.title AS titleWords,
       f.grade, f.gradeWords, f.state, f.stateWords, f.area, f.foundOn, f.department,
       CASE WHEN e.seq = first.seq THEN f.amountFen END AS amountFen,
       CASE WHEN e.seq = first.seq THEN 1 ELSE 0 END AS one,
       CASE WHEN e.seq = first.seq AND f.state = 'open' THEN 1 ELSE 0 END AS isOpen
FROM finding AS f
JOIN finding_entry AS e ON e.finding = f.finding
JOIN (SELECT x.finding, MIN(x.seq) AS seq FROM finding_entry AS x GROUP BY x.finding) AS first
  ON first.finding = f.finding
WHERE f.area >= :areaFrom AND f.area < :areaTo
  AND (f.day IS NULL OR (f.day >= :fromDay AND f.day <= :toDay))
