-- claims_aided: settled claims in which medical aid took part, from the first record to the end of
-- the year; what `aid` and `dues` build on.
SELECT c.seq, c.area, c.occurredOnDay AS day, c.person, c.category, c.channel,
       c.visit_type AS visitType, c.amounts_medicalAidPaidFen AS medicalAidFen,
       COALESCE(c.amounts_secondAidPaidFen, 0) AS secondAidFen,
       COALESCE(c.amounts_tiltAidPaidFen, 0) AS tiltAidFen,
       COALESCE(c.amounts_medicalAidAdvancedFen, 0) AS advancedFen
FROM live_claim_settled AS c
WHERE +c.ledger = :ledger AND c.area >= :areaFrom AND c.area < :areaTo
  AND c.occurredOnDay <= :toDay
  AND (c.amounts_medicalAidPaidFen > 0 OR c.amounts_secondAidPaidFen > 0
       OR c.amounts_tiltAidPaidFen > 0 OR c.amounts_medicalAidAdvancedFen > 0)
