-- Aid paid by other funds than the medical-aid fund: through hospitals, and to persons.
SELECT p.seq, q.fund, p.paidFen + p.prepaymentAppliedFen AS clearingFen, 0 AS directFen,
       p.paidFen + p.prepaymentAppliedFen AS amountFen
FROM live_clearing_paid AS p
JOIN live_clearing_requested AS q
  ON q.ledger = p.ledger AND q.source = p.request_source AND q.id = p.request_id
WHERE p.ledger = :ledger AND p.area >= :areaFrom AND p.area < :areaTo
  AND q.fund <> 'medical-aid' AND p.occurredOnDay >= :fromDay AND p.occurredOnDay <= :toDay
UNION ALL
SELECT d.seq, d.fund, 0, d.amountFen, d.amountFen
FROM live_aid_paid AS d
WHERE d.ledger = :ledger AND d.area >= :areaFrom AND d.area < :areaTo
  AND d.fund <> 'medical-aid' AND d.channel <> 'hospital'
  AND d.paidOnDay >= :fromDay AND d.paidOnDay <= :toDay
UNION ALL
SELECT b.seq, d.fund, 0, -b.amountFen, -b.amountFen
FROM live_payment_returned AS b
JOIN live_aid_paid AS d
  ON d.ledger = b.ledger AND d.source = b.payment_source AND d.id = b.payment_id
WHERE b.ledger = :ledger AND b.area >= :areaFrom AND b.area < :areaTo
  AND d.fund <> 'medical-aid' AND d.channel <> 'hospital'
  AND b.returnedOnDay >= :fromDay AND b.returnedOnDay <= :toDay
