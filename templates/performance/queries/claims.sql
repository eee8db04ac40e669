SELECT c.seq, c.area, c.oneStop FROM claims_in_scope AS c
