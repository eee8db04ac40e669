-- What each layer leaves of the bills.
SELECT c.seq, c.visitType, c.person, c.totalFen, c.totalFen - c.basicFen AS afterBasicFen,
       c.totalFen - c.basicFen - c.majorIllnessFen AS afterMajorIllnessFen,
       c.totalFen - c.basicFen - c.majorIllnessFen - c.aidFen AS afterAidFen, c.cashFen
FROM claims_of_year AS c
