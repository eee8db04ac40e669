-- A sample of the year's settled claims that anybody can draw again. Of every claim
--     x = (48271 · seq + seed) mod 67108859
--     drawn by = x⁵ mod 67108859
-- and the claims with the least numbers are taken (of equal ones the earlier entry). 67108859 is a
-- prime and 5 does not divide it less one, so different x give different numbers; every product
-- stays below 2⁵³, so a spreadsheet reckons it exactly too: MOD(MOD(MOD(x*x,p)*MOD(x*x,p),p)*x,p).
WITH claim AS (
  SELECT c.seq,
    (c.seq % 67108859 * 48271 + CAST(:seed AS BIGINT) % 67108859) % 67108859 AS x
  FROM live_claim_settled AS c
  WHERE +c.ledger = :ledger AND c.area >= :areaFrom AND c.area < :areaTo
    AND c.occurredOnDay >= :fromDay AND c.occurredOnDay <= :toDay
), numbered AS (
  SELECT n.seq,
    (n.x * n.x % 67108859) * (n.x * n.x % 67108859) % 67108859 * n.x % 67108859 AS drawnBy
  FROM claim AS n
), placed AS MATERIALIZED (
  SELECT n.seq, n.drawnBy FROM numbered AS n ORDER BY n.drawnBy, n.seq LIMIT :sampleSize
)
SELECT p.seq, ROW_NUMBER() OVER (ORDER BY p.drawnBy, p.seq) AS place, CAST(p.seq AS TEXT) AS entry,
       c.id, c.area, c.occurredOn, c.person, c.institution, c.category,
       c.amounts_totalFen AS totalFen,
       c.amounts_medicalAidPaidFen + COALESCE(c.amounts_secondAidPaidFen, 0)
         + COALESCE(c.amounts_tiltAidPaidFen, 0) AS aidFen,
       CAST(p.drawnBy AS TEXT) AS drawnBy
FROM placed AS p
JOIN claim_settled AS c ON c.ledger = :ledger AND c.seq = p.seq
