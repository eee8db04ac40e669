SELECT h.seq, h.finding, c.rulebook, c.rule, c.quote
FROM matter_hits AS h
JOIN finding_clause AS c ON c.finding = h.finding
