-- Clearing requests held to the time that their area allows. Each counts once; the payments on it
-- stand behind the figures, and count nothing.
SELECT c.seq, c.area, c.rule, c.allowed, 1 AS requests, c.amountFen,
       CASE WHEN c.state <> 'no-clause' THEN 1 END AS ruled,
       CASE WHEN c.state <> 'no-clause' THEN CASE WHEN c.state = 'kept' THEN 1 ELSE 0 END END
         AS kept,
       CASE WHEN c.state <> 'no-clause' THEN CASE WHEN c.state = 'late' THEN 1 ELSE 0 END END
         AS late,
       CASE WHEN c.state <> 'no-clause' THEN CASE WHEN c.state = 'open' THEN 1 ELSE 0 END END
         AS open,
       CASE WHEN c.state <> 'no-clause' THEN CASE WHEN c.state = 'overdue' THEN 1 ELSE 0 END END
         AS overdue,
       CASE WHEN c.state <> 'no-clause' THEN CASE WHEN c.state = 'unreckoned' THEN 1 ELSE 0 END END
         AS unreckoned
FROM clearings AS c
UNION ALL
SELECT p.seq, c.area, c.rule, c.allowed, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL
FROM live_clearing_paid AS p
JOIN clearings AS c ON c.source = p.request_source AND c.id = p.request_id
WHERE p.ledger = :ledger
