-- claims_of_year: settled claims of the year, whether or not aid took part, layer by layer.
--   level      of the institution as last designated; NULL where no designation is on the ledger
--   leftFen    what each layer left: basic insurance, then major-illness insurance (with the
--              employees' large-cost subsidy), then medical, second and tilt aid
SELECT c.seq, c.area, c.person, c.scheme, c.visit_type AS visitType, d.level,
       c.amounts_totalFen AS totalFen, c.amounts_basicPaidFen AS basicFen,
       c.amounts_majorIllnessPaidFen + COALESCE(c.amounts_employeeLargePaidFen, 0)
         AS majorIllnessFen,
       c.amounts_medicalAidPaidFen + COALESCE(c.amounts_secondAidPaidFen, 0)
       + COALESCE(c.amounts_tiltAidPaidFen, 0) AS aidFen,
       c.amounts_cashPaidFen AS cashFen
FROM live_claim_settled AS c
LEFT JOIN (
  SELECT i.institution_code AS code, i.institution_level AS level,
         ROW_NUMBER() OVER (PARTITION BY i.institution_code
                            ORDER BY i.designatedFromDay DESC, i.source DESC, i.id DESC) AS place
  FROM live_institution_designated AS i
  WHERE i.ledger = :ledger) AS d
  ON d.code = c.institution AND d.place = 1
WHERE +c.ledger = :ledger AND c.area >= :areaFrom AND c.area < :areaTo
  AND c.occurredOnDay >= :fromDay AND c.occurredOnDay <= :toDay
