-- The lines, by the records that lay them down, with the area that these speak for.
SELECT DISTINCT l.lineSeq AS seq, COALESCE(s.area, l.area) AS area, l.warning,
       s.category AS ofCategory, l.parameter, l.year, l.measureFen, l.share, l.lineFen, l.docNo
FROM warning_lines AS l
LEFT JOIN live_parameter_set AS s ON s.ledger = :ledger AND s.seq = l.lineSeq
WHERE l.area >= :areaFrom AND l.area < :areaTo AND l.lineFen IS NOT NULL
