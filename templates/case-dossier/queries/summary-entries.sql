-- The entries of the matter. What was reversed counts for nothing.
SELECT seq, kind, CASE WHEN isReversed = 0 THEN seq END AS standing,
  CASE WHEN isReversed = 1 THEN seq END AS reversed,
  CASE WHEN isReversed = 0 THEN amountFen END AS amountFen
FROM matter_entry
