-- Functions as they were assigned on some day of the year, by the areas of the report and those
-- above them.
WITH assigned AS (
  SELECT d.seq, d.area, d.function, d.body_department AS department, d.validFrom, d.validFromDay,
    d.docNo
  FROM live_duty_assigned AS d
  WHERE d.ledger = :ledger AND d.validFromDay <= :toDay
    AND d.area IN (SELECT w.within FROM area_within AS w
                   WHERE w.area >= :areaFrom AND w.area < :areaTo)
)
SELECT a.seq, a.area, a.function, a.department, a.validFrom, a.docNo
FROM assigned AS a
WHERE NOT EXISTS (
  SELECT 1 FROM assigned AS b
  WHERE b.area = a.area AND b.function = a.function
    AND b.validFromDay > a.validFromDay AND b.validFromDay <= :fromDay)
