-- The gravest, and of these the greatest amounts, with all that went into them.
SELECT h.seq, h.finding, ranked.place, f.id, f.rule AS title, f.title AS titleWords, f.grade,
  f.gradeWords, CASE WHEN f.facts <> '' THEN f.id END AS facts, f.facts AS factsWords,
  CASE WHEN f.clauses <> '' THEN f.id END AS clauses, f.clauses AS clausesWords, f.amountFen,
  (SELECT COUNT(*) FROM finding_entry AS named WHERE named.finding = h.finding) AS named,
  f.department, f.state, f.stateWords, f.rule AS nextStep, f."next" AS nextStepWords
FROM (
  SELECT finding, ROW_NUMBER() OVER (
      ORDER BY CASE grade WHEN 'F' THEN 1 WHEN 'W' THEN 2 ELSE 3 END, COALESCE(amountFen, 0) DESC, id)
      AS place
  FROM finding
  WHERE finding IN (SELECT finding FROM matter_hits)
) AS ranked
JOIN matter_hits AS h ON h.finding = ranked.finding
JOIN finding AS f ON f.finding = h.finding
WHERE ranked.place <= :detailed
