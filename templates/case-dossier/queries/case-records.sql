-- What was done in the cases.
SELECT c.seq, c.occurredOn AS happenedOn, c."case", 'case.opened' AS kind, c.department,
  c.operator AS enteredBy, CAST(NULL AS TEXT) AS outcome
FROM live_case_opened AS c JOIN matter_case AS m ON m.name = c."case" WHERE c.ledger = :ledger
UNION ALL
SELECT c.seq, c.occurredOn, c."case", 'case.noted', c.department, c.operator, NULL
FROM live_case_noted AS c JOIN matter_case AS m ON m.name = c."case" WHERE c.ledger = :ledger
UNION ALL
SELECT c.seq, c.occurredOn, c."case", 'case.closed', c.department, c.operator, c.outcome
FROM live_case_closed AS c JOIN matter_case AS m ON m.name = c."case" WHERE c.ledger = :ledger
UNION ALL
SELECT c.seq, c.occurredOn, c."case", 'case.reopened', c.department, c.operator, NULL
FROM live_case_reopened AS c JOIN matter_case AS m ON m.name = c."case" WHERE c.ledger = :ledger
UNION ALL
SELECT c.seq, c.occurredOn, c."case", 'hold.placed', c.department, c.operator, NULL
FROM live_hold_placed AS c JOIN matter_case AS m ON m.name = c."case" WHERE c.ledger = :ledger
