-- The findings of a matter: those that name its entries, by these, and of a case those for which it
-- was opened, by all of theirs. Of a subject's cases the latter may be of other subjects.
-- index: finding
SELECT named.finding, named.seq
FROM finding_entry AS named
JOIN matter_entry AS m ON m.seq = named.seq
UNION
SELECT named.finding, named.seq
FROM matter_case AS of
JOIN live_case_opened AS opened ON opened."case" = of.name
JOIN case_opened__findings AS listed
  ON listed.ledger = opened.ledger AND listed.seq = opened.seq
JOIN finding AS f ON f.id = listed.value
JOIN finding_entry AS named ON named.finding = f.finding
WHERE opened.ledger = :ledger
  AND of.isMatter = 1
