SELECT e.seq, e.area, e.category, e.person, e.premiumFen, e.subsidyFen, e.personPaidFen
FROM live_enrolment_subsidised AS e
WHERE e.ledger = :ledger AND e.area >= :areaFrom AND e.area < :areaTo AND e.year = :year
