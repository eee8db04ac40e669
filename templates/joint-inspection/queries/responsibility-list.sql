-- Who answers for each problem, and what the unit said to it.
SELECT p.seq, p.answerSeq, p.inspection, p.number, p.area, p.department, p.unit, p.amountFen,
       p.deadline, p.answeredOn, 1 AS problems,
       CASE WHEN p.accepts IS NOT NULL THEN 1 ELSE 0 END AS answered,
       CASE WHEN p.accepts = 1 THEN 1 ELSE 0 END AS accepted,
       CASE WHEN p.accepts = 0 THEN 1 ELSE 0 END AS disputed
FROM problems AS p
