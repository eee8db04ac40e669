-- Pushes from February on of persons who are not above the line that the push names; what is
-- pushed in January is mostly of the year before. Where no line is laid down for the person's area, nothing
-- can be said.
SELECT w.seq, b.seq AS settlementSeq, w.person, w.area, w.warning, w.pushedOn, w.statedFen,
       b.burdenFen, l.lineFen, l.lineSeq
FROM (SELECT r.seq, COALESCE(k.kept, r.person) AS person, r.area, r.warning, r.pushedOn,
             r.burdenFen AS statedFen
      FROM live_warning_raised AS r
      LEFT JOIN kept_person AS k ON k.person = r.person
      WHERE r.ledger = :ledger AND r.area >= :areaFrom AND r.area < :areaTo
        AND r.pushedOnDay >= :fromDay + 31 AND r.pushedOnDay <= :toDay) AS w
LEFT JOIN burdens AS b ON b.person = w.person
LEFT JOIN warning_lines AS l
  ON l.area = b.area AND l.category = b.category AND l.warning = w.warning
WHERE (b.person IS NULL OR l.lineFen IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM burdens_above AS a
                  WHERE a.person = w.person AND a.warning = w.warning)
