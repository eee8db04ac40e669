-- Settlements at institutions outside the patient's place: outside its city (the pooling area), or
-- in another county of the same city. The place is the area responsible for the record; of an
-- institution that is not on record nobody can tell.
WITH elsewhere AS (
  SELECT c.seq, c.area, c.person, c.referral, c.amounts_totalFen AS totalFen,
    c.amounts_medicalAidPaidFen + COALESCE(c.amounts_secondAidPaidFen, 0)
      + COALESCE(c.amounts_tiltAidPaidFen, 0) AS aidFen,
    COALESCE(c.amounts_targetedFundPaidFen, 0) AS targetedFen,
    CASE WHEN SUBSTR(i.area, 1, 4) <> SUBSTR(c.area, 1, 4) THEN 1 ELSE 0 END AS outside
  FROM live_claim_settled AS c
  JOIN institution AS i ON i.code = c.institution
  WHERE +c.ledger = :ledger AND c.area >= :areaFrom AND c.area < :areaTo
    AND c.occurredOnDay >= :fromDay AND c.occurredOnDay <= :toDay AND i.area <> c.area
)
SELECT e.seq, e.area, e.referral,
       CASE WHEN e.outside = 1 THEN e.person END AS person,
       CASE WHEN e.outside = 1 THEN 1 ELSE 0 END AS claims,
       CASE WHEN e.outside = 1 THEN e.totalFen ELSE 0 END AS totalFen,
       CASE WHEN e.outside = 1 THEN e.aidFen ELSE 0 END AS aidFen,
       CASE WHEN e.outside = 1 THEN e.targetedFen ELSE 0 END AS targetedFen,
       CASE WHEN e.outside = 1 THEN 0 ELSE 1 END AS countyClaims,
       CASE WHEN e.outside = 1 THEN 0 ELSE e.aidFen + e.targetedFen END AS countyAidFen
FROM elsewhere AS e
