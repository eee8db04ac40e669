SELECT CAST(NULL AS BIGINT) AS seq, hub, step, first, firstWords, shared, sharedWords, several,
  severalWords
FROM matter_hub
