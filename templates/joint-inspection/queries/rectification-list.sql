-- How each problem was put right, as of the ledger's last day.
SELECT p.seq, p.rectifiedSeq, p.inspection, p.number, p.area, p.department, p.amountFen, p.deadline,
       p.rectifiedOn, p.acceptedOn, 1 AS problems, p.inTime, p.late, p.open, p.overdue
FROM problems AS p
