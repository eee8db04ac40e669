-- Every person on a list and above a line: the settlements, the record that lays down the line, the
-- push and the answer.
WITH part AS (
  SELECT p.person, c.seq, c.burdenFen, CAST(NULL AS BIGINT) AS lineFen, c.burdenFen AS aboveFen
  FROM persons_to_warn AS p
  JOIN burden_claims AS c ON c.person = p.person
  UNION ALL
  SELECT p.person, p.lineSeq, NULL, p.lineFen, -p.lineFen FROM persons_to_warn AS p
  UNION ALL
  SELECT p.person, p.warningSeq, NULL, NULL, 0 FROM persons_to_warn AS p
  WHERE p.warningSeq IS NOT NULL
  UNION ALL
  SELECT p.person, p.answerSeq, NULL, NULL, 0 FROM persons_to_warn AS p
  WHERE p.answerSeq IS NOT NULL
)
SELECT t.seq, p.person, p.area, p.category, p.warning, t.burdenFen, t.lineFen, t.aboveFen,
       CASE WHEN p.warning = 'illness-to-poverty' THEN 1 ELSE 2 END AS gravity,
       -p.burdenFen AS place, p.occurredOn AS passedOn, p.pushedAs, p.pushedOn,
       p.toDepartment, p.answeredOn, p.outcome,
       CASE WHEN p.warning = 'illness-to-poverty' THEN p.person END AS povertyPerson,
       CASE WHEN p.warning = 'illness-return' THEN p.person END AS returnPerson,
       CASE WHEN p.state = 'pushed' THEN p.person END AS pushedPerson,
       CASE WHEN p.answerSeq IS NOT NULL THEN p.person END AS answeredPerson,
       CASE WHEN p.state <> 'pushed' THEN p.person END AS unpushedPerson
FROM persons_to_warn AS p
JOIN part AS t ON t.person = p.person
WHERE p.onList = 1
