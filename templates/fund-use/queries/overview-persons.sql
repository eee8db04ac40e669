SELECT e.seq, 'subsidised' AS line, e.person
FROM live_enrolment_subsidised AS e
WHERE e.ledger = :ledger AND e.area >= :areaFrom AND e.area < :areaTo
  AND e.fund = 'medical-aid' AND e.approvedOnDay >= :fromDay AND e.approvedOnDay <= :toDay
UNION ALL
SELECT a.seq, 'aided', a.person
FROM aid AS a WHERE a.day >= :fromDay AND a.day <= :toDay
UNION ALL
SELECT a.seq, 'aided-inpatient', a.person
FROM aid AS a WHERE a.line = 'inpatient' AND a.day >= :fromDay AND a.day <= :toDay
UNION ALL
SELECT a.seq, 'aided-outpatient', a.person
FROM aid AS a WHERE a.line = 'outpatient' AND a.day >= :fromDay AND a.day <= :toDay
UNION ALL
SELECT a.seq, 'aided-other', a.person
FROM aid AS a WHERE a.line NOT IN ('inpatient', 'outpatient')
  AND a.day >= :fromDay AND a.day <= :toDay
