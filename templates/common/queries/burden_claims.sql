-- index: person, day, seq
-- burden_claims: settled claims of the year, in every area, with what insurance left of the costs
-- in policy scope. A person's burden is of the year, wherever the bills were settled.
--   person     merged persons are one
--   burdenFen  before medical aid
SELECT c.seq, COALESCE(k.kept, c.person) AS person, c.area, c.category, c.occurredOnDay AS day,
       c.occurredOn,
       c.amounts_compliantFen - c.amounts_basicPaidFen - c.amounts_majorIllnessPaidFen
       - COALESCE(c.amounts_employeeLargePaidFen, 0)
       - COALESCE(c.amounts_civilServantPaidFen, 0)
       - COALESCE(c.amounts_enterprisePaidFen, 0) AS burdenFen
FROM live_claim_settled AS c
LEFT JOIN kept_person AS k ON k.person = c.person
WHERE +c.ledger = :ledger AND c.occurredOnDay >= :fromDay AND c.occurredOnDay <= :toDay
