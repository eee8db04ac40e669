-- annual_budget: the spending budget of the medical-aid fund for the year as last adjusted. Of one area and
-- purpose an adjustment takes the place of what stood before; plans for months are no budget, and a
-- prepayment is spent when it is cleared.
SELECT b.seq, b.area, b.purpose, b.amountFen
FROM (SELECT f.seq, f.area, f.purpose, f.amountFen, f.version,
             MAX(CASE WHEN f.version = 'adjusted' THEN 1 ELSE 0 END)
               OVER (PARTITION BY f.area, f.purpose) AS isAdjusted,
             ROW_NUMBER() OVER (PARTITION BY f.area, f.purpose, f.version
                                ORDER BY f.occurredOnDay DESC, f.seq DESC) AS place
      FROM live_fund_budgeted AS f
      WHERE f.ledger = :ledger AND f.area >= :areaFrom AND f.area < :areaTo
        AND f.fund = 'medical-aid' AND f.year = :year AND f.month IS NULL
        AND f.purpose <> 'prepayment') AS b
WHERE b.isAdjusted = 0 OR (b.version = 'adjusted' AND b.place = 1)
