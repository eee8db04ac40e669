-- The problems, one by one. Clauses beyond the sixth are shown by an ellipsis; the records that a
-- problem names are counted, those on the ledger stand behind it.
WITH clause AS (
  SELECT b.seq,
    MAX(CASE WHEN b.position = 0 THEN b.value END)
      || COALESCE(' ' || MAX(CASE WHEN b.position = 1 THEN b.value END), '')
      || COALESCE(' ' || MAX(CASE WHEN b.position = 2 THEN b.value END), '')
      || COALESCE(' ' || MAX(CASE WHEN b.position = 3 THEN b.value END), '')
      || COALESCE(' ' || MAX(CASE WHEN b.position = 4 THEN b.value END), '')
      || COALESCE(' ' || MAX(CASE WHEN b.position = 5 THEN b.value END), '')
      || MAX(CASE WHEN b.position = 6 THEN ' …' ELSE '' END) AS basis
  FROM inspection_found__basis AS b
  WHERE b.ledger = :ledger
  GROUP BY b.seq
)
SELECT p.seq, CAST(NULL AS BIGINT) AS recordSeq, p.seq AS problem, p.inspection, p.number,
       p.foundOn, p.area, c.basis, p.finding, 0 AS records, p.amountFen
FROM problems AS p
LEFT JOIN clause AS c ON c.seq = p.seq
UNION ALL
SELECT p.seq, e.seq, p.seq, p.inspection, p.number, p.foundOn, p.area, c.basis, p.finding, 1, NULL
FROM problems AS p
JOIN inspection_found__entries AS n ON n.ledger = :ledger AND n.seq = p.seq
LEFT JOIN entry AS e ON e.ledger = n.ledger AND e.source = n.source AND e.id = n.id
LEFT JOIN clause AS c ON c.seq = p.seq
