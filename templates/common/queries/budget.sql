-- budget: the year's budget of the medical-aid fund, by purpose, and its plans by month.
--   month      NULL in a budget for the year
--   line       the purpose as expenditure is compared with it: hospitals are paid for inpatient and
--              outpatient aid together
--   initialFen what was budgeted first
--   amountFen  what holds now: the last adjustment of an area and a purpose, where there is one,
--              goes in the place of what was budgeted first
WITH budgeted AS (
  SELECT b.seq, b.area, b.month, b.purpose, b.version, b.amountFen,
         COUNT(CASE WHEN b.version = 'adjusted' THEN 1 END)
           OVER (PARTITION BY b.area, b.month, b.purpose) AS adjustments,
         ROW_NUMBER() OVER (PARTITION BY b.area, b.month, b.purpose, b.version
                            ORDER BY b.occurredOnDay DESC, b.seq DESC) AS place
  FROM live_fund_budgeted AS b
  WHERE b.ledger = :ledger AND b.area >= :areaFrom AND b.area < :areaTo
    AND b.fund = 'medical-aid' AND b.year = :year
)
SELECT b.seq, b.area, b.month, b.purpose,
       CASE WHEN b.purpose IN ('inpatient', 'outpatient') THEN 'care'
            WHEN b.purpose IN ('enrolment', 'second', 'tilt', 'above-cap') THEN b.purpose
            ELSE 'other' END AS line,
       CASE WHEN b.version = 'initial' THEN b.amountFen ELSE 0 END AS initialFen,
       CASE WHEN b.adjustments = 0 OR (b.version = 'adjusted' AND b.place = 1)
            THEN b.amountFen ELSE 0 END AS amountFen
FROM budgeted AS b
