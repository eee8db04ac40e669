-- What detectors find of the matter, one row for each entry of each finding.
SELECT h.seq, h.finding, f.id, f.rule, f.rule AS title, f.title AS titleWords, f.grade,
  CASE f.grade WHEN 'F' THEN 1 WHEN 'W' THEN 2 ELSE 3 END AS gravity, f.gradeWords, f.state,
  f.stateWords, f.area, f.foundOn,
  CASE WHEN h.seq = first.seq THEN f.amountFen END AS amountFen,
  CASE WHEN h.seq = first.seq THEN 1 ELSE 0 END AS one,
  CASE WHEN h.seq = first.seq AND f.state = 'open' THEN 1 ELSE 0 END AS isOpen
FROM matter_hits AS h
JOIN finding AS f ON f.finding = h.finding
JOIN (SELECT finding, MIN(seq) AS seq FROM matter_hits GROUP BY finding) AS first
  ON first.finding = h.finding
