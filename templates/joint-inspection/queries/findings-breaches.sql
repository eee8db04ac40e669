-- Breaches of rules (F) of the year, not excused and not dismissed: one sheet each.
SELECT e.seq, f.finding, f.id, f.rule AS title, f.title AS titleWords, f.area, f.foundOn,
       f.department, CASE WHEN f.clauses <> '' THEN f.id END AS clauses, f.clauses AS clausesWords,
       CASE WHEN f.facts <> '' THEN f.id END AS facts, f.facts AS factsWords,
       f.amountFen, f.amountFen AS amountUpper, f.state, f.stateWords, f.rule AS nextStep, f."next" AS nextStepWords
FROM finding AS f
JOIN finding_entry AS e ON e.finding = f.finding
WHERE f.area >= :areaFrom AND f.area < :areaTo AND f.grade = 'F'
  AND f.state NOT IN ('excused', 'dismissed')
  AND (f.day IS NULL OR (f.day >= :fromDay AND f.day <= :toDay))
