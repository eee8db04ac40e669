-- What each payer of a record owes and what arrived, with the entries by which it was paid.
SELECT l.seq, s.seq AS stepSeq, l.leg, l.seq AS entry, l.payer, l.payerWords, l.dueFen, l.leastFen,
  l.mostFen, CASE WHEN l.leastFen < l.dueFen THEN l.dueFen - l.leastFen END AS openFen
FROM matter_leg AS l
LEFT JOIN matter_step AS s ON s.leg = l.leg
