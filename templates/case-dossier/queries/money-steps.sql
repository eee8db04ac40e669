SELECT s.seq, l.leg, s.place, l.seq AS entry, l.payer, l.payerWords, s.happenedOn, s.kind,
  CASE WHEN s.wayWords <> '' THEN s.way END AS way, s.wayWords, s.amountFen, CASE WHEN s.details <> '' THEN s.seq END AS details,
  s.details AS detailsWords, CASE WHEN s.isReversed = 1 THEN 1 END AS reversed
FROM matter_step AS s
JOIN matter_leg AS l ON l.leg = s.leg
