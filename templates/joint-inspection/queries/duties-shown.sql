-- Who did what, beside who had the duty on that day. The assignments stand behind the figures.
SELECT a.seq, a.dutySeq, a.recordKind, a.department, a.person, a.amountFen, 1 AS records,
       CASE WHEN a.duty = 'assigned' THEN 1 ELSE 0 END AS assigned,
       CASE WHEN a.duty = 'other' THEN 1 ELSE 0 END AS other,
       CASE WHEN a.duty = 'unassigned' THEN 1 ELSE 0 END AS unassigned
FROM acts AS a
