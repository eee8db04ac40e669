-- What each layer pays of the bills, and for how many persons.
SELECT c.seq, c.visitType, CASE WHEN c.basicFen > 0 THEN c.person END AS basicPerson, c.basicFen,
       CASE WHEN c.majorIllnessFen > 0 THEN c.person END AS majorIllnessPerson, c.majorIllnessFen,
       CASE WHEN c.aidFen > 0 THEN c.person END AS aidedPerson, c.aidFen,
       c.totalFen - c.basicFen - c.majorIllnessFen - c.aidFen - c.cashFen AS otherFen, c.cashFen
FROM claims_of_year AS c
