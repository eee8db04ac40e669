-- Every movement of the fund's expenditure in the year, each on its day; what came back stands
-- below zero.
SELECT c.seq,
       CASE WHEN a.seq IS NOT NULL THEN 'aid.paid'
            WHEN b.seq IS NOT NULL THEN 'payment.returned'
            WHEN p.seq IS NOT NULL THEN 'clearing.paid'
            WHEN t.seq IS NOT NULL THEN 'fund.transferred'
            WHEN f.seq IS NOT NULL THEN 'enrolment.refunded'
            ELSE 'offset.booked' END AS kind,
       COALESCE(a.paidOn, b.returnedOn, f.refundedOn, p.occurredOn, t.occurredOn, o.occurredOn)
         AS happenedOn,
       c.day, c.area, COALESCE(a.person, d.person) AS person, q.institution, c.amountFen
FROM cash AS c
LEFT JOIN live_aid_paid AS a ON a.ledger = :ledger AND a.seq = c.seq
LEFT JOIN live_payment_returned AS b ON b.ledger = :ledger AND b.seq = c.seq
LEFT JOIN live_aid_paid AS d
  ON d.ledger = b.ledger AND d.source = b.payment_source AND d.id = b.payment_id
LEFT JOIN live_clearing_paid AS p ON p.ledger = :ledger AND p.seq = c.seq
LEFT JOIN live_clearing_requested AS q
  ON q.ledger = p.ledger AND q.source = p.request_source AND q.id = p.request_id
LEFT JOIN live_fund_transferred AS t ON t.ledger = :ledger AND t.seq = c.seq
LEFT JOIN live_enrolment_refunded AS f ON f.ledger = :ledger AND f.seq = c.seq
LEFT JOIN live_offset_booked AS o ON o.ledger = :ledger AND o.seq = c.seq
WHERE c.side = 'expenditure' AND c.day >= :fromDay AND c.day <= :toDay
