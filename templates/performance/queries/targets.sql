-- What the area, its city or its province lays down as targets of indicators for the year: the
-- nearest area wins, then what names the year, then what came later.
SELECT t.seq, t.indicator, t.unit, t.value, t.docNo
FROM (SELECT p.seq, p.indicator, p.unit, p.value, p.docNo,
             ROW_NUMBER() OVER (
               PARTITION BY p.indicator, p.unit
               ORDER BY p.area DESC, COALESCE(p.year, 0) DESC, COALESCE(p.validFromDay, 0) DESC,
                 p.occurredOnDay DESC, p.source DESC, p.id DESC) AS place
      FROM (SELECT s.seq, s.source, s.id, s.area, s.year, s.indicator, s.occurredOnDay,
                   s.validFromDay, s.docNo,
                   CASE WHEN s.basisPoints IS NOT NULL THEN 'percent'
                        WHEN s.valueFen IS NOT NULL THEN 'fen' ELSE 'count' END AS unit,
                   COALESCE(s.basisPoints, s.valueFen, s.valueCount) AS value
            FROM live_parameter_set AS s
            WHERE s.ledger = :ledger AND s.name = 'indicator-target' AND s.indicator IS NOT NULL
              AND (s.year IS NULL OR s.year = :year)
              AND (s.fund IS NULL OR s.fund = 'medical-aid')
              AND (s.validFromDay IS NULL OR s.validFromDay <= :toDay)
              AND (s.validToDay IS NULL OR s.validToDay >= :toDay)
              AND s.area IN (:areaFrom, substr(:areaFrom, 1, 4) || '00',
                             substr(:areaFrom, 1, 2) || '0000')
              AND COALESCE(s.basisPoints, s.valueFen, s.valueCount) IS NOT NULL) AS p) AS t
WHERE t.place = 1
