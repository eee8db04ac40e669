-- Settlements in which medical aid took part, or should have: every claim of the period.
SELECT c.seq, c.area, c.visit_type AS visitType, c.category, c.person,
       CASE WHEN c.channel = 'one-stop' THEN 1 ELSE 0 END AS oneStop,
       CASE WHEN c.channel = 'one-stop' THEN 0 ELSE 1 END AS manual,
       1 AS claims,
       c.amounts_medicalAidPaidFen + COALESCE(c.amounts_secondAidPaidFen, 0)
         + COALESCE(c.amounts_tiltAidPaidFen, 0) AS aidFen
FROM live_claim_settled AS c
WHERE c.ledger = :ledger AND c.area >= :areaFrom AND c.area < :areaTo
  AND c.occurredOnDay >= :fromDay AND c.occurredOnDay <= :toDay
