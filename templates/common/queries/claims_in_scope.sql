-- claims_in_scope: claims settled in the year, with what their persons bore of the cost in scope.
--   inScopeFen  cost in the scope of policy
--   borneFen    of it, after insurance and the aid in the settlement; never more than what the
--               person paid in money or from an account, for the fund of a locality or a charity
--               also pays what lies outside
SELECT c.seq, c.area, c.category, c.person, c.inScopeFen,
       CASE WHEN c.leftFen <= 0 OR c.paidFen <= 0 THEN 0
            WHEN c.leftFen < c.paidFen THEN c.leftFen ELSE c.paidFen END AS borneFen,
       CASE WHEN c.channel = 'one-stop' THEN 1 END AS oneStop
FROM (SELECT s.seq, s.area, s.category, s.person, s.channel,
             s.amounts_compliantFen AS inScopeFen,
             s.amounts_compliantFen - s.amounts_basicPaidFen - s.amounts_majorIllnessPaidFen
               - COALESCE(s.amounts_employeeLargePaidFen, 0)
               - COALESCE(s.amounts_civilServantPaidFen, 0)
               - COALESCE(s.amounts_enterprisePaidFen, 0)
               - s.amounts_medicalAidPaidFen - COALESCE(s.amounts_secondAidPaidFen, 0)
               - COALESCE(s.amounts_tiltAidPaidFen, 0) AS leftFen,
             s.amounts_cashPaidFen + COALESCE(s.amounts_accountPaidFen, 0)
               + COALESCE(s.amounts_accountMutualPaidFen, 0) AS paidFen
      FROM live_claim_settled AS s
      WHERE s.ledger = :ledger AND s.area >= :areaFrom AND s.area < :areaTo
        AND s.occurredOnDay >= :fromDay AND s.occurredOnDay <= :toDay) AS c
