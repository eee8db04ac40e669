-- Breaches of rules (F) of the year, not excused and not dismissed: one sheet each.
SELECT e.seq, f.finding, f.id, f.title, f.area, f.foundOn, f.department, NULLIF(f.clauses, '') AS clauses, NULLIF(f.facts, '') AS facts,
       f.amountFen, f.stateWords, f."next" AS nextStep
FROM finding AS f
JOIN finding_entry AS e ON e.finding = f.finding
WHERE f.area >= :areaFrom AND f.area < :areaTo AND f.grade = 'F'
  AND f.state NOT IN ('excused', 'dismissed')
  AND (f.day IS NULL OR (f.day >= :fromDay AND f.day <= :toDay))
