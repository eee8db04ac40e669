-- One fact for each record behind a person, under every line that the person stands in.
WITH kind (line, state, warning) AS (
  SELECT 'above-poverty', '', 'illness-to-poverty'
  UNION ALL SELECT 'above-return', '', 'illness-return'
  UNION ALL SELECT 'above', '', ''
  UNION ALL SELECT 'pushed', 'pushed', ''
  UNION ALL SELECT 'pushed-lesser', 'pushed-lesser', ''
  UNION ALL SELECT 'not-pushed', 'not-pushed', ''
), person_line AS (
  SELECT p.person, k.line
  FROM persons_to_warn AS p
  JOIN kind AS k ON k.state IN ('', p.state) AND k.warning IN ('', p.warning)
  WHERE p.onList = 1
  UNION ALL
  SELECT p.person, 'answered' FROM persons_to_warn AS p
  WHERE p.onList = 1 AND p.answerSeq IS NOT NULL
  UNION ALL
  SELECT p.person, 'not-answered' FROM persons_to_warn AS p
  WHERE p.onList = 1 AND p.warningSeq IS NOT NULL AND p.answerSeq IS NULL
  UNION ALL
  SELECT p.person, 'not-on-list' FROM persons_to_warn AS p WHERE p.onList = 0
)
SELECT c.seq, l.line, l.person, c.burdenFen, c.burdenFen AS aboveFen
FROM person_line AS l
JOIN burden_claims AS c ON c.person = l.person
UNION ALL
SELECT p.lineSeq, l.line, l.person, 0, -p.lineFen
FROM person_line AS l
JOIN persons_to_warn AS p ON p.person = l.person
UNION ALL
SELECT COALESCE(p.answerSeq, p.warningSeq), l.line, l.person, 0, 0
FROM person_line AS l
JOIN persons_to_warn AS p ON p.person = l.person
WHERE p.warningSeq IS NOT NULL
