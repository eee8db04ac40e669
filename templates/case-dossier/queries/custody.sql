-- Who looked at particulars of the persons, at sealed texts of the entries, or at anything for the
-- cases, each field a row.
SELECT a.seq, f.position, a.occurredOn AS happenedOn, a."by" AS revealedTo, a.operator AS enteredBy,
  COALESCE(p.id, CAST(a.entry AS TEXT)) AS seen, f.value AS field, a."case", a.reason
FROM live_access_revealed AS a
JOIN access_revealed__fields AS f ON f.ledger = a.ledger AND f.seq = a.seq
LEFT JOIN (
  SELECT of.person, MIN(s.id) AS id
  FROM matter_person AS of
  JOIN matter_subject AS s ON s.subject = of.subject
  GROUP BY of.person
) AS p ON p.person = a.person
WHERE a.ledger = :ledger
  AND (p.id IS NOT NULL OR a.entry IN (SELECT seq FROM matter_entry)
    OR a."case" IN (SELECT name FROM matter_case))
