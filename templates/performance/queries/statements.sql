SELECT t.seq, t.area
FROM stated AS t
WHERE t.area >= :areaFrom AND t.area < :areaTo
  AND t.periodToDay >= :fromDay AND t.periodToDay <= :toDay
