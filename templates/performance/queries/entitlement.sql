-- Of those who are helped first, the destitute, orphans and recipients of the minimum living
-- allowance: the aid that was due by the clauses, and what was paid of it.
SELECT j.seq, j.area, j.category, j.dueFen, j.metFen
FROM judged AS j
WHERE j.category IN ('tekun', 'orphan', 'dibao') AND j.dueFen > 0
