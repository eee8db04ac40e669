-- Whom it is about. The name is masked or, where it was revealed, in clear: the pseudonym stands for
-- it, so that both are one figure.
SELECT e.seq, s.subject, s.kind, s.kindWords, s.id AS name, s.name AS nameWords,
  s.id AS particulars, s.particulars AS particularsWords, s.id, span.firstOn, span.lastOn
FROM matter_subject AS s
LEFT JOIN matter_entry_subject AS e ON e.subject = s.subject
LEFT JOIN (
  SELECT of.subject, MIN(m.happenedOn) AS firstOn, MAX(m.happenedOn) AS lastOn
  FROM matter_entry_subject AS of
  JOIN matter_entry AS m ON m.seq = of.seq
  GROUP BY of.subject
) AS span ON span.subject = s.subject
