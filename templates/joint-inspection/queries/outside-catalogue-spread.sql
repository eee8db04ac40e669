-- Each claim once, whatever limits bind its institution.
SELECT n.seq, n.institution, MIN(n.institutionName) AS institutionName, MIN(n.totalFen) AS totalFen,
       MIN(n.outsideFen) AS outsideFen
FROM outside_bills AS n
GROUP BY n.seq, n.institution
