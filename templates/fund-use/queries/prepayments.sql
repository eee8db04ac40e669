SELECT p.seq, p.institution,
       CASE WHEN p.line = 'made' THEN p.amountFen ELSE 0 END AS madeFen,
       CASE WHEN p.line = 'applied' THEN p.amountFen ELSE 0 END AS appliedFen,
       CASE WHEN p.line = 'returned' THEN p.amountFen ELSE 0 END AS returnedFen,
       p.effect * p.amountFen AS outstandingFen
FROM prepaid AS p
WHERE p.day <= :toDay
