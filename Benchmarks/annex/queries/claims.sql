SELECT c.seq, c.seq AS entry, c.occurredOn AS happenedOn, c.area, c.person, c.institution,
       c.amounts_totalFen AS amountFen
FROM claim_settled AS c
WHERE c.ledger = :ledger
ORDER BY c.seq
LIMIT :most
