SELECT seq, seq AS entry, happenedOn, kind, area, amountFen, verdict, verdictWords,
  NULLIF(named, '') AS named, namedWords, enteredBy, NULLIF(findings, '') AS findings,
  CASE WHEN isReversed = 1 THEN 1 END AS reversed
FROM matter_entry
