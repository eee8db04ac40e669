SELECT c.seq, c.area,
       CASE WHEN c.side = 'income' THEN c.amountFen ELSE 0 END AS incomeFen,
       CASE WHEN c.side = 'expenditure' THEN c.amountFen ELSE 0 END AS expenditureFen,
       0 AS aidFen, CAST(NULL AS BIGINT) AS aidedPerson, CAST(NULL AS BIGINT) AS aidSeq
FROM cash AS c
WHERE c.side <> 'opening' AND c.day >= :fromDay AND c.day <= :toDay
UNION ALL
SELECT a.seq, a.area, 0, 0, a.amountFen, a.person, a.seq
FROM aid AS a
WHERE a.day >= :fromDay AND a.day <= :toDay
