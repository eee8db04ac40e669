-- Cost outside the catalogue at the institutions of the area, by the limit that binds each, and in
-- how many spans it was above.
WITH summed AS (
  SELECT n.institution, n.area, n.level, n.rule, n.atMost, n.span, MIN(n.seq) AS firstSeq,
    CASE WHEN CAST(SUM(n.outsideFen) AS BIGINT) > CAST(SUM(n.totalFen) AS BIGINT) / 10000 * n.atMost
        + CAST(SUM(n.totalFen) AS BIGINT) % 10000 * n.atMost / 10000
      THEN 1 ELSE 0 END AS above
  FROM outside_bills AS n
  WHERE n.span IS NOT NULL
  GROUP BY n.institution, n.area, n.level, n.rule, n.atMost, n.span
)
SELECT n.seq, n.institution, n.institutionName, n.area, CAST(n.level AS TEXT) AS level, n.rule,
       n.atMost AS limitBasisPoints, n.totalFen, n.outsideFen, s.above
FROM outside_bills AS n
LEFT JOIN summed AS s ON s.institution = n.institution AND s.area = n.area AND s.level = n.level
  AND s.rule = n.rule AND s.atMost = n.atMost AND s.span = n.span AND s.firstSeq = n.seq
