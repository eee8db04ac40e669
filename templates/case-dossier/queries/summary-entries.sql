-- The entries of the matter. What was reversed counts for nothing. The amount of a record that can
-- stand for many persons is the subject's where the record itself names it, where the subject
-- entered it, and an institution's of its own clearings and prepayments. Of one that is reached by a
-- claim or a payment in it, it is the whole batch's.
SELECT e.seq, e.kind, CASE WHEN e.isReversed = 0 THEN e.seq END AS standing,
  CASE WHEN e.isReversed = 1 THEN e.seq END AS reversed,
  CASE WHEN e.isReversed = 0
    AND (e.kind NOT IN ('clearing.paid', 'clearing.requested', 'fund.balance-stated',
                        'fund.budgeted', 'fund.received', 'fund.transferred', 'inspection.found',
                        'offset.booked', 'prepayment.made', 'prepayment.returned',
                        'recovery.received', 'review.concluded', 'source.totalled',
                        'subsidy.requested')
      OR EXISTS (SELECT 1
                 FROM matter_entry_subject AS o
                 JOIN matter_subject AS s ON s.subject = o.subject
                 WHERE o.seq = e.seq
                   AND (e.enteredBy = s.id OR ' ' || e.named || ' ' LIKE '% ' || s.id || ' %'
                     OR (s.kind = 'institution'
                       AND e.kind IN ('clearing.paid', 'prepayment.returned')))))
    THEN e.amountFen END AS amountFen
FROM matter_entry AS e
