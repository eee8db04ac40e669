-- What detectors lacked to find out whether anything is wrong: for this year and area, or for all.
SELECT CAST(NULL AS BIGINT) AS seq, l.rule, l.rule AS title, l.title AS titleWords, l.code AS lack,
       l.codeWords AS lackWords, l.times
FROM finding_lack AS l
WHERE (l.year IS NULL OR l.year = :year)
  AND (l.area IS NULL OR (l.area >= :areaFrom AND l.area < :areaTo)
    OR l.area IN ('000000', SUBSTR(:areaFrom, 1, 2) || '0000', SUBSTR(:areaFrom, 1, 4) || '00'))
