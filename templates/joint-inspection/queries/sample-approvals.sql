-- A sample of the year's approvals, drawn as sample-claims.sql says.
WITH approval AS (
  SELECT a.seq,
    (a.seq % 67108859 * 48271 + CAST(:seed AS BIGINT) % 67108859) % 67108859 AS x
  FROM live_aid_approved AS a
  WHERE a.ledger = :ledger AND a.area >= :areaFrom AND a.area < :areaTo
    AND a.approvedOnDay >= :fromDay AND a.approvedOnDay <= :toDay
), numbered AS (
  SELECT n.seq,
    (n.x * n.x % 67108859) * (n.x * n.x % 67108859) % 67108859 * n.x % 67108859 AS drawnBy
  FROM approval AS n
), placed AS MATERIALIZED (
  SELECT n.seq, n.drawnBy FROM numbered AS n ORDER BY n.drawnBy, n.seq LIMIT :sampleSize
)
SELECT p.seq, ROW_NUMBER() OVER (ORDER BY p.drawnBy, p.seq) AS place, CAST(p.seq AS TEXT) AS entry,
       a.id, a.area, a.approvedOn, a.person, a.aidType, a.approver, a.amountFen,
       CAST(p.drawnBy AS TEXT) AS drawnBy
FROM placed AS p
JOIN aid_approved AS a ON a.ledger = :ledger AND a.seq = p.seq
