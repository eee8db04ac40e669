-- Each recovery, by the record that it names first; the others that it names stand behind it too.
WITH named AS (
  SELECT r.seq, r.area, r.occurredOn, r.nature, r.person, r.institution, r.amountFen, t.position,
         e.seq AS relatedSeq
  FROM live_recovery_received AS r
  LEFT JOIN recovery_received__relatesTo AS t ON t.ledger = r.ledger AND t.seq = r.seq
  LEFT JOIN entry AS e
    ON e.ledger = t.ledger AND e.source = t.source AND e.id = t.id
  WHERE r.ledger = :ledger AND r.area >= :areaFrom AND r.area < :areaTo
    AND r.fund = 'medical-aid' AND r.occurredOnDay >= :fromDay AND r.occurredOnDay <= :toDay
), told AS (
  SELECT n.seq, n.area, n.occurredOn, n.nature, n.person, n.institution, n.amountFen, n.position,
         n.relatedSeq,
         CASE WHEN c.seq IS NOT NULL THEN 'claim.settled' WHEN p.seq IS NOT NULL THEN 'aid.paid'
              WHEN a.seq IS NOT NULL THEN 'aid.approved'
              WHEN s.seq IS NOT NULL THEN 'enrolment.subsidised'
              WHEN q.seq IS NOT NULL THEN 'clearing.paid'
              WHEN f.seq IS NOT NULL THEN 'inspection.found' END AS relatedKind
  FROM named AS n
  LEFT JOIN claim_settled AS c ON c.ledger = :ledger AND c.seq = n.relatedSeq
  LEFT JOIN aid_paid AS p ON p.ledger = :ledger AND p.seq = n.relatedSeq
  LEFT JOIN aid_approved AS a ON a.ledger = :ledger AND a.seq = n.relatedSeq
  LEFT JOIN enrolment_subsidised AS s ON s.ledger = :ledger AND s.seq = n.relatedSeq
  LEFT JOIN clearing_paid AS q ON q.ledger = :ledger AND q.seq = n.relatedSeq
  LEFT JOIN inspection_found AS f ON f.ledger = :ledger AND f.seq = n.relatedSeq
)
SELECT t.seq, t.relatedSeq, t.area, t.occurredOn, t.nature, t.person, t.institution,
       (SELECT h.relatedKind FROM told AS h WHERE h.seq = t.seq
        ORDER BY h.position LIMIT 1) AS relatedKind,
       CASE WHEN t.position IS NULL
              OR t.position = (SELECT MIN(h.position) FROM told AS h WHERE h.seq = t.seq)
            THEN t.amountFen END AS amountFen, t.seq AS recoverySeq
FROM told AS t
