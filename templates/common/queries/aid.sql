-- aid: medical aid to which persons became entitled in the year, paid or not.
--   line       the kind of aid
--   amountFen  above zero
--   origin     claim or approval
-- A claim counts on the day of its settlement, an approval on the day on which it was given.
-- Aid in a claim's amounts was settled with the bill; what was approved on application comes on
-- top.

SELECT c.seq, c.area, c.day, c.person, c.category,
       CASE WHEN c.visitType = 'inpatient' THEN 'inpatient' ELSE 'outpatient' END AS line,
       c.medicalAidFen AS amountFen, 'claim' AS origin
FROM claims_aided AS c
WHERE c.medicalAidFen > 0 AND c.day >= :fromDay AND c.day <= :toDay
UNION ALL
SELECT c.seq, c.area, c.day, c.person, c.category, 'second', c.secondAidFen, 'claim'
FROM claims_aided AS c
WHERE c.secondAidFen > 0 AND c.day >= :fromDay AND c.day <= :toDay
UNION ALL
SELECT c.seq, c.area, c.day, c.person, c.category, 'tilt', c.tiltAidFen, 'claim'
FROM claims_aided AS c
WHERE c.tiltAidFen > 0 AND c.day >= :fromDay AND c.day <= :toDay
UNION ALL
SELECT a.seq, a.area, a.approvedOnDay, a.person, a.category,
       CASE WHEN a.aidType = 'regular' THEN 'inpatient' ELSE a.aidType END, a.amountFen,
       'approval'
FROM live_aid_approved AS a
WHERE a.ledger = :ledger AND a.area >= :areaFrom AND a.area < :areaTo AND a.amountFen > 0
  AND a.approvedOnDay >= :fromDay AND a.approvedOnDay <= :toDay
