-- Persons who cannot be compared, each by the last settlement of the year, with what is missing.
SELECT b.seq, b.area, l.warning, l.parameter, l.year, b.person
FROM burdens AS b
JOIN warning_lines AS l ON l.area = b.area AND l.category = b.category
WHERE b.area >= :areaFrom AND b.area < :areaTo AND l.lineFen IS NULL
